// Package forecast tells how long it will be until a number is called: as a
// range, from the tenth to the ninetieth percentile, and not at all while too
// little is known.
//
// It runs the hall forward from its present moment, many times, by the very
// rules that pick the next ticket (queue.Lineup), with service times drawn from
// what was learned. A newcomer of every service and class goes along as a ghost:
// it is called when its turn comes, and takes nobody's time. So one set of runs
// tells all ranges at once, and windows that share services, priority, preference
// and pauses count as they do in the hall.
//
// Three parts: Situation (the present moment, taken from the state), Times (how
// long windows are occupied, learned) and Record (what was told and what came,
// from which the ranges are kept honest). All are plain data and arithmetic:
// there is no clock in them, and the seed is an argument.
package forecast

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"petitionhall/queue"
)

// Line names what a newcomer waits for.
type Line struct {
	Service  queue.ServiceID
	Priority bool
}

// Range is how long a newcomer of a line would wait: in 10, 50 and 90 of 100 cases it is not longer.
type Range struct {
	Low, Middle, High time.Duration
}

// Wait is the range in whole minutes, for people: the low end rounded down, the
// high end up, and never less than one.
func (r Range) Wait() *queue.Wait {
	return &queue.Wait{Low: int(r.Low / time.Minute), High: max(int((r.High+time.Minute-1)/time.Minute), 1)}
}

// Seconds is the middle in whole seconds, as it is kept.
func (r Range) Seconds() int { return int(r.Middle / time.Second) }

// AtOnce tells whether a newcomer is as good as called: then there is nothing to
// foretell, and such ranges are counted apart.
func (r Range) AtOnce() bool { return r.High < time.Minute }

// Holds tells whether a wait lies within what was told, in whole minutes.
func (r Range) Holds(came time.Duration) bool { return !r.misses(came, -1) && !r.misses(came, 1) }

// misses tells whether a wait is below (-1) or above (1) what was told.
func (r Range) misses(came time.Duration, side int) bool {
	w := r.Wait()
	if side < 0 {
		return came < time.Duration(w.Low)*time.Minute
	}
	return came > time.Duration(w.High)*time.Minute
}

// Desk is a window in a situation.
type Desk struct {
	Window queue.WindowID
	// Service is that of the ticket that occupies it; empty for none.
	Service queue.ServiceID
	// Since is when that ticket was called, or when the pause began.
	Since time.Time
	// Until is when a paused window goes on; zero when that is not promised.
	Until time.Time
	// Paused windows call nobody until they go on.
	Paused bool
}

// Situation is a hall at a moment, as far as the wait of a newcomer depends on it.
type Situation struct {
	Now    time.Time
	Lineup *queue.Lineup
	// Desks are the open windows.
	Desks []Desk
	// Rates are how many newcomers per hour and line are to be expected. Those who
	// come later matter where they may be called before.
	Rates map[Line]float64
}

// SituationOf takes the situation from a state. The lineup is a copy, so that
// the runs can go on without holding anybody up.
func SituationOf(s *queue.State, now time.Time) Situation {
	sit := Situation{Now: now, Lineup: s.Lineup().Clone(), Rates: rates(s, now)}
	if s.Configuration == nil {
		return sit
	}
	for i := range s.Configuration.Windows {
		id := s.Configuration.Windows[i].ID
		w, ok := s.Window(id)
		if !ok || !w.Open {
			continue
		}
		d := Desk{Window: id, Paused: w.Paused, Until: w.Until, Since: now}
		if s.Paused != nil { // the whole hall: no window calls before it goes on
			d.Paused = true
			if s.Paused.Until.After(d.Until) {
				d.Until = s.Paused.Until
			}
		}
		occupied := w.Ticket
		if occupied == 0 {
			occupied = w.Joined
		}
		if t, ok := s.Ticket(occupied); ok {
			d.Service, d.Since = t.Service, t.CalledAt
		}
		sit.Desks = append(sit.Desks, d)
	}
	return sit
}

// rateWindow is over how long newcomers are counted to expect as many.
const rateWindow = time.Hour

func rates(s *queue.State, now time.Time) map[Line]float64 {
	counts := map[Line]float64{}
	from := now.Add(-rateWindow)
	if s.OpenedAt.After(from) {
		from = s.OpenedAt
	}
	hours := max(now.Sub(from), 15*time.Minute).Hours()
	tickets := s.Tickets()
	for i := len(tickets) - 1; i >= 0 && tickets[i].Arrival.After(from); i-- {
		counts[Line{tickets[i].Asked, tickets[i].Priority}] += 1 / hours
	}
	return counts
}

// Options of a forecast.
type Options struct {
	// Runs is how often the hall is run forward, 20-1000.
	Runs int
	// Seed makes the runs: the same seed and situation give the same ranges.
	Seed uint64
	// Horizon ends a run: whoever was not called until then counts as called then.
	Horizon time.Duration
}

const (
	defaultRuns    = 60
	defaultHorizon = 10 * time.Hour
)

// Ranges tells how long a newcomer of each line would wait. A line that no open
// window serves, or of whose service too little is known, has none.
func Ranges(sit Situation, times *Times, o Options) map[Line]Range {
	if o.Runs == 0 {
		o.Runs = defaultRuns
	}
	if o.Horizon == 0 {
		o.Horizon = defaultHorizon
	}
	f := newForward(sit, times, o)
	for range o.Runs {
		f.run()
	}
	ranges := make(map[Line]Range, len(f.ghosts))
	for i, g := range f.ghosts {
		waits := f.waits[i]
		slices.Sort(waits)
		ranges[g.line] = Range{quantile(waits, 0.1), quantile(waits, 0.5), quantile(waits, 0.9)}
	}
	return ranges
}

