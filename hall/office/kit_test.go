package office_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"petitionhall/hall/configuration"
	"petitionhall/hall/office"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// day drives the engine through a day of the county's hall, with a clock that the test moves.
type day struct {
	t     *testing.T
	state *queue.State
	now   time.Time
	// events are all that happened, for a journal.
	events []queue.Event
	epoch  int
	config *queue.Configuration
}

// newDay begins at half past eight; the first command opens the day.
func newDay(t *testing.T, date string) *day {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	morning, err := time.ParseInLocation(time.DateTime, date+" 08:30:00", zone)
	if err != nil {
		t.Fatal(err)
	}
	return &day{t: t, state: queue.NewState(), now: morning, epoch: 1, config: configuration.Default()}
}

func (d *day) do(a queue.Action) {
	d.t.Helper()
	c := queue.Command{Actor: "test", Action: a, Opening: &queue.Opening{Date: d.now.Format(time.DateOnly), Epoch: d.epoch, Configuration: d.config}}
	events, err := queue.Decide(d.state, c, d.now)
	if err != nil {
		d.t.Fatalf("%T: %v", a, err)
	}
	for _, e := range events {
		if err := queue.Evolve(d.state, e); err != nil {
			d.t.Fatal(err)
		}
	}
	d.events = append(d.events, events...)
}

func (d *day) pass(t time.Duration) { d.now = d.now.Add(t) }

func (d *day) open(windows ...queue.WindowID) {
	d.t.Helper()
	for _, w := range windows {
		d.do(queue.OpenWindow{Window: w})
	}
}

func (d *day) take(s queue.ServiceID, persons int) queue.TicketID {
	d.t.Helper()
	d.do(queue.Take{Service: s, Persons: persons, Language: "zh", Code: fmt.Sprintf("CODE%d", len(d.state.Tickets()))})
	return queue.TicketID(len(d.state.Tickets()))
}

// call calls the next at a window.
func (d *day) call(w queue.WindowID) {
	d.t.Helper()
	d.do(queue.Next{Window: w})
}

// serve calls the next at a window and serves it for a while.
func (d *day) serve(w queue.WindowID, length time.Duration, outcome queue.Outcome) {
	d.t.Helper()
	d.call(w)
	d.do(queue.Start{Window: w})
	d.pass(length)
	d.do(queue.Finish{Window: w, Outcome: outcome})
}

// miss calls the next at a window until it may be marked missed.
func (d *day) miss(w queue.WindowID) {
	d.t.Helper()
	d.call(w)
	for range 2 {
		d.pass(30 * time.Second)
		d.do(queue.Recall{Window: w})
	}
	d.do(queue.Miss{Window: w})
}

// histogram has one observation in each of these minutes, and is as long as the last one needs.
func histogram(minutes ...int) queue.Histogram {
	var h queue.Histogram
	for _, m := range minutes {
		for len(h) <= m {
			h = append(h, 0)
		}
		h[m]++
	}
	return h
}

// sum makes totals that hold together: n tickets for a service, all resolved after some minutes.
func sum(date string, epoch int, service queue.ServiceID, minutes ...int) office.Totals {
	n := len(minutes)
	f := office.Figures{Issued: n, Done: n, Served: n, Persons: n, Resolved: n}
	return office.Totals{Date: date, Epoch: epoch, Figures: f,
		Services:     map[queue.ServiceID]office.ServiceTotals{service: {Figures: f, WaitMinutes: histogram(minutes...), ServiceMinutes: histogram(minutes...)}},
		FirstWindows: map[queue.WindowID]office.Figures{"1": f}}
}

func open(t *testing.T, j journal.Journal) *office.Office {
	t.Helper()
	o, err := office.Open(t.Context(), j, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

var quiet = slog.New(slog.DiscardHandler)
