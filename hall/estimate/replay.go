package estimate

import (
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/forecast"
)

// Options of a replay.
type Options struct {
	// Typed is the average that somebody typed in, in minutes; 0 takes the log's own mean, known beforehand.
	Typed float64
	// Runs is how many runs each range is made of; 0 for the usual number.
	Runs int
	// Progress hears how many of how many arrivals are over.
	Progress func(done, total int)
}

// Score is what came of one estimator.
type Score struct {
	Name string
	// Error is the mean absolute error in minutes over the visits that all
	// estimators had something to say of; Count is how many these are.
	Error float64
	Count int
}

// Report is what a replay found.
type Report struct {
	Visits, LeftOut int
	// Told are ranges whose waits are known, Held those that held; at once is as in forecast.Range.
	Told, Held, AtOnce int
	Scores             []Score
}

// Names of the estimators, ours first.
var names = []string{"forward runs, middle of the range", "typed average x people ahead / windows", "wait of the last to enter service",
	"wait so far of the head of the line", "smoothed service time x people ahead / windows", "smoothed gap between calls x people ahead"}

// Replay replays a log.
func Replay(in io.Reader, o Options) (Report, error) {
	visits, left, err := read(in)
	if err != nil {
		return Report{}, err
	}
	r := Report{Visits: len(visits), LeftOut: left, Scores: make([]Score, len(names))}
	if len(visits) == 0 {
		return r, fmt.Errorf("the log has no visit with an arrival")
	}
	typed := o.Typed
	if typed == 0 {
		typed = meanMinutes(visits)
	}
	lines := map[string]*line{}
	for i, v := range visits {
		l := lines[v.service]
		if l == nil {
			l = &line{typed: typed}
			lines[v.service] = l
		}
		l.pass(v.arrived, &r)
		l.arrive(&visits[i], o)
		if o.Progress != nil {
			o.Progress(i+1, len(visits))
		}
	}
	for _, l := range lines {
		l.pass(time.Unix(1<<40, 0), &r)
	}
	for i := range r.Scores {
		r.Scores[i].Name = names[i]
		r.Scores[i].Error /= math.Max(float64(r.Scores[i].Count), 1)
	}
	return r, nil
}

// meanMinutes is the mean of the service times that the log knows; 5 when it knows none.
func meanMinutes(visits []visit) float64 {
	sum, n := 0.0, 0
	for _, v := range visits {
		if !v.called.IsZero() && !v.finished.IsZero() {
			sum += v.finished.Sub(v.called).Minutes()
			n++
		}
	}
	if n == 0 {
		return 5
	}
	return sum / float64(n)
}

// line is one service of the log, with what is known of it up to a moment.
type line struct {
	typed   float64
	now     time.Time
	waiting []*told
	serving []*visit
	// seen are how long the windows were occupied, the newest last.
	seen []forecast.Observation
	// calls are the moments of the newest calls, and whether somebody was left waiting.
	lastCall     time.Time
	leftWaiting  bool
	gap, service float64 // smoothed, in minutes; 0 while unknown
	last         time.Duration
	anyCalled    bool
	said         int     // the windows that the log says
	busy         float64 // smoothed: how many are served while somebody waits; 0 while unknown
	passedBy     map[*told]int
	record       forecast.Record
	arrivals     []time.Time
}

// told is a visit that waits, and what was told to it.
type told struct {
	*visit
	middle   forecast.Range
	estimate [6]time.Duration
	ok       bool
}

const (
	smooth = 0.15
	// keptSeen is over how many visits service times are learned.
	keptSeen = 400
	// skippedAfter is after how many later arrivals a number that is not called is taken to have been skipped.
	skippedAfter = 3
)

// pass lets happen what the log says, up to a moment.
func (l *line) pass(until time.Time, r *Report) {
	for {
		var call *told
		for _, t := range l.waiting {
			if !t.called.IsZero() && !t.called.After(until) && (call == nil || t.called.Before(call.called)) {
				call = t
			}
		}
		var end *visit
		for _, v := range l.serving {
			if !v.finished.IsZero() && !v.finished.After(until) && (end == nil || v.finished.Before(end.finished)) {
				end = v
			}
		}
		switch {
		case end != nil && (call == nil || !end.finished.After(call.called)):
			l.finish(end)
		case call != nil:
			l.call(call, r)
		default:
			l.now = until
			return
		}
	}
}

func (l *line) finish(v *visit) {
	l.now = v.finished
	l.serving = slices.DeleteFunc(l.serving, func(one *visit) bool { return one == v })
	l.learn(v.finished.Sub(v.called))
}

func (l *line) learn(took time.Duration) {
	l.seen = append(l.seen, forecast.Observation{Service: "s", Took: took, Weight: 1})
	if len(l.seen) > keptSeen {
		l.seen = l.seen[1:]
	}
	l.service = smoothed(l.service, took.Minutes())
}

func smoothed(old, now float64) float64 {
	if old == 0 {
		return now
	}
	return old + smooth*(now-old)
}

