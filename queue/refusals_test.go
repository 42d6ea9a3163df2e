package queue_test

import (
	"errors"
	"testing"
	"time"

	"petitionhall/queue"
)

// TestRefusals: input that cannot be right gets a clear code and changes nothing.
func TestRefusals(t *testing.T) {
	h := newHall(t)
	h.refused(queue.CloseDay{}, queue.CodeDayNotOpen)
	h.refused(queue.StopIssuing{}, queue.CodeDayNotOpen)
	h.refused(queue.Next{Window: "3"}, queue.CodeDayNotOpen)
	h.refused(queue.ReportPrint{Job: queue.JobID{Ticket: 1, Attempt: 1}, State: queue.PrintSent}, queue.CodeJobUnknown)
	h.do(queue.OpenWindow{Window: "3"})
	h.do(queue.OpenWindow{Window: "2"})
	ticket := h.take("land", func(t *queue.Take) { t.Printer = "hub" })
	served := h.take("homes")
	h.serve("2")
	for _, c := range []struct {
		action queue.Action
		code   queue.Code
	}{
		{queue.Take{Service: "secrets", Persons: 1, Code: "X"}, queue.CodeServiceUnknown},
		{queue.Take{Service: "land", Persons: 0, Code: "X"}, queue.CodeTicketPersons},
		{queue.Take{Service: "land", Persons: 10000, Code: "X"}, queue.CodeTicketPersons},
		{queue.Take{Service: "land", Persons: 1, Code: ticket.Code}, queue.CodeTicketCode},
		{queue.Take{Service: "land", Persons: 1}, queue.CodeTicketCode},
		{queue.Next{Window: "99"}, queue.CodeWindowUnknown},
		{queue.Next{Window: "1"}, queue.CodeWindowClosed},
		{queue.Finish{Window: "3", Outcome: queue.Resolved}, queue.CodeWindowNoTicket},
		{queue.OpenWindow{Window: "99"}, queue.CodeWindowUnknown},
		{queue.CloseWindow{Window: "99"}, queue.CodeWindowUnknown},
		{queue.PauseWindow{Window: "1", Reason: queue.PauseMeal}, queue.CodeWindowClosed},
		{queue.PauseWindow{Window: "3", Reason: "bored"}, queue.CodeReasonUnknown},
		{queue.Cancel{Ticket: 99, Reason: queue.CancelVisitor}, queue.CodeTicketUnknown},
		{queue.Cancel{Ticket: ticket.ID, Reason: "no"}, queue.CodeReasonUnknown},
		{queue.Rejoin{Ticket: ticket.ID}, queue.CodeTicketNotMissed},
		{queue.Rejoin{Ticket: 99}, queue.CodeTicketUnknown},
		{queue.Reprint{Ticket: 99, Printer: "hub"}, queue.CodeTicketUnknown},
		{queue.Reprint{Ticket: served.ID, Printer: "hub"}, queue.CodeTicketEnded},
		{queue.Reprint{Ticket: ticket.ID}, queue.CodeJobState},
		{queue.ReportPrint{Job: queue.JobID{Ticket: ticket.ID, Attempt: 2}, State: queue.PrintSent}, queue.CodeJobUnknown},
		{queue.ReportPrint{Job: queue.JobID{Ticket: ticket.ID, Attempt: 1}, State: "printed"}, queue.CodeJobState},
		{queue.CloseDay{Deferred: []queue.TicketID{99}}, queue.CodeTicketUnknown},
		{nil, queue.CodeCommandUnknown},
	} {
		h.refused(c.action, c.code)
	}
	h.kept()
}

// TestAtTheWindow: what a window may not do with the ticket that is there.
func TestAtTheWindow(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.take("land")
	h.take("land")
	h.next("3")
	h.refused(queue.Next{Window: "3"}, queue.CodeWindowBusy)
	h.refused(queue.PauseWindow{Window: "3", Reason: queue.PauseMeal}, queue.CodeWindowBusy)
	h.refused(queue.CloseWindow{Window: "3"}, queue.CodeWindowBusy)
	h.refused(queue.Recall{Window: "3"}, queue.CodeRecallTooSoon)
	h.refused(queue.Miss{Window: "3"}, queue.CodeMissTooSoon)
	h.refused(queue.Finish{Window: "3", Outcome: "won"}, queue.CodeOutcomeUnknown)
	h.refused(queue.Finish{Window: "3", Outcome: queue.Resolved, Persons: 10000}, queue.CodeTicketPersons)
	h.refused(queue.Transfer{Window: "3", Service: "land"}, queue.CodeTransferHere)
	h.refused(queue.Transfer{Window: "3", To: "3"}, queue.CodeTransferHere)
	h.refused(queue.Transfer{Window: "3", To: "99"}, queue.CodeWindowUnknown)
	h.refused(queue.Transfer{Window: "3", Service: "secrets"}, queue.CodeServiceUnknown)
	h.refused(queue.Transfer{Window: "3"}, queue.CodeTransferTarget)
	h.refused(queue.Transfer{Window: "3", Service: "homes", To: "4"}, queue.CodeTransferTarget)
	h.now = h.now.Add(10 * time.Second)
	h.do(queue.Recall{Window: "3"})
	h.now = h.now.Add(2 * time.Minute)
	h.refused(queue.Miss{Window: "3"}, queue.CodeMissTooSoon)
	h.do(queue.Recall{Window: "3"})
	h.do(queue.Miss{Window: "3"})
	h.do(queue.PauseWindow{Window: "3", Reason: queue.PauseMeal, Until: h.now.Add(time.Hour)})
	h.refused(queue.Next{Window: "3"}, queue.CodeWindowPaused)
	if h.state.Status("3") != queue.StatusPaused {
		t.Fatalf("status %s", h.state.Status("3"))
	}
	h.do(queue.OpenWindow{Window: "3"})
	if h.state.Status("3") != queue.StatusIdle {
		t.Fatalf("status %s", h.state.Status("3"))
	}
	h.kept()
}

