package queue_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"petitionhall/queue"
)

// TestAnyDays: whatever visitors and clerks do, legal or not, the checker finds
// every promise kept, and replaying what happened gives the very state.
func TestAnyDays(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHall(t)
		for range rapid.IntRange(1, 120).Draw(r, "steps") { // long enough for bounds to be met
			h.now = h.now.Add(time.Duration(rapid.SampledFrom([]int{0, 0, 1, 1, 1, 15, 45, 600, 7200, -300}).Draw(r, "seconds")) * time.Second)
			if due, ok := queue.Due(h.state, h.now); ok {
				if _, err := h.try(due); err != nil {
					r.Fatalf("midnight: %v", err)
				}
			}
			if _, err := h.try(anyCommand(r, h)); err != nil && queue.CodeOf(err) == "" {
				r.Fatalf("an error without a code: %v", err)
			}
		}
		if report := h.checker.Report(); !report.OK() {
			r.Fatalf("%v", report.Violations)
		}
		replayed := queue.NewState()
		for _, e := range h.events {
			if err := queue.Evolve(replayed, e); err != nil {
				r.Fatal(err)
			}
		}
		if replayed.Digest() != h.state.Digest() {
			r.Fatal("the replay gives another state")
		}
	})
}

func anyCommand(r *rapid.T, h *hall) queue.Command {
	window := queue.WindowID(rapid.SampledFrom([]string{"1", "2", "3", "4", "99"}).Draw(r, "window"))
	service := queue.ServiceID(rapid.SampledFrom([]string{"general", "homes", "land", "moon"}).Draw(r, "service"))
	ticket := queue.TicketID(rapid.IntRange(0, len(h.state.Tickets())+1).Draw(r, "ticket"))
	h.codes++
	actions := []queue.Action{
		queue.Take{Service: service, Persons: rapid.IntRange(0, 8).Draw(r, "persons"), Priority: rapid.Bool().Draw(r, "priority"), Code: fmt.Sprint(h.codes), Printer: rapid.SampledFrom([]string{"", "hub"}).Draw(r, "printer")},
		queue.Take{Service: "land", Persons: 3, Code: fmt.Sprint(h.codes)},
		queue.OpenWindow{Window: window}, queue.Next{Window: window}, queue.Next{Window: window}, queue.Recall{Window: window},
		queue.Start{Window: window}, queue.Miss{Window: window}, queue.Finish{Window: window, Outcome: queue.Referred},
		queue.Transfer{Window: window, Service: service}, queue.Transfer{Window: window, To: "4"},
		queue.CallTicket{Window: window, Ticket: ticket, Reason: queue.CallFrail}, queue.Hold{Window: window}, queue.Resume{Window: window, Ticket: ticket},
		queue.Join{Window: window, With: "4"}, queue.Part{Window: window}, queue.Undo{Window: window}, queue.Undo{Window: window},
		queue.Cover{Window: window, Services: []queue.ServiceID{service}},
		queue.Take{Service: "homes", Persons: 2, Code: fmt.Sprint(h.codes)}, queue.Next{Window: "4"}, queue.Finish{Window: "4", Outcome: queue.Resolved},
		queue.PauseWindow{Window: window, Reason: queue.PauseMeal}, queue.CloseWindow{Window: window},
		queue.Rejoin{Ticket: ticket}, queue.Cancel{Ticket: ticket, Reason: queue.CancelVisitor}, queue.Reprint{Ticket: ticket, Printer: "hub"},
		queue.ReportPrint{Job: queue.JobID{Ticket: ticket, Attempt: 1}, State: queue.PrintSent},
	}
	rare := []queue.Action{queue.StopIssuing{}, queue.CloseDay{Deferred: []queue.TicketID{ticket}}, queue.OpenDay{}, queue.OpenDay{},
		queue.PauseHall{Reason: queue.PauseMeeting}, queue.ResumeHall{}, queue.ResumeHall{},
		queue.Take{Service: "land", Persons: 1, Code: fmt.Sprint(h.codes), ByHand: true}, queue.ApplyConfiguration{Configuration: anyConfiguration(r)}, queue.ApplyConfiguration{Configuration: anyConfiguration(r)}}
	c := queue.Command{Action: rapid.SampledFrom(actions).Draw(r, "action")}
	if rapid.IntRange(0, 40).Draw(r, "rare") <= 1 {
		c.Action = rapid.SampledFrom(rare).Draw(r, "rare action")
	}
	if rapid.Bool().Draw(r, "keyed") {
		c.Key, c.Hash = fmt.Sprintf("key-%d", rapid.IntRange(1, 30).Draw(r, "key")), fmt.Sprintf("%#v", c.Action)
	}
	return c
}

// anyConfiguration is the hall of the tests with windows and services that come and go.
func anyConfiguration(r *rapid.T) *queue.Configuration {
	c := configuration()
	c.Rules.PriorityRun = rapid.IntRange(1, 4).Draw(r, "k") // waits for the next day
	homes := rapid.Bool().Draw(r, "homes")
	if !homes {
		c.Services = slices.DeleteFunc(c.Services, func(s queue.ServiceConfig) bool { return s.ID == "homes" })
	}
	for i := range c.Windows {
		w := &c.Windows[i]
		if w.ID == "4" && rapid.Bool().Draw(r, "4 prefers homes") {
			w.Services = []queue.ServiceID{"homes", "land"}
		}
		if w.ID == "2" && rapid.Bool().Draw(r, "2 takes land") {
			w.Services = []queue.ServiceID{"land"}
		}
		if !homes {
			w.Services = slices.DeleteFunc(w.Services, func(s queue.ServiceID) bool { return s == "homes" })
		}
	}
	c.Windows = slices.DeleteFunc(c.Windows, func(w queue.WindowConfig) bool {
		return len(w.Services) == 0 || w.ID == "4" && rapid.Bool().Draw(r, "4 goes")
	})
	if rapid.Bool().Draw(r, "21 comes") {
		c.Windows = append(c.Windows, queue.WindowConfig{ID: "99", Number: 99, Services: []queue.ServiceID{"general", "land"}, Presence: queue.OnCall})
	}
	return c
}
