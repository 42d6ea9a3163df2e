package queue

import (
	"fmt"
	"slices"
	"time"
)

// Evolve applies one event to the state that it is given. The error says that
// the event cannot have happened in this state (an unknown ticket, a foreign
// type, a move that there is not): the journal is damaged, or the program is older than it thinks. The
// state is then no longer of use.
func Evolve(s *State, e Event) error {
	if opened, ok := e.Data.(*DayOpened); ok {
		if s.Phase != PhaseClosed && opened.Date == s.Date && opened.Epoch == s.Epoch {
			return wrong("day %s is opened while it is open", s.Date)
		}
		if err := s.openDay(opened, e.At); err != nil {
			return err
		}
		s.remember(e)
		return nil
	}
	if s.Configuration == nil {
		return &Error{Code: CodeEventForeign, Cause: fmt.Errorf("%s before any day was opened", e.Type)}
	}
	if err := s.fits(e); err != nil {
		return err
	}
	s.remember(e)
	switch d := e.Data.(type) {
	case *DayStopped:
		s.Phase, s.Extended = PhaseStopped, false
		return nil
	case *DayResumed:
		s.Phase, s.Extended = PhaseOpen, d.Extended
		return nil
	case *HallPaused:
		s.Paused = &HallPause{Reason: d.Reason}
		if d.Until != nil {
			s.Paused.Until = *d.Until
		}
		return nil
	case *HallResumed:
		s.Paused = nil
		return nil
	case *ConfigurationApplied:
		if d.Configuration == nil {
			return &Error{Code: CodeEventForeign, Cause: fmt.Errorf("configuration.applied without one")}
		}
		s.configure(d.Configuration)
		return nil
	case *DayClosed:
		return s.closeDay(d, e.At)
	case *TicketTaken:
		s.take(d)
		return nil
	case *WindowOpened:
		return s.onWindow(d.Window, func(w *Window) { s.openWindow(w) })
	case *WindowPaused:
		return s.onWindow(d.Window, func(w *Window) {
			w.Paused, w.Reason, w.Until, w.last = true, d.Reason, time.Time{}, nil
			if d.Until != nil {
				w.Until = *d.Until
			}
		})
	case *WindowClosed:
		return s.onWindow(d.Window, s.closeWindow)
	case *WindowCovering:
		return s.onWindow(d.Window, func(w *Window) { s.cover(w, d.Services) })
	}
	return s.evolveTicket(e)
}

func (s *State) evolveTicket(e Event) error {
	switch d := e.Data.(type) {
	case *TicketCalled:
		return s.onTicketAt(d.Ticket, d.Window, func(t *Ticket, w *Window) { s.call(t, w, d.Mode == ModeNext, e.At) })
	case *TicketRecalled:
		return s.onTicketAt(d.Ticket, d.Window, func(t *Ticket, _ *Window) { s.announce(t, d.Window, e.At) })
	case *TicketStarted:
		return s.onTicketAt(d.Ticket, d.Window, func(t *Ticket, _ *Window) { t.start(e.At) })
	case *TicketFinished:
		return s.onTicket(d.Ticket, func(t *Ticket) { s.finish(t, d, e.At) })
	case *TicketMissed:
		return s.onTicketAt(d.Ticket, d.Window, func(t *Ticket, w *Window) {
			w.last = &lastMove{move: MoveMiss, at: e.At, before: *t}
			s.freeWindows(t)
			t.State, t.MissedAt = Missed, e.At
		})
	case *TicketRejoined:
		return s.onTicket(d.Ticket, func(t *Ticket) { s.rejoin(t, d) })
	case *TicketTransferred:
		return s.onTicketAt(d.Ticket, d.From, func(t *Ticket, w *Window) { s.transfer(t, w, d) })
	case *TicketHeld:
		return s.onTicketAt(d.Ticket, d.Window, func(t *Ticket, _ *Window) {
			s.freeWindows(t)
			t.State, t.HeldAt = Held, e.At
		})
	case *TicketResumed:
		return s.onTicketAt(d.Ticket, d.Window, func(t *Ticket, w *Window) {
			w.Ticket, w.last, t.HeldAt = t.ID, nil, time.Time{}
			t.start(e.At)
		})
	case *TicketJoined:
		return s.onTicketAt(d.Ticket, d.With, func(t *Ticket, w *Window) {
			w.Joined, w.last = t.ID, nil
			t.Joined = append(t.Joined, d.With)
		})
	case *TicketParted:
		return s.onTicketAt(d.Ticket, d.With, func(t *Ticket, w *Window) {
			w.Joined = 0
			t.Joined = slices.DeleteFunc(slices.Clone(t.Joined), func(id WindowID) bool { return id == d.With })
		})
	case *MoveUndone:
		return s.onTicketAt(d.Ticket, d.Window, s.undo)
	case *TicketCancelled:
		return s.onTicket(d.Ticket, func(t *Ticket) { s.end(t, Cancelled, e.At) })
	case *PrintReserved:
		return s.onTicket(d.Ticket, func(t *Ticket) {
			t.Prints = append(t.Prints, Print{Printer: d.Printer, State: PrintStateReserved, Slip: d.Slip, Large: d.Large, To: d.To})
		})
	case *PrintReported:
		p, ok := s.Job(JobID{d.Ticket, d.Attempt})
		if !ok {
			return misplaced("print job", int(d.Ticket))
		}
		p.State, p.Reason = d.State, d.Reason
		return nil
	}
	return &Error{Code: CodeEventForeign, Cause: fmt.Errorf("event type %q", e.Type)}
}

