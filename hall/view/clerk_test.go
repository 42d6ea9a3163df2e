package view_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"petitionhall/hall/view"
	"petitionhall/queue"
)

// TestNextStandsFirst: the first of a window's waiting tickets is the one that its next call takes.
func TestNextStandsFirst(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	for i, priority := range []bool{false, false, true, false, true, true} {
		h.do(queue.Take{Service: "natural-resources", Persons: 1, Priority: priority, Language: "zh", Code: fmt.Sprint("ORDER", i)})
	}
	for left := 6; left > 0; left-- {
		clerk, _ := view.OfClerk(h.state, "3", h.moment())
		if len(clerk.Waiting) != left {
			t.Fatalf("%d wait, want %d", len(clerk.Waiting), left)
		}
		h.do(queue.Next{Window: "3"})
		called, _ := view.OfClerk(h.state, "3", h.moment())
		if called.Ticket.Number != clerk.Waiting[0].Number {
			t.Errorf("called %s, promised %s", called.Ticket.Number, clerk.Waiting[0].Number)
		}
		h.do(queue.Finish{Window: "3", Outcome: queue.Resolved})
	}
}

// TestMissIsOffered: before a number may be marked missed the window learns what is due, calls or time.
func TestMissIsOffered(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.take("natural-resources")
	h.do(queue.Next{Window: "3"})
	for _, left := range []int{2, 1, 0} {
		clerk, _ := view.OfClerk(h.state, "3", h.moment())
		i := slices.IndexFunc(clerk.Actions, func(a view.Action) bool { return a.Name == "miss" })
		if i < 0 || clerk.Actions[i].CallsLeft != left || clerk.Actions[i].From == nil {
			t.Errorf("after %d calls: %+v, want a miss with %d calls left", clerk.Ticket.Times, clerk.Actions, left)
		}
		if left > 0 {
			h.now = h.now.Add(15 * time.Second)
			h.do(queue.Recall{Window: "3"})
		}
	}
}

// TestUndoIsOffered: the window's page says what would be taken back and until when, and nothing once that has passed.
func TestUndoIsOffered(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.take("natural-resources")
	offered := func() *view.Undo {
		v, _ := view.OfClerk(h.state, "3", h.moment())
		if legal := slices.ContainsFunc(v.Actions, func(a view.Action) bool { return a.Name == "undo" }); legal != (v.Undo != nil) {
			t.Errorf("undo legal: %v, told: %+v", legal, v.Undo)
		}
		return v.Undo
	}
	if got := offered(); got != nil {
		t.Errorf("before anything was done: %+v", got)
	}
	for _, step := range []struct {
		do   queue.Action
		what string
	}{
		{queue.Next{Window: "3"}, "call"},
		{queue.Start{Window: "3"}, ""},
		{queue.Finish{Window: "3", Outcome: queue.Referred}, "finish"},
	} {
		h.do(step.do)
		until := h.now.Add(20 * time.Second)
		got := offered()
		switch {
		case step.what == "" && got != nil:
			t.Errorf("after %T: %+v, want nothing", step.do, got)
		case step.what != "" && (got == nil || got.What != step.what || got.Number != "C001" || !got.Until.Equal(until)):
			t.Errorf("after %T: %+v, want %s of C001 until %s", step.do, got, step.what, until)
		}
	}
	h.now = h.now.Add(21 * time.Second)
	if got := offered(); got != nil {
		t.Errorf("after 21 s: %+v", got)
	}
}

// TestReceivedTogether: both windows of a joint reception say with whom, and a parked ticket since when.
func TestReceivedTogether(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"3", "5"} {
		h.do(queue.OpenWindow{Window: w})
	}
	h.take("natural-resources")
	h.do(queue.Next{Window: "3"})
	h.do(queue.Start{Window: "3"})
	h.do(queue.Join{Window: "3", With: "5"})
	host, _ := view.OfClerk(h.state, "3", h.moment())
	guest, _ := view.OfClerk(h.state, "5", h.moment())
	if !slices.Equal(host.Ticket.Joined, []int{5}) {
		t.Errorf("window 3 receives with %v, want 5", host.Ticket.Joined)
	}
	if guest.Joined == nil || guest.Joined.Window != 3 || guest.Joined.Number != "C001" {
		t.Errorf("window 5 helps with %+v, want C001 at window 3", guest.Joined)
	}
	h.do(queue.Part{Window: "5"})
	h.do(queue.Hold{Window: "3"})
	host, _ = view.OfClerk(h.state, "3", h.moment())
	guest, _ = view.OfClerk(h.state, "5", h.moment())
	if guest.Joined != nil {
		t.Errorf("window 5 still helps: %+v", guest.Joined)
	}
	if len(host.Held) != 1 || host.Held[0].HeldAt == nil || !host.Held[0].HeldAt.Equal(h.now) {
		t.Errorf("held: %+v, want C001 since %s", host.Held, h.now)
	}
}

// TestOwnFigures: a window's figures of the day reconcile, also after a finish was taken back.
func TestOwnFigures(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	finish := func(outcome queue.Outcome) {
		h.take("natural-resources")
		h.do(queue.Next{Window: "3"})
		h.do(queue.Finish{Window: "3", Outcome: outcome})
	}
	for _, outcome := range []queue.Outcome{queue.Resolved, queue.Referred, queue.Resolved, queue.Unrecorded, queue.Referred} {
		finish(outcome)
	}
	h.do(queue.Undo{Window: "3"})
	v, _ := view.OfClerk(h.state, "3", h.moment())
	want := view.Served{Tickets: 4, Persons: v.Served.Persons, Resolved: 2, Referred: 1, Unrecorded: 1}
	if v.Served != want {
		t.Errorf("served %+v, want %+v", v.Served, want)
	}
	h.do(queue.Finish{Window: "3", Outcome: queue.Unrecorded})
	v, _ = view.OfClerk(h.state, "3", h.moment())
	if got := v.Served; got.Unrecorded != 2 || got.Resolved+got.Referred+got.Unrecorded != got.Tickets {
		t.Errorf("after the finish: %+v", got)
	}
}
