package queue_test

import (
	"testing"

	"petitionhall/queue"
)

// reported takes a ticket whose slip ended in a state.
func (h *hall) reported(state queue.PrintState) *queue.Ticket {
	h.t.Helper()
	ticket := h.take("land", func(t *queue.Take) { t.Printer = "hub" })
	job, _ := ticket.LastPrint()
	h.do(queue.ReportPrint{Job: job, State: state, Reason: "paper-out"})
	return ticket
}

// TestSlipsSayWhatIsTrue: a transfer slip needs a transfer, an outcome slip an
// outcome, and where a matter went is told only of one that went somewhere.
func TestSlipsSayWhatIsTrue(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	ticket := h.take("land", func(t *queue.Take) { t.Printer, t.Large = "hub", true })
	if !ticket.Prints[0].Large {
		t.Error("large print was forgotten")
	}
	slip := func(kind queue.SlipKind, to queue.ServiceID) queue.Reprint {
		return queue.Reprint{Ticket: ticket.ID, Printer: "hub", Slip: kind, To: to}
	}
	h.refused(slip(queue.SlipTransfer, ""), queue.CodeSlipFalse)
	h.refused(slip(queue.SlipOutcome, ""), queue.CodeSlipFalse)
	h.refused(slip("poster", ""), queue.CodeSlipFalse)
	h.refused(slip(queue.SlipTicket, "homes"), queue.CodeSlipFalse)

	h.do(queue.Next{Window: "3"})
	h.do(queue.Transfer{Window: "3", Service: "homes"})
	h.do(slip(queue.SlipTransfer, ""))
	if ticket.Repeats(2) {
		t.Error("the first transfer slip is marked as a reprint")
	}
	h.do(slip(queue.SlipTransfer, ""))
	if !ticket.Repeats(3) {
		t.Error("the second transfer slip is not marked")
	}
	if job, _ := ticket.LastPrint(); job.Attempt != 1 {
		t.Errorf("the slip with the number is attempt %d", job.Attempt)
	}

	h.do(queue.OpenWindow{Window: "2"})
	h.do(queue.Next{Window: "2"})
	h.do(queue.Finish{Window: "2", Outcome: queue.Referred})
	h.refused(slip(queue.SlipTicket, ""), queue.CodeTicketEnded)
	h.refused(slip(queue.SlipOutcome, "moon"), queue.CodeServiceUnknown)
	h.do(slip(queue.SlipOutcome, "general"))
	if p := ticket.Prints[3]; p.Slip != queue.SlipOutcome || p.To != "general" {
		t.Errorf("the outcome slip is %+v", p)
	}
	h.kept()
}

// TestUnconfirmed lists the slips whose visitors may have none, and no others.
func TestUnconfirmed(t *testing.T) {
	h := newHall(t)
	h.reported(queue.PrintConfirmed)
	h.reported(queue.PrintSent)
	failed, unknown, mended, gone := h.reported(queue.PrintFailed), h.reported(queue.PrintUnknown), h.reported(queue.PrintFailed), h.reported(queue.PrintUnknown)
	h.do(queue.Reprint{Ticket: mended.ID, Printer: "hub"})
	h.do(queue.ReportPrint{Job: queue.JobID{Ticket: mended.ID, Attempt: 2}, State: queue.PrintConfirmed})
	h.do(queue.Cancel{Ticket: gone.ID, Reason: queue.CancelVisitor})
	want := []queue.JobID{{Ticket: unknown.ID, Attempt: 1}, {Ticket: failed.ID, Attempt: 1}}
	got := h.state.Unconfirmed("hub", 5)
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("unconfirmed %v, want %v", got, want)
	}
	if got := h.state.Unconfirmed("hub", 1); len(got) != 1 {
		t.Errorf("at most one: %v", got)
	}
	if got := h.state.Unconfirmed("kiosk-1", 5); len(got) != 0 {
		t.Errorf("of another printer: %v", got)
	}
	h.kept()
}

// TestVoid: only a number whose slip did not come out can be voided.
func TestVoid(t *testing.T) {
	h := newHall(t)
	for _, state := range []queue.PrintState{queue.PrintConfirmed, queue.PrintSent, queue.PrintSending} {
		ticket := h.take("land", func(t *queue.Take) { t.Printer = "hub" })
		job, _ := ticket.LastPrint()
		h.do(queue.ReportPrint{Job: job, State: state})
		h.refused(queue.Cancel{Ticket: ticket.ID, Reason: queue.CancelUnprinted}, queue.CodeTicketPrinted)
	}
	for _, state := range []queue.PrintState{queue.PrintFailed, queue.PrintUnknown} {
		ticket := h.reported(state)
		h.do(queue.Cancel{Ticket: ticket.ID, Reason: queue.CancelUnprinted})
		if ticket.State != queue.Cancelled {
			t.Errorf("voided, and %s", ticket.State)
		}
	}
	h.refused(queue.Cancel{Ticket: h.take("land").ID, Reason: queue.CancelUnprinted}, queue.CodeTicketPrinted)
	h.kept()
}

// TestSlipOfVersion1: a journal from before slips had kinds replays.
func TestSlipOfVersion1(t *testing.T) {
	events, err := queue.DecodeEvents([]byte(`[{"type":"print.reserved","v":1,"at":"2026-11-23T08:30:00+08:00","by":"kiosk","key":"","hash":"","data":{"ticket":1,"attempt":1,"printer":"hub"}}]`))
	if err != nil {
		t.Fatal(err)
	}
	if d, ok := events[0].Data.(*queue.PrintReserved); !ok || d.Slip != queue.SlipTicket || d.Printer != "hub" || events[0].Version != 2 {
		t.Errorf("read as %+v", events[0])
	}
}