func misplaced(what string, which any) error {
	return &Error{Code: CodeEventForeign, Cause: fmt.Errorf("%s %v is not of this day", what, which)}
}

func (s *State) onTicket(id TicketID, do func(*Ticket)) error {
	t, ok := s.Ticket(id)
	if !ok {
		return misplaced("ticket", id)
	}
	do(t)
	return nil
}

func (s *State) onWindow(id WindowID, do func(*Window)) error {
	w, ok := s.windows[id]
	if !ok {
		return misplaced("window", id)
	}
	do(w)
	return nil
}

func (s *State) onTicketAt(id TicketID, at WindowID, do func(*Ticket, *Window)) error {
	w, ok := s.windows[at]
	if !ok {
		return misplaced("window", at)
	}
	return s.onTicket(id, func(t *Ticket) { do(t, w) })
}

func (s *State) openDay(d *DayOpened, at time.Time) error {
	if d.Rules > RulesVersion {
		return &Error{Code: CodeEventNewer, Cause: fmt.Errorf("rules version %d, this program knows %d", d.Rules, RulesVersion)}
	}
	if d.Configuration == nil {
		return &Error{Code: CodeEventForeign, Cause: fmt.Errorf("day.opened without a configuration")}
	}
	zone, err := time.LoadLocation(d.Configuration.TimeZone)
	if err != nil {
		return &Error{Code: CodeEventForeign, Cause: err}
	}
	fresh := NewState()
	fresh.earlierKeys = s.keys
	fresh.Date, fresh.Epoch, fresh.Phase, fresh.OpenedAt = d.Date, d.Epoch, PhaseOpen, at
	fresh.Configuration, fresh.zone = d.Configuration, zone
	if len(d.ServiceTimes) > 0 { // none at all is not written, so it is not told from an empty map
		fresh.ServiceTimes = d.ServiceTimes
	}
	fresh.Waits = d.Waits
	fresh.lineup = newLineup(d.Configuration, d.Rules)
	for i := range d.Configuration.Windows {
		id := d.Configuration.Windows[i].ID
		fresh.windows[id] = &Window{ID: id}
	}
	*s = *fresh
	return nil
}

// remember keeps what a request key did.
func (s *State) remember(e Event) {
	if e.Key == "" {
		return
	}
	r := Request{Hash: e.Hash, Date: s.Date}
	switch d := e.Data.(type) {
	case *TicketTaken:
		r.Ticket = d.Ticket
	case *TicketCalled:
		r.Ticket, r.Window = d.Ticket, d.Window
	case *TicketStarted:
		r.Ticket, r.Window = d.Ticket, d.Window
	case *TicketFinished:
		r.Ticket, r.Window = d.Ticket, d.Window
	case *TicketTransferred:
		r.Ticket, r.Window = d.Ticket, d.From
	case *MoveUndone:
		r.Ticket, r.Window = d.Ticket, d.Window
	}
	s.keys[e.Key] = r
}

