package queue

import (
	"slices"
	"time"
)

func (d *decision) openWindow(a OpenWindow) error {
	if err := d.ensureDay(); err != nil {
		return err
	}
	w, _, err := d.window(a.Window)
	if err != nil {
		return err
	}
	if !w.Open || w.Paused {
		d.emit(&WindowOpened{Window: a.Window})
	}
	return nil
}

func (d *decision) pauseWindow(a PauseWindow) error {
	w, _, err := d.openedWindow(a.Window)
	switch {
	case err != nil:
		return err
	case w.busy():
		return refuse(CodeWindowBusy)
	case !a.Reason.known():
		return &Error{Code: CodeReasonUnknown, Path: "reason"}
	}
	paused := &WindowPaused{Window: a.Window, Reason: a.Reason}
	if !a.Until.IsZero() {
		until := a.Until.In(d.state.zone)
		paused.Until = &until
	}
	d.emit(paused)
	return nil
}

func (d *decision) closeWindow(a CloseWindow) error {
	if err := d.running(); err != nil {
		return err
	}
	w, _, err := d.window(a.Window)
	switch {
	case err != nil:
		return err
	case w.busy():
		return refuse(CodeWindowBusy)
	case w.Open:
		d.emit(&WindowClosed{Window: a.Window})
	}
	return nil
}

func (d *decision) next(a Next) error {
	config, err := d.freeWindow(a.Window)
	if err != nil {
		return err
	}
	if id, ok := d.state.lineup.Next(a.Window); ok {
		d.call(id, config, ModeNext)
	}
	return nil
}

func (d *decision) call(id TicketID, w *WindowConfig, mode string) {
	d.emit(&TicketCalled{Ticket: id, Window: w.ID, Mode: mode})
	if w.StartAtCall {
		d.emit(&TicketStarted{Ticket: id, Window: w.ID})
	}
}

// freeWindow finds a window that could receive somebody now.
func (d *decision) freeWindow(id WindowID) (*WindowConfig, error) {
	w, config, err := d.openedWindow(id)
	switch {
	case err != nil:
		return nil, err
	case w.busy():
		return nil, refuse(CodeWindowBusy)
	case w.Paused:
		return nil, refuse(CodeWindowPaused)
	case d.state.Paused != nil:
		return nil, refuse(CodeDayPaused)
	}
	return config, nil
}

// callTicket calls a particular number: one that this window may call, or one
// that it missed or holds.
func (d *decision) callTicket(a CallTicket) error {
	config, err := d.freeWindow(a.Window)
	if err != nil {
		return err
	}
	if !slices.Contains(CallReasons, a.Reason) {
		return &Error{Code: CodeReasonUnknown, Path: "reason"}
	}
	t, err := d.ticket(a.Ticket, MoveCall)
	if err != nil {
		return err
	}
	if !d.state.reaches(a.Window, t) {
		return refuse(CodeTicketElsewhere)
	}
	d.call(t.ID, config, string(a.Reason))
	return nil
}

// reaches tells whether a window may call a particular ticket.
func (s *State) reaches(id WindowID, t *Ticket) bool {
	at, ok := s.lineup.at(id)
	switch {
	case !ok:
		return false
	case t.State == Waiting && t.Rejoin == nil && t.Window == "":
		return at.serves(t.Service)
	case t.Rejoin != nil:
		return t.Rejoin.Window == id || at.serves(t.Service)
	}
	return t.Window == id
}

func (d *decision) hold(a Hold) error {
	t, _, err := d.ticketAt(a.Window, MoveHold)
	if err != nil {
		return err
	}
	d.emit(&TicketHeld{Ticket: t.ID, Window: a.Window})
	return nil
}

func (d *decision) resume(a Resume) error {
	if _, err := d.freeWindow(a.Window); err != nil {
		return err
	}
	t, err := d.ticket(a.Ticket, MoveResume)
	if err != nil {
		return err
	}
	if t.Window != a.Window {
		return refuse(CodeTicketElsewhere)
	}
	d.emit(&TicketResumed{Ticket: t.ID, Window: a.Window})
	return nil
}

func (d *decision) join(a Join) error {
	t, _, err := d.ticketAt(a.Window, MoveJoin)
	if err != nil {
		return err
	}
	if a.With == a.Window {
		return refuse(CodeJoinHere)
	}
	if _, err := d.freeWindow(a.With); err != nil {
		return &Error{Code: CodeOf(err), Path: "window"}
	}
	d.emit(&TicketJoined{Ticket: t.ID, Window: a.Window, With: a.With})
	return nil
}

func (d *decision) part(a Part) error {
	w, _, err := d.openedWindow(a.Window)
	switch {
	case err != nil:
		return err
	case w.Joined == 0:
		return refuse(CodeWindowNoTicket)
	}
	d.emit(&TicketParted{Ticket: w.Joined, With: a.Window})
	return nil
}

// undo takes back the window's last call, miss or finish while nothing else has
// happened to window and ticket. A clock that steps back makes nothing too late.
func (d *decision) undo(a Undo) error {
	w, config, err := d.openedWindow(a.Window)
	if err != nil {
		return err
	}
	last := w.last
	if last == nil {
		return refuse(CodeUndoNothing)
	}
	if d.now.Sub(last.at) > d.state.Configuration.Rules.undoTime() {
		return refuse(CodeUndoTooLate)
	}
	t, ok := d.state.Ticket(last.before.ID)
	if !ok || w.Paused || w.Joined != 0 || !last.stands(t, w, config) {
		return refuse(CodeUndoMovedOn)
	}
	d.emit(&MoveUndone{Ticket: t.ID, Window: a.Window, Move: last.move})
	return nil
}

