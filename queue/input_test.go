package queue_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"petitionhall/queue"
)

// everyAction is one of each command, for a window, a ticket and a service.
func everyAction(w, other queue.WindowID, t queue.TicketID, s queue.ServiceID) []queue.Action {
	return []queue.Action{
		queue.Take{Service: s, Persons: 1, Code: "BAD"}, queue.Cancel{Ticket: t, Reason: queue.CancelVisitor},
		queue.OpenWindow{Window: w}, queue.PauseWindow{Window: w, Reason: queue.PauseMeal}, queue.CloseWindow{Window: w},
		queue.Next{Window: w}, queue.Recall{Window: w}, queue.Start{Window: w}, queue.Miss{Window: w},
		queue.Rejoin{Ticket: t, Window: w}, queue.Finish{Window: w, Outcome: queue.Resolved},
		queue.Transfer{Window: w, Service: s}, queue.Transfer{Window: w, To: other},
		queue.Reprint{Ticket: t, Printer: "hub"}, queue.ReportPrint{Job: queue.JobID{Ticket: t, Attempt: 1}, State: queue.PrintSent},
		queue.CallTicket{Window: w, Ticket: t, Reason: queue.CallFrail}, queue.Hold{Window: w}, queue.Resume{Window: w, Ticket: t},
		queue.Join{Window: w, With: other}, queue.Part{Window: w}, queue.Undo{Window: w},
		queue.Cover{Window: w, Services: []queue.ServiceID{s}},
		queue.OpenDay{}, queue.StopIssuing{}, queue.CloseDay{Deferred: []queue.TicketID{t}},
		queue.PauseHall{Reason: queue.PauseMeal}, queue.ResumeHall{}, queue.ApplyConfiguration{},
	}
}

// named tells whether a command names a window, ticket or service: then ids that do not exist refuse it.
func named(a queue.Action) bool {
	switch a.(type) {
	case queue.OpenDay, queue.StopIssuing, queue.PauseHall, queue.ResumeHall:
		return false
	}
	return true
}

// situations are halls in which windows 2 to 4 are in every state that a ticket can be in.
func situations(t *testing.T) map[string]*hall {
	halls := map[string]*hall{}
	for name, prepare := range map[string]func(h *hall){
		"before the first day": func(*hall) {},
		"nobody waits":         func(h *hall) { h.do(queue.OpenWindow{Window: "3"}) },
		"waiting":              func(h *hall) { h.do(queue.OpenWindow{Window: "3"}); h.take("land") },
		"called":               func(h *hall) { h.do(queue.OpenWindow{Window: "3"}); h.take("land"); h.next("3") },
		"serving": func(h *hall) {
			h.do(queue.OpenWindow{Window: "3"})
			h.take("land")
			h.next("3")
			h.do(queue.Start{Window: "3"})
		},
		"held": func(h *hall) {
			h.do(queue.OpenWindow{Window: "3"})
			h.take("land")
			h.next("3")
			h.do(queue.Hold{Window: "3"})
		},
		"missed":  func(h *hall) { h.do(queue.OpenWindow{Window: "3"}); h.take("land"); h.miss("3") },
		"done":    func(h *hall) { h.do(queue.OpenWindow{Window: "3"}); h.take("land"); h.serve("3") },
		"stopped": func(h *hall) { h.do(queue.OpenWindow{Window: "3"}); h.take("land"); h.do(queue.StopIssuing{}) },
		"the hall is paused": func(h *hall) {
			h.do(queue.OpenWindow{Window: "3"})
			h.take("land")
			h.do(queue.PauseHall{Reason: queue.PauseMeeting})
		},
		"the day is closed": func(h *hall) { h.do(queue.OpenWindow{Window: "3"}); h.do(queue.CloseDay{}) },
		"the day is over":   func(h *hall) { h.take("land"); h.now = h.now.Add(24 * time.Hour) },
		"the clock went back": func(h *hall) {
			h.do(queue.OpenWindow{Window: "3"})
			h.take("land")
			h.next("3")
			h.now = h.now.Add(-time.Hour)
		},
		"a window was joined": func(h *hall) {
			h.do(queue.OpenWindow{Window: "3"})
			h.do(queue.OpenWindow{Window: "4"})
			h.take("land")
			h.next("3")
			h.do(queue.Start{Window: "3"})
			h.do(queue.Join{Window: "3", With: "4"})
		},
	} {
		halls[name] = newHall(t)
		prepare(halls[name])
	}
	return halls
}

