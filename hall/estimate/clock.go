package estimate

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// clock reads the times of a log, in whichever form it has them.
type clock struct {
	layouts []string // the one that was right last comes first
	// days is added to times without a date: the days that are over, once a log
	// without dates begins anew in the morning.
	days int
	// turns tells that a time without a date that lies far before the last is of
	// the next day, and not merely out of order.
	turns bool
	last  time.Time
}

// layouts are the forms of a time that logs come with. Fractions of a second are read with each.
var layouts = []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00",
	"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -0700 MST", "2006-1-2 15:04:05", "2006-1-2 15:04",
	"2006/1/2 15:04:05", "2006/1/2 15:04", "2006.1.2 15:04:05", "2006.1.2 15:04", "2.1.2006 15:04:05", "2.1.2006 15:04",
	"2006年1月2日 15:04:05", "2006年1月2日 15:04", "2006年1月2日15时04分", "20060102150405", "20060102 15:04:05",
	"15:04:05", "15:04", "3:04:05 PM", "3:04 PM"}

// Forms with slashes and the year last do not say which comes first.
var (
	monthFirst = []string{"1/2/2006 15:04:05", "1/2/2006 15:04", "1/2/2006 3:04:05 PM", "1/2/2006 3:04 PM"}
	dayFirst   = []string{"2/1/2006 15:04:05", "2/1/2006 15:04", "2/1/2006 3:04:05 PM", "2/1/2006 3:04 PM"}
)

// far is how far back a time without a date lies in the next day, at least.
const far = 4 * time.Hour

// newClock looks over the arrivals for what a single time does not say.
func newClock(records []record, at map[string]int) *clock {
	c := &clock{layouts: append([]string(nil), layouts...)}
	slashes := monthFirst
	back, total := 0, 0
	var last time.Time
	for _, one := range records {
		if i := at["arrived"]; i < len(one.cells) {
			text := known(one.cells[i])
			if first, _, ok := strings.Cut(text, "/"); ok && len(first) <= 2 && first > "12" && len(first) == 2 {
				slashes = dayFirst
			}
			if t, ok := parsed(text, layouts[len(layouts)-4:]); ok {
				if total++; t.Before(last.Add(-far)) {
					back++
				}
				last = t
			}
		}
	}
	c.layouts = append(c.layouts, slashes...)
	c.turns = back*20 < total
	return c
}

func parsed(text string, layouts []string) (time.Time, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// arrival reads when somebody arrived; zero for an empty text.
func (c *clock) arrival(text string) (time.Time, error) {
	t, dated, err := c.moment(text)
	if err != nil || t.IsZero() || dated {
		return t, err
	}
	if c.turns && t.Before(c.last.Add(-far)) {
		c.days++
	}
	c.last = t
	return t.AddDate(0, 0, c.days), nil
}

// later reads a time that follows an arrival; zero when it is not known.
func (c *clock) later(text string, arrived time.Time) (time.Time, error) {
	t, dated, err := c.moment(text)
	if err != nil || t.IsZero() || arrived.IsZero() {
		return t, err
	}
	if !dated {
		// The day is that of the arrival, or the next where midnight lies between.
		t = arrived.Truncate(24 * time.Hour).Add(t.Sub(t.Truncate(24 * time.Hour)))
		if arrived.Sub(t) > 12*time.Hour && !nothing(text) {
			t = t.AddDate(0, 0, 1)
		}
	}
	switch early := arrived.Sub(t); {
	case early <= 0:
	case nothing(text):
		return time.Time{}, nil
	case early < time.Minute:
		return arrived, nil // two clocks, or times in whole minutes
	}
	return t, nil
}

// nothing tells a time that was never set, as databases write it.
func nothing(text string) bool {
	switch strings.TrimRight(strings.TrimRight(text, "0"), ".") {
	case "", "0", "-1", "00:00:", "0:00:", "00:", "0:":
		return true
	}
	return strings.HasPrefix(text, "1970-01-01") || strings.HasPrefix(text, "1899-12-30") || strings.HasPrefix(text, "1900-01-0") || strings.HasPrefix(text, "0001-01-01")
}

// moment reads a time in UTC, and tells whether it has a date; those without one
// are of the first of January 2000. Numbers are seconds, or the thousandths,
// millionths or billionths of seconds that only so large a number can be.
func (c *clock) moment(text string) (t time.Time, dated bool, err error) {
	if text == "" || strings.HasPrefix(text, "0000-00-00") {
		return time.Time{}, false, nil
	}
	for i, layout := range c.layouts {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		copy(c.layouts[1:i+1], c.layouts[:i])
		c.layouts[0] = layout
		if t.Year() == 0 {
			return t.AddDate(2000, 0, 0).UTC(), false, nil
		}
		return t.UTC(), true, nil
	}
	n, err := strconv.ParseFloat(text, 64)
	size := max(n, -n)
	if err != nil || !(size < 1e19) {
		return time.Time{}, false, fmt.Errorf("%q is no time: write 2026-11-23T09:05:00+08:00, 2026-11-23 09:05:00, 2026/11/23 9:05, 09:05:00 or seconds as a number", text)
	}
	for size >= 1e11 {
		n, size = n/1000, size/1000
	}
	return time.UnixMicro(int64(n * 1e6)).UTC(), true, nil
}
