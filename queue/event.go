package queue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
)

// Event is one thing that happened. The journal keeps events for good, so a
// field is never renamed and never changes its meaning: a new meaning is a new
// version, and an upcast reads the old one.
type Event struct {
	// Type names what happened, such as "ticket.called".
	Type string `json:"type"`
	// Version is that of the type's data, from 1.
	Version int `json:"v"`
	// At is when it was decided, with the hall's offset.
	At time.Time `json:"at"`
	// Actor is the place that asked for it; never a person.
	Actor string `json:"by"`
	// Key and Hash are the request's, on the first event of a keyed command only.
	Key  string `json:"key,omitempty"`
	Hash string `json:"hash,omitempty"`
	// Data is a pointer to one of the types below.
	Data Data `json:"data"`
}

// Data is what an event carries: a pointer to one of the event types below.
type Data interface {
	// kind gives the type's name and the version that this program writes.
	kind() (string, int)
}

// DayOpened starts a day with all that it needs to replay alone.
type DayOpened struct {
	Date          string                  `json:"date"`
	Epoch         int                     `json:"epoch"`
	Rules         int                     `json:"rules"`
	Configuration *Configuration          `json:"configuration"`
	ServiceTimes  map[ServiceID]Histogram `json:"serviceTimes,omitempty"`
	Waits         *WaitRecord             `json:"waits,omitempty"`
}

// DayStopped ends the taking of numbers.
type DayStopped struct{}

// DayResumed lets the taking of numbers go on.
type DayResumed struct {
	// Extended says that it goes on outside the hours, until it is stopped by hand.
	Extended bool `json:"extended,omitempty"`
}

// HallPaused pauses the calling of the whole hall.
type HallPaused struct {
	Reason PauseReason `json:"reason"`
	// Until is the promised end; nil when none is promised.
	Until *time.Time `json:"until,omitempty"`
}

// HallResumed ends the pause of the whole hall.
type HallResumed struct{}

// ConfigurationApplied changes the running day. It carries the configuration as
// it is in force from then on, the day's own rules and time zone included.
type ConfigurationApplied struct {
	Configuration *Configuration `json:"configuration"`
}

// DayClosed ends the day and decides every ticket that was still open.
type DayClosed struct {
	// Digest is State.Digest just before this event.
	Digest string `json:"digest"`
	// Deferred, Left and Unrecorded name what became of the open tickets.
	Deferred   []TicketID `json:"deferred,omitempty"`
	Left       []TicketID `json:"left,omitempty"`
	Unrecorded []TicketID `json:"unrecorded,omitempty"`
}

// TicketTaken issues a number.
type TicketTaken struct {
	Ticket   TicketID  `json:"ticket"`
	Series   string    `json:"series"`
	N        int       `json:"n"`
	Service  ServiceID `json:"service"`
	Persons  int       `json:"persons"`
	Priority bool      `json:"priority,omitempty"`
	Language string    `json:"language,omitempty"`
	Code     string    `json:"code"`
	// Arrival is never before an earlier ticket's.
	Arrival time.Time `json:"arrival"`
	// Wait is the range that was told, to be held against what came.
	Wait *Wait `json:"wait,omitempty"`
	// Middle is the middle of that range in seconds, for the same purpose.
	Middle int `json:"middle,omitempty"`
	// ByHand says that the desk gave it: no hours and no stop stood in its way.
	ByHand bool `json:"byHand,omitempty"`
}

// TicketCalled calls a ticket to a window.
type TicketCalled struct {
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
	// Mode is ModeNext for the order of the rules; calls outside it name their CallReason.
	Mode string `json:"mode"`
}

// ModeNext is the mode of a call in the order of the rules.
const ModeNext = "next"

// TicketRecalled repeats the call.
type TicketRecalled struct {
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
	// Times counts the calls of this turn, the first one included.
	Times int `json:"times"`
}

// TicketStarted says that the visitor sits at the window.
type TicketStarted struct {
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
}

// TicketFinished ends a ticket with an outcome. Window is empty when the ticket
// ended without one: cancelled after it had been started.
type TicketFinished struct {
	Ticket  TicketID `json:"ticket"`
	Window  WindowID `json:"window,omitempty"`
	Outcome Outcome  `json:"outcome"`
	Persons int      `json:"persons"`
	// Implied says that the visitor was still being called: the finish implied the start before it.
	Implied bool `json:"implied,omitempty"`
}

// TicketMissed says that the visitor did not come.
type TicketMissed struct {
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
}

// TicketRejoined puts a missed ticket in line again at the window that missed it.
type TicketRejoined struct {
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
	// After is how many calls there pass before it is due.
	After int `json:"after"`
}

