package queue

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Clock is a time of day in the hall's zone, as 15:04; "24:00" is the end of the day.
type Clock string

// Weekday is mon, tue, wed, thu, fri, sat or sun.
type Weekday string

// weekdays are in the order of time.Weekday.
var weekdays = []Weekday{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Hours say when something is open. A hall, a service or a window without hours
// is open whenever somebody opens it by hand.
type Hours struct {
	// Week are the spans of an ordinary week. Those of one weekday do not overlap.
	Week []Span `json:"week,omitempty"`
	// Dates stand in place of the weekday on given dates: a holiday has no spans, a
	// working day put on a weekend (调休) has those of a working day.
	Dates []DateHours `json:"dates,omitempty"`
}

// Span is one stretch of opening hours.
type Span struct {
	// Days are the weekdays on which it is open; empty inside DateHours.
	Days  []Weekday `json:"days,omitempty"`
	From  Clock     `json:"from"`
	Until Clock     `json:"until"`
	// IssueUntil is when the last number is given, after From and not after Until; empty for Until.
	IssueUntil Clock `json:"issueUntil,omitempty"`
}

// DateHours are the hours of one date.
type DateHours struct {
	Date  string `json:"date"`
	Spans []Span `json:"spans,omitempty"`
}

// LeaderTurn is one reception by a leader (领导坐班接访).
type LeaderTurn struct {
	Date  string `json:"date"`
	From  Clock  `json:"from"`
	Until Clock  `json:"until"`
	Post  Text   `json:"post"`
	Name  Text   `json:"name"`
	// Window is where the leader receives; it takes the leader service.
	Window WindowID `json:"window"`
}

// minute gives minutes since midnight; -1 for what is no time of day.
func (c Clock) minute() int {
	if c == "24:00" {
		return 24 * 60
	}
	t, err := time.Parse("15:04", string(c))
	if err != nil || len(c) != len("15:04") {
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

// stretch is a span on a date, as moments. Summer time can begin or end inside
// it: the clock on the wall decides.
type stretch struct{ from, until, issue time.Time }

func (s Span) on(day time.Time) stretch {
	at := func(c Clock) time.Time {
		y, m, d := day.Date()
		minute := c.minute()
		return time.Date(y, m, d, minute/60, minute%60, 0, 0, day.Location())
	}
	return stretch{at(s.From), at(s.Until), at(cmp.Or(s.IssueUntil, s.Until))}
}

// on lists the stretches of a day in their order; none on a day off.
func (h *Hours) on(day time.Time) (open []stretch) {
	spans, weekday := []Span(nil), weekdays[day.Weekday()]
	for _, s := range h.Week {
		if slices.Contains(s.Days, weekday) {
			spans = append(spans, s)
		}
	}
	for _, d := range h.Dates {
		if d.Date == day.Format(time.DateOnly) {
			spans = d.Spans
		}
	}
	for _, s := range spans {
		open = append(open, s.on(day))
	}
	slices.SortFunc(open, func(a, b stretch) int { return a.from.Compare(b.from) })
	return open
}

// both are the stretches in which two things are open at once.
func both(a, b []stretch) (open []stretch) {
	for _, x := range a {
		for _, y := range b {
			s := stretch{latest(x.from, y.from), earliest(x.until, y.until), earliest(x.issue, y.issue)}
			if s.from.Before(s.until) {
				open = append(open, s)
			}
		}
	}
	return open
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// hallOn are the hall's stretches on a day: the whole day when it has no hours.
func (c *Configuration) hallOn(day time.Time) []stretch {
	if c.Hours == nil {
		return []stretch{Span{From: "00:00", Until: "24:00"}.on(day)}
	}
	return c.Hours.on(day)
}

// serviceOn are a service's stretches on a day, the hall's hours considered.
func (c *Configuration) serviceOn(s *ServiceConfig, day time.Time) []stretch {
	open := c.hallOn(day)
	if s.Hours != nil {
		open = both(open, s.Hours.on(day))
	}
	if s.ID == c.LeaderService {
		open = both(open, c.leadersOn(day))
	}
	return open
}

func (c *Configuration) leadersOn(day time.Time) (open []stretch) {
	for _, turn := range c.Leaders {
		if turn.Date == day.Format(time.DateOnly) {
			open = append(open, Span{From: turn.From, Until: turn.Until}.on(day))
		}
	}
	slices.SortFunc(open, func(a, b stretch) int { return a.from.Compare(b.from) })
	return open
}

// Availability says whether numbers are given at a moment.
type Availability struct {
	// Code is empty when they are; else CodeDayEarly, CodeDayOff, CodeDayStopped,
	// CodeServiceOff or CodeServiceStopped.
	Code Code
	// From is when numbers are given next, or for a service that gives them already
	// when it opens later today; zero when that is not known.
	From time.Time
}

// HallAt tells whether the hall gives numbers at a moment, by its hours alone.
func (c *Configuration) HallAt(now time.Time) Availability {
	if c.Hours == nil {
		return Availability{}
	}
	open := c.hallOn(now)
	for _, s := range open {
		switch {
		case now.Before(s.from):
			return Availability{CodeDayEarly, s.from}
		case now.Before(s.issue):
			return Availability{}
		}
	}
	code := CodeDayStopped
	if len(open) == 0 {
		code = CodeDayOff
	}
	return Availability{code, firstAfter(now, c.hallOn)}
}

// ServiceAt tells whether a service gives numbers at a moment, by the hours of
// the hall, its own, and the leaders' turns. Before its hours it does: whoever
// takes a number then is called once it opens.
func (c *Configuration) ServiceAt(s *ServiceConfig, now time.Time) Availability {
	if hall := c.HallAt(now); hall.Code != "" {
		return hall
	}
	if s.Hours == nil && s.ID != c.LeaderService {
		return Availability{}
	}
	on := func(day time.Time) []stretch { return c.serviceOn(s, day) }
	open := on(now)
	for _, s := range open {
		switch {
		case now.Before(s.from):
			return Availability{"", s.from}
		case now.Before(s.issue):
			return Availability{}
		}
	}
	code := CodeServiceStopped
	if len(open) == 0 {
		code = CodeServiceOff
	}
	return Availability{code, firstAfter(now, on)}
}

// NextDay is when numbers are given next on a later day; zero when the hall has no hours.
func (c *Configuration) NextDay(now time.Time) time.Time {
	if c.Hours == nil {
		return time.Time{}
	}
	return firstAfter(now, c.hallOn)
}

// lookAhead is for how many days the next opening is looked for.
const lookAhead = 60

// firstAfter finds when something opens next, on a later day than now.
func firstAfter(now time.Time, on func(day time.Time) []stretch) time.Time {
	y, m, d := now.Date()
	for ahead := 1; ahead <= lookAhead; ahead++ {
		// At noon, which every day has: midnight may be missing where summer time begins.
		if open := on(time.Date(y, m, d+ahead, 12, 0, 0, 0, now.Location())); len(open) > 0 {
			return open[0].from
		}
	}
	return time.Time{}
}

// StopsAt is when the hall gives its last number of the day, whatever is the time; false when no hours say so.
// The day is a moment of it in the hall's zone.
func (c *Configuration) StopsAt(day time.Time) (time.Time, bool) {
	if c.Hours == nil {
		return time.Time{}, false
	}
	open := c.hallOn(day)
	if len(open) == 0 {
		return time.Time{}, false
	}
	return open[len(open)-1].issue, true
}

// ExpectedAt tells when a closed window will be staffed: in its next stretch of
// this day, of which From may be past. False when it will not be today, or when
// it has no hours.
func (c *Configuration) ExpectedAt(w *WindowConfig, now time.Time) (from time.Time, today bool) {
	if w.Hours == nil {
		return time.Time{}, false
	}
	for _, s := range both(c.hallOn(now), w.Hours.on(now)) {
		if now.Before(s.until) {
			return s.from, true
		}
	}
	return time.Time{}, false
}

// LeaderAt is the leader who receives now, or later today; else the next one to come.
func (c *Configuration) LeaderAt(now time.Time) (turn LeaderTurn, from, until time.Time, found bool) {
	for _, t := range c.Leaders {
		day, err := time.ParseInLocation(time.DateOnly, t.Date, now.Location())
		if err != nil {
			continue
		}
		s := Span{From: t.From, Until: t.Until}.on(day)
		if now.Before(s.until) && (!found || s.from.Before(from)) {
			turn, from, until, found = t, s.from, s.until, true
		}
	}
	return turn, from, until, found
}

const (
	maxSpans   = 50
	maxDates   = 400
	maxLeaders = 400
)

func (h *Hours) validate(at string) error {
	if h == nil {
		return nil
	}
	if len(h.Week) > maxSpans || len(h.Dates) > maxDates {
		return invalid(at, "more than %d spans or %d dates", maxSpans, maxDates)
	}
	for _, day := range weekdays {
		if err := validateSpans(at+".week", h.Week, func(s Span) bool { return slices.Contains(s.Days, day) }); err != nil {
			return err
		}
	}
	for i, s := range h.Week {
		if len(s.Days) == 0 {
			return invalid(fmt.Sprintf("%s.week[%d].days", at, i), "it is open on no day of the week")
		}
		for j, day := range s.Days {
			if !slices.Contains(weekdays, day) || slices.Contains(s.Days[:j], day) {
				return invalid(fmt.Sprintf("%s.week[%d].days[%d]", at, i, j), "%q is no weekday (mon, tue, wed, thu, fri, sat, sun), or stands twice", day)
			}
		}
		if err := s.validate(fmt.Sprintf("%s.week[%d]", at, i)); err != nil {
			return err
		}
	}
	seen := map[string]bool{}
	for i, d := range h.Dates {
		path := fmt.Sprintf("%s.dates[%d]", at, i)
		if err := validDate(d.Date); err != nil || seen[d.Date] {
			return invalid(path+".date", "%q is no date like 2026-10-01, or stands twice", d.Date)
		}
		seen[d.Date] = true
		for j, s := range d.Spans {
			if err := s.validate(fmt.Sprintf("%s.spans[%d]", path, j)); err != nil {
				return err
			}
		}
		if err := validateSpans(path+".spans", d.Spans, func(Span) bool { return true }); err != nil {
			return err
		}
	}
	return nil
}

func validDate(date string) error {
	_, err := time.Parse(time.DateOnly, date)
	return err
}

func (s Span) validate(at string) error {
	from, until := s.From.minute(), s.Until.minute()
	switch {
	case from < 0:
		return invalid(at+".from", "%q is no time of day like 08:30", s.From)
	case until <= from:
		return invalid(at+".until", "%q is no time of day after %s", s.Until, s.From)
	case s.IssueUntil != "" && (s.IssueUntil.minute() <= from || s.IssueUntil.minute() > until):
		return invalid(at+".issueUntil", "%q is not after %s and at most %s", s.IssueUntil, s.From, s.Until)
	}
	return nil
}

// validateSpans refuses spans of one day that overlap.
func validateSpans(at string, spans []Span, of func(Span) bool) error {
	for i, a := range spans {
		for j, b := range spans[:i] {
			if of(a) && of(b) && a.From.minute() < b.Until.minute() && b.From.minute() < a.Until.minute() {
				return invalid(fmt.Sprintf("%s[%d]", at, i), "%s to %s overlaps %s to %s of [%d]", a.From, a.Until, b.From, b.Until, j)
			}
		}
	}
	return nil
}

// validateLeaders checks the leaders' turns.
func (c *Configuration) validateLeaders() error {
	if _, ok := c.Service(c.LeaderService); c.LeaderService != "" && !ok {
		return invalid("leaderService", "%q is no service of this hall", c.LeaderService)
	}
	if len(c.Leaders) > maxLeaders {
		return invalid("leaders", "more than %d turns", maxLeaders)
	}
	for i, t := range c.Leaders {
		at := fmt.Sprintf("leaders[%d]", i)
		w, ok := c.Window(t.Window)
		switch {
		case c.LeaderService == "":
			return invalid("leaderService", "leaders receive, but no service is named for it")
		case validDate(t.Date) != nil:
			return invalid(at+".date", "%q is no date like 2026-10-01", t.Date)
		case t.Post.ZH == "":
			return invalid(at+".post.zh", "a leader's turn needs the post")
		case !ok || !w.serves(c.LeaderService):
			return invalid(at+".window", "%q is no window that takes the service %q", t.Window, c.LeaderService)
		}
		if err := (Span{From: t.From, Until: t.Until}).validate(at); err != nil {
			return err
		}
		for j, other := range c.Leaders[:i] {
			if other.Date == t.Date && other.Window == t.Window && t.From.minute() < other.Until.minute() && other.From.minute() < t.Until.minute() {
				return invalid(at, "it overlaps leaders[%d] at window %q", j, t.Window)
			}
		}
	}
	return nil
}
