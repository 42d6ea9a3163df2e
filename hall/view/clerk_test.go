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