// quantile of sorted durations, between the two that lie next to it.
func quantile(sorted []time.Duration, q float64) time.Duration {
	at := q * float64(len(sorted)-1)
	low := int(at)
	if low+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[low] + time.Duration((at-float64(low))*float64(sorted[low+1]-sorted[low]))
}

// ghost is a newcomer who takes nobody's time.
type ghost struct {
	line Line
	id   queue.TicketID
}

// The ids of who is not there yet: beyond all tickets, and ghosts beyond all
// newcomers, so that a ghost is last among equals.
const (
	newcomerIDs = 1 << 29
	ghostIDs    = 1 << 30
)

// forward runs a situation on.
type forward struct {
	sit     Situation
	times   *Times
	options Options
	random  *rand.Rand
	entries map[queue.TicketID]queue.Entry
	arrival time.Time // of newcomers
	ghosts  []ghost
	waits   [][]time.Duration
	// coming are the lines whose newcomers matter, and their rates per nanosecond.
	coming []Line
	rate   []float64
	total  float64

	// What follows is of one run.
	lineup *queue.Lineup
	free   []time.Duration
	next   time.Duration // the next newcomer
	extra  []queue.Entry // the newcomers; the first has the id newcomerIDs
	left   int
}

func newForward(sit Situation, times *Times, o Options) *forward {
	f := &forward{sit: sit, times: times, options: o, random: rand.New(rand.NewPCG(o.Seed, uint64(sit.Now.UnixNano()))), entries: map[queue.TicketID]queue.Entry{}}
	f.arrival = sit.Now
	sit.Lineup.Each(func(e queue.Entry) {
		f.entries[e.ID] = e
		if e.Arrival.After(f.arrival) { // a clock that stepped back: newcomers are behind all the same
			f.arrival = e.Arrival
		}
	})
	reached, shared := map[queue.ServiceID]bool{}, map[queue.ServiceID]bool{}
	var order []queue.ServiceID
	for _, d := range sit.Desks {
		serves := sit.Lineup.Serves(d.Window)
		for _, s := range serves {
			if !reached[s] {
				order = append(order, s)
			}
			reached[s] = true
			shared[s] = shared[s] || len(serves) > 1
		}
	}
	for _, s := range order {
		if !times.Known(s) {
			continue
		}
		for _, priority := range []bool{false, true} {
			l := Line{s, priority}
			f.ghosts = append(f.ghosts, ghost{l, queue.TicketID(ghostIDs + len(f.ghosts))})
			if rate := sit.Rates[l]; rate > 0 && (priority || shared[s]) {
				f.coming, f.rate = append(f.coming, l), append(f.rate, rate/float64(time.Hour))
				f.total += rate / float64(time.Hour)
			}
		}
	}
	f.waits = make([][]time.Duration, len(f.ghosts))
	return f
}

// run plays one future, until every ghost was called.
func (f *forward) run() {
	f.lineup = f.sit.Lineup.Clone()
	f.extra = f.extra[:0]
	f.free = f.free[:0]
	for _, d := range f.sit.Desks {
		f.free = append(f.free, remaining(d, f.sit.Now, f.times, f.random))
	}
	for _, g := range f.ghosts {
		f.lineup.Enter(f.entryOf(g))
	}
	f.left = len(f.ghosts)
	called := make([]bool, len(f.ghosts))
	f.plan(0)
	for f.left > 0 {
		at, desk := earliest(f.free)
		if f.next < at {
			f.arrive()
			continue
		}
		if at >= f.options.Horizon {
			break
		}
		f.step(desk, at, called)
	}
	for i := range f.ghosts {
		if !called[i] {
			f.waits[i] = append(f.waits[i], f.options.Horizon)
		}
	}
}

func (f *forward) entryOf(g ghost) queue.Entry {
	return queue.Entry{ID: g.id, Arrival: f.arrival, Priority: g.line.Priority, Service: g.line.Service}
}

// step lets a free desk call its next.
func (f *forward) step(desk int, at time.Duration, called []bool) {
	window := f.sit.Desks[desk].Window
	id, ok := f.lineup.Next(window)
	switch {
	case !ok:
		f.free[desk] = f.idleUntil()
	case id >= ghostIDs:
		i := int(id - ghostIDs)
		f.lineup.Leave(f.entryOf(f.ghosts[i]))
		f.waits[i] = append(f.waits[i], at)
		called[i] = true
		f.left--
	default:
		var e queue.Entry
		if id >= newcomerIDs {
			e = f.extra[id-newcomerIDs]
		} else {
			e = f.entries[id]
		}
		f.lineup.Call(window, e, true)
		f.free[desk] = at + f.times.draw(e.Service, f.random)
	}
}

// idleUntil is when a desk that finds nobody looks again: with the next newcomer.
func (f *forward) idleUntil() time.Duration {
	if f.next < f.options.Horizon {
		return f.next + 1
	}
	return f.options.Horizon
}

// plan draws when the next newcomer comes.
func (f *forward) plan(after time.Duration) {
	if f.total == 0 {
		f.next = math.MaxInt64
		return
	}
	f.next = after + time.Duration(f.random.ExpFloat64()/f.total)
	if f.next > f.options.Horizon {
		f.next = math.MaxInt64
	}
}

// arrive lets a newcomer join its line.
func (f *forward) arrive() {
	pick := f.random.Float64() * f.total
	i := 0
	for i < len(f.rate)-1 && pick >= f.rate[i] {
		pick -= f.rate[i]
		i++
	}
	e := queue.Entry{ID: newcomerIDs + queue.TicketID(len(f.extra)), Arrival: f.arrival.Add(f.next), Priority: f.coming[i].Priority, Service: f.coming[i].Service}
	f.extra = append(f.extra, e)
	f.lineup.Enter(e)
	f.plan(f.next)
}
