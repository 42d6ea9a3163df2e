package simulate

import (
	"math"
	"slices"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/forecast"
)

// Errors sums up how far an estimator was off.
type Errors struct {
	Count int
	// Sum is that of the absolute errors, in minutes.
	Sum float64
}

// Mean is the mean absolute error in minutes.
func (e *Errors) Mean() float64 { return e.Sum / math.Max(float64(e.Count), 1) }

func (e *Errors) add(told, came time.Duration) {
	e.Count++
	e.Sum += math.Abs((told - came).Minutes())
}

// Comparison holds the ranges against the usual estimators, on the same tickets.
type Comparison struct {
	// Told are the ranges whose waits are known, Held those that held.
	Told, Held int
	// AtOnce are those who were told that it is their turn as good as at once; they are in neither.
	AtOnce int
	// Range is of the middle of the range, Typed of "typed average x people ahead
	// / windows", Last of the wait of the last who was called.
	Range, Typed, Last Errors
}

// HitRate is the share of the ranges that held.
func (c Comparison) HitRate() float64 { return float64(c.Held) / math.Max(float64(c.Told), 1) }

// estimator tells waits as the hall would, and notes what came.
type estimator struct {
	scenario *Scenario
	options  Options
	earlier  []forecast.Observation
	record   forecast.Record
	total    Comparison

	times   *forecast.Times
	learned int
	days    [][]forecast.Observation
	pending map[queue.TicketID]told
	next    *told
	last    map[queue.ServiceID]time.Duration
}

// told is what was told to a visitor.
type told struct {
	service     queue.ServiceID
	raw         forecast.Range
	adjusted    forecast.Range
	typed, last time.Duration
}

func newEstimator(s *Scenario, o Options) *estimator {
	return &estimator{scenario: s, options: o, pending: map[queue.TicketID]told{}, last: map[queue.ServiceID]time.Duration{}}
}

// tell gives the range for whoever takes a number now, and its middle in seconds; nil when none is told.
func (e *estimator) tell(s *queue.State, now time.Time, service queue.ServiceID, priority bool) (*queue.Wait, int) {
	e.next = nil
	if e.options.Runs == 0 || s.Configuration == nil {
		return nil, 0
	}
	e.settle(s)
	seen := forecast.Today(s)
	if e.times == nil || len(seen) != e.learned {
		e.times, e.learned = forecast.Learn(slices.Concat(e.earlier, seen)), len(seen)
	}
	line := forecast.Line{Service: service, Priority: priority}
	raw, ok := forecast.Ranges(forecast.SituationOf(s, now), e.times, forecast.Options{Runs: e.options.Runs, Seed: e.options.Seed})[line]
	if !ok {
		return nil, 0
	}
	adjusted := e.record.Adjust(raw)
	e.next = &told{service: service, raw: raw, adjusted: adjusted, typed: e.typed(s, service), last: e.lastCalled(service)}
	return adjusted.Wait(), adjusted.Seconds()
}

// typed is the usual formula.
func (e *estimator) typed(s *queue.State, service queue.ServiceID) time.Duration {
	minutes := e.scenario.TypedMinutes
	if minutes == 0 {
		minutes = e.scenario.Services[service].Minutes
	}
	windows := 0
	for _, w := range s.Configuration.WindowsOf(service) {
		if state, ok := s.Window(w.ID); ok && state.Open && !state.Paused {
			windows++
		}
	}
	ahead := s.Counts()[service]
	return time.Duration(minutes * float64(ahead) / float64(max(windows, 1)) * float64(time.Minute))
}

// lastCalled is what the last one who was called had waited.
func (e *estimator) lastCalled(service queue.ServiceID) time.Duration { return e.last[service] }

// told remembers to whom it was told.
func (e *estimator) told(id queue.TicketID) {
	if e.next != nil {
		e.pending[id] = *e.next
	}
	e.next = nil
}

// settle takes in what came of those who were called meanwhile, in the order of the calls.
func (e *estimator) settle(s *queue.State) {
	var called []*queue.Ticket
	for _, t := range s.Tickets() {
		if !t.FirstCalledAt.IsZero() {
			called = append(called, t)
		}
	}
	slices.SortStableFunc(called, func(a, b *queue.Ticket) int { return a.FirstCalledAt.Compare(b.FirstCalledAt) })
	for _, t := range called {
		came := t.FirstCalledAt.Sub(t.Arrival)
		e.last[t.Asked] = came
		one, ok := e.pending[t.ID]
		if !ok {
			continue
		}
		delete(e.pending, t.ID)
		switch held := one.adjusted.Holds(came); {
		case one.adjusted.AtOnce():
			e.total.AtOnce++
		case held:
			e.total.Held++
			fallthrough
		default:
			e.total.Told++
		}
		e.total.Range.add(one.adjusted.Middle, came)
		e.total.Typed.add(one.typed, came)
		e.total.Last.add(one.last, came)
		e.record.Learn(forecast.ToldRange(one.adjusted.Wait(), one.adjusted.Seconds()), came) // what a hall knows of it later
	}
}

// keptDays is over how many days service times are learned.
const keptDays = 30

// endDay learns from the day that is over.
func (e *estimator) endDay(s *queue.State) {
	if e.options.Runs == 0 {
		return
	}
	e.settle(s)
	e.pending, e.last = map[queue.TicketID]told{}, map[queue.ServiceID]time.Duration{}
	e.days = append(e.days, forecast.Today(s))
	if len(e.days) > keptDays {
		e.days = e.days[1:]
	}
	e.earlier = forecast.Fade(e.days)
	e.times, e.learned = nil, 0
}
