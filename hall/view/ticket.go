package view

import "petitionhall/queue"

// OfTaken answers a take.
func OfTaken(s *queue.State, t *queue.Ticket, track string) TicketTaken {
	job, print := firstPrint(t)
	return TicketTaken{ID: s.Ref(t.ID), Number: t.Number(), Service: string(t.Service), Windows: calling(s, t), Ahead: s.Ahead(t),
		Wait: t.Wait, IssuedAt: t.Arrival, Track: track, Code: t.Code, Print: OfPrint(s, job, print)}
}

// firstPrint is the slip that came with the number. A reprint is asked for by itself.
func firstPrint(t *queue.Ticket) (queue.JobID, queue.Print) {
	if len(t.Prints) == 0 {
		return queue.JobID{}, queue.Print{State: queue.PrintNone}
	}
	return queue.JobID{Ticket: t.ID, Attempt: 1}, t.Prints[0]
}

// OfPrint shows how a slip stands.
func OfPrint(s *queue.State, job queue.JobID, p queue.Print) PrintState {
	return PrintState{Job: s.JobRef(job), State: string(p.State), Reason: p.Reason, Slip: OfSlipKind(p.Slip)}
}

// OfTicket shows a number to whoever holds it.
func OfTicket(s *queue.State, t *queue.Ticket) Ticket {
	v := Ticket{Number: t.Number(), State: string(t.State), Ahead: s.Ahead(t), Wait: t.Wait, Windows: calling(s, t), Language: t.Language}
	if t.State == queue.Called || t.State == queue.Serving || t.State == queue.Held || t.State == queue.Missed {
		ref := Reference(s.Configuration, t.Window)
		v.Window = &ref
	}
	if t.State == queue.Called {
		v.Times = t.Times
	}
	// Whoever was called there since, missed it and came back knows of the move.
	v.Transferred = t.State == queue.Waiting && t.Transferred && t.Rejoin == nil
	v.Paused = pauseOf(s, t)
	return v
}

// pauseOf tells that a number which waits, or is kept, is called by nobody now:
// the hall has paused, or those of its windows that have opened have.
func pauseOf(s *queue.State, t *queue.Ticket) *TicketPause {
	if t.State != queue.Waiting && t.State != queue.Held && t.State != queue.Missed {
		return nil
	}
	pause := &TicketPause{TimeZone: s.Configuration.TimeZone}
	if s.Paused != nil {
		pause.Hall, pause.Until = true, moment(s.Paused.Until)
		return pause
	}
	paused := false
	for _, ref := range calling(s, t) {
		switch id := queue.WindowID(ref.ID); s.Status(id) {
		case queue.StatusPaused:
			paused = true
			if w, ok := s.Window(id); ok && !w.Until.IsZero() && (pause.Until == nil || w.Until.Before(*pause.Until)) {
				pause.Until = moment(w.Until)
			}
		case queue.StatusClosed, queue.StatusOnCall:
		default:
			return nil // somebody is there
		}
	}
	if !paused {
		return nil
	}
	return pause
}

// MayRate tells whether the holder of a number may say how it was received: it
// was, and it has ended. That it has rated already is not known here.
func MayRate(t *queue.Ticket) bool { return t.Served() && t.State.Terminal() }

// calling lists the windows that may call a ticket.
func calling(s *queue.State, t *queue.Ticket) []WindowReference {
	refs := []WindowReference{}
	if t.Window != "" {
		return append(refs, Reference(s.Configuration, t.Window))
	}
	for _, w := range s.Configuration.WindowsOf(t.Service) {
		refs = append(refs, Reference(s.Configuration, w.ID))
	}
	return refs
}
