package printer

import (
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"

	"petitionhall/printer/escpos"
)

// Error is why a printer could not be made of a URI.
type Error struct {
	// Code is stable: printer.uri-invalid, printer.scheme-unknown,
	// printer.option-unknown, printer.option-invalid, or "printer." and a
	// Reason of the port's.
	Code string
	// Text says it in a sentence, naming the part that is wrong.
	Text string
	// Err is the cause below, if any.
	Err error
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Text
	}
	return e.Text + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Open makes the printer that a URI names and checks that its port or directory
// is there now. The forms are
//
//	serial:/dev/ttyUSB0?baud=9600&width=80&qr=raster&profile=generic
//	serial:COM3?baud=115200&flow=hardware
//	tcp:HOST:9100
//	usb:/dev/usb/lp0
//	virtual:DIR
//	none
//
// baud and flow (none, hardware or xonxoff; the last two on Linux only) go with
// serial. With all but none may be given: profile, and, over what the profile
// says, width (80 or 58, in millimetres), qr (raster or native), raster (double
// or whole: whether the printer enlarges pictures), charset (gb18030, or ascii for
// a printer without Chinese, which then gets it as dots), cut (feed, plain or old) and
// chinese-size (yes or no). Every error is an [*Error].
func Open(uri string) (Printer, error) {
	p, err := New(uri)
	if err != nil {
		return nil, err
	}
	if d, ok := p.(interface{ check() error }); ok {
		if err := d.check(); err != nil {
			_ = p.Close()
			return nil, err
		}
	}
	return p, nil
}

// New makes the printer that a URI names without touching it: for a kiosk that
// starts before its printer is switched on. The forms are those of [Open].
func New(uri string) (Printer, error) {
	a, err := parse(uri)
	if err != nil {
		return nil, err
	}
	switch a.scheme {
	case "none":
		return none{}, nil
	case "virtual":
		return newVirtual(a.place, a.profile, slog.Default()), nil
	case "tcp":
		return newDevice(tcpPort{address: a.place}, a.profile), nil
	case "usb":
		return newDevice(newFilePort(a.place), a.profile), nil
	default:
		return newDevice(&serialPort{name: a.place, baud: a.baud, flow: a.flow}, a.profile), nil
	}
}

// address is a URI taken apart.
type address struct {
	scheme  string
	place   string // port, host and port, device or directory
	baud    int
	flow    Flow
	profile Profile
}

func parse(uri string) (address, error) {
	if uri == "none" {
		return address{scheme: "none"}, nil
	}
	scheme, rest, ok := strings.Cut(uri, ":")
	if !ok {
		return address{}, &Error{Code: "printer.uri-invalid", Text: fmt.Sprintf("printer %q: write serial:PORT, tcp:HOST:PORT, usb:DEVICE, virtual:DIR or none", uri)}
	}
	if !slices.Contains([]string{"serial", "tcp", "usb", "virtual"}, scheme) {
		return address{}, &Error{Code: "printer.scheme-unknown", Text: fmt.Sprintf("printer %q: there is no %q; write serial:, tcp:, usb:, virtual: or none", uri, scheme)}
	}
	place, query, _ := strings.Cut(rest, "?")
	a := address{scheme: scheme, place: place, baud: 9600}
	if err := checkPlace(a, uri); err != nil {
		return address{}, err
	}
	return a, a.options(uri, query)
}

func checkPlace(a address, uri string) error {
	if a.place == "" {
		return &Error{Code: "printer.uri-invalid", Text: fmt.Sprintf("printer %q: what comes after %s: is missing", uri, a.scheme)}
	}
	if a.scheme != "tcp" {
		return nil
	}
	host, port, err := net.SplitHostPort(a.place)
	if err != nil || host == "" || port == "" {
		return &Error{Code: "printer.uri-invalid", Text: fmt.Sprintf("printer %q: write tcp:HOST:PORT; the port is 9100 for most printers", uri), Err: err}
	}
	return nil
}

