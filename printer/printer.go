package printer

import "context"

// Printer prints slips, one at a time. Its methods may be called by several
// goroutines at once.
type Printer interface {
	// Print prints one slip and says what became of it. It returns when the
	// outcome is as certain as it will get, or soon after ctx ends; a slip that
	// had begun by then is Unknown. It never prints a slip twice.
	Print(ctx context.Context, slip Slip) Outcome
	// Status asks the printer how it is.
	Status(ctx context.Context) Status
	// Close gives the printer back. It does not wait for one that hangs.
	Close() error
}

// OutcomeState is what is known of a slip after printing it.
type OutcomeState string

// The states of an outcome, the surest first. Never reprint an Unknown slip
// without a person's wish: many printers hold the rest and finish after a
// change of paper, and two slips with one number are a quarrel in the hall.
const (
	// Confirmed: the printer said that the slip is finished.
	Confirmed OutcomeState = "confirmed"
	// Sent: every byte left and nothing spoke against it, but the printer did
	// not say that it finished.
	Sent OutcomeState = "sent"
	// Failed: it is known that nothing was printed.
	Failed OutcomeState = "failed"
	// Unknown: it stopped midway, or the printer fell silent or into trouble
	// before it confirmed.
	Unknown OutcomeState = "unknown"
	// NotPrinted: there is no printer here, by configuration.
	NotPrinted OutcomeState = "none"
)

// Outcome is what became of a slip, and why when that is no success.
type Outcome struct {
	State  OutcomeState `json:"state"`
	Reason Reason       `json:"reason,omitempty"`
}

// StatusState is how a printer is.
type StatusState string

// The states of a printer.
const (
	// OK: it answered and can print.
	OK StatusState = "ok"
	// PaperOut: there is no paper.
	PaperOut StatusState = "paper-out"
	// CoverOpen: the cover is open.
	CoverOpen StatusState = "cover-open"
	// Faulty: it reports an error; the reason says which.
	Faulty StatusState = "error"
	// Silent: it has answered before and does so no more.
	Silent StatusState = "silent"
	// Offline: there is no connection to it.
	Offline StatusState = "offline"
	// NoPrinter: none is configured.
	NoPrinter StatusState = "none"
	// Uncertain: not asked yet, or connected and never heard of: it is off, or
	// one of those that cannot answer. Printing is worth trying.
	Uncertain StatusState = "unknown"
)

// Paper is how much paper is left.
type Paper string

// The levels of paper. The sensor for the near end is optional: a printer
// without it goes from PaperEnough to PaperGone.
const (
	PaperEnough  Paper = "ok"
	PaperNearEnd Paper = "near-end"
	PaperGone    Paper = "out"
	PaperUnknown Paper = "unknown"
)

// Status is what a printer says of itself.
type Status struct {
	State  StatusState `json:"state"`
	Reason Reason      `json:"reason,omitempty"`
	Paper  Paper       `json:"paper"`
}

// Reason is a stable code for why something is not as it should be. It is for
// programs and for the desk's wording, never for a visitor to read.
type Reason string

// The reasons.
const (
	ReasonPaperOut     Reason = "paper-out"
	ReasonCoverOpen    Reason = "cover-open"
	ReasonJam          Reason = "jam"
	ReasonCutter       Reason = "cutter"
	ReasonOverheated   Reason = "overheated"
	ReasonError        Reason = "error"         // an error that the printer does not name
	ReasonSilent       Reason = "silent"        // connected, no answer
	ReasonUnconfirmed  Reason = "unconfirmed"   // it should have confirmed and did not
	ReasonSlipWaiting  Reason = "slip-waiting"  // well, and a slip is still to be taken
	ReasonUnplugged    Reason = "unplugged"     // the connection ended
	ReasonStuck        Reason = "stuck"         // the port took no more bytes in time
	ReasonPortMissing  Reason = "port-missing"  // no such port or host
	ReasonPortDenied   Reason = "port-denied"   // no right to open the port
	ReasonPortBusy     Reason = "port-busy"     // another program has the port
	ReasonPortUnusable Reason = "port-unusable" // it is no port, or does not take the settings
	ReasonCancelled    Reason = "cancelled"     // the caller gave up
	ReasonNotBegun     Reason = "not-begun"     // it could not be recorded that the slip begins
	ReasonClosed       Reason = "closed"        // the printer was closed
	ReasonInvalidSlip  Reason = "slip-invalid"  // a kind of slip that is not known
	ReasonNoPrinter    Reason = "no-printer"    // none is configured
	ReasonDirectory    Reason = "directory"     // the directory of a virtual printer takes no file
	ReasonDiskFull     Reason = "disk-full"     // its disk is full
)

// none is the printer of a hall without one.
type none struct{}

func (none) Print(context.Context, Slip) Outcome {
	return Outcome{State: NotPrinted, Reason: ReasonNoPrinter}
}

func (none) Status(context.Context) Status {
	return Status{State: NoPrinter, Reason: ReasonNoPrinter, Paper: PaperUnknown}
}

func (none) Close() error { return nil }