func (l *line) call(t *told, r *Report) {
	l.now = t.called
	came := t.called.Sub(t.arrived)
	if l.leftWaiting && t.called.Sub(l.lastCall) < 2*time.Hour {
		gap := t.called.Sub(l.lastCall).Minutes()
		l.gap = smoothed(l.gap, math.Max(gap, 0.01))
	}
	l.waiting = slices.DeleteFunc(l.waiting, func(one *told) bool { return one == t })
	l.serving = append(l.serving, t.visit)
	l.dropForgotten()
	l.skip(t)
	l.leftWaiting = len(l.waiting) > 0
	if l.leftWaiting {
		l.busy = smoothed(l.busy, float64(len(l.serving)))
	}
	l.lastCall, l.last, l.anyCalled = t.called, came, true
	if !t.ok {
		return
	}
	switch {
	case t.middle.AtOnce():
		r.AtOnce++
	case t.middle.Holds(came):
		r.Held++
		fallthrough
	default:
		r.Told++
	}
	for i, e := range t.estimate {
		r.Scores[i].Error += math.Abs((e - came).Minutes())
		r.Scores[i].Count++
	}
	l.record.Learn(t.middle, came)
}

// dropForgotten ends visits whose end the log does not know, once there are more
// of them than windows, or they take far longer than any. How long they took is then
// as long as a window's turn: the gap between calls times the windows.
func (l *line) dropForgotten() {
	for i := 0; i < len(l.serving)-1; {
		v := l.serving[i]
		if v.finished.IsZero() && (len(l.serving) > l.windows() || l.now.Sub(v.called) > 3*time.Hour) {
			l.serving = slices.Delete(l.serving, i, i+1)
			if took := l.now.Sub(v.called); took < 3*time.Hour {
				l.learn(took)
			}
			continue
		}
		i++
	}
}

// skip takes those for gone who came clearly before others that are called already.
func (l *line) skip(called *told) {
	if l.passedBy == nil {
		l.passedBy = map[*told]int{}
	}
	l.waiting = slices.DeleteFunc(l.waiting, func(t *told) bool {
		if !t.called.IsZero() || !t.arrived.Before(called.arrived) {
			return false
		}
		l.passedBy[t]++
		if gone := l.passedBy[t] >= skippedAfter; !gone {
			return false
		}
		delete(l.passedBy, t)
		return true
	})
}

// windows is how many there seem to be. What was seen while somebody waited
// counts for more than what the log says.
func (l *line) windows() int {
	switch {
	case l.busy > 0 && l.said > 0:
		return max(int(math.Round(l.busy)), 1)
	case l.said > 0:
		return l.said
	case l.busy > 0:
		return max(int(math.Round(l.busy)), 1)
	}
	return 1
}

// arrive tells a new visit how long it will be, by every estimator.
func (l *line) arrive(v *visit, o Options) {
	if v.windows > 0 {
		l.said = v.windows
	}
	l.now = v.arrived
	t := &told{visit: v}
	raw, known := l.forward(o)
	if known && l.anyCalled {
		t.ok = true
		t.middle = l.record.Adjust(raw)
		ahead := float64(len(l.waiting))
		servers := float64(max(l.said, 1))
		if l.said == 0 {
			servers = float64(l.windows())
		}
		minutes := func(m float64) time.Duration { return time.Duration(m * float64(time.Minute)) }
		t.estimate = [6]time.Duration{t.middle.Middle, minutes(l.typed * ahead / servers), l.last, 0, minutes(l.service * ahead / servers), minutes(l.gap * (ahead + 1))}
		if len(l.waiting) > 0 {
			t.estimate[3] = v.arrived.Sub(l.waiting[0].arrived)
		}
		if free := len(l.serving) < int(servers); free && ahead == 0 {
			t.estimate[5] = 0
		}
	}
	l.waiting = append(l.waiting, t)
}

// forward runs the line on, as the hall does.
func (l *line) forward(o Options) (forecast.Range, bool) {
	times := forecast.Learn(l.seen)
	if !times.Known("s") {
		return forecast.Range{}, false
	}
	servers := max(l.windows(), len(l.serving))
	c := &queue.Configuration{Rules: queue.Rules{PriorityRun: 2}, Services: []queue.ServiceConfig{{ID: "s"}}}
	for i := range servers {
		c.Windows = append(c.Windows, queue.WindowConfig{ID: queue.WindowID(fmt.Sprint(i)), Services: []queue.ServiceID{"s"}})
	}
	sit := forecast.Situation{Now: l.now, Lineup: queue.NewLineup(c)}
	for i := range servers {
		d := forecast.Desk{Window: c.Windows[i].ID}
		if i < len(l.serving) {
			d.Service, d.Since = "s", l.serving[i].called
		}
		sit.Lineup.Open(d.Window, true)
		sit.Desks = append(sit.Desks, d)
	}
	for i, t := range l.waiting {
		sit.Lineup.Enter(queue.Entry{ID: queue.TicketID(i + 1), Arrival: t.arrived, Service: "s"})
	}
	r, ok := forecast.Ranges(sit, times, forecast.Options{Runs: o.Runs, Seed: 1})[forecast.Line{Service: "s"}]
	return r, ok
}

// Tell writes a report for people.
func (r Report) Tell(out io.Writer) error {
	_, err := fmt.Fprintf(out, "%d visits, %d rows left out (no arrival, or called before it)\n%d ranges told, %.1f%% held (80%% promised); %d were told that it is their turn at once\n\n%-50s %10s\n",
		r.Visits, r.LeftOut, r.Told, 100*float64(r.Held)/math.Max(float64(r.Told), 1), r.AtOnce, "mean absolute error in minutes", fmt.Sprintf("n = %d", r.Scores[0].Count))
	for _, s := range r.Scores {
		if err == nil {
			_, err = fmt.Fprintf(out, "%-50s %10.2f\n", s.Name, s.Error)
		}
	}
	return err
}
