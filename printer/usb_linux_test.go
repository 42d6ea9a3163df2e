package printer

import (
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"petitionhall/printer/printertest"
)

// onlyOnce opens a device as Linux' driver for USB printers does: while it is
// open, it is busy for everybody else, its own program included.
func onlyOnce(t *testing.T) func(string) (*os.File, error) {
	t.Helper()
	var first atomic.Pointer[os.File]
	return func(name string) (*os.File, error) {
		if f := first.Load(); f != nil && f.SetDeadline(time.Time{}) == nil { // not closed yet
			return nil, &os.PathError{Op: "open", Path: name, Err: syscall.EBUSY}
		}
		file, err := openDevice(name)
		first.Store(file)
		return file, err
	}
}

// TestUSBPrinterIsOpenedOnce prints at a device that refuses a second open, as
// /dev/usb/lp0 does, and again after it was given back.
func TestUSBPrinterIsOpenedOnce(t *testing.T) {
	scripted, err := printertest.Start(printertest.Script{Confirms: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := scripted.Close(); err != nil {
			t.Error(err)
		}
	})
	profile, _ := profileNamed("epson-tm")
	profile.Columns = 48
	open := onlyOnce(t)
	for range 2 {
		d := newDevice(filePort{name: scripted.Path(), open: open}, profile)
		if got := d.Print(t.Context(), ticket()); got != (Outcome{State: Confirmed}) {
			t.Errorf("outcome %v", got)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestUSBPrinterIsLocked: the one open is also the lock against a second start
// of the program, where the driver would let it in.
func TestUSBPrinterIsLocked(t *testing.T) {
	scripted, err := printertest.Start(printertest.Script{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := scripted.Close(); err != nil {
			t.Error(err)
		}
	})
	place := newFilePort(scripted.Path())
	first, err := place.dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if second, err := place.dial(t.Context()); err == nil || dialReason(err) != ReasonPortBusy {
		t.Errorf("a second start: %v, %v", second, err)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
}
