package queue

import (
	"strconv"
	"strings"
)

// PrintState is what is known of a slip. None claims more than is known.
type PrintState string

// The states of a slip. The last four are ends.
const (
	// PrintNone: there is no slip, and none was asked for.
	PrintNone PrintState = "none"
	// PrintReserved: recorded before the first byte.
	PrintStateReserved PrintState = "reserved"
	// PrintSending: bytes are on their way.
	PrintSending PrintState = "sending"
	// PrintConfirmed: the printer said that it finished.
	PrintConfirmed PrintState = "confirmed"
	// PrintSent: everything left for the printer, which does not say more.
	PrintSent PrintState = "sent"
	// PrintFailed: known not printed.
	PrintFailed PrintState = "failed"
	// PrintUnknown: stopped midway, nobody can tell.
	PrintUnknown PrintState = "unknown"
)

// Ended tells whether this is the last word on a slip.
func (p PrintState) Ended() bool {
	switch p {
	case PrintConfirmed, PrintSent, PrintFailed, PrintUnknown:
		return true
	default:
		return false
	}
}

// Print is one slip of a ticket.
type Print struct {
	Printer string     `json:"printer"`
	State   PrintState `json:"state"`
	// Reason is a printer's code such as "paper-out"; empty when there is none.
	Reason string `json:"reason"`
}

// JobID names one slip of a ticket.
type JobID struct {
	Ticket TicketID
	// Attempt counts from 1.
	Attempt int
}

// LastPrint is the newest slip of a ticket; its state is PrintNone when there is none.
func (t *Ticket) LastPrint() (JobID, Print) {
	n := len(t.Prints)
	if n == 0 {
		return JobID{}, Print{State: PrintNone}
	}
	return JobID{Ticket: t.ID, Attempt: n}, t.Prints[n-1]
}

// Job finds a slip.
func (s *State) Job(id JobID) (*Print, bool) {
	t, ok := s.Ticket(id.Ticket)
	if !ok || id.Attempt < 1 || id.Attempt > len(t.Prints) {
		return nil, false
	}
	return &t.Prints[id.Attempt-1], true
}

// JobRef is a job's id as other programs see it, such as 20261123-17-1; empty for the zero job.
func (s *State) JobRef(id JobID) string {
	if id.Ticket == 0 {
		return ""
	}
	return s.Ref(id.Ticket) + "-" + strconv.Itoa(id.Attempt)
}

// ParseJobRef reads what JobRef made.
func (s *State) ParseJobRef(ref string) (JobID, error) {
	cut := strings.LastIndexByte(ref, '-')
	if cut < 0 {
		return JobID{}, refuse(CodeJobUnknown)
	}
	ticket, err := s.ParseRef(ref[:cut])
	attempt, convErr := strconv.Atoi(ref[cut+1:])
	id := JobID{Ticket: ticket, Attempt: attempt}
	if _, ok := s.Job(id); err != nil || convErr != nil || !ok || s.JobRef(id) != ref {
		return JobID{}, refuse(CodeJobUnknown)
	}
	return id, nil
}
