package printertest

import "time"

// Script is how a printer behaves. The zero value is a healthy printer with 80
// mm paper that answers questions about its status and confirms nothing.
type Script struct {
	// Columns is the width of the paper in half-width characters; 0 is 48.
	Columns int
	// Mute: it prints and answers nothing.
	Mute bool
	// Confirms: it answers the process-id and the queued-status request once it
	// has printed what came before.
	Confirms bool
	// IgnoresIDs: of the two it knows the queued status only.
	IgnoresIDs bool
	// ConfirmsLate is how many questions about the status are asked before it has
	// printed and confirms.
	ConfirmsLate int
	// PrintTime is how long it takes over a slip, from the cut's arrival to the
	// confirmation. A real one takes a second or two.
	PrintTime time.Duration
	// PaperOut, CoverOpen, CutterStuck, Jammed, Overheated: what it says of
	// itself. In each it prints nothing, holds what arrives and, once the trouble
	// is over, goes on where it stopped.
	PaperOut, CoverOpen, CutterStuck, Jammed, Overheated bool
	// PaperLow: the near-end sensor, if there is one, has seen the end come.
	PaperLow bool
	// Forgets: in trouble it drops what arrives instead of holding it.
	Forgets bool
	// Lasts is after how long a trouble that began with a fault is over by itself; 0
	// is never.
	Lasts time.Duration
	// ResetSilences: a reset (ESC @) also ends its telling by itself what changes.
	ResetSilences bool
	// Buffer is how many bytes it can hold; what exceeds it is lost. 0 is 4096.
	Buffer int
	// Presents: it has a presenter. SlipWaiting: a slip is in it.
	Presents, SlipWaiting bool
	// Baud is the speed that it understands; 0 is any. Only a [Terminal] can tell
	// the speed of its line.
	Baud int
	// Speed is how many bytes a second its line takes; 0 is no limit.
	Speed int
	// Off is for how long [PowerCycles] keeps it off; 0 is 1.5 s.
	Off time.Duration
	// Pause is after how long a printer that sent XOFF goes on by itself; 0 is
	// never (see [Printer.GoOn]).
	Pause time.Duration
	// Fault is what goes wrong, and when.
	Fault Fault
}

// Fault is one thing that goes wrong at an exact byte.
type Fault struct {
	Kind FaultKind
	// After is how many bytes arrived when it happens, questions about the status
	// not counted; 0 is before the first.
	After int
}

// FaultKind is what goes wrong.
type FaultKind string

// The faults.
const (
	None          FaultKind = ""
	PaperEnds     FaultKind = "paper ends"
	CoverOpens    FaultKind = "cover opens"
	CutterSticks  FaultKind = "cutter sticks"
	PaperJams     FaultKind = "paper jams"
	HeadOverheats FaultKind = "head overheats"
	FallsMute     FaultKind = "falls mute" // prints, and answers nothing more
	LineNoise     FaultKind = "line noise" // bytes that are no answer arrive at the driver
	HangsUp       FaultKind = "hangs up"   // the cable is pulled
	LineSticks    FaultKind = "line sticks"
	SendsXOFF     FaultKind = "sends XOFF" // and takes only what its buffer holds
	PowerCycles   FaultKind = "power cycles"
)

// Faults are all kinds of faults.
func Faults() []FaultKind {
	return []FaultKind{PaperEnds, CoverOpens, CutterSticks, PaperJams, HeadOverheats, FallsMute, LineNoise, HangsUp, LineSticks, SendsXOFF, PowerCycles}
}

// truths are what may be said of a slip in whose midst a fault came: how it
// stands, and why.
var truths = map[FaultKind][2]string{
	PaperEnds:     {"unknown", "paper-out"},
	CoverOpens:    {"unknown", "cover-open"},
	CutterSticks:  {"unknown", "cutter"},
	PaperJams:     {"unknown", "jam"},
	HeadOverheats: {"unknown", "overheated"},
	FallsMute:     {"unknown", "silent"},
	LineNoise:     {"confirmed", ""}, // it harms nothing
	HangsUp:       {"unknown", "unplugged"},
	LineSticks:    {"unknown", "stuck"},
	SendsXOFF:     {"unknown", "unconfirmed"},
	PowerCycles:   {"unknown", "silent"},
}

// Truth is what a driver may say of a slip that met a fault, of a printer that
// confirms: the state and the reason of its outcome. Of a fault before the slip's
// first byte nothing can have been printed.
func (f Fault) Truth() (state, reason string) {
	truth := truths[f.Kind]
	if f.After == 0 && truth[0] == "unknown" && f.Kind != SendsXOFF {
		truth[0] = "failed"
	}
	return truth[0], truth[1]
}

// Troubles are the faults in which a printer says of itself that it prints nothing.
func Troubles() []FaultKind {
	return []FaultKind{PaperEnds, CoverOpens, CutterSticks, PaperJams, HeadOverheats}
}

// noise is what a bad cable makes: breaks, which read as zero, and halves of
// answers.
var noise = []byte{0xff, 0x00, 0x55, 0x37, 0x22, 0x10, 0xe0}

// Well ends every trouble: new paper in, cover shut, cutter free, cooled down,
// speaking again. What the printer held it now prints.
func (s *Script) Well() {
	s.PaperOut, s.CoverOpen, s.CutterStuck, s.Jammed, s.Overheated, s.PaperLow = false, false, false, false, false, false
	s.Mute, s.Fault = false, Fault{}
}

// troubled tells whether it prints nothing now.
func (s *Script) troubled() bool {
	return s.PaperOut || s.CoverOpen || s.CutterStuck || s.Jammed || s.Overheated
}
