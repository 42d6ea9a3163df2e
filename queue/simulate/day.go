package simulate

import (
	"container/heap"
	"crypto/sha256"
	"fmt"
	"hash"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/check"
	"petitionhall/queue/figures"
)

// Options say how a scenario is played.
type Options struct {
	Seed uint64
	Days int
	// Runs is how many runs each told wait is made of; 0 tells none.
	Runs int
	// Trace gets the bytes of every batch; nil for nobody.
	Trace func(batch []byte)
	// Progress hears of each day that is over.
	Progress func(day int)
	// Digest asks for the digest of the trace.
	Digest bool
}

// Result is what came of it.
type Result struct {
	Days     int
	Hours    float64
	Events   int
	Commands int
	Faults   map[string]int
	// Trace is the SHA-256 of all batches, when Options.Digest asks for it.
	Trace    string
	Report   check.Report
	Figures  figures.Figures
	Estimate Comparison
}

// world is a simulation that runs.
type world struct {
	scenario *Scenario
	options  Options
	zone     *time.Location
	state    *queue.State
	checker  *check.Checker
	batches  uint64
	trace    hash.Hash
	result   Result
	estimate *estimator
	services []queue.ServiceID
	total    float64

	// Of the day that is played.
	random *rand.Rand
	now    time.Time
	shift  time.Duration // how wrong the clock is
	due    events
	serial int
	speed  float64
	desks  map[queue.WindowID]*desk
	order  []queue.WindowID
	kept   []queue.Event
	book   *figures.Book
	date   time.Time
}

// event is something that will happen.
type event struct {
	at     time.Time
	serial int
	do     func()
}

type events []event

func (e *events) Len() int { return len(*e) }
func (e *events) Less(i, j int) bool {
	a, b := (*e)[i], (*e)[j]
	return a.at.Before(b.at) || a.at.Equal(b.at) && a.serial < b.serial
}
func (e *events) Swap(i, j int) { (*e)[i], (*e)[j] = (*e)[j], (*e)[i] }
func (e *events) Push(x any) {
	if one, ok := x.(event); ok {
		*e = append(*e, one)
	}
}
func (e *events) Pop() any {
	old := *e
	last := old[len(old)-1]
	*e = old[:len(old)-1]
	return last
}

// firstDay is the date on which every simulation begins, a Monday.
var firstDay = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// Run plays a scenario. The error says that the scenario cannot be played, or
// that the engine decided what it could not apply; a broken promise is in the
// result's report.
func Run(s *Scenario, o Options) (Result, error) {
	if err := s.Fill(); err != nil {
		return Result{}, err
	}
	zone, err := time.LoadLocation(s.Configuration.TimeZone)
	if err != nil {
		return Result{}, err
	}
	w := &world{scenario: s, options: o, zone: zone, state: queue.NewState(), checker: check.New(), trace: sha256.New()}
	w.result.Faults = map[string]int{}
	w.estimate = newEstimator(s, o)
	for id, service := range s.Services {
		if service.Share > 0 {
			w.services = append(w.services, id)
		}
	}
	slices.Sort(w.services)
	for _, id := range w.services {
		w.total += s.Services[id].Share
	}
	for day := range o.Days {
		if err := w.day(day); err != nil {
			return w.result, fmt.Errorf("day %d: %w", day+1, err)
		}
		if o.Progress != nil {
			o.Progress(day + 1)
		}
	}
	w.result.Days = o.Days
	w.result.Report = w.checker.Report()
	w.result.Estimate = w.estimate.total
	if o.Digest {
		w.result.Trace = fmt.Sprintf("%x", w.trace.Sum(nil))
	}
	return w.result, nil
}

// day plays one day, from before it opens until everything that was planned has happened.
func (w *world) day(n int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			impossible, ours := r.(impossibleError)
			if !ours {
				panic(r)
			}
			err = impossible
		}
	}()
	s := w.scenario
	w.random = rand.New(rand.NewPCG(w.options.Seed, uint64(n)))
	w.date = firstDay.AddDate(0, 0, n)
	y, m, d := w.date.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, w.zone)
	minute := func(m int) time.Time { return midnight.Add(time.Duration(m) * time.Minute) }
	w.now, w.shift, w.due, w.kept = minute(s.Opens), 0, w.due[:0], w.kept[:0]
	w.book = figures.NewBook()
	w.speed = math.Exp(s.Variation * w.random.NormFloat64())
	w.openDesks(minute)
	for half, expected := range s.Arrivals {
		for range w.poisson(expected) {
			at := minute(s.Opens + 30*half).Add(w.upTo(30 * time.Minute))
			w.plan(at, func() { w.visitor(w.anyService()) })
		}
	}
	for _, b := range s.Bursts {
		if b.Share > 0 && w.random.Float64() >= b.Share {
			continue
		}
		for range b.Count {
			w.plan(minute(b.At).Add(w.upTo(2*time.Minute)), func() { w.visitor(b.Service) })
		}
	}
	w.plan(minute(s.Closes), func() { w.do("desk", queue.StopIssuing{}) })
	end := minute(s.Closes + 90)
	for len(w.due) > 0 {
		next, ok := heap.Pop(&w.due).(event)
		if !ok || next.at.After(end) {
			break
		}
		w.now = next.at
		next.do()
	}
	w.now = end
	w.close(n)
	w.result.Hours += float64(s.Closes+90-s.Opens) / 60
	return nil
}

