package queue

import "time"

// Command asks for one thing. Its exported fields are all the engine ever
// learns about who asks.
type Command struct {
	// Actor is the place that asks, such as "window:3", "kiosk", "desk" or
	// "system"; never a person.
	Actor string
	// Key is the request key: the same key never acts twice within two days. Empty for none.
	Key string
	// Hash is a digest of the request's body, so that a key reused with another body is refused.
	Hash string
	// Opening is what a day starts with, should this command have to open one.
	Opening *Opening
	// Action is what is asked.
	Action Action
}

// Opening is what a day starts with.
type Opening struct {
	// Date is the day's date in the hall's zone, as 2006-01-02.
	Date string
	// Epoch changes when a hall is restored from a backup; 1 at first.
	Epoch int
	// Configuration is the whole configuration, already valid.
	Configuration *Configuration
	// ServiceTimes are the learned service times.
	ServiceTimes map[ServiceID]Histogram
	// Waits is how honest the told waits of the days before were; nil while nothing is known.
	Waits *WaitRecord
}

// WaitRecord is by how much the ranges that forward runs give had to be widened
// and shifted, so that they hold as often as is promised: natural logarithms of factors.
type WaitRecord struct {
	Below float64 `json:"below"`
	Above float64 `json:"above"`
	Shift float64 `json:"shift"`
}

// Histogram counts durations by whole minutes: index 0 is under one minute, the last index is "as long or longer".
type Histogram []int

// Action is one of the commands below.
type Action interface{ action() }

// Take asks for a number (取号).
type Take struct {
	Service ServiceID
	// Persons is the size of the party, 1-99.
	Persons int
	// Priority is asked for and never proven; the reason is not kept.
	Priority bool
	// Language is the slip's language, "zh" or "en".
	Language string
	// Code is the unguessable code of the QR, made outside.
	Code string
	// Printer is who will print the slip; empty when nobody does.
	Printer string
	// Large asks for a slip in large print.
	Large bool
	// Wait is the range that the visitor is told; nil when none is.
	Wait *Wait
	// Middle is the middle of that range in seconds, which nobody is told: a wait is as often shorter as longer.
	Middle int
	// ByHand is a number that the desk gives: no hours stand in its way.
	ByHand bool
}

// Wait is a range of minutes, the 10th to the 90th percentile.
type Wait struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// Cancel gives a number back (退号).
type Cancel struct {
	Ticket TicketID
	// Reason is one of CancelReasons.
	Reason CancelReason
}

// CancelReason says who gave a number back.
type CancelReason string

// The reasons of a cancellation.
const (
	// CancelVisitor: the visitor gave it back.
	CancelVisitor CancelReason = "visitor"
	// CancelDesk: the visitor walked out, and the desk ends the number.
	CancelDesk CancelReason = "desk"
	// CancelUnprinted: no slip came out, so nobody holds it.
	CancelUnprinted CancelReason = "unprinted"
)

// OpenWindow opens a window or ends its pause.
type OpenWindow struct{ Window WindowID }

// PauseWindow pauses a window (暂停服务).
type PauseWindow struct {
	Window WindowID
	Reason PauseReason
	// Until is the promised return; zero when none is promised.
	Until time.Time
}

// PauseReason is one of the reasons that a clerk may give.
type PauseReason string

// The reasons of a pause: 开会, 下乡, 吃饭, 取材料, 交接班, 其他.
const (
	PauseMeeting     PauseReason = "meeting"
	PauseCountryside PauseReason = "countryside"
	PauseMeal        PauseReason = "meal"
	PauseMaterials   PauseReason = "materials"
	PauseHandover    PauseReason = "handover"
	PauseOther       PauseReason = "other"
)

func (r PauseReason) known() bool {
	switch r {
	case PauseMeeting, PauseCountryside, PauseMeal, PauseMaterials, PauseHandover, PauseOther:
		return true
	}
	return false
}

// CloseWindow closes a window.
type CloseWindow struct{ Window WindowID }

// Next calls whoever is next at a window (下一位). When nobody waits it decides nothing.
type Next struct{ Window WindowID }

// Recall calls the window's ticket again (再叫一遍).
type Recall struct{ Window WindowID }

// Start says that the visitor came.
type Start struct{ Window WindowID }

// Miss says that the visitor did not come (过号).
type Miss struct{ Window WindowID }

// Rejoin puts a missed ticket in line again (人来了，排上).
type Rejoin struct {
	Ticket TicketID
	// Window is where the visitor spoke up; empty when at the desk. The ticket
	// comes up at the window that missed it either way.
	Window WindowID
}

// Finish ends a ticket with an outcome. From called it implies a start.
type Finish struct {
	Window  WindowID
	Outcome Outcome
	// Persons corrects the size of the party, 1-99; 0 leaves it.
	Persons int
}

// Outcome is how a served ticket ended.
type Outcome string

