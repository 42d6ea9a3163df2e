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

// SlipKind is what a slip of a ticket is for.
type SlipKind string

// The kinds of slips. The first is the zero value in the journal, for it is what
// nearly all are.
const (
	// SlipTicket is the number itself (小票).
	SlipTicket SlipKind = ""
	// SlipTransfer says which window the matter went on to.
	SlipTransfer SlipKind = "transfer"
	// SlipOutcome says what became of the matter (回执).
	SlipOutcome SlipKind = "outcome"
)

// Print is one slip of a ticket.
type Print struct {
	Printer string     `json:"printer"`
	State   PrintState `json:"state"`
	// Reason is a printer's code such as "paper-out"; empty when there is none.
	Reason string   `json:"reason"`
	Slip   SlipKind `json:"slip,omitempty"`
	// Large asks for large print.
	Large bool `json:"large,omitempty"`
	// To is the service that a matter was referred to, for a SlipOutcome; empty
	// when that is not told.
	To ServiceID `json:"to,omitempty"`
}

// CameOut tells whether the slip is on paper as far as its printer can tell.
func (p Print) CameOut() bool { return p.State == PrintConfirmed || p.State == PrintSent }

// Repeats tells whether an earlier slip of the ticket was of the same kind, so
// that this one is marked as a reprint (补打).
func (t *Ticket) Repeats(attempt int) bool {
	for i := range min(attempt-1, len(t.Prints)) {
		if t.Prints[i].Slip == t.Prints[attempt-1].Slip {
			return true
		}
	}
	return false
}

// JobID names one slip of a ticket.
type JobID struct {
	Ticket TicketID
	// Attempt counts from 1.
	Attempt int
}

// LastPrint is the newest slip with the number itself; its state is PrintNone
// when there is none.
func (t *Ticket) LastPrint() (JobID, Print) {
	for i := len(t.Prints) - 1; i >= 0; i-- {
		if t.Prints[i].Slip == SlipTicket {
			return JobID{Ticket: t.ID, Attempt: i + 1}, t.Prints[i]
		}
	}
	return JobID{}, Print{State: PrintNone}
}

// Unconfirmed lists the newest slips of a printer that are not known to have come
// out, at most so many, of tickets that are still awaited: their visitors may
// stand there without a slip.
func (s *State) Unconfirmed(printer string, most int) []JobID {
	var jobs []JobID
	for i := len(s.tickets) - 1; i >= 0 && len(jobs) < most; i-- {
		t := s.tickets[i]
		id, p := t.LastPrint()
		if p.Printer == printer && (p.State == PrintFailed || p.State == PrintUnknown) && (t.State == Waiting || t.State == Called) {
			jobs = append(jobs, id)
		}
	}
	return jobs
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