func (s *State) take(d *TicketTaken) {
	t := &Ticket{ID: d.Ticket, Series: d.Series, N: d.N, Service: d.Service, Asked: d.Service, State: Waiting, Persons: d.Persons,
		Priority: d.Priority, Language: d.Language, Code: d.Code, Wait: d.Wait, Middle: d.Middle, Arrival: d.Arrival}
	s.tickets = append(s.tickets, t)
	s.series[d.Series] = max(s.series[d.Series], d.N)
	s.codes[d.Code] = d.Ticket
	if d.Arrival.After(s.lastArrival) {
		s.lastArrival = d.Arrival
	}
	s.queueUp(t)
}

// queueUp puts a waiting ticket into its line.
func (s *State) queueUp(t *Ticket) {
	if t.Rejoin != nil {
		s.lineup.Return(t.entry(), t.Rejoin)
		return
	}
	s.lineup.Enter(t.entry())
}

// leaveLine takes a waiting ticket out of its line.
func (s *State) leaveLine(t *Ticket) {
	s.lineup.Leave(t.entry())
	t.Rejoin = nil
}

// lastMove is what an undo takes back: the move, and the ticket as it was before.
type lastMove struct {
	move    Move
	at      time.Time
	before  Ticket
	counted counted
}

func (s *State) call(t *Ticket, w *Window, ordered bool, at time.Time) {
	last := &lastMove{move: MoveCall, at: at, before: *t}
	last.before.Rejoin = t.Rejoin.copy()
	if t.State == Waiting {
		last.counted = s.lineup.call(w.ID, t.entry(), ordered)
	}
	t.State, t.Window, t.Times, t.CalledAt, t.Rejoin, t.HeldAt = Called, w.ID, 0, at, nil, time.Time{}
	if t.FirstWindow == "" {
		t.FirstWindow, t.FirstCalledAt = w.ID, at
	}
	w.Ticket, w.last = t.ID, last
	s.syncRun(w)
	s.announce(t, w.ID, at)
}

// syncRun shows the run, which the lineup keeps, with the window.
func (s *State) syncRun(w *Window) {
	if at, ok := s.lineup.at(w.ID); ok {
		w.Run = at.run
	}
}

// undo takes back the window's last move. What was printed stays printed.
func (s *State) undo(t *Ticket, w *Window) {
	last := w.last
	if last == nil || last.before.ID != t.ID {
		return
	}
	w.last = nil
	switch last.move {
	case MoveCall:
		w.Ticket = 0
		s.calls = slices.DeleteFunc(slices.Clone(s.calls), func(c Call) bool { return c.Ticket == t.ID && c.Window == w.ID && !c.At.Before(last.at) })
	case MoveFinish:
		w.ServedTickets--
		w.ServedPersons -= t.Persons
		w.Ticket = t.ID
	default:
		w.Ticket = t.ID
	}
	prints := t.Prints
	*t = last.before
	t.Prints, t.Joined, t.Rejoin = prints, nil, last.before.Rejoin.copy()
	if last.move == MoveCall && t.State == Waiting {
		s.lineup.uncall(w.ID, t.entry(), t.Rejoin, last.counted)
		s.syncRun(w)
	}
}

// freeWindows takes a ticket from its window, and from those that received it together.
func (s *State) freeWindows(t *Ticket) {
	if w, ok := s.windows[t.Window]; ok && w.Ticket == t.ID {
		w.Ticket = 0
	}
	for _, id := range t.Joined {
		if w, ok := s.windows[id]; ok && w.Joined == t.ID {
			w.Joined = 0
		}
	}
	t.Joined = nil
}

// cover has a window take further services, after its own.
func (s *State) cover(w *Window, services []ServiceID) {
	w.Covers = services
	config, ok := s.windowConfig(w.ID)
	if !ok {
		return
	}
	s.lineup.seat(w.ID, slices.Concat(config.Services, services))
}

const keptCalls = 10

