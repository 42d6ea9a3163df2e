package queue

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// RulesVersion is the version of the rules that this program decides by. It is
// recorded with each day; the checker knows every version there was.
//
// Version 2 brought the order of services a window prefers, with its bound, and
// no longer begins a window's run anew when it calls a priority ticket while no
// ordinary one waits.
const RulesVersion = 2

// preferenceRules is the first rules version with preference.
const preferenceRules = 2

// TicketID is a ticket's place in its day: 1 for the day's first take, and so on.
type TicketID int

// Phase is what the hall as a whole is doing.
type Phase string

// The phases of a hall.
const (
	// PhaseClosed: no day is open, or it has ended.
	PhaseClosed Phase = "closed"
	// PhaseOpen: numbers are issued and called.
	PhaseOpen Phase = "open"
	// PhaseStopped: no new numbers; everyone holding one is served.
	PhaseStopped Phase = "stopped"
	// PhasePaused: nobody is called for a while. It is shown over open and stopped, and never State.Phase itself.
	PhasePaused Phase = "paused"
)

// State is a day of the hall. Only Evolve changes it. It is not safe for
// concurrent use: whoever shares it guards it.
type State struct {
	// Date is the day's date as 2006-01-02; empty before the first day.
	Date  string
	Epoch int
	Phase Phase
	// Configuration is the day's. It is never changed in place.
	Configuration *Configuration
	ServiceTimes  map[ServiceID]Histogram
	// Waits is what was learned of told waits before the day; nil when nothing was.
	Waits    *WaitRecord
	OpenedAt time.Time
	// Paused is the pause of the whole hall; nil when there is none.
	Paused *HallPause
	// Extended says that numbers are given outside the hours, by a named decision.
	Extended bool

	tickets []*Ticket
	windows map[WindowID]*Window
	lineup  *Lineup
	series  map[string]int
	codes   map[string]TicketID
	keys    map[string]Request
	// earlierKeys are those of the day before: they are remembered for two days, and are no part of the digest.
	earlierKeys map[string]Request
	calls       []Call
	lastArrival time.Time
	zone        *time.Location
}

// HallPause is a pause of the whole hall.
type HallPause struct {
	Reason PauseReason `json:"reason"`
	// Until is the promised end; zero when none is promised.
	Until time.Time `json:"until,omitzero"`
}

// Shown is the phase as people are shown it: a pause of the whole hall stands over open and stopped.
func (s *State) Shown() Phase {
	if s.Paused != nil && s.Phase != PhaseClosed {
		return PhasePaused
	}
	return s.Phase
}

// Ticket is a number and what became of it (号). There is no field in which a
// person could be named.
type Ticket struct {
	ID      TicketID  `json:"id"`
	Series  string    `json:"series"`
	N       int       `json:"n"`
	Service ServiceID `json:"service"`
	// Asked is the service that the number was taken for; it never changes.
	Asked    ServiceID   `json:"asked"`
	State    TicketState `json:"state"`
	Persons  int         `json:"persons"`
	Priority bool        `json:"priority"`
	Language string      `json:"language"`
	Code     string      `json:"code"`
	Wait     *Wait       `json:"wait"`
	Middle   int         `json:"middle,omitempty"`
	// Arrival orders the waiting; it never changes.
	Arrival time.Time `json:"arrival"`
	// Window has called it, serves it, holds it or missed it; while waiting, the one that it is bound to, if any.
	Window WindowID `json:"window"`
	// FirstWindow called it first (首接); it never changes.
	FirstWindow WindowID `json:"firstWindow"`
	// Times counts the calls since the last time it waited.
	Times         int       `json:"times"`
	FirstCalledAt time.Time `json:"firstCalledAt"`
	CalledAt      time.Time `json:"calledAt"`
	LastCallAt    time.Time `json:"lastCallAt"`
	// FirstStartedAt is set once the ticket was served anywhere; then it is a served ticket for good.
	FirstStartedAt time.Time `json:"firstStartedAt"`
	StartedAt      time.Time `json:"startedAt"`
	MissedAt       time.Time `json:"missedAt"`
	EndedAt        time.Time `json:"endedAt"`
	Outcome        Outcome   `json:"outcome"`
	Transferred    bool      `json:"transferred"`
	// HeldAt is when its window parked it; zero when it is not held.
	HeldAt time.Time `json:"heldAt,omitzero"`
	// Joined are the windows that receive the visitor together with Window (联合接访).
	Joined []WindowID `json:"joined,omitempty"`
	// Rejoin is set while the ticket waits after a rejoin.
	Rejoin *RejoinTurn `json:"rejoin"`
	// Prints are its slips, the first attempt first.
	Prints []Print `json:"prints"`
}