// TestIdsThatDoNotExist: in whatever state the hall is, a command for what does
// not exist is refused with a code and changes nothing.
func TestIdsThatDoNotExist(t *testing.T) {
	for name, h := range situations(t) {
		for _, id := range []queue.TicketID{-1, 0, 99, 1 << 40} {
			for _, a := range everyAction("moon", "mars", id, "secrets") {
				if !named(a) {
					continue
				}
				before := h.state.Digest()
				_, err := h.try(queue.Command{Action: a})
				if queue.CodeOf(err) == "" || h.state.Digest() != before {
					t.Errorf("%s: %#v: %v", name, a, err)
				}
			}
		}
		h.kept()
	}
}

// TestTwice: a command that is sent again with its key acts once, in whatever
// state the hall is, and with another body it is refused.
func TestTwice(t *testing.T) {
	acted := 0
	for i := range everyAction("3", "4", 1, "land") {
		for name, h := range situations(t) {
			a := everyAction("3", "4", 1, "land")[i]
			c := queue.Command{Key: "once", Hash: "a", Action: a}
			first, err := h.try(c)
			if err != nil && queue.CodeOf(err) == "" {
				t.Fatalf("%s: %#v: %v", name, a, err)
			}
			if len(first) == 0 {
				continue // it changed nothing, so it may be asked again
			}
			if _, report := a.(queue.CloseDay); report {
				h.now = h.now.Add(time.Minute)
			}
			acted++
			before := h.state.Digest()
			if again, err := h.try(c); err != nil || len(again) > 0 || h.state.Digest() != before {
				t.Errorf("%s: %#v acted twice: %v %v", name, a, again, err)
			}
			c.Hash = "b"
			if _, err := h.try(c); queue.CodeOf(err) != queue.CodeKeyReused {
				t.Errorf("%s: %#v: another body under the same key: %v", name, a, err)
			}
			h.kept()
		}
	}
	if acted < 60 {
		t.Errorf("only %d commands acted", acted)
	}
}

// TestEveryActionIsTried: a new command joins the lists above.
func TestEveryActionIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, a := range everyAction("3", "4", 1, "land") {
		tried[reflect.TypeOf(a).Name()] = true
	}
	for _, a := range queue.Actions {
		if name := reflect.TypeOf(a).Name(); !tried[name] {
			t.Errorf("%s is not tried", name)
		}
	}
	if len(tried) != len(queue.Actions) {
		t.Errorf("%d are tried of %d", len(tried), len(queue.Actions))
	}
}

// TestTwoWindowsAtOnce: of two windows that press in the same instant, each gets
// another ticket, and a ticket by name only one of them.
func TestTwoWindowsAtOnce(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"3", "4"} {
		h.do(queue.OpenWindow{Window: w})
	}
	h.take("land")
	h.take("land")
	a, b := h.do(queue.Next{Window: "3"}), h.do(queue.Next{Window: "4"})
	if fmt.Sprint(a[0].Data) == fmt.Sprint(b[0].Data) || a[0].At != b[0].At {
		t.Errorf("called %v and %v", a[0].Data, b[0].Data)
	}
	for _, w := range []queue.WindowID{"3", "4"} {
		h.do(queue.Finish{Window: w, Outcome: queue.Resolved})
	}
	third := h.take("land")
	h.do(queue.CallTicket{Window: "3", Ticket: third.ID, Reason: queue.CallAtWindow})
	h.refused(queue.CallTicket{Window: "4", Ticket: third.ID, Reason: queue.CallAtWindow}, queue.CodeTicketNotWaiting)
	h.kept()
}
