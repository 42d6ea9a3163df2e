package queue

import "fmt"

// fits refuses an event that cannot have happened in this state, whatever the
// rules were: a number that is not the next of its series, a move that the
// machine does not have, a ticket that is not where the event says. A journal in
// which an event is missing, doubled or out of order shows itself here. What only
// the rules of a day decide (whose turn it was, whether it was too soon) is not looked at.
func (s *State) fits(e Event) error {
	if _, report := e.Data.(*PrintReported); s.Phase == PhaseClosed && !report {
		return wrong("%s after the day was closed", e.Type)
	}
	switch d := e.Data.(type) {
	case *TicketTaken:
		if d.N != s.series[d.Series]+1 || int(d.Ticket) != len(s.tickets)+1 {
			return wrong("%s is taken as number %d of the day, after %d in its series and %d in all", FormatNumber(d.Series, d.N), d.Ticket, s.series[d.Series], len(s.tickets))
		}
		if _, ok := s.codes[d.Code]; ok {
			return wrong("%s has the code of another number", FormatNumber(d.Series, d.N))
		}
	case *TicketCalled:
		w, ok := s.windows[d.Window]
		if !ok || !w.Open || w.busy() {
			return wrong("window %s calls while it is closed or busy", d.Window)
		}
		return s.moves(d.Ticket, MoveCall)
	case *TicketRecalled:
		if t, ok := s.Ticket(d.Ticket); ok && d.Times != t.Times+1 {
			return wrong("%s is called for the %dth time after %d", t.Number(), d.Times, t.Times)
		}
		return s.movesAt(d.Ticket, d.Window, MoveRecall)
	case *TicketStarted:
		return s.movesAt(d.Ticket, d.Window, MoveStart)
	case *TicketFinished:
		if d.Window == "" {
			return s.moves(d.Ticket, MoveCancel)
		}
		return s.movesAt(d.Ticket, d.Window, MoveFinish)
	case *TicketMissed:
		return s.movesAt(d.Ticket, d.Window, MoveMiss)
	case *TicketTransferred:
		return s.movesAt(d.Ticket, d.From, MoveTransfer)
	case *TicketHeld:
		return s.movesAt(d.Ticket, d.Window, MoveHold)
	}
	return s.fitsAside(e)
}

// fitsAside is about what happens to tickets that are at no window, and to windows beside theirs.
func (s *State) fitsAside(e Event) error {
	switch d := e.Data.(type) {
	case *TicketRejoined:
		return s.moves(d.Ticket, MoveRejoin)
	case *TicketCancelled:
		return s.moves(d.Ticket, MoveCancel)
	case *TicketResumed:
		if w, ok := s.windows[d.Window]; !ok || w.busy() {
			return wrong("window %s takes up a number while it is busy", d.Window)
		}
		return s.moves(d.Ticket, MoveResume)
	case *TicketJoined:
		if w, ok := s.windows[d.With]; !ok || w.busy() {
			return wrong("window %s joins while it is busy", d.With)
		}
		return s.movesAt(d.Ticket, d.Window, MoveJoin)
	case *TicketParted:
		if w, ok := s.windows[d.With]; !ok || w.Joined != d.Ticket {
			return wrong("window %s leaves a reception that it had not joined", d.With)
		}
	case *MoveUndone:
		if w, ok := s.windows[d.Window]; !ok || w.last == nil || w.last.before.ID != d.Ticket || w.last.move != d.Move {
			return wrong("window %s takes back a %s that it did not do last", d.Window, d.Move)
		}
	case *DayClosed:
		return s.fitsClose(d)
	}
	return s.fitsWindow(e)
}

// fitsWindow is about what happens to windows, to the hall and to slips: what is so already does not happen.
func (s *State) fitsWindow(e Event) error {
	switch d := e.Data.(type) {
	case *WindowOpened:
		if w, ok := s.windows[d.Window]; ok && w.Open && !w.Paused {
			return wrong("window %s opens while it is open", d.Window)
		}
	case *WindowClosed:
		if w, ok := s.windows[d.Window]; ok && (!w.Open || w.busy()) {
			return wrong("window %s closes while it is closed or busy", d.Window)
		}
	case *DayStopped:
		if s.Phase != PhaseOpen {
			return wrong("issuing stops while it is stopped")
		}
	case *HallResumed:
		if s.Paused == nil {
			return wrong("the hall goes on while it is not paused")
		}
	case *PrintReported:
		if p, ok := s.Job(JobID{d.Ticket, d.Attempt}); ok && (p.State.Ended() || p.State == d.State) {
			return wrong("slip %d of ticket %d is %s while it is %s", d.Attempt, d.Ticket, d.State, p.State)
		}
	case *PrintReserved:
		if t, ok := s.Ticket(d.Ticket); ok && d.Attempt != len(t.Prints)+1 {
			return wrong("slip %d of %s is reserved after %d", d.Attempt, t.Number(), len(t.Prints))
		}
	}
	return nil
}

// fitsClose holds that a close names every open ticket, once, and no other.
func (s *State) fitsClose(d *DayClosed) error {
	named := map[TicketID]bool{}
	for _, ids := range [][]TicketID{d.Deferred, d.Left, d.Unrecorded} {
		for _, id := range ids {
			if err := s.moves(id, MoveClose); err != nil {
				return err
			}
			if named[id] {
				return wrong("the day is closed with ticket %d named twice", id)
			}
			named[id] = true
		}
	}
	if open := len(s.OpenTickets()); open != len(named) {
		return wrong("the day is closed with %d tickets named, but %d are open", len(named), open)
	}
	return nil
}

func (s *State) moves(id TicketID, m Move) error {
	t, ok := s.Ticket(id)
	if !ok {
		return misplaced("ticket", id)
	}
	if !t.State.Allows(m) {
		return wrong("%s: %s while it is %s", t.Number(), m, t.State)
	}
	return nil
}

func (s *State) movesAt(id TicketID, at WindowID, m Move) error {
	if err := s.moves(id, m); err != nil {
		return err
	}
	if w, ok := s.windows[at]; !ok || w.Ticket != id {
		return wrong("%s: %s at window %s, but it is not there", s.tickets[id-1].Number(), m, at)
	}
	return nil
}

func wrong(format string, args ...any) error {
	return &Error{Code: CodeEventForeign, Cause: fmt.Errorf(format, args...)}
}