// TicketTransferred sends a ticket on.
type TicketTransferred struct {
	Ticket  TicketID  `json:"ticket"`
	From    WindowID  `json:"from"`
	Service ServiceID `json:"service"`
	// Window binds the ticket to one window; empty when any of the service's may take it.
	Window WindowID `json:"window,omitempty"`
}

// TicketHeld parks a ticket at its window.
type TicketHeld struct {
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
}

// TicketResumed takes a parked ticket up again.
type TicketResumed struct {
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
}

// TicketJoined adds a window to the reception of a ticket.
type TicketJoined struct {
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
	With   WindowID `json:"with"`
}

// TicketParted ends a window's part in the reception of another's ticket.
type TicketParted struct {
	Ticket TicketID `json:"ticket"`
	With   WindowID `json:"with"`
}

// MoveUndone takes back the last call, miss or finish of a window. Both stay in the record.
type MoveUndone struct {
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
	// Move is what was taken back: call, miss or finish.
	Move Move `json:"move"`
}

// WindowCovering has a window take further services, after its own.
type WindowCovering struct {
	Window   WindowID    `json:"window"`
	Services []ServiceID `json:"services"`
}

// TicketCancelled gives a number back that was never started.
type TicketCancelled struct {
	Ticket TicketID     `json:"ticket"`
	Reason CancelReason `json:"reason"`
}

// WindowOpened opens a window or ends its pause.
type WindowOpened struct {
	Window WindowID `json:"window"`
}

// WindowPaused pauses a window.
type WindowPaused struct {
	Window WindowID    `json:"window"`
	Reason PauseReason `json:"reason"`
	// Until is the promised return; nil when none is promised.
	Until *time.Time `json:"until,omitempty"`
}

// WindowClosed closes a window and gives its bound tickets back to their service.
type WindowClosed struct {
	Window WindowID `json:"window"`
}

// PrintReserved says, before the first byte, that a slip will be printed.
type PrintReserved struct {
	Ticket TicketID `json:"ticket"`
	// Attempt counts the slips of a ticket from 1.
	Attempt int    `json:"attempt"`
	Printer string `json:"printer"`
	// Slip, Large and To are since version 2; before, every slip was a ticket's.
	Slip  SlipKind  `json:"slip,omitempty"`
	Large bool      `json:"large,omitempty"`
	To    ServiceID `json:"to,omitempty"`
}

// PrintReported says what became of a slip.
type PrintReported struct {
	Ticket  TicketID   `json:"ticket"`
	Attempt int        `json:"attempt"`
	State   PrintState `json:"state"`
	Reason  string     `json:"reason,omitempty"`
}

func (*DayOpened) kind() (string, int)         { return "day.opened", 1 }
func (*DayStopped) kind() (string, int)        { return "day.stopped", 1 }
func (*DayClosed) kind() (string, int)         { return "day.closed", 1 }
func (*DayResumed) kind() (string, int)        { return "day.resumed", 1 }
func (*HallPaused) kind() (string, int)        { return "hall.paused", 1 }
func (*HallResumed) kind() (string, int)       { return "hall.resumed", 1 }
func (*TicketTaken) kind() (string, int)       { return "ticket.taken", 1 }
func (*TicketCalled) kind() (string, int)      { return "ticket.called", 1 }
func (*TicketRecalled) kind() (string, int)    { return "ticket.recalled", 1 }
func (*TicketStarted) kind() (string, int)     { return "ticket.started", 1 }
func (*TicketFinished) kind() (string, int)    { return "ticket.finished", 1 }
func (*TicketMissed) kind() (string, int)      { return "ticket.missed", 1 }
func (*TicketRejoined) kind() (string, int)    { return "ticket.rejoined", 1 }
func (*TicketTransferred) kind() (string, int) { return "ticket.transferred", 1 }
func (*TicketCancelled) kind() (string, int)   { return "ticket.cancelled", 1 }
func (*TicketHeld) kind() (string, int)        { return "ticket.held", 1 }
func (*TicketResumed) kind() (string, int)     { return "ticket.resumed", 1 }
func (*TicketJoined) kind() (string, int)      { return "ticket.joined", 1 }
func (*TicketParted) kind() (string, int)      { return "ticket.parted", 1 }
func (*MoveUndone) kind() (string, int)        { return "move.undone", 1 }
func (*WindowCovering) kind() (string, int)    { return "window.covering", 1 }
func (*WindowOpened) kind() (string, int)      { return "window.opened", 1 }
func (*WindowPaused) kind() (string, int)      { return "window.paused", 1 }
func (*WindowClosed) kind() (string, int)      { return "window.closed", 1 }
func (*PrintReserved) kind() (string, int)     { return "print.reserved", 2 }
func (*PrintReported) kind() (string, int)     { return "print.reported", 1 }

