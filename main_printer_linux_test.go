package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"go.bug.st/serial/enumerator"

	"petitionhall/printer"
	"petitionhall/printer/printertest"
)

// scriptedPrinter is a printer on a pseudo-terminal, and what to write after
// --printer.
func scriptedPrinter(t *testing.T, script printertest.Script) (*printertest.Terminal, string) {
	t.Helper()
	scripted, err := printertest.Start(script)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := scripted.Close(); err != nil {
			t.Error(err)
		}
		if err := scripted.Err(); err != nil {
			t.Errorf("the printer did not understand: %v", err)
		}
	})
	return scripted, scripted.URI("baud=115200&profile=epson-tm")
}

// wantSaid checks a program's exit code and that it said all this.
func wantSaid(t *testing.T, code, wantCode int, said string, want ...string) {
	t.Helper()
	if code != wantCode {
		t.Errorf("exit code %d, want %d", code, wantCode)
	}
	for _, w := range want {
		if !strings.Contains(said, w) {
			t.Errorf("%q was not said, but\n%s", w, said)
		}
	}
	if strings.Contains(said, "panic") || strings.Contains(said, "goroutine") {
		t.Errorf("it broke down:\n%s", said)
	}
}

// TestPrinterStatus: an installer asks how the printer is.
func TestPrinterStatus(t *testing.T) {
	for _, c := range []struct {
		script printertest.Script
		want   []string
	}{
		{printertest.Script{}, []string{"正常\n", "ready (ok, paper ok)\n"}},
		{printertest.Script{PaperOut: true}, []string{"没纸了，请换纸\n", "out of paper: put in a new roll (paper-out, paper-out, paper out)\n"}},
		{printertest.Script{Mute: true}, []string{"打印机没回应，请看电源和线\n", "(silent, silent, paper unknown)\n"}},
	} {
		_, uri := scriptedPrinter(t, c.script)
		code, said := runProgram(t, "printer", "status", "--printer", uri)
		wantSaid(t, code, 0, said, c.want...)
	}
}

// TestPrinterTest: a test slip comes out, or the program says why not and fails.
func TestPrinterTest(t *testing.T) {
	for _, c := range []struct {
		script printertest.Script
		code   int
		want   []string
	}{
		{printertest.Script{Confirms: true}, 0, []string{"已打印，打印机确认过\n", "printed: the printer confirmed it (confirmed)\n"}},
		{printertest.Script{}, 0, []string{"已发送，打印机没有确认\n", "(sent, unconfirmed)\n"}},
		{printertest.Script{CoverOpen: true}, 1, []string{"没打出来：盖子没盖好\n", "the test slip did not come out\n"}},
		{printertest.Script{Confirms: true, Fault: printertest.Fault{Kind: printertest.HangsUp, After: 300}}, 1,
			[]string{"不确定打出来没有：打印机的线断开了\n", "the printer was unplugged (unknown, unplugged)\n"}},
	} {
		scripted, uri := scriptedPrinter(t, c.script)
		code, said := runProgram(t, "printer", "test", "--printer", uri)
		wantSaid(t, code, c.code, said, c.want...)
		if sheets := scripted.Sheets(); c.code == 0 && (len(sheets) != 1 || !sheets[0].Cut) {
			t.Errorf("on paper is %v", sheets)
		}
	}
}

// TestPrinterPortThatIsNotThere: the sentence names the port and what is wrong with
// it.
func TestPrinterPortThatIsNotThere(t *testing.T) {
	absent := filepath.Join(t.TempDir(), "ttyUSB0")
	for _, command := range []string{"status", "test"} {
		code, said := runProgram(t, "printer", command, "--printer", "serial:"+absent)
		wantSaid(t, code, 1, said, "there is no printer at "+absent)
	}
	code, said := runProgram(t, "printer", "status", "--printer", "parallel:1")
	wantSaid(t, code, 2, said, "write serial:, tcp:, usb:, virtual: or none")
	gone, uri := scriptedPrinter(t, printertest.Script{})
	gone.HangUp()
	code, said = runProgram(t, "printer", "status", "--printer", uri)
	wantSaid(t, code, 1, said, "there is no printer at "+gone.Path())
	scripted, uri := scriptedPrinter(t, printertest.Script{})
	holds, err := printer.Open(uri)
	if err != nil {
		t.Fatal(err)
	}
	code, said = runProgram(t, "printer", "status", "--printer", uri)
	wantSaid(t, code, 1, said, scripted.Path()+" is in use by another program")
	if err := holds.Close(); err != nil {
		t.Error(err)
	}
}

// TestPrinterFind looks at a printer, at a line on which nobody answers, and at two
// ports that vanished after they were listed. It runs in this process, for no
// system lists a pseudo-terminal.
func TestPrinterFind(t *testing.T) {
	answers, _ := scriptedPrinter(t, printertest.Script{Baud: 115200, PaperLow: true})
	mute, _ := scriptedPrinter(t, printertest.Script{Mute: true})
	vanishes, _ := scriptedPrinter(t, printertest.Script{})
	vanishes.HangUp()
	ports := []*enumerator.PortDetails{
		{Name: mute.Path()}, {Name: vanishes.Path()}, {Name: "/dev/vanished"},
		{Name: answers.Path(), IsUSB: true, VID: "1A86", PID: "7523", Product: "USB Serial"},
	}
	before := printer.ListPorts
	t.Cleanup(func() { printer.ListPorts = before })
	printer.ListPorts = func() ([]*enumerator.PortDetails, error) { return ports, nil }

	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"printer", "find"}, &out, &errs)
	wantSaid(t, code, 0, out.String(),
		answers.Path()+", 1A86:7523, USB Serial: a printer answered\n",
		`--printer "serial:`+answers.Path()+`?baud=115200"`,
		"纸快用完了，请备纸\n",
		mute.Path()+": nothing answered\n",
		vanishes.Path()+": there is no printer at "+vanishes.Path(),
		"/dev/vanished: there is no printer at /dev/vanished",
	)
	wantSaid(t, code, 0, errs.String(), "asking at "+mute.Path()+", 38400 baud")

	ports = ports[:3]
	errs.Reset()
	code = run(t.Context(), []string{"printer", "find"}, &out, &errs)
	wantSaid(t, code, 1, errs.String(), "no printer answered (3 ports asked): look at power and cable")
}
