package printer

import (
	"os"
	"path/filepath"
	"testing"

	"petitionhall/printer/printertest"
)

// terminals are scripted printers, the ends of lines that a test plugs together.
func terminals(t *testing.T, n int) []*printertest.Terminal {
	t.Helper()
	all := make([]*printertest.Terminal, n)
	for i := range all {
		scripted, err := printertest.Start(printertest.Script{Confirms: true})
		if err != nil {
			t.Fatal(err)
		}
		all[i] = scripted
		t.Cleanup(func() {
			if err := scripted.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return all
}

func link(t *testing.T, name, target string) {
	t.Helper()
	_ = os.Remove(name) // there may be none yet
	if err := os.Symlink(target, name); err != nil {
		t.Fatal(err)
	}
}

// TestSameDeviceAfterUnplug: the cable was pulled, and plugged in again the
// printer is ttyUSB1, while something else has become ttyUSB0.
func TestSameDeviceAfterUnplug(t *testing.T) {
	directory := t.TempDir()
	before := byID
	byID = t.TempDir()
	t.Cleanup(func() { byID = before })
	all := terminals(t, 3)
	port, device := filepath.Join(directory, "ttyUSB0"), filepath.Join(byID, "usb-printer-if00")
	link(t, port, all[0].Path())
	link(t, device, all[0].Path())

	p, err := Open("serial:" + port + "?baud=115200&profile=epson-tm")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Print(t.Context(), ticket()); got.State != Confirmed {
		t.Fatalf("outcome %v", got)
	}
	all[0].HangUp()
	<-p.(interface{ Changed() <-chan struct{} }).Changed() // it has noticed
	link(t, port, all[1].Path())                           // somebody else
	if err := os.Remove(device); err != nil {
		t.Fatal(err)
	}
	if got := p.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonPortMissing}) {
		t.Errorf("with the printer unplugged: %v", got)
	}
	link(t, device, all[2].Path())
	if got := p.Print(t.Context(), ticket()); got.State != Confirmed {
		t.Errorf("with the printer at another port: %v", got)
	}
	if n := all[1].SlipBytes(); n != 0 {
		t.Errorf("%d bytes went to somebody else", n)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}
