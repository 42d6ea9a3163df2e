package kiosk

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"time"
)

// ErrNoWindow is returned by Run in a program that was built without the touch
// window. Everything else of the program works there.
var ErrNoWindow = errors.New("this build has no touch window; build it with `make build`, or open the kiosk page in a browser")

// ErrNoDisplay is returned by Run when there is no screen to open a window on.
var ErrNoDisplay = errors.New("no display: neither DISPLAY nor WAYLAND_DISPLAY is set; without a screen use `petitionhall serve`")

// Options says what the touch window shows and whom it serves.
type Options struct {
	// Hall is the hall inside this program. Exactly one of Hall and HallURL is set.
	Hall http.Handler
	// HallURL is the address of the hub whose client this kiosk is, for example
	// http://10.0.0.2:8080.
	HallURL string
	// Pages holds the built pages, kiosk.html at its root.
	Pages fs.FS
	// Printer prints the tickets taken here when the kiosk is a client with a
	// printer of its own. Nil: with Hall the hall prints, with HallURL nobody does.
	Printer *Printer
	// MayLeave tells whether a password, typed after the hidden corner hold,
	// lets staff close the window. Nil: only a signal ends the program.
	MayLeave func(password string) bool
	// Windowed shows an ordinary window that can be closed, for trying the kiosk
	// on a desk. Otherwise the window fills the screen and cannot be closed.
	Windowed bool
	// Display shows a wall board instead of the kiosk: a page that can only look.
	Display bool
	// Board is which of the hall's boards a display shows, by its id. Empty: the
	// first.
	Board string
	// Silence is how long the page may be silent before it is loaded anew; after
	// twice that again the process ends with ExitFrozen. 0 is PageSilence, and with less
	// than that nobody watches the page. It must be well over 2 s, the page's beat.
	Silence time.Duration
	// Settle ends what else the program runs when the page froze for good: the
	// process ends with ExitFrozen once it returns. Nil: there is nothing.
	Settle func()
	// Log gets what goes wrong. Nil: slog.Default.
	Log *slog.Logger
}

// ExitFrozen is the exit code of a process whose page froze for good: EX_TEMPFAIL,
// which asks whoever started it to try again.
const ExitFrozen = 75

// page is the built page that the window shows.
func (o Options) page() string {
	if o.Display {
		return "board.html"
	}
	return "kiosk.html"
}

// validate completes the options, or tells what is missing.
func (o Options) validate() (Options, error) {
	if (o.Hall == nil) == (o.HallURL == "") {
		return o, errors.New("kiosk: set either the hall or the hub's address")
	}
	if o.Pages == nil {
		return o, errors.New("kiosk: the pages are missing")
	}
	if _, err := fs.Stat(o.Pages, o.page()); err != nil {
		return o, fmt.Errorf("kiosk: the pages were not built into this program, run `make build`: %w", err)
	}
	if o.HallURL != "" {
		address, err := url.Parse(o.HallURL)
		if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
			return o, fmt.Errorf("kiosk: %q is no address of a hall, expected for example http://10.0.0.2:8080", o.HallURL)
		}
	}
	if err := o.validatePrinter(); err != nil {
		return o, err
	}
	if err := o.validateDisplay(); err != nil {
		return o, err
	}
	if o.Silence == 0 {
		o.Silence = PageSilence
	}
	if o.Settle == nil {
		o.Settle = func() {}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o, nil
}

// boardID is what a board may be called.
var boardID = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

func (o Options) validateDisplay() error {
	switch {
	case !o.Display && o.Board != "":
		return errors.New("kiosk: only a display shows a board")
	case o.Display && (o.Printer != nil || o.MayLeave != nil):
		return errors.New("kiosk: a display prints nothing and has no way out for staff")
	case o.Board != "" && !boardID.MatchString(o.Board):
		return fmt.Errorf("kiosk: %q is no name of a board", o.Board)
	}
	return nil
}

// What a ticket may be printed with, beside the id of a kiosk's own printer.
const (
	printedByHub = "hub"
	notPrinted   = "none"
)

// printerID is what the hall's API takes for the id of a printer.
var printerID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

func (o Options) validatePrinter() error {
	switch {
	case o.Printer == nil:
		return nil
	case o.Hall != nil:
		return errors.New("kiosk: with the hall inside, the hall prints; the kiosk needs no printer")
	case !printerID.MatchString(o.Printer.ID) || o.Printer.ID == printedByHub || o.Printer.ID == notPrinted:
		return fmt.Errorf("kiosk: %q is no name for the kiosk's own printer", o.Printer.ID)
	case o.Printer.Port == nil:
		return errors.New("kiosk: the kiosk's own printer has no port")
	}
	return nil
}

// printer is what a ticket taken here is printed with.
func (o Options) printer() string {
	switch {
	case o.Hall != nil:
		return printedByHub
	case o.Printer != nil:
		return o.Printer.ID
	}
	return notPrinted
}
