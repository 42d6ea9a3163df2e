package queue

import (
	"fmt"
	"time"
)

// Decide tells what a command would make happen at a moment, or refuses it
// with an *Error. It changes nothing. No events and no error mean that nothing
// has to happen: the window is open already, nobody waits, or the request key
// has acted before (State.Request tells what it did).
func Decide(s *State, c Command, now time.Time) ([]Event, error) {
	if r, ok := s.Request(c.Key); ok && c.Key != "" {
		if r.Hash != c.Hash {
			return nil, refuse(CodeKeyReused)
		}
		return nil, nil
	}
	d := &decision{state: s, command: c, now: now.In(s.zone)}
	if err := d.decide(); err != nil {
		return nil, err
	}
	d.sign()
	return d.events, nil
}

// sign puts the request's key on what it asked for, which is seldom the day that it opened on the way.
func (d *decision) sign() {
	for i := range d.events {
		if _, opens := d.events[i].Data.(*DayOpened); !opens || len(d.events) == 1 {
			d.events[i].Key, d.events[i].Hash = d.command.Key, d.command.Hash
			return
		}
	}
}

// Due gives the command that the passing of time asks for, if there is one: a
// day that nobody closed ends at midnight, and issuing stops when the hours say so.
func Due(s *State, now time.Time) (Command, bool) {
	switch {
	case s.Phase != PhaseClosed && s.DateOf(now) > s.Date:
		return Command{Actor: "system", Action: CloseDay{System: true}}, true
	case s.stopDue(now):
		return Command{Actor: "system", Action: StopIssuing{}}, true
	}
	return Command{}, false
}

// decision is one run of Decide.
type decision struct {
	state   *State
	command Command
	now     time.Time
	events  []Event
}

func (d *decision) decide() error {
	switch a := d.command.Action.(type) {
	case OpenDay:
		return d.openDay()
	case StopIssuing:
		return d.stopIssuing()
	case CloseDay:
		return d.closeDay(a)
	case PauseHall:
		return d.pauseHall(a)
	case ResumeHall:
		return d.resumeHall()
	case ApplyConfiguration:
		return d.configure(a)
	case Take:
		return d.take(a)
	case Cancel:
		return d.cancel(a)
	case Rejoin:
		return d.rejoin(a)
	case Reprint:
		return d.reprint(a)
	case ReportPrint:
		return d.reportPrint(a)
	case OpenWindow:
		return d.openWindow(a)
	case PauseWindow:
		return d.pauseWindow(a)
	case CloseWindow:
		return d.closeWindow(a)
	}
	return d.atWindow()
}

func (d *decision) atWindow() error {
	switch a := d.command.Action.(type) {
	case Next:
		return d.next(a)
	case Recall:
		return d.recall(a)
	case Start:
		return d.start(a)
	case Miss:
		return d.miss(a)
	case Finish:
		return d.finish(a)
	case Transfer:
		return d.transfer(a)
	case CallTicket:
		return d.callTicket(a)
	case Hold:
		return d.hold(a)
	case Resume:
		return d.resume(a)
	case Join:
		return d.join(a)
	case Part:
		return d.part(a)
	case Undo:
		return d.undo(a)
	case Cover:
		return d.cover(a)
	}
	return &Error{Code: CodeCommandUnknown, Cause: fmt.Errorf("%T", d.command.Action)}
}

// emit adds an event to the decision.
func (d *decision) emit(data Data) {
	name, version := data.kind()
	d.events = append(d.events, Event{Type: name, Version: version, At: d.now, Actor: d.command.Actor, Data: data})
}

// running refuses what needs an open day. A day of an earlier date is over,
// even while nobody has closed it: Due closes it first.
func (d *decision) running() error {
	switch {
	case d.state.Configuration == nil:
		return refuse(CodeDayNotOpen)
	case d.state.Phase == PhaseClosed && d.state.DateOf(d.now) > d.state.Date:
		return refuse(CodeDayNotOpen)
	case d.state.Phase == PhaseClosed:
		return refuse(CodeDayClosed)
	case d.state.DateOf(d.now) > d.state.Date:
		return refuse(CodeDayOver)
	}
	return nil
}

// ensureDay opens the day where none runs: the first take or window-open of a
// day opens it. A day that was closed stays closed until its date is over.
func (d *decision) ensureDay() error {
	err := d.running()
	if CodeOf(err) != CodeDayNotOpen {
		return err
	}
	o := d.command.Opening
	if o == nil || o.Configuration == nil {
		return &Error{Code: CodeDaySetup, Cause: fmt.Errorf("no opening was given")}
	}
	if d.state.Configuration != nil && o.Date <= d.state.Date {
		return refuse(CodeDayClosed)
	}
	d.emit(&DayOpened{Date: o.Date, Epoch: o.Epoch, Rules: RulesVersion, Configuration: o.Configuration, ServiceTimes: o.ServiceTimes, Waits: o.Waits})
	fresh := NewState()
	if err := Evolve(fresh, d.events[len(d.events)-1]); err != nil {
		return err
	}
	d.state, d.now = fresh, d.now.In(fresh.zone)
	d.events[len(d.events)-1].At = d.now
	return nil
}

func (d *decision) window(id WindowID) (*Window, *WindowConfig, error) {
	w, ok := d.state.Window(id)
	if !ok {
		return nil, nil, refuse(CodeWindowUnknown)
	}
	config, ok := d.state.Configuration.Window(id)
	if !ok {
		return nil, nil, refuse(CodeWindowUnknown)
	}
	return w, config, nil
}

// openedWindow finds a window that receives visitors.
func (d *decision) openedWindow(id WindowID) (*Window, *WindowConfig, error) {
	if err := d.running(); err != nil {
		return nil, nil, err
	}
	w, config, err := d.window(id)
	if err != nil {
		return nil, nil, err
	}
	if !w.Open {
		return nil, nil, refuse(CodeWindowClosed)
	}
	return w, config, nil
}

// ticketAt finds the ticket at a window, and refuses a move it may not make.
func (d *decision) ticketAt(id WindowID, m Move) (*Ticket, *WindowConfig, error) {
	w, config, err := d.openedWindow(id)
	if err != nil {
		return nil, nil, err
	}
	t, ok := d.state.Ticket(w.Ticket)
	if !ok {
		return nil, nil, refuse(CodeWindowNoTicket)
	}
	return t, config, t.State.check(m)
}
