package printer

import (
	"fmt"
	"strings"
	"testing"

	"go.bug.st/serial/enumerator"

	"petitionhall/printer/printertest"
)

// TestFind looks at three ports: a printer at 19200 baud, a line on which nobody
// answers, and one that is gone.
func TestFind(t *testing.T) {
	scripted, err := printertest.Start(printertest.Script{Baud: 19200, PaperLow: true})
	if err != nil {
		t.Fatal(err)
	}
	mute, err := printertest.Start(printertest.Script{Mute: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := scripted.Close(); err != nil {
			t.Error(err)
		}
		if err := mute.Close(); err != nil {
			t.Error(err)
		}
	})
	before := ListPorts
	t.Cleanup(func() { ListPorts = before })
	ListPorts = func() ([]*enumerator.PortDetails, error) {
		return []*enumerator.PortDetails{
			{}, {Name: mute.Path()}, {Name: "/dev/absent"},
			{Name: scripted.Path(), IsUSB: true, VID: "1A86", PID: "7523", Product: "USB Serial"},
		}, nil
	}
	var asked []string
	found, err := Find(t.Context(), func(port string, baud int) { asked = append(asked, fmt.Sprint(port, " ", baud)) })
	if err != nil || len(found) < 3 {
		t.Fatalf("found %v, %v", found, err)
	}
	want := Found{
		Port: scripted.Path(), USB: "1A86:7523", Product: "USB Serial",
		URI: "serial:" + scripted.Path() + "?baud=19200", Status: Status{OK, "", PaperNearEnd},
	}
	if found[0] != want {
		t.Errorf("found %+v, want %+v", found[0], want)
	}
	if found[1].Port != mute.Path() || found[1].URI != "" || found[1].Err != nil {
		t.Errorf("where nobody answers: %+v", found[1])
	}
	if found[2].Err == nil || !strings.Contains(found[2].Err.Error(), "no printer at /dev/absent") {
		t.Errorf("where there is no port: %+v", found[2])
	}
	if len(asked) < 4+1+3 {
		t.Errorf("progress told %v", asked)
	}
}