// close ends the day by a named decision, or leaves it to midnight.
func (w *world) close(n int) {
	w.shift = 0
	if w.state.Phase == queue.PhaseClosed {
		return
	}
	if w.scenario.Faults > 0 && n%5 == 4 {
		w.fault("nobody closed the day")
		w.now = w.now.Add(24*time.Hour - time.Duration(w.now.In(w.zone).Hour())*time.Hour)
		due, ok := queue.Due(w.state, w.now)
		if !ok {
			panic(impossibleError{fmt.Errorf("midnight closes nothing")})
		}
		w.command(due)
	} else {
		var open []queue.TicketID
		for _, t := range w.state.OpenTickets() {
			open = append(open, t.ID)
		}
		w.do("desk", queue.CloseDay{Deferred: open})
	}
	day := w.book.Sum(w.state)
	w.result.Figures.Add(&day)
	w.estimate.endDay(w.state)
}

func (w *world) plan(at time.Time, do func()) {
	w.serial++
	heap.Push(&w.due, event{at, w.serial, do})
}

func (w *world) after(d time.Duration, do func()) { w.plan(w.now.Add(d), do) }

// impossibleError says that the engine decided what cannot happen.
type impossibleError struct{ error }

// do has a command decided and applied. It tells whether it was not refused.
func (w *world) do(actor string, a queue.Action) bool {
	w.serial++
	c := queue.Command{Actor: actor, Key: fmt.Sprintf("%s-%d", w.date.Format("060102"), w.serial), Action: a}
	ok := w.command(c)
	w.harm(c)
	return ok
}

func (w *world) command(c queue.Command) bool {
	now := w.now.Add(w.shift)
	c.Opening = &queue.Opening{Date: w.date.Format(time.DateOnly), Epoch: 1, Configuration: w.scenario.Configuration}
	w.result.Commands++
	decided, err := queue.Decide(w.state, c, now)
	if err != nil {
		if queue.CodeOf(err) == "" {
			panic(impossibleError{fmt.Errorf("%T was refused without a code: %w", c.Action, err)})
		}
		return false
	}
	if len(decided) == 0 {
		return true
	}
	for _, e := range decided {
		if err := queue.Evolve(w.state, e); err != nil {
			panic(impossibleError{fmt.Errorf("%T decided what cannot happen: %w", c.Action, err)})
		}
	}
	w.batches++
	w.result.Events += len(decided)
	w.checker.Add(w.batches, decided)
	for _, e := range decided {
		w.book.Add(e)
	}
	if w.scenario.Faults > 0 {
		w.kept = append(w.kept, decided...)
	}
	w.record(decided)
	return true
}

func (w *world) record(decided []queue.Event) {
	if w.options.Trace == nil && !w.options.Digest {
		return
	}
	data, err := queue.EncodeEvents(decided)
	if err != nil {
		panic(impossibleError{err})
	}
	w.trace.Write(data)
	if w.options.Trace != nil {
		w.options.Trace(data)
	}
}

// visitor takes a number, and may give it back.
func (w *world) visitor(service queue.ServiceID) {
	s := w.scenario
	priority := w.chance(s.Priority)
	w.serial++
	take := queue.Take{Service: service, Persons: min(1+w.poisson(s.Persons-1), 99), Priority: priority, Language: "zh", Code: fmt.Sprintf("S%d", w.serial)}
	take.Wait, take.Middle = w.estimate.tell(w.state, w.now, service, priority)
	w.do("kiosk", take)
	t, ok := w.state.TicketByCode(take.Code)
	if !ok {
		return
	}
	w.estimate.told(t.ID)
	if w.chance(s.Cancel) {
		w.after(w.upTo(20*time.Minute), func() { w.do("visitor", queue.Cancel{Ticket: t.ID, Reason: queue.CancelVisitor}) })
	}
	w.wake(service)
}

func (w *world) anyService() queue.ServiceID {
	pick := w.random.Float64() * w.total
	for _, id := range w.services {
		if pick -= w.scenario.Services[id].Share; pick < 0 {
			return id
		}
	}
	return w.services[len(w.services)-1]
}

func (w *world) chance(share float64) bool { return share > 0 && w.random.Float64() < share }

func (w *world) upTo(d time.Duration) time.Duration {
	return time.Duration(w.random.Int64N(int64(d))).Truncate(time.Millisecond)
}

func (w *world) between(low, high time.Duration) time.Duration { return low + w.upTo(high-low) }

// poisson draws how many come when so many are expected (Knuth's product method; means are small).
func (w *world) poisson(mean float64) int {
	limit, n := math.Exp(-mean), 0
	for p := w.random.Float64(); p > limit; p *= w.random.Float64() {
		n++
	}
	return n
}

// serviceTime draws how long a visitor is received: a lognormal, as such times are.
func (w *world) serviceTime(id queue.ServiceID) time.Duration {
	s, ok := w.scenario.Services[id]
	if !ok {
		s = Service{Minutes: 10, Spread: 0.5}
	}
	minutes := s.Minutes * w.speed * math.Exp(s.Spread*w.random.NormFloat64()-s.Spread*s.Spread/2)
	return max(time.Duration(minutes*float64(time.Minute)), 20*time.Second).Truncate(time.Millisecond)
}
