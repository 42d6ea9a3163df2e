// Package estimate replays the log of a real hall or call centre through the wait
// estimator of queue/forecast, and tells its error and hit rate beside the usual
// estimators. It is what `petitionhall estimate --log FILE.csv` does.
//
// A log is a table with the columns service, arrived, called, finished and
// windows, in any order; others are left alone, and an empty cell is unknown. Real
// logs are not clean: ends are missing, the count of windows jumps or is wrong,
// numbers are skipped. So windows and pace are taken from what was seen to happen,
// and at each arrival only from what had happened by then.
package estimate

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// visit is a row of the log. A zero time is unknown.
type visit struct {
	service                   string
	arrived, called, finished time.Time
	windows                   int // 0: unknown
}

// columns are those that a log may have; the first two must be there.
var columns = []string{"arrived", "called", "service", "finished", "windows"}

// Read reads a log, ordered by arrival. Rows without an arrival, and those that
// were called before they arrived, are left out and counted. The error says in
// which line what cannot be read.
func read(in io.Reader) (visits []visit, left int, err error) {
	r := csv.NewReader(in)
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	head, err := r.Read()
	if err != nil {
		return nil, 0, fmt.Errorf("it has no line of column names: %w", err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.Trim(name, " \ufeff"))] = i
	}
	for _, name := range columns[:2] {
		if _, ok := at[name]; !ok {
			return nil, 0, fmt.Errorf("the column %q is missing; a log has the columns service, arrived, called, finished, windows", name)
		}
	}
	for line := 2; ; line++ {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, 0, err
		}
		v, err := visitOf(record, at)
		switch {
		case err != nil:
			return nil, 0, fmt.Errorf("line %d: %w", line, err)
		case v.arrived.IsZero(), !v.called.IsZero() && v.called.Before(v.arrived):
			left++
			continue
		case v.finished.Before(v.called):
			v.finished = time.Time{}
		}
		visits = append(visits, v)
	}
	slices.SortStableFunc(visits, func(a, b visit) int { return a.arrived.Compare(b.arrived) })
	return visits, left, nil
}

func visitOf(record []string, at map[string]int) (v visit, err error) {
	cell := func(name string) string {
		if i, ok := at[name]; ok && i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	v.service = cell("service")
	for name, into := range map[string]*time.Time{"arrived": &v.arrived, "called": &v.called, "finished": &v.finished} {
		if *into, err = moment(cell(name)); err != nil {
			return v, fmt.Errorf("%s: %w", name, err)
		}
	}
	if text := cell("windows"); text != "" {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || n < 0 || n > 10000 {
			return v, fmt.Errorf("windows: %q is not a count", text)
		}
		v.windows = int(n)
	}
	return v, nil
}

// layouts are the forms of a time that logs come with.
var layouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04", "2006/1/2 15:04:05", "2006/1/2 15:04", "15:04:05", "15:04"}

// moment reads a time: a date with a time of day, a time of day, or seconds as a number.
func moment(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			if t.Year() == 0 {
				t = t.AddDate(1999, 0, 0)
			}
			return t.UTC(), nil
		}
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || seconds < -1e11 || seconds > 1e11 {
		return time.Time{}, fmt.Errorf("%q is no time: write 2026-11-23T09:05:00+08:00, 09:05:00 or seconds", text)
	}
	return time.UnixMilli(int64(seconds * 1000)).UTC(), nil
}
