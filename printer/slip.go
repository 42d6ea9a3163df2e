package printer

import "time"

// Kind says what a slip is for.
type Kind string

const (
	// KindTicket is the slip that a visitor takes with a number.
	KindTicket Kind = "ticket"
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
}

// Window is a window as the public knows it.
type Window struct {
	Number int `json:"number"`
	// Name is the department's short name; empty for a discreet window.
	Name string `json:"name"`
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