func (*ConfigurationApplied) kind() (string, int) { return "configuration.applied", 1 }

// kinds makes empty data by type name.
var kinds = map[string]func() Data{}

func init() {
	for _, make := range []func() Data{
		func() Data { return new(DayOpened) }, func() Data { return new(DayStopped) }, func() Data { return new(DayClosed) },
		func() Data { return new(DayResumed) }, func() Data { return new(HallPaused) }, func() Data { return new(HallResumed) },
		func() Data { return new(ConfigurationApplied) },
		func() Data { return new(TicketTaken) }, func() Data { return new(TicketCalled) }, func() Data { return new(TicketRecalled) },
		func() Data { return new(TicketStarted) }, func() Data { return new(TicketFinished) }, func() Data { return new(TicketMissed) },
		func() Data { return new(TicketRejoined) }, func() Data { return new(TicketTransferred) }, func() Data { return new(TicketCancelled) },
		func() Data { return new(TicketHeld) }, func() Data { return new(TicketResumed) }, func() Data { return new(TicketJoined) },
		func() Data { return new(TicketParted) }, func() Data { return new(MoveUndone) }, func() Data { return new(WindowCovering) },
		func() Data { return new(WindowOpened) }, func() Data { return new(WindowPaused) }, func() Data { return new(WindowClosed) },
		func() Data { return new(PrintReserved) }, func() Data { return new(PrintReported) },
	} {
		name, _ := make().kind()
		kinds[name] = make
	}
}

// upcasts turn the data of an older version into that of the next, by type and
// the version that they read.
var upcasts = map[string]map[int]func(json.RawMessage) (json.RawMessage, error){
	"print.reserved": {1: unchanged}, // what version 2 added is empty in version 1
}

func unchanged(data json.RawMessage) (json.RawMessage, error) { return data, nil }

// rawEvent is an event whose data is not read yet. Reading in two steps, and
// not through an UnmarshalJSON of Event, spares going over every byte twice: a
// day has to be there before the first visitor is.
type rawEvent struct {
	Type    string          `json:"type"`
	Version int             `json:"v"`
	At      time.Time       `json:"at"`
	Actor   string          `json:"by"`
	Key     string          `json:"key"`
	Hash    string          `json:"hash"`
	Data    json.RawMessage `json:"data"`
}

func (raw *rawEvent) event() (Event, error) {
	make, ok := kinds[raw.Type]
	if !ok {
		return Event{}, &Error{Code: CodeEventForeign, Cause: fmt.Errorf("event type %q", raw.Type)}
	}
	data := make()
	if err := upcast(raw.Type, raw.Version, raw.Data, data); err != nil {
		return Event{}, err
	}
	_, version := data.kind()
	return Event{Type: raw.Type, Version: version, At: raw.At, Actor: raw.Actor, Key: raw.Key, Hash: raw.Hash, Data: data}, nil
}

func upcast(name string, version int, raw json.RawMessage, into Data) error {
	_, current := into.kind()
	if version > current {
		return &Error{Code: CodeEventNewer, Cause: fmt.Errorf("%s version %d, this program knows %d", name, version, current)}
	}
	for v := version; v < current; v++ {
		up, ok := upcasts[name][v]
		if !ok {
			return &Error{Code: CodeEventForeign, Cause: fmt.Errorf("%s version %d", name, version)}
		}
		var err error
		if raw, err = up(raw); err != nil {
			return &Error{Code: CodeEventForeign, Cause: err}
		}
	}
	if version < 1 {
		return &Error{Code: CodeEventForeign, Cause: fmt.Errorf("%s version %d", name, version)}
	}
	if err := jsonv2.Unmarshal(raw, into); err != nil {
		return &Error{Code: CodeEventForeign, Cause: fmt.Errorf("%s: %w", name, err)}
	}
	return nil
}

// EncodeEvents makes the bytes of a batch.
func EncodeEvents(events []Event) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(events); err != nil {
		return nil, fmt.Errorf("encode events: %w", err)
	}
	return b.Bytes()[:b.Len()-1], nil
}

// DecodeEvents reads the bytes of a batch, of this or an older version. The
// error is an *Error: CodeEventForeign for bytes or a type that are not ours,
// CodeEventNewer for a version that this program does not know yet.
func DecodeEvents(data []byte) ([]Event, error) {
	var raw []rawEvent
	if err := jsonv2.Unmarshal(data, &raw); err != nil {
		return nil, &Error{Code: CodeEventForeign, Cause: err}
	}
	events := make([]Event, len(raw))
	for i := range raw {
		var err error
		if events[i], err = raw[i].event(); err != nil {
			return nil, err
		}
	}
	return events, nil
}
