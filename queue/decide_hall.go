package queue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// gives refuses a number that the hours do not allow. Issuing that was resumed
// by hand goes on until it is stopped by hand, and the desk gives numbers at any hour.
func (d *decision) gives(s *ServiceConfig, byHand bool) error {
	if byHand || d.state.Extended {
		return nil
	}
	at := d.state.Configuration.ServiceAt(s, d.now)
	if at.Code == "" {
		return nil
	}
	return &Error{Code: at.Code, RetryAt: at.From}
}

// hoursOfNewDay refuses a take that would open a day only to be refused. It
// asks the configuration that the day would open with.
func (d *decision) hoursOfNewDay(a Take) error {
	o := d.command.Opening
	if a.ByHand || CodeOf(d.running()) != CodeDayNotOpen || o == nil || o.Configuration == nil {
		return nil
	}
	zone, err := time.LoadLocation(o.Configuration.TimeZone)
	if err != nil {
		return &Error{Code: CodeDaySetup, Cause: err}
	}
	service, ok := o.Configuration.Service(a.Service)
	if !ok {
		return &Error{Code: CodeServiceUnknown, Path: "service"}
	}
	if at := o.Configuration.ServiceAt(service, d.now.In(zone)); at.Code != "" {
		return &Error{Code: at.Code, RetryAt: at.From}
	}
	return nil
}

// openDay opens the day, and lets issuing go on where it was stopped or where
// the hours would not allow it yet: whoever asks for it by hand means it.
func (d *decision) openDay() error {
	if err := d.running(); err != nil {
		if err := d.ensureDay(); err != nil {
			return err
		}
	}
	closedByHours := !d.state.Extended && d.state.Configuration.HallAt(d.now).Code != ""
	if d.state.Phase == PhaseStopped || closedByHours {
		d.emit(&DayResumed{Extended: closedByHours})
	}
	return nil
}

func (d *decision) stopIssuing() error {
	if err := d.running(); err != nil {
		return err
	}
	if d.state.Phase != PhaseStopped {
		d.emit(&DayStopped{})
	}
	return nil
}

// stopDue tells whether the hours end issuing by now.
func (s *State) stopDue(now time.Time) bool {
	if s.Phase != PhaseOpen || s.Extended || s.DateOf(now) != s.Date {
		return false
	}
	stop, ok := s.Configuration.StopsAt(now.In(s.zone))
	return ok && !now.Before(stop)
}

func (d *decision) pauseHall(a PauseHall) error {
	if err := d.running(); err != nil {
		return err
	}
	if !a.Reason.known() {
		return &Error{Code: CodeReasonUnknown, Path: "reason"}
	}
	paused := &HallPaused{Reason: a.Reason}
	if !a.Until.IsZero() {
		until := a.Until.In(d.state.zone)
		paused.Until = &until
	}
	d.emit(paused)
	return nil
}

func (d *decision) resumeHall() error {
	if err := d.running(); err != nil {
		return err
	}
	if d.state.Paused != nil {
		d.emit(&HallResumed{})
	}
	return nil
}

// configure applies a configuration to the running day. What the day was opened
// under stays until the next: the numbers of the rules, by which visitors were
// promised their turn, and the time zone, by which the day ends.
func (d *decision) configure(a ApplyConfiguration) error {
	if err := d.running(); err != nil {
		return err
	}
	if a.Configuration == nil {
		return invalid("", "there is none")
	}
	if err := a.Configuration.Validate(); err != nil {
		return err
	}
	c := *a.Configuration
	c.Rules, c.TimeZone = d.state.Configuration.Rules, d.state.Configuration.TimeZone
	for _, w := range d.state.sortedWindows() {
		if _, stays := c.Window(w.ID); !stays && w.busy() {
			return &Error{Code: CodeWindowInUse, Path: "windows", Cause: fmt.Errorf("window %q has a number and cannot go now", w.ID)}
		}
	}
	if !same(&c, d.state.Configuration) {
		d.emit(&ConfigurationApplied{Configuration: &c})
	}
	return nil
}

// same tells whether two configurations say the same.
func same(a, b *Configuration) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