// TestSlipHasOneEnd: an outcome that was told is never changed, a repeated one is no news.
func TestSlipHasOneEnd(t *testing.T) {
	h := newHall(t)
	ticket := h.take("land", func(t *queue.Take) { t.Printer = "hub" })
	job, print := ticket.LastPrint()
	if print.State != queue.PrintStateReserved || h.state.JobRef(job) != "20261123-1-1" {
		t.Fatalf("job %s is %s", h.state.JobRef(job), print.State)
	}
	h.do(queue.ReportPrint{Job: job, State: queue.PrintSending})
	if open := h.state.OpenJobs("hub"); len(open) != 1 || open[0] != job {
		t.Fatalf("open jobs %v", open)
	}
	h.do(queue.ReportPrint{Job: job, State: queue.PrintFailed, Reason: "paper-out"})
	if events := h.do(queue.ReportPrint{Job: job, State: queue.PrintFailed}); len(events) != 0 {
		t.Fatalf("a repeated report made %v", events)
	}
	h.refused(queue.ReportPrint{Job: job, State: queue.PrintConfirmed}, queue.CodeJobEnded)
	h.do(queue.Reprint{Ticket: ticket.ID, Printer: "hub"})
	if again, _ := ticket.LastPrint(); again.Attempt != 2 || ticket.Number() != "C001" {
		t.Fatalf("reprint %v of %s", again, ticket.Number())
	}
	for _, ref := range []string{"", "x", "20261123-1", "20261123-1-9", "20261122-1-1", "20261123-01-1", "20261123-1-1 "} {
		if _, err := h.state.ParseJobRef(ref); queue.CodeOf(err) != queue.CodeJobUnknown {
			t.Errorf("job %q: %v", ref, err)
		}
	}
	h.kept()
}

// TestRefs: a ticket's id is read back by its own day only.
func TestRefs(t *testing.T) {
	h := newHall(t)
	ticket := h.take("land")
	if id, err := h.state.ParseRef(h.state.Ref(ticket.ID)); err != nil || id != ticket.ID {
		t.Fatalf("%d %v", id, err)
	}
	for _, ref := range []string{"", "1", "20261122-1", "20261123-2", "20261123.2-1", "20261123--1", "20261123-+1"} {
		if _, err := h.state.ParseRef(ref); queue.CodeOf(err) != queue.CodeTicketUnknown {
			t.Errorf("%q: %v", ref, err)
		}
	}
}

// TestConfiguration: a hall that could not work is refused with the path of the fault.
func TestConfiguration(t *testing.T) {
	if err := configuration().Validate(); err != nil {
		t.Fatal(err)
	}
	for path, spoil := range map[string]func(*queue.Configuration){
		"name.zh":                  func(c *queue.Configuration) { c.Name.ZH = "" },
		"timeZone":                 func(c *queue.Configuration) { c.TimeZone = "Moon/Base" },
		"slot":                     func(c *queue.Configuration) { c.Slot = "behind" },
		"general":                  func(c *queue.Configuration) { c.General = "nobody" },
		"rules.missCalls":          func(c *queue.Configuration) { c.Rules.MissCalls = 0 },
		"rules.keepDays":           func(c *queue.Configuration) { c.Rules.KeepDays = 91 },
		"services":                 func(c *queue.Configuration) { c.Services = nil },
		"services[1].id":           func(c *queue.Configuration) { c.Services[1].ID = "general" },
		"services[2].name.zh":      func(c *queue.Configuration) { c.Services[2].Name = queue.Text{} },
		"services[0].series":       func(c *queue.Configuration) { c.Services[0].Series = "AB" },
		"windows":                  func(c *queue.Configuration) { c.Windows = nil },
		"windows[1].id":            func(c *queue.Configuration) { c.Windows[1].ID = "1" },
		"windows[1].number":        func(c *queue.Configuration) { c.Windows[1].Number = 1 },
		"windows[3].services":      func(c *queue.Configuration) { c.Windows[3].Services = nil },
		"windows[3].services[1]":   func(c *queue.Configuration) { c.Windows[3].Services[1] = "moon" },
		"windows[0].presence":      func(c *queue.Configuration) { c.Windows[0].Presence = "ghost" },
		"windows[0].publicName.zh": func(c *queue.Configuration) { c.Services[0].Discreet = true },
		"services[0].topic.question.answers[0].service": func(c *queue.Configuration) {
			c.Services[0].Topic.Question = &queue.Question{Answers: []queue.Answer{{Service: "moon"}}}
		},
	} {
		c := configuration()
		spoil(c)
		err := c.Validate()
		var e *queue.Error
		if !errors.As(err, &e) || e.Code != queue.CodeConfiguration || e.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
}
