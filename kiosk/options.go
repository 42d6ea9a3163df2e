package kiosk

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
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
	// Log gets what goes wrong. Nil: slog.Default.
	Log *slog.Logger
}

// validate completes the options, or tells what is missing.
func (o Options) validate() (Options, error) {
	if (o.Hall == nil) == (o.HallURL == "") {
		return o, errors.New("kiosk: set either the hall or the hub's address")
	}
	if o.Pages == nil {
		return o, errors.New("kiosk: the pages are missing")
	}
	if _, err := fs.Stat(o.Pages, "kiosk.html"); err != nil {
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
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o, nil
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