func (s *State) announce(t *Ticket, w WindowID, at time.Time) {
	t.Times++
	t.LastCallAt = at
	others := slices.DeleteFunc(slices.Clone(s.calls), func(c Call) bool { return c.Ticket == t.ID })
	s.calls = append(others, Call{Ticket: t.ID, Window: w, Times: t.Times, At: at})
	if len(s.calls) > keptCalls {
		s.calls = s.calls[len(s.calls)-keptCalls:]
	}
}

func (t *Ticket) start(at time.Time) {
	t.State, t.StartedAt = Serving, at
	if t.FirstStartedAt.IsZero() {
		t.FirstStartedAt = at
	}
}

// unstart takes the start back that a finish implied.
func (t *Ticket) unstart() {
	if t.FirstStartedAt.Equal(t.StartedAt) {
		t.FirstStartedAt = time.Time{}
	}
	t.State, t.StartedAt = Called, time.Time{}
}

func (s *State) finish(t *Ticket, d *TicketFinished, at time.Time) {
	if w, ok := s.windows[d.Window]; ok {
		w.last = &lastMove{move: MoveFinish, at: at, before: *t}
		if d.Implied {
			w.last.before.unstart()
		}
		w.ServedTickets++
		w.ServedPersons += d.Persons
	}
	t.Persons = d.Persons
	t.Outcome = d.Outcome
	s.end(t, Done, at)
}

// end brings a ticket to an end wherever it is.
func (s *State) end(t *Ticket, into TicketState, at time.Time) {
	switch t.State {
	case Waiting:
		s.leaveLine(t)
	case Called, Serving:
		s.freeWindows(t)
	default: // it is nowhere
	}
	t.State, t.EndedAt, t.HeldAt = into, at, time.Time{}
}

func (s *State) rejoin(t *Ticket, d *TicketRejoined) {
	t.State, t.Times = Waiting, 0
	t.Rejoin = &RejoinTurn{Window: d.Window, Left: d.After}
	t.Window = ""
	s.queueUp(t)
}

func (s *State) transfer(t *Ticket, from *Window, d *TicketTransferred) {
	s.freeWindows(t)
	from.last = nil
	t.State, t.Times, t.Transferred = Waiting, 0, true
	t.Service, t.Window = d.Service, d.Window
	t.StartedAt = time.Time{}
	s.queueUp(t)
}

func (s *State) openWindow(w *Window) {
	w.Open, w.Paused, w.Reason, w.Until = true, false, "", time.Time{}
	s.lineup.Open(w.ID, true)
}

// closeWindow gives the tickets that the window holds, and those bound to it, back to their service.
func (s *State) closeWindow(w *Window) {
	w.Open, w.Paused, w.Reason, w.Until, w.last = false, false, "", time.Time{}, nil
	s.cover(w, nil)
	s.lineup.Open(w.ID, false)
	s.lineup.unbind(w.ID, func(id TicketID) { s.tickets[id-1].Window = "" })
	for _, t := range s.tickets {
		if t.State == Held && t.Window == w.ID {
			t.State, t.Window, t.Times, t.HeldAt = Waiting, "", 0, time.Time{}
			s.queueUp(t)
		}
	}
}

func (s *State) closeDay(d *DayClosed, at time.Time) error {
	for _, end := range []struct {
		tickets []TicketID
		into    TicketState
		outcome Outcome
	}{{d.Deferred, Deferred, ""}, {d.Left, Left, ""}, {d.Unrecorded, Done, Unrecorded}} {
		for _, id := range end.tickets {
			t, ok := s.Ticket(id)
			if !ok {
				return misplaced("ticket", id)
			}
			t.Outcome = end.outcome
			s.end(t, end.into, at)
		}
	}
	for _, t := range s.tickets {
		for i := range t.Prints {
			if !t.Prints[i].State.Ended() {
				t.Prints[i].State, t.Prints[i].Reason = PrintUnknown, "day-closed"
			}
		}
	}
	for _, w := range s.windows {
		w.Open, w.Paused, w.Reason, w.Until, w.Ticket, w.Joined, w.last = false, false, "", time.Time{}, 0, 0, nil
	}
	s.Phase, s.Paused, s.Extended = PhaseClosed, nil, false
	return nil
}