// options reads what stands after the question mark.
func (a *address) options(uri, query string) error {
	values, err := url.ParseQuery(query)
	if err != nil {
		return &Error{Code: "printer.uri-invalid", Text: fmt.Sprintf("printer %q: the options cannot be read", uri), Err: err}
	}
	a.profile = profiles[0]
	if name := values.Get("profile"); name != "" {
		if a.profile, err = a.namedProfile(name); err != nil {
			return err
		}
	}
	a.profile.Columns = escpos.Columns80
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if len(values[name]) > 1 {
			return &Error{Code: "printer.option-invalid", Text: fmt.Sprintf("printer %q: %s is given twice", uri, name)}
		}
		if err := a.option(name, values.Get(name)); err != nil {
			return err
		}
	}
	return nil
}

func (a *address) namedProfile(name string) (Profile, error) {
	if p, ok := profileNamed(name); ok {
		return p, nil
	}
	known := make([]string, len(profiles))
	for i, p := range profiles {
		known[i] = p.Name
	}
	return Profile{}, invalidOption("profile", name, known...)
}

func (a *address) option(name, value string) error {
	if name == "baud" && a.scheme == "serial" {
		return a.setBaud(value)
	}
	choices, ok := options[name]
	if !ok || name == "flow" && a.scheme != "serial" {
		return &Error{Code: "printer.option-unknown", Text: fmt.Sprintf("printer option %q is not known for %s:", name, a.scheme)}
	}
	if name == "profile" && value != "" {
		return nil // read before the others
	}
	for _, c := range choices {
		if c.value == value {
			c.set(a)
			return nil
		}
	}
	known := make([]string, len(choices))
	for i, c := range choices {
		known[i] = c.value
	}
	if name == "profile" {
		_, err := a.namedProfile(value)
		return err
	}
	return invalidOption(name, value, known...)
}

// choice is a value that an option may have, and what it sets.
type choice struct {
	value string
	set   func(*address)
}

// options are the choices of each option, the usual one first.
var options = map[string][]choice{
	"profile": nil,
	"width": {
		{"80", func(a *address) { a.profile.Columns = escpos.Columns80 }},
		{"58", func(a *address) { a.profile.Columns = escpos.Columns58 }},
	},
	"qr": {
		{"raster", func(a *address) { a.profile.NativeQR = false }},
		{"native", func(a *address) { a.profile.NativeQR = true }},
	},
	"raster": {
		{"double", func(a *address) { a.profile.WholeRaster = false }},
		{"whole", func(a *address) { a.profile.WholeRaster = true }},
	},
	"charset": {
		{"gb18030", func(a *address) { a.profile.Charset = GB18030 }},
		{"ascii", func(a *address) { a.profile.Charset = ASCII }},
	},
	"cut": {
		{"feed", func(a *address) { a.profile.Cut = nil }},
		{"plain", func(a *address) { a.profile.Cut = feedAndCut }},
		{"old", func(a *address) { a.profile.Cut = oldCut }},
	},
	"chinese-size": {
		{"no", func(a *address) { a.profile.ChineseSize = false }},
		{"yes", func(a *address) { a.profile.ChineseSize = true }},
	},
	"flow": {
		{"none", func(a *address) { a.flow = NoFlow }},
		{"hardware", func(a *address) { a.flow = Hardware }},
		{"xonxoff", func(a *address) { a.flow = XONXOFF }},
	},
}

// bauds are the speeds that printers are sold with.
var bauds = map[string]int{
	"1200": 1200, "2400": 2400, "4800": 4800, "9600": 9600, "19200": 19200,
	"38400": 38400, "57600": 57600, "115200": 115200,
}

func (a *address) setBaud(value string) error {
	baud, ok := bauds[value]
	if !ok {
		return invalidOption("baud", value, "9600", "19200", "38400", "115200")
	}
	a.baud = baud
	return nil
}

func invalidOption(name, value string, known ...string) error {
	return &Error{
		Code: "printer.option-invalid",
		Text: fmt.Sprintf("printer option %s=%s: write %s", name, value, strings.Join(known, ", ")),
	}
}