// The outcomes: 现场答复解决, 交（转）办, 未填结果.
const (
	Resolved   Outcome = "resolved"
	Referred   Outcome = "referred"
	Unrecorded Outcome = "unrecorded"
)

// Transfer sends the window's ticket to another service or window; number and
// arrival time stay. Exactly one of Service and To is set.
type Transfer struct {
	Window  WindowID
	Service ServiceID
	To      WindowID
}

// Reprint asks for another slip with the same number. One of a kind that the
// ticket has had is marked as a reprint (补打).
type Reprint struct {
	Ticket  TicketID
	Printer string
	// Slip is what it is for: SlipTransfer needs a ticket that was sent on,
	// SlipOutcome one that was served.
	Slip  SlipKind
	Large bool
	// To is where a referred matter went, for a SlipOutcome; may be empty.
	To ServiceID
}

// ReportPrint tells what became of a print job.
type ReportPrint struct {
	Job    JobID
	State  PrintState
	Reason string
}

// CallTicket calls a particular number, outside the order (叫指定号). It must wait
// for this window, or have been missed or parked by it.
type CallTicket struct {
	Window WindowID
	Ticket TicketID
	Reason CallReason
}

// CallReason says why a number was called outside the order.
type CallReason string

// The reasons of a call outside the order: 人已到窗口, 身体不便, 补材料回来, 联合接访, 改日优先, 其他.
const (
	CallAtWindow  CallReason = "at-window"
	CallFrail     CallReason = "frail"
	CallPapers    CallReason = "papers"
	CallReception CallReason = "joint"
	CallDeferred  CallReason = "deferred"
	CallOther     CallReason = "other"
)

// CallReasons lists the reasons of a call outside the order.
var CallReasons = []CallReason{CallAtWindow, CallFrail, CallPapers, CallReception, CallDeferred, CallOther}

// Hold parks the window's ticket at the window (挂起): its visitor comes back to it.
type Hold struct{ Window WindowID }

// Resume takes a parked ticket up again.
type Resume struct {
	Window WindowID
	Ticket TicketID
}

// Join adds a window to the reception of a window's ticket (联合接访).
type Join struct {
	Window WindowID
	With   WindowID
}

// Part ends a window's part in the reception of another's ticket.
type Part struct{ Window WindowID }

// Undo takes back the last call, miss or finish of a window.
type Undo struct{ Window WindowID }

// Cover has a window take the services of windows nobody sits at, after its own
// (代接). An empty list ends it.
type Cover struct {
	Window   WindowID
	Services []ServiceID
}

// OpenDay opens the day, or lets issuing go on after it was stopped; outside the
// hours it gives numbers all the same until it is stopped by hand.
type OpenDay struct{}

// PauseHall pauses the whole hall: nobody is called until it is resumed; numbers
// are still given.
type PauseHall struct {
	Reason PauseReason
	// Until is the promised end; zero when none is promised.
	Until time.Time
}

// ResumeHall ends the pause of the whole hall.
type ResumeHall struct{}

// ApplyConfiguration changes the running day. It is checked as a whole: the
// refusal has the path of the first fault. The numbers of the rules and the time
// zone wait for the next day.
type ApplyConfiguration struct{ Configuration *Configuration }

// StopIssuing ends the taking of numbers; everyone holding one is still served.
type StopIssuing struct{}

// CloseDay ends the day. Every open ticket must be named in Deferred, missed
// ones aside: they have left. System closes at midnight without names.
type CloseDay struct {
	Deferred []TicketID
	System   bool
}

// Actions are one of each command, for whoever must not leave one out.
var Actions = []Action{Take{}, Cancel{}, OpenWindow{}, PauseWindow{}, CloseWindow{}, Next{}, Recall{}, Start{}, Miss{}, Rejoin{}, Finish{}, Transfer{},
	Reprint{}, ReportPrint{}, CallTicket{}, Hold{}, Resume{}, Join{}, Part{}, Undo{}, Cover{}, OpenDay{}, StopIssuing{}, CloseDay{},
	PauseHall{}, ResumeHall{}, ApplyConfiguration{}}

func (Take) action()        {}
func (Cancel) action()      {}
func (OpenWindow) action()  {}
func (PauseWindow) action() {}
func (CloseWindow) action() {}
func (Next) action()        {}
func (Recall) action()      {}
func (Start) action()       {}
func (Miss) action()        {}
func (Rejoin) action()      {}
func (Finish) action()      {}
func (Transfer) action()    {}
func (Reprint) action()     {}
func (ReportPrint) action() {}
func (CallTicket) action()  {}
func (Hold) action()        {}
func (Resume) action()      {}
func (Join) action()        {}
func (Part) action()        {}
func (Undo) action()        {}
func (Cover) action()       {}
func (OpenDay) action()     {}
func (PauseHall) action()   {}
func (ResumeHall) action()  {}

func (ApplyConfiguration) action() {}

func (StopIssuing) action() {}
func (CloseDay) action()    {}
