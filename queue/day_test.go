package queue_test

import (
	"testing"
	"time"

	"petitionhall/queue"
)

// TestFirstTakeOpensTheDay: nobody has to open the hall for a visitor to get a number.
func TestFirstTakeOpensTheDay(t *testing.T) {
	h := newHall(t)
	if got := h.take("land").Number(); got != "C001" || h.state.Phase != queue.PhaseOpen || h.state.Date != "2026-11-23" {
		t.Fatalf("number %s on %q, phase %s", got, h.state.Date, h.state.Phase)
	}
	h.kept()
}

// TestStoppedStillServes: after issuing has stopped, everyone holding a number is served.
func TestStoppedStillServes(t *testing.T) {
	h := newHall(t)
	h.take("land")
	h.do(queue.StopIssuing{})
	h.refused(queue.Take{Service: "land", Persons: 1, Code: "X"}, queue.CodeDayStopped)
	h.do(queue.OpenWindow{Window: "3"})
	if got := h.serve("3"); got != "C001" {
		t.Fatalf("served %q", got)
	}
	h.kept()
}

// TestCloseNeedsEveryTicket: a day with an open ticket is closed only by naming it.
func TestCloseNeedsEveryTicket(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	missed := into[queue.Missed](h)
	waiting := h.take("land")
	h.refused(queue.CloseDay{}, queue.CodeDayOpenTickets)
	h.do(queue.CloseDay{Deferred: []queue.TicketID{waiting.ID}})
	if missed.State != queue.Left || waiting.State != queue.Deferred {
		t.Fatalf("missed is %s, waiting is %s", missed.State, waiting.State)
	}
	h.refused(queue.Take{Service: "land", Persons: 1, Code: "X"}, queue.CodeDayClosed)
	h.refused(queue.OpenWindow{Window: "3"}, queue.CodeDayClosed)
	h.kept()
}

// TestMidnight: a day that nobody closed ends by the system's decision, and the
// next one starts its numbers again.
func TestMidnight(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"1", "2", "3", "4"} {
		h.do(queue.OpenWindow{Window: w})
	}
	missed := into[queue.Missed](h)
	serving := into[queue.Serving](h)
	called := h.take("homes")
	h.next("2")
	waiting := h.take("general")
	sentOn := h.take("land")
	h.next("4")
	h.do(queue.Start{Window: "4"})
	h.do(queue.Transfer{Window: "4", Service: "general"})

	h.now = time.Date(2026, 11, 24, 0, 0, 1, 0, h.state.Zone())
	h.refused(queue.Take{Service: "land", Persons: 1, Code: "X"}, queue.CodeDayOver)
	due, ok := queue.Due(h.state, h.now)
	if !ok {
		t.Fatal("nothing is due at midnight")
	}
	if _, err := h.try(due); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		ticket *queue.Ticket
		state  queue.TicketState
	}{{missed, queue.Left}, {serving, queue.Done}, {called, queue.Left}, {waiting, queue.Deferred}, {sentOn, queue.Done}} {
		if c.ticket.State != c.state {
			t.Errorf("%s is %s, want %s", c.ticket.Number(), c.ticket.State, c.state)
		}
	}
	if _, ok := queue.Due(h.state, h.now); ok {
		t.Error("something is due in a closed hall")
	}
	if got := h.take("land"); got.Number() != "C001" || h.state.Date != "2026-11-24" {
		t.Errorf("the new day %s starts with %s", h.state.Date, got.Number())
	}
	h.kept()
}

// TestKeysActOnce: a request key acts once within two days, and only for the same body.
func TestKeysActOnce(t *testing.T) {
	h := newHall(t)
	take := queue.Command{Key: "key-1", Hash: "a", Action: queue.Take{Service: "land", Persons: 2, Code: "X"}}
	again := func() []queue.Event {
		t.Helper()
		take.Action = queue.Take{Service: "land", Persons: 2, Code: "Y"}
		events, err := h.try(take)
		if err != nil {
			t.Fatal(err)
		}
		return events
	}
	if events, err := h.try(take); err != nil || len(events) != 2 {
		t.Fatalf("first: %v %v", events, err)
	}
	if events := again(); len(events) != 0 {
		t.Fatalf("the same key acted twice: %v", events)
	}
	other := take
	other.Hash = "b"
	if _, err := h.try(other); queue.CodeOf(err) != queue.CodeKeyReused {
		t.Fatalf("the same key with another body: %v", err)
	}
	if r, ok := h.state.Request("key-1"); !ok || r.Ticket != 1 {
		t.Fatalf("the key is remembered as %+v", r)
	}
	nextDay := func() {
		h.now = h.now.Add(24 * time.Hour)
		if due, ok := queue.Due(h.state, h.now); ok {
			if _, err := h.try(due); err != nil {
				t.Fatal(err)
			}
		}
		h.do(queue.OpenDay{})
	}
	nextDay()
	if events := again(); len(events) != 0 {
		t.Fatalf("the key acted again the day after: %v", events)
	}
	nextDay()
	if events := again(); len(events) != 1 {
		t.Fatalf("after two days the key is free again, but got %v", events)
	}
	h.kept()
}

// TestDaysReplayAlone: replaying from the last day.opened gives the very state.
func TestDaysReplayAlone(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	into[queue.Missed](h)
	h.now = h.now.Add(24 * time.Hour)
	due, _ := queue.Due(h.state, h.now)
	if _, err := h.try(due); err != nil {
		t.Fatal(err)
	}
	h.do(queue.OpenWindow{Window: "3"})
	into[queue.Serving](h)
	data, err := queue.EncodeEvents(h.events)
	if err != nil {
		t.Fatal(err)
	}
	events, err := queue.DecodeEvents(data)
	if err != nil {
		t.Fatal(err)
	}
	start := 0
	for i, e := range events {
		if e.Type == "day.opened" {
			start = i
		}
	}
	alone := queue.NewState()
	for _, e := range events[start:] {
		if err := queue.Evolve(alone, e); err != nil {
			t.Fatal(err)
		}
	}
	if alone.Digest() != h.state.Digest() {
		t.Fatal("the day alone gives another state")
	}
	h.kept()
}

// TestDayWithoutServiceTimes: a new hall has learned nothing yet. Whether that is
// told by no map or an empty one, the day read back is the day.
func TestDayWithoutServiceTimes(t *testing.T) {
	for name, none := range map[string]map[queue.ServiceID]queue.Histogram{"no map": nil, "an empty map": {}} {
		h := newHall(t)
		opening := &queue.Opening{Date: h.now.Format(time.DateOnly), Epoch: 1, Configuration: h.config, ServiceTimes: none}
		if _, err := h.try(queue.Command{Opening: opening, Action: queue.OpenDay{}}); err != nil {
			t.Fatal(err)
		}
		data, err := queue.EncodeEvents(h.events)
		if err != nil {
			t.Fatal(err)
		}
		events, err := queue.DecodeEvents(data)
		if err != nil {
			t.Fatal(err)
		}
		read := queue.NewState()
		for _, e := range events {
			if err := queue.Evolve(read, e); err != nil {
				t.Fatal(err)
			}
		}
		if read.Digest() != h.state.Digest() {
			t.Errorf("%s: the day read back is another one", name)
		}
	}
}
