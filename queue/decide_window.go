package queue

import "time"

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
	case w.Ticket != 0:
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
	case w.Ticket != 0:
		return refuse(CodeWindowBusy)
	case w.Open:
		d.emit(&WindowClosed{Window: a.Window})
	}
	return nil
}

func (d *decision) next(a Next) error {
	w, config, err := d.openedWindow(a.Window)
	switch {
	case err != nil:
		return err
	case w.Ticket != 0:
		return refuse(CodeWindowBusy)
	case w.Paused:
		return refuse(CodeWindowPaused)
	}
	t := d.state.next(config)
	if t == nil {
		return nil
	}
	d.emit(&TicketCalled{Ticket: t.ID, Window: a.Window, Mode: "next"})
	if config.StartAtCall {
		d.emit(&TicketStarted{Ticket: t.ID, Window: a.Window})
	}
	return nil
}

func (d *decision) recall(a Recall) error {
	t, _, err := d.ticketAt(a.Window, MoveRecall)
	if err != nil {
		return err
	}
	if from := d.state.RecallFrom(t); d.now.Before(from) {
		return &Error{Code: CodeRecallTooSoon, RetryAt: from}
	}
	d.emit(&TicketRecalled{Ticket: t.ID, Window: a.Window, Times: t.Times + 1})
	return nil
}

// RecallFrom is when a called ticket may be called again.
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
	if from, left := d.state.MissFrom(t); left > 0 || d.now.Before(from) {
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
	if t.State == Called {
		d.emit(&TicketStarted{Ticket: t.ID, Window: a.Window})
	}
	d.emit(&TicketFinished{Ticket: t.ID, Window: a.Window, Outcome: a.Outcome, Persons: persons})
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
