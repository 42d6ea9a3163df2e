package printer

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"go.bug.st/serial/enumerator"
)

// Found is a port at which a printer may be, and what was heard there.
type Found struct {
	// Port is its name, such as /dev/ttyUSB0 or COM3.
	Port string
	// Device is the name that stays with the device wherever it is plugged in;
	// empty where the system has none.
	Device string
	// USB is the maker and the model of a USB device, such as "1A86:7523".
	USB string
	// Product is what the device calls itself; may be empty.
	Product string
	// URI is what to write after --printer; empty when nothing answered.
	URI string
	// Status is what the printer said of itself.
	Status Status
	// Err is why the port could not be asked.
	Err error
}

// speeds are those that printers are delivered with, the most frequent first.
var speeds = []int{9600, 115200, 19200, 38400}

// ListPorts lists the serial ports of the system. A test has its own, for no system
// lists a pseudo-terminal.
var ListPorts = func() ([]*enumerator.PortDetails, error) { return enumerator.GetDetailedPortsList() }

// usbPrinters matches the devices of Linux's USB printer class.
const usbPrinters = "/dev/usb/lp*"

// Find asks at every port of the machine, at each usual speed, whether a printer
// answers. It tells progress what it is about to ask. A printer at the wrong speed
// may print an odd sign; one that cannot answer is not found.
func Find(ctx context.Context, progress func(port string, baud int)) ([]Found, error) {
	ports, err := ListPorts()
	if err != nil {
		return nil, &Error{Code: "printer.ports-unlisted", Text: "the ports of this machine cannot be listed", Err: err}
	}
	var found []Found
	for _, p := range ports {
		if p.Name == "" || ctx.Err() != nil {
			continue // a port without a device behind it
		}
		f := Found{Port: p.Name, Device: deviceName(p.Name), Product: p.Product}
		if p.IsUSB {
			f.USB = p.VID + ":" + p.PID
		}
		f.askAtSpeeds(ctx, progress)
		found = append(found, f)
	}
	devices, err := filepath.Glob(usbPrinters)
	if err != nil {
		return found, err
	}
	for _, name := range devices {
		f := Found{Port: name}
		progress(name, 0)
		f.ask(ctx, "usb:"+name)
		found = append(found, f)
	}
	slices.SortStableFunc(found, func(a, b Found) int { return answered(b) - answered(a) })
	return found, ctx.Err()
}

func answered(f Found) int {
	if f.URI != "" {
		return 1
	}
	return 0
}

// askAtSpeeds tries one speed after the other until something answers.
func (f *Found) askAtSpeeds(ctx context.Context, progress func(port string, baud int)) {
	for _, baud := range speeds {
		progress(f.Port, baud)
		if f.ask(ctx, fmt.Sprintf("serial:%s?baud=%d", f.lasting(), baud)) || f.Err != nil {
			return
		}
	}
}

func (f *Found) lasting() string {
	if f.Device != "" {
		return f.Device
	}
	return f.Port
}

// ask tells whether a printer answers at a URI.
func (f *Found) ask(ctx context.Context, uri string) bool {
	p, err := Open(uri)
	if err != nil {
		f.Err = err
		return false
	}
	f.Status = p.Status(ctx)
	f.Err = p.Close()
	if f.Status.State == Uncertain || f.Status.State == Offline {
		return false
	}
	f.URI = uri
	return true
}
