package printer

import "time"

// Kind says what a slip is for.
type Kind string

const (
	// KindTicket is the slip that a visitor takes with a number.
	KindTicket Kind = "ticket"
	// KindTransfer tells a visitor which window the matter went on to; the
	// number stays.
	KindTransfer Kind = "transfer"
	// KindOutcome is the 回执: where the matter went. It names no person.
	KindOutcome Kind = "outcome"
	// KindDay is the day's figures, for the file of whoever closes the day.
	KindDay Kind = "day"
	// KindTest is the page an installer prints to see what the printer can do.
	KindTest Kind = "test"
)

// Slip is what a piece of paper says. It has no field by which a person could
// be identified, and none for what the visitor came about.
type Slip struct {
	Kind Kind `json:"kind"`
	// Hall is the name of the hall, the first line.
	Hall string `json:"hall"`
	// Number is the ticket's number as it is called, such as "C012".
	Number string `json:"number"`
	// Windows are those that may call the ticket, in the order to show them.
	Windows []Window `json:"windows"`
	// Ahead is how many numbers wait before this one.
	Ahead int `json:"ahead"`
	// Wait is how long it may take; nil when too little is known to say.
	Wait *Wait `json:"wait"`
	// Persons is the size of the party; 0 is not shown.
	Persons int `json:"persons"`
	// IssuedAt is when the ticket was taken, printed in its own time zone.
	IssuedAt time.Time `json:"issuedAt"`
	// Track is the address behind the QR code, in capitals, which makes the
	// code smaller. Empty: no code.
	Track string `json:"track"`
	// Language is "zh", or "en" for Chinese with English second lines. Any
	// other value counts as "zh".
	Language string `json:"language"`
	// Reprint marks the slip as a second one for the same number.
	Reprint bool `json:"reprint"`
	// RejoinAfter is after how many numbers a missed ticket is called again; 0
	// leaves the clause out.
	RejoinAfter int `json:"rejoinAfter"`
	// ServiceDesk adds the line that sends people to the service desk for help.
	ServiceDesk bool `json:"serviceDesk"`
	// Large asks for large print: the number, the window and the wait only. For
	// KindTicket.
	Large bool `json:"large"`
	// Referred tells of a KindOutcome slip that the matter went to another
	// office; otherwise it was answered face to face.
	Referred bool `json:"referred"`
	// ReferredTo is that office's public name; empty for a discreet one.
	ReferredTo string `json:"referredTo"`
	// Day is what a KindDay slip tells.
	Day *Day `json:"day"`
	// Logo stands above the hall's name; nil for none.
	Logo *Logo `json:"logo,omitempty"`
	// Template is the hall's own template for this slip; empty is the one that
	// comes with the program.
	Template string `json:"template"`
}

// Day is a day's figures. They reconcile: Issued is the sum of Done, Cancelled,
// Left, Deferred and Open, and Served that of Resolved, Referred, Unrecorded and
// StartedOpen.
type Day struct {
	Date       string `json:"date"` // such as 2026-03-02
	Issued     int    `json:"issued"`
	Done       int    `json:"done"`
	Served     int    `json:"served"` // 接待批次
	Resolved   int    `json:"resolved"`
	Referred   int    `json:"referred"`
	Unrecorded int    `json:"unrecorded"`
	Cancelled  int    `json:"cancelled"`
	Left       int    `json:"left"`
	Deferred   int    `json:"deferred"`
	Open       int    `json:"open"`
	// StartedOpen are served and have not ended.
	StartedOpen int `json:"startedOpen"`
	Persons     int `json:"persons"` // visitors of all the numbers, 人次
}

// Window is a window as the public knows it.
type Window struct {
	Number int `json:"number"`
	// Name is the department's short name; empty for a discreet window.
	Name string `json:"name"`
	// Room is what the window is called instead of by its number, such as 领导接访室
	// (at most 16 half-widths, so that it fits enlarged); RoomEN is the same in an
	// English sentence. Empty for a window.
	Room   string `json:"room,omitempty"`
	RoomEN string `json:"roomEn,omitempty"`
}

// Wait is a range in whole minutes, Low at most High. A range that is not one
// is not shown.
type Wait struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// TestSlip is a page that shows at a glance whether a printer does all that
// slips need: Chinese, the sizes, reverse, the width of the paper, a QR code,
// the cut.
func TestSlip() Slip {
	return Slip{Kind: KindTest, IssuedAt: time.Now(), Track: "HTTP://127.0.0.1/T/TEST"}
}