// stands tells whether ticket and window are still as the move left them.
func (l *lastMove) stands(t *Ticket, w *Window, config *WindowConfig) bool {
	switch l.move {
	case MoveCall:
		atOnce := t.State == Serving && config.StartAtCall && t.StartedAt.Equal(l.at) && len(t.Joined) == 0
		return w.Ticket == t.ID && t.CalledAt.Equal(l.at) && (t.State == Called || atOnce)
	case MoveMiss:
		return w.Ticket == 0 && t.State == Missed && t.Window == w.ID && t.MissedAt.Equal(l.at)
	default:
		return w.Ticket == 0 && t.State == Done && t.EndedAt.Equal(l.at)
	}
}

// cover lets a window take the services of windows nobody sits at.
func (d *decision) cover(a Cover) error {
	w, config, err := d.openedWindow(a.Window)
	if err != nil {
		return err
	}
	for i, id := range a.Services {
		if _, ok := d.state.Configuration.Service(id); !ok {
			return &Error{Code: CodeServiceUnknown, Path: "services"}
		}
		if config.serves(id) || slices.Contains(a.Services[:i], id) {
			return &Error{Code: CodeCoverOwn, Path: "services"}
		}
	}
	if !slices.Equal(w.Covers, a.Services) {
		d.emit(&WindowCovering{Window: a.Window, Services: slices.Clone(a.Services)})
	}
	return nil
}

func (d *decision) recall(a Recall) error {
	t, _, err := d.ticketAt(a.Window, MoveRecall)
	if err != nil {
		return err
	}
	if from := d.state.RecallFrom(t); d.now.Before(from) && !d.now.Before(t.LastCallAt) {
		return &Error{Code: CodeRecallTooSoon, RetryAt: from}
	}
	d.emit(&TicketRecalled{Ticket: t.ID, Window: a.Window, Times: t.Times + 1})
	return nil
}

// RecallFrom is when a called ticket may be called again. A clock that stepped
// back before the last call holds nobody up: how long it was is not known then.
func (s *State) RecallFrom(t *Ticket) time.Time {
	return t.LastCallAt.Add(time.Duration(s.Configuration.Rules.RecallSeconds) * time.Second)
}

// MissFrom is when a called ticket may be marked missed, and how many calls are due before.
func (s *State) MissFrom(t *Ticket) (from time.Time, callsLeft int) {
	r := s.Configuration.Rules
	return t.CalledAt.Add(time.Duration(r.MissSeconds) * time.Second), max(r.MissCalls-t.Times, 0)
}

func (d *decision) start(a Start) error {
	t, _, err := d.ticketAt(a.Window, MoveStart)
	if err != nil {
		return err
	}
	d.emit(&TicketStarted{Ticket: t.ID, Window: a.Window})
	return nil
}

func (d *decision) miss(a Miss) error {
	t, _, err := d.ticketAt(a.Window, MoveMiss)
	if err != nil {
		return err
	}
	if from, left := d.state.MissFrom(t); left > 0 || d.now.Before(from) && !d.now.Before(t.CalledAt) {
		return &Error{Code: CodeMissTooSoon, RetryAt: from, CallsLeft: left}
	}
	d.emit(&TicketMissed{Ticket: t.ID, Window: a.Window})
	return nil
}

func (d *decision) finish(a Finish) error {
	t, _, err := d.ticketAt(a.Window, MoveFinish)
	if err != nil {
		return err
	}
	switch a.Outcome {
	case Resolved, Referred, Unrecorded:
	default:
		return &Error{Code: CodeOutcomeUnknown, Path: "outcome"}
	}
	if a.Persons < 0 || a.Persons > maxPersons {
		return &Error{Code: CodeTicketPersons, Path: "persons"}
	}
	persons := t.Persons
	if a.Persons > 0 {
		persons = a.Persons
	}
	implied := t.State == Called
	if implied {
		d.emit(&TicketStarted{Ticket: t.ID, Window: a.Window})
	}
	d.emit(&TicketFinished{Ticket: t.ID, Window: a.Window, Outcome: a.Outcome, Persons: persons, Implied: implied})
	return nil
}

// transfer sends the ticket on. A service that this very window serves is no
// way on, and neither is the window itself. A ticket is bound only to a window
// that is open: behind a closed one it would wait for nobody.
func (d *decision) transfer(a Transfer) error {
	t, here, err := d.ticketAt(a.Window, MoveTransfer)
	if err != nil {
		return err
	}
	to := &TicketTransferred{Ticket: t.ID, From: a.Window, Service: a.Service}
	switch {
	case (a.Service == "") == (a.To == ""):
		return refuse(CodeTransferTarget)
	case a.To != "":
		w, there, err := d.window(a.To)
		if err != nil {
			return err
		}
		if a.To == a.Window {
			return refuse(CodeTransferHere)
		}
		to.Service = there.Services[0]
		if w.Open {
			to.Window = a.To
		}
	default:
		if _, ok := d.state.Configuration.Service(a.Service); !ok {
			return &Error{Code: CodeServiceUnknown, Path: "service"}
		}
		if here.serves(a.Service) {
			return refuse(CodeTransferHere)
		}
	}
	d.emit(to)
	return nil
}