// RejoinTurn says when a rejoined ticket comes up.
type RejoinTurn struct {
	Window WindowID `json:"window"`
	// Left is how many more calls pass before it is due.
	Left int `json:"left"`
}

func (r *RejoinTurn) copy() *RejoinTurn {
	if r == nil {
		return nil
	}
	c := *r
	return &c
}

// Served tells whether the ticket was ever started: then it counts as a reception (接待批次).
func (t *Ticket) Served() bool { return !t.FirstStartedAt.IsZero() }

// Number is the ticket's text on slip, screen and board, such as C012.
func (t *Ticket) Number() string { return FormatNumber(t.Series, t.N) }

// FormatNumber makes the text of a number: three digits, four from 1000 on.
func FormatNumber(series string, n int) string { return fmt.Sprintf("%s%03d", series, n) }

// Window is what a window is doing.
type Window struct {
	ID     WindowID `json:"id"`
	Open   bool     `json:"open"`
	Paused bool     `json:"paused"`
	// Reason and Until belong to a pause; Until is zero when no return is promised.
	Reason PauseReason `json:"reason"`
	Until  time.Time   `json:"until"`
	// Ticket is at the window: called or being served; 0 for none.
	Ticket TicketID `json:"ticket"`
	// Joined is a ticket of another window that this one helps to receive; 0 for none.
	Joined TicketID `json:"joined,omitempty"`
	// Covers are the services that this window takes for windows nobody sits at, after its own.
	Covers []ServiceID `json:"covers,omitempty"`
	// Run counts the priority calls since the last ordinary one while an ordinary ticket waited.
	Run int `json:"run"`
	// ServedTickets and ServedPersons count what was finished here today.
	ServedTickets int `json:"servedTickets"`
	ServedPersons int `json:"servedPersons"`

	// last is what an undo would take back.
	last *lastMove
}

// busy tells whether somebody is at the window.
func (w *Window) busy() bool { return w.Ticket != 0 || w.Joined != 0 }

// WindowStatus is what the public sees of a window.
type WindowStatus string

// The statuses of a window.
const (
	StatusClosed  WindowStatus = "closed"
	StatusOnCall  WindowStatus = "oncall"
	StatusIdle    WindowStatus = "idle"
	StatusCalling WindowStatus = "calling"
	StatusServing WindowStatus = "serving"
	StatusPaused  WindowStatus = "paused"
)

// Call is one call, for boards and the voice.
type Call struct {
	Ticket TicketID  `json:"ticket"`
	Window WindowID  `json:"window"`
	Times  int       `json:"times"`
	At     time.Time `json:"at"`
}

// Request is what a request key did.
type Request struct {
	Hash   string   `json:"hash"`
	Date   string   `json:"date"`
	Ticket TicketID `json:"ticket"`
	Window WindowID `json:"window"`
}

// NewState is a hall before its first day.
func NewState() *State {
	return &State{Phase: PhaseClosed, zone: time.UTC, windows: map[WindowID]*Window{}, lineup: newLineup(&Configuration{}, RulesVersion),
		series: map[string]int{}, codes: map[string]TicketID{}, keys: map[string]Request{}, earlierKeys: map[string]Request{}}
}

// Zone is the hall's time zone.
func (s *State) Zone() *time.Location { return s.zone }

// DateOf is the date on which a time falls in the hall.
func (s *State) DateOf(t time.Time) string { return t.In(s.zone).Format(time.DateOnly) }

