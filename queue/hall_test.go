package queue_test

import (
	"fmt"
	"testing"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/check"
)

// morning is the moment at which every test day begins.
var morning = time.Date(2026, 11, 23, 8, 30, 0, 0, time.FixedZone("", 8*3600))

// hall drives the engine as a runner would, with a clock that the test moves,
// and shows every event to the checker.
type hall struct {
	t       testing.TB
	state   *queue.State
	now     time.Time
	checker *check.Checker
	batches int
	events  []queue.Event
	config  *queue.Configuration
	codes   int
}

// configuration has two windows for land, one for homes and a general one.
func configuration() *queue.Configuration {
	service := func(id, series string) queue.ServiceConfig {
		return queue.ServiceConfig{ID: queue.ServiceID(id), Name: queue.Text{ZH: id, EN: id}, Series: series}
	}
	window := func(n int, services ...queue.ServiceID) queue.WindowConfig {
		return queue.WindowConfig{ID: queue.WindowID(fmt.Sprint(n)), Number: n, Services: services, Presence: queue.Resident}
	}
	return &queue.Configuration{
		Name: queue.Text{ZH: "试用大厅", EN: "Trial hall"}, TimeZone: "Asia/Shanghai", Slot: "below", General: "general",
		Rules:    queue.Rules{RecallSeconds: 10, MissCalls: 3, MissSeconds: 60, RejoinAfter: 3, PriorityRun: 2, KeepDays: 30},
		Services: []queue.ServiceConfig{service("general", "A"), service("homes", "B"), service("land", "C")},
		Windows:  []queue.WindowConfig{window(1, "general"), window(2, "homes"), window(3, "land"), window(4, "land", "homes")},
	}
}

func newHall(t testing.TB) *hall {
	return &hall{t: t, state: queue.NewState(), now: morning, checker: check.New(), config: configuration()}
}

// try decides and applies a command.
func (h *hall) try(c queue.Command) ([]queue.Event, error) {
	h.t.Helper()
	if c.Opening == nil {
		c.Opening = &queue.Opening{Date: h.now.Format(time.DateOnly), Epoch: 1, Configuration: h.config}
	}
	if c.Actor == "" {
		c.Actor = "test"
	}
	before := h.state.Digest()
	events, err := queue.Decide(h.state, c, h.now)
	if h.state.Digest() != before {
		h.t.Fatalf("deciding %T changed the state", c.Action)
	}
	for _, e := range events {
		if err := queue.Evolve(h.state, e); err != nil {
			h.t.Fatalf("%T decided an event that cannot happen: %v", c.Action, err)
		}
	}
	if len(events) > 0 {
		h.batches++
		h.checker.Add(uint64(h.batches), events)
		h.events = append(h.events, events...)
	}
	return events, err
}

func (h *hall) do(a queue.Action) []queue.Event {
	h.t.Helper()
	events, err := h.try(queue.Command{Action: a})
	if err != nil {
		h.t.Fatalf("%T: %v", a, err)
	}
	return events
}

func (h *hall) refused(a queue.Action, code queue.Code) {
	h.t.Helper()
	if _, err := h.try(queue.Command{Action: a}); queue.CodeOf(err) != code {
		h.t.Fatalf("%T: got %v, want %s", a, err, code)
	}
}

func (h *hall) take(service queue.ServiceID, more ...func(*queue.Take)) *queue.Ticket {
	h.t.Helper()
	h.codes++
	h.now = h.now.Add(time.Second)
	take := queue.Take{Service: service, Persons: 1, Language: "zh", Code: fmt.Sprintf("CODE%d", h.codes)}
	for _, m := range more {
		m(&take)
	}
	h.do(take)
	tickets := h.state.Tickets()
	return tickets[len(tickets)-1]
}

func priority(t *queue.Take) { t.Priority = true }

// next calls the next at a window and gives its number, "" when nobody waits.
func (h *hall) next(w queue.WindowID) string {
	h.t.Helper()
	h.now = h.now.Add(time.Second)
	h.do(queue.Next{Window: w})
	window, _ := h.state.Window(w)
	t, ok := h.state.Ticket(window.Ticket)
	if !ok {
		return ""
	}
	return t.Number()
}

// serve calls the next at a window and finishes it at once.
func (h *hall) serve(w queue.WindowID) string {
	h.t.Helper()
	number := h.next(w)
	if number != "" {
		h.do(queue.Finish{Window: w, Outcome: queue.Resolved})
	}
	return number
}

// miss calls the next at a window until it may be marked missed.
func (h *hall) miss(w queue.WindowID) *queue.Ticket {
	h.t.Helper()
	h.next(w)
	window, _ := h.state.Window(w)
	t, _ := h.state.Ticket(window.Ticket)
	for range 2 {
		h.now = h.now.Add(30 * time.Second)
		h.do(queue.Recall{Window: w})
	}
	h.do(queue.Miss{Window: w})
	return t
}

// kept fails the test when the checker finds a broken promise.
func (h *hall) kept() check.Report {
	h.t.Helper()
	r := h.checker.Report()
	for _, v := range r.Violations {
		h.t.Error(v)
	}
	return r
}
