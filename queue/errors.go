package queue

import (
	"errors"
	"fmt"
	"time"
)

// Code names a refusal. Codes are stable: programs and screens lean on them.
type Code string

// The refusals of the engine. Each is one reason, told once.
const (
	CodeServiceUnknown   Code = "service.unknown"
	CodeWindowUnknown    Code = "window.unknown"
	CodeWindowClosed     Code = "window.closed"
	CodeWindowPaused     Code = "window.paused"
	CodeWindowBusy       Code = "window.busy"
	CodeWindowNoTicket   Code = "window.no-ticket"
	CodeTicketUnknown    Code = "ticket.unknown"
	CodeTicketNotWaiting Code = "ticket.not-waiting"
	CodeTicketNotCalled  Code = "ticket.not-called"
	CodeTicketNotServing Code = "ticket.not-serving"
	CodeTicketNotMissed  Code = "ticket.not-missed"
	CodeTicketNotHeld    Code = "ticket.not-held"
	CodeTicketElsewhere  Code = "ticket.elsewhere"
	CodeUndoNothing      Code = "undo.nothing"
	CodeUndoTooLate      Code = "undo.too-late"
	CodeUndoMovedOn      Code = "undo.moved-on"
	CodeJoinHere         Code = "join.same-window"
	CodeCoverOwn         Code = "cover.own-service"
	CodeTicketEnded      Code = "ticket.ended"
	CodeTicketPersons    Code = "ticket.persons"
	CodeTicketCode       Code = "ticket.code"
	CodeRecallTooSoon    Code = "ticket.recall-too-soon"
	CodeMissTooSoon      Code = "ticket.miss-too-soon"
	CodeOutcomeUnknown   Code = "ticket.outcome-unknown"
	CodeTransferHere     Code = "transfer.same-window"
	CodeTransferTarget   Code = "transfer.target"
	CodeJobUnknown       Code = "job.unknown"
	CodeJobEnded         Code = "job.ended"
	CodeJobState         Code = "job.state"
	CodeSlipFalse        Code = "job.slip"
	CodeTicketPrinted    Code = "ticket.printed"
	CodeReasonUnknown    Code = "reason.unknown"
	CodeServiceOff       Code = "service.off"
	CodeServiceStopped   Code = "service.stopped"
	CodeDayNotOpen       Code = "day.not-open"
	CodeDayEarly         Code = "day.early"
	CodeDayOff           Code = "day.off"
	CodeDayPaused        Code = "day.paused"
	CodeDayStopped       Code = "day.stopped"
	CodeDayClosed        Code = "day.closed"
	CodeDayOver          Code = "day.over"
	CodeDayOpenTickets   Code = "day.open-tickets"
	CodeKeyReused        Code = "request.key-reused"
	CodeConfiguration    Code = "configuration.invalid"
	CodeWindowInUse      Code = "configuration.window-in-use"
	CodeEventForeign     Code = "event.foreign"
	CodeEventNewer       Code = "event.newer"
	CodeDaySetup         Code = "day.setup"
	CodeCommandUnknown   Code = "command.unknown"
)

// Error is a refusal: what was refused, and what a screen may say beyond the
// code. The words for people are made from the code elsewhere, in one place.
type Error struct {
	// Code is the reason.
	Code Code
	// Path is where in the input the fault lies, such as "windows[3].services[0]"; empty when there is no such place.
	Path string
	// RetryAt is when the same command would be legal, for refusals that pass; zero otherwise.
	RetryAt time.Time
	// CallsLeft is how many more calls are due before a ticket may be missed.
	CallsLeft int
	// Tickets are the tickets that stand in the way (day.open-tickets).
	Tickets []TicketID
	// Cause is for the log, never for a screen.
	Cause error
}

// Error tells the code and the cause, for logs.
func (e *Error) Error() string {
	s := string(e.Code)
	if e.Path != "" {
		s += " at " + e.Path
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf gives the code of a refusal, or "" when err is none of ours.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func refuse(c Code) error { return &Error{Code: c} }

func invalid(path, format string, args ...any) error {
	return &Error{Code: CodeConfiguration, Path: path, Cause: fmt.Errorf(format, args...)}
}