// Ticket finds a ticket of the day.
func (s *State) Ticket(id TicketID) (*Ticket, bool) {
	if id < 1 || int(id) > len(s.tickets) {
		return nil, false
	}
	return s.tickets[id-1], true
}

// Tickets lists the day's tickets in the order of the takes. The slice is the state's own.
func (s *State) Tickets() []*Ticket { return s.tickets }

// TicketByCode finds the ticket of a QR code.
func (s *State) TicketByCode(code string) (*Ticket, bool) { return s.Ticket(s.codes[code]) }

// Window finds a window's present state.
func (s *State) Window(id WindowID) (*Window, bool) {
	w, ok := s.windows[id]
	return w, ok
}

// Status is what the public sees of a window.
func (s *State) Status(id WindowID) WindowStatus {
	w, ok := s.windows[id]
	if !ok || !w.Open || s.Phase == PhaseClosed {
		if c, ok := s.windowConfig(id); ok && c.Presence == OnCall && s.Phase != PhaseClosed {
			return StatusOnCall
		}
		return StatusClosed
	}
	if t, ok := s.Ticket(w.Ticket); ok {
		if t.State == Serving {
			return StatusServing
		}
		return StatusCalling
	}
	if w.Joined != 0 {
		return StatusServing
	}
	if w.Paused {
		return StatusPaused
	}
	return StatusIdle
}

// Calls lists the newest calls first, at most 10, of each ticket only its newest:
// a wall that shows one number twice has less room for the others.
func (s *State) Calls() []Call {
	calls := make([]Call, 0, len(s.calls))
	for i := len(s.calls) - 1; i >= 0; i-- {
		calls = append(calls, s.calls[i])
	}
	return calls
}

// Request tells what a request key did, today or the day before.
func (s *State) Request(key string) (Request, bool) {
	if r, ok := s.keys[key]; ok {
		return r, true
	}
	r, ok := s.earlierKeys[key]
	return r, ok
}

// OpenTickets lists the tickets that have not ended, by id.
func (s *State) OpenTickets() []*Ticket {
	var open []*Ticket
	for _, t := range s.tickets {
		if !t.State.Terminal() {
			open = append(open, t)
		}
	}
	return open
}

// OpenJobs lists a printer's jobs whose outcome is not known yet, oldest first.
func (s *State) OpenJobs(printer string) []JobID {
	var jobs []JobID
	for _, t := range s.tickets {
		for i, p := range t.Prints {
			if p.Printer == printer && !p.State.Ended() {
				jobs = append(jobs, JobID{Ticket: t.ID, Attempt: i + 1})
			}
		}
	}
	return jobs
}

// Ref is a ticket's id as other programs see it: its day and its place in it, such as 20261123-17.
// Days of a later epoch carry it: 20261123.2-17.
func (s *State) Ref(id TicketID) string {
	day := strings.ReplaceAll(s.Date, "-", "")
	if s.Epoch > 1 {
		day += "." + strconv.Itoa(s.Epoch)
	}
	return day + "-" + strconv.Itoa(int(id))
}

// ParseRef reads what Ref made. Only tickets of this day are known.
func (s *State) ParseRef(ref string) (TicketID, error) {
	day, place, ok := strings.Cut(ref, "-")
	n, err := strconv.Atoi(place)
	if !ok || err != nil {
		return 0, refuse(CodeTicketUnknown)
	}
	if _, found := s.Ticket(TicketID(n)); !found || s.Ref(TicketID(n)) != day+"-"+place {
		return 0, refuse(CodeTicketUnknown)
	}
	return TicketID(n), nil
}

func (s *State) windowConfig(id WindowID) (*WindowConfig, bool) {
	if s.Configuration == nil {
		return nil, false
	}
	return s.Configuration.Window(id)
}

// sortedWindows lists the windows by id, for what must not depend on map order.
func (s *State) sortedWindows() []*Window {
	all := make([]*Window, 0, len(s.windows))
	for _, w := range s.windows {
		all = append(all, w)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].ID < all[j].ID })
	return all
}
