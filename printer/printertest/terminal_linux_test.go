package printertest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"petitionhall/printer"
	"petitionhall/printer/escpos"
	"petitionhall/printer/printertest"
)

const fast = "baud=115200"

func ticket() printer.Slip {
	return printer.Slip{
		Kind: printer.KindTicket, Hall: "芷江信访超市", Number: "C012",
		Windows: []printer.Window{{Number: 3, Name: "自然资源"}}, Ahead: 4,
		Wait: &printer.Wait{Low: 10, High: 25}, Persons: 3,
		IssuedAt: time.Date(2026, 3, 2, 9, 41, 0, 0, time.UTC),
		Track:    "HTTP://10.0.0.5/T/7KQ2MZ9XW4", RejoinAfter: 3,
	}
}

// start makes a scripted printer and a driver for it. At the end of the test it
// checks that the printer understood everything.
func start(t *testing.T, script printertest.Script, options string) (*printertest.Terminal, printer.Printer) {
	t.Helper()
	scripted, err := printertest.Start(script)
	if err != nil {
		t.Fatal(err)
	}
	driver, err := printer.Open(scripted.URI(options))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := driver.Close(); err != nil {
			t.Error(err)
		}
		if err := scripted.Close(); err != nil {
			t.Error(err)
		}
		if err := scripted.Err(); err != nil {
			t.Errorf("the printer did not understand: %v", err)
		}
	})
	return scripted, driver
}

// awaitSlip waits for the nth slip and gives its text.
func awaitSlip(t *testing.T, scripted *printertest.Terminal, n int) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	sheets, err := scripted.AwaitCut(ctx, n)
	if err != nil {
		t.Fatal(err)
	}
	return sheets[n-1].Text()
}

// TestSlipOverALine prints over tarm/serial and a pseudo-terminal, with each way
// of confirming.
func TestSlipOverALine(t *testing.T) {
	tests := []struct {
		script  printertest.Script
		options string
		want    printer.OutcomeState
	}{
		{printertest.Script{}, fast, printer.Sent},
		{printertest.Script{Columns: escpos.Columns58}, fast + "&width=58&qr=native", printer.Sent},
		{printertest.Script{Mute: true}, fast, printer.Sent},
		{printertest.Script{Mute: true}, fast + "&profile=write-only", printer.Sent},
		{printertest.Script{Confirms: true}, fast + "&profile=epson-tm", printer.Confirmed},
		{printertest.Script{Confirms: true}, fast + "&profile=xprinter", printer.Confirmed},
	}
	for _, test := range tests {
		t.Run(test.options, func(t *testing.T) {
			scripted, driver := start(t, test.script, test.options)
			if got := driver.Print(t.Context(), ticket()); got.State != test.want {
				t.Errorf("outcome %v, want %s", got, test.want)
			}
			text := awaitSlip(t, scripted, 1)
			for _, want := range []string{"芷江信访超市", "C012", "3号窗口", "自然资源", "大约等10到25分钟"} {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not on the slip:\n%s", want, text)
				}
			}
		})
	}
}

func TestTroubleIsTold(t *testing.T) {
	tests := []struct {
		script printertest.Script
		want   printer.Status
	}{
		{printertest.Script{}, printer.Status{State: printer.OK, Paper: printer.PaperEnough}},
		{printertest.Script{PaperLow: true}, printer.Status{State: printer.OK, Paper: printer.PaperNearEnd}},
		{printertest.Script{PaperOut: true}, printer.Status{State: printer.PaperOut, Reason: printer.ReasonPaperOut, Paper: printer.PaperGone}},
		{printertest.Script{CoverOpen: true}, printer.Status{State: printer.CoverOpen, Reason: printer.ReasonCoverOpen, Paper: printer.PaperEnough}},
		{printertest.Script{CutterStuck: true}, printer.Status{State: printer.Faulty, Reason: printer.ReasonCutter, Paper: printer.PaperEnough}},
		{printertest.Script{Mute: true}, printer.Status{State: printer.Uncertain, Reason: printer.ReasonSilent, Paper: printer.PaperUnknown}},
	}
	for _, test := range tests {
		scripted, driver := start(t, test.script, fast)
		if got := driver.Status(t.Context()); got != test.want {
			t.Errorf("%+v: status %v, want %v", test.script, got, test.want)
		}
		if test.want.State == printer.OK || test.want.State == printer.Uncertain {
			continue
		}
		want := printer.Outcome{State: printer.Failed, Reason: test.want.Reason}
		if got := driver.Print(t.Context(), ticket()); got != want {
			t.Errorf("%+v: outcome %v, want %v", test.script, got, want)
		}
		if n := scripted.SlipBytes(); n != 0 {
			t.Errorf("%+v: %d bytes had left", test.script, n)
		}
	}
}

// TestTruthOverALine takes some 200 cells of the table of faults and bytes (all of
// them, in virtual time, are in package printer) to a real pseudo-terminal, and
// holds the same truth there. The cells wait more than they work, so many run at
// once.
func TestTruthOverALine(t *testing.T) {
	var cells sync.WaitGroup
	defer cells.Wait()
	turn := make(chan struct{}, 32)
	for _, profile := range []string{"epson-tm", "xprinter"} {
		for i, kind := range printertest.Faults() {
			for _, position := range positions(i) {
				turn <- struct{}{}
				cells.Go(func() {
					defer func() { <-turn }()
					cell{t, profile, printertest.Fault{Kind: kind, After: position}}.hold()
				})
			}
		}
	}
}

// positions are the first byte, and some all along a slip, others for each fault.
func positions(fault int) []int {
	all := []int{0}
	for position := 1 + 7*fault; position < 680; position += 80 {
		all = append(all, position)
	}
	return all
}

// cell is one fault that one slip meets.
type cell struct {
	*testing.T
	profile string
	fault   printertest.Fault
}

// truth is what may be said of the slip. A pseudo-terminal takes the rest of it for
// a line that sticks, so that only silence is heard of the printer.
func (c cell) truth() printer.Outcome {
	state, reason := c.fault.Truth()
	if c.fault.Kind == printertest.LineSticks {
		reason = string(printer.ReasonSilent)
	}
	return printer.Outcome{State: printer.OutcomeState(state), Reason: printer.Reason(reason)}
}

func (c cell) errorf(format string, args ...any) {
	c.Helper()
	c.Errorf("%s, %s at byte %d: %s", c.profile, c.fault.Kind, c.fault.After, fmt.Sprintf(format, args...))
}

func (c cell) hold() {
	scripted, err := printertest.Start(printertest.Script{Confirms: true})
	if err != nil {
		c.errorf("%v", err)
		return
	}
	driver, err := printer.New(scripted.URI(fast + "&profile=" + c.profile))
	if err != nil {
		c.errorf("%v", err)
		return
	}
	if got := driver.Print(c.Context(), ticket()); got.State != printer.Confirmed {
		c.errorf("the slip before: %v", got)
	}
	before := scripted.SlipBytes()
	scripted.Change(func(s *printertest.Script) {
		s.Fault = printertest.Fault{Kind: c.fault.Kind, After: before + c.fault.After}
	})
	got := driver.Print(c.Context(), numbered("C013"))
	if want := c.truth(); got != want {
		c.errorf("%v, want %v", got, want)
	}
	if got.State == printer.Confirmed && !printed(scripted, "C013") {
		c.errorf("confirmed, and on paper is %v", scripted.Sheets())
	}
	scripted.Change((*printertest.Script).Well)
	scripted.GoOn()
	scripted.Release()
	if c.fault.Kind != printertest.HangsUp {
		c.next(driver, scripted)
	}
	if got.State == printer.Failed && begun(scripted, "C013") {
		c.errorf("said to have failed, and came out")
	}
	if err := errors.Join(driver.Close(), scripted.Close(), scripted.Err()); err != nil {
		c.errorf("%v", err)
	}
}

// next prints the slip after it, once the trouble is over: it comes out right.
func (c cell) next(driver printer.Printer, scripted *printertest.Terminal) {
	ctx, cancel := context.WithTimeout(c.Context(), 30*time.Second)
	defer cancel()
	for driver.Status(ctx).State != printer.OK && ctx.Err() == nil {
	}
	if got := driver.Print(ctx, numbered("C014")); got.State != printer.Confirmed || !printed(scripted, "C014") {
		c.errorf("the next slip is %v, on paper: %t", got, printed(scripted, "C014"))
	}
}

func numbered(number string) printer.Slip {
	s := ticket()
	s.Number = number
	return s
}

// printed tells whether the slip of a number is on paper whole and by itself.
func printed(scripted *printertest.Terminal, number string) bool {
	sheets := scripted.Sheets()
	whole := strings.ReplaceAll(sheets[0].Text(), "C012", number)
	return slices.ContainsFunc(sheets, func(s escpos.Sheet) bool { return s.Cut && s.Text() == whole })
}

// begun tells whether anything of it is.
func begun(scripted *printertest.Terminal, number string) bool {
	return slices.ContainsFunc(scripted.Sheets(), func(s escpos.Sheet) bool { return strings.Contains(s.Text(), number) })
}

// TestFlowControl: a printer with a small buffer asks for a pause in the midst of
// a slip. Where the driver was told to listen to that, nothing is lost.
func TestFlowControl(t *testing.T) {
	script := printertest.Script{
		Confirms: true, Buffer: 256, Pause: 500 * time.Millisecond,
		Fault: printertest.Fault{Kind: printertest.SendsXOFF, After: 100},
	}
	t.Run("xonxoff", func(t *testing.T) {
		_, driver := start(t, script, fast+"&profile=epson-tm&flow=xonxoff")
		if got := driver.Print(t.Context(), ticket()); got.State != printer.Confirmed {
			t.Errorf("outcome %v", got)
		}
	})
	t.Run("none", func(t *testing.T) {
		scripted, driver := start(t, script, fast+"&profile=epson-tm")
		driver.Print(t.Context(), ticket())
		if text := scripted.Sheets()[0].Text(); strings.Contains(text, "本机不记姓名") {
			t.Errorf("the printer lost nothing, so this test shows nothing: %s", text)
		}
	})
	t.Run("hardware", func(t *testing.T) {
		_, driver := start(t, printertest.Script{Confirms: true}, fast+"&profile=epson-tm&flow=hardware") // a pseudo-terminal takes the setting and has no such lines
		if got := driver.Print(t.Context(), ticket()); got.State != printer.Confirmed {
			t.Errorf("outcome %v", got)
		}
	})
}

// TestDeviceFile prints through a device that is opened as a file, as a USB
// printer's is.
func TestDeviceFile(t *testing.T) {
	scripted, err := printertest.Start(printertest.Script{Confirms: true})
	if err != nil {
		t.Fatal(err)
	}
	driver, err := printer.Open("usb:" + scripted.Path() + "?profile=epson-tm")
	if err != nil {
		t.Fatal(err)
	}
	if got := driver.Print(t.Context(), ticket()); got.State != printer.Confirmed {
		t.Errorf("outcome %v", got)
	}
	if err := scripted.Close(); err != nil {
		t.Error(err)
	}
	if got := driver.Print(t.Context(), ticket()); got.State != printer.Failed {
		t.Errorf("unplugged: outcome %v", got)
	}
	if err := driver.Close(); err != nil {
		t.Error(err)
	}
}

// TestNetworkPrinter prints to a scripted printer on the network, which is
// switched off afterwards.
func TestNetworkPrinter(t *testing.T) {
	scripted, err := printertest.Listen(t.Context(), printertest.Script{Confirms: true})
	if err != nil {
		t.Fatal(err)
	}
	driver, err := printer.Open(scripted.URI("profile=epson-tm"))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if got := driver.Print(t.Context(), ticket()); got.State != printer.Confirmed {
			t.Errorf("outcome %v", got)
		}
	}
	if n := len(scripted.Sheets()); n != 3 {
		t.Errorf("%d slips on paper", n)
	}
	if err := scripted.Close(); err != nil {
		t.Error(err)
	}
	if got := driver.Print(t.Context(), ticket()); got.State != printer.Failed {
		t.Errorf("switched off: outcome %v", got)
	}
	if err := driver.Close(); err != nil {
		t.Error(err)
	}
}

// TestPictureOfTheSlip draws what came out, for whoever wants to see it.
func TestPictureOfTheSlip(t *testing.T) {
	scripted, driver := start(t, printertest.Script{Confirms: true}, fast+"&profile=epson-tm")
	driver.Print(t.Context(), ticket())
	image, err := scripted.Picture(0)
	if err != nil {
		t.Fatal(err)
	}
	if size := image.Bounds().Size(); size.X < 576 || size.Y < 700 {
		t.Errorf("a picture of %v", size)
	}
	if _, err := scripted.Picture(1); err == nil {
		t.Error("there is a second sheet")
	}
}

// TestUnplugIsNoticed without anybody asking. That it takes less than a second is
// held in virtual time (TestUnplugIsTold in the driver); here it is only told.
func TestUnplugIsNoticed(t *testing.T) {
	t.Logf("noticed after %v", noticed(t))
}

// noticed is how long a pulled cable goes unnoticed.
func noticed(t *testing.T) time.Duration {
	t.Helper()
	scripted, driver := start(t, printertest.Script{}, fast)
	if got := driver.Status(t.Context()); got.State != printer.OK {
		t.Fatalf("status %v", got)
	}
	changed := driver.(interface{ Changed() <-chan struct{} }).Changed()
	began := time.Now()
	scripted.HangUp()
	select {
	case <-changed:
	case <-time.After(20 * time.Second):
		t.Fatal("not noticed at all")
	}
	if got := driver.Status(t.Context()); got.State != printer.Offline {
		t.Errorf("status %v", got)
	}
	return time.Since(began)
}

// TestOneDriverAtAPort: a second start of the program must not write into the
// midst of a slip.
func TestOneDriverAtAPort(t *testing.T) {
	scripted, _ := start(t, printertest.Script{}, fast)
	second, err := printer.Open(scripted.URI(fast))
	if err == nil {
		_ = second.Close()
		t.Fatal("the port was opened twice")
	}
	if !strings.Contains(err.Error(), "in use by another program") {
		t.Errorf("error %v", err)
	}
}

func TestStrictPrinterSaysWhatItDoesNotUnderstand(t *testing.T) {
	memory := printertest.NewMemory(printertest.Script{})
	if _, err := memory.Write([]byte("\x1bQ")); err != nil {
		t.Fatal(err)
	}
	if _, err := memory.AwaitCut(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "unknown command 1B 51") {
		t.Errorf("error %v", err)
	}
}

// TestDrop: what was sent and did not reach the printer is gone.
func TestDrop(t *testing.T) {
	scripted, line := startLine(t, printertest.Script{Speed: 1000})
	line("\x1b@" + strings.Repeat("lost", 500)) // two seconds on this line
	if _, err := scripted.Await(t.Context(), func([]escpos.Sheet) bool { return scripted.SlipBytes() > 2 }); err != nil {
		t.Fatal(err)
	}
	if err := scripted.Drop(); err != nil {
		t.Fatal(err)
	}
	arrived := scripted.SlipBytes()
	line("\x1b@next\n\x1dVB\x00")
	sheets, err := scripted.AwaitCut(t.Context(), 1)
	if err != nil || sheets[0].Text() != "next\n" {
		t.Errorf("%v, on paper %v", err, sheets)
	}
	if rest := scripted.Bytes()[arrived:]; rest[0] != 0x1b {
		t.Errorf("%q arrived although it was dropped", rest)
	}
}

// TestDropInsideACommand: wherever a slip was cut off, zeros and a reset make the
// next one whole.
func TestDropInsideACommand(t *testing.T) {
	for name, begun := range map[string]string{
		"between two": "\x1b@", "a command": "\x1b@\x1d", "a size": "\x1b@\x1d!", "a question": "\x1b@\x10\x04",
		"a picture's head": "\x1b@\x1dv0\x03\x07", "a picture": "\x1b@\x1dv0\x03\x01\x00\x02\x00\xff", "a character": "\x1b@\x1c&\xd6",
	} {
		scripted, line := startLine(t, printertest.Script{})
		line(begun)
		if _, err := scripted.Await(t.Context(), func([]escpos.Sheet) bool { return scripted.SlipBytes() == len(begun) }); err != nil {
			t.Fatal(err)
		}
		if err := scripted.Drop(); err != nil {
			t.Fatal(err)
		}
		line(strings.Repeat("\x00", 100) + "\x1b@next\n\x1dVB\x00")
		sheets, err := scripted.AwaitCut(t.Context(), 1)
		if err != nil || !strings.HasSuffix(sheets[0].Text(), "next\n") {
			t.Errorf("%s: %v, on paper %v", name, err, sheets)
		}
	}
}

// startLine makes a scripted printer and a way to send it bytes without a driver.
func startLine(t *testing.T, script printertest.Script) (scripted *printertest.Terminal, send func(string)) {
	t.Helper()
	scripted, err := printertest.Start(script)
	if err != nil {
		t.Fatal(err)
	}
	line, err := os.OpenFile(scripted.Path(), os.O_WRONLY|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(line.Close(), scripted.Close()); err != nil {
			t.Error(err)
		}
	})
	return scripted, func(text string) {
		if _, err := line.WriteString(text); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHeldSlipIsFinished: the paper ends inside a slip; with a new roll the
// printer finishes it by itself, as most do. That is why nothing is printed again
// without being asked.
func TestHeldSlipIsFinished(t *testing.T) {
	scripted, driver := start(t, printertest.Script{Confirms: true, Fault: printertest.Fault{Kind: printertest.PaperEnds, After: 60}}, fast+"&profile=epson-tm")
	if got := driver.Print(t.Context(), ticket()); got != (printer.Outcome{State: printer.Unknown, Reason: printer.ReasonPaperOut}) {
		t.Errorf("outcome %v", got)
	}
	if sheets := scripted.Sheets(); len(sheets) != 1 || sheets[0].Cut {
		t.Errorf("without paper it printed %v", sheets)
	}
	scripted.Change((*printertest.Script).Well)
	if text := awaitSlip(t, scripted, 1); !strings.Contains(text, "C012") || !strings.Contains(text, "本机不记姓名") {
		t.Errorf("with a new roll\n%s", text)
	}
	if got := driver.Print(t.Context(), ticket()); got.State != printer.Confirmed {
		t.Errorf("the next slip: %v", got)
	}
}

// TestQuestionInsideAPicture: a printer answers where it must not be asked, and
// the picture is spoilt: that is an error of the driver's.
func TestQuestionInsideAPicture(t *testing.T) {
	memory := printertest.NewMemory(printertest.Script{})
	picture := append([]byte{0x1d, 'v', '0', 0, 4, 0, 4, 0}, make([]byte, 5)...)
	if _, err := memory.Write(append(picture, 0x10, 0x04, 2)); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 1)
	if n, err := memory.Read(answer); n != 1 || err != nil || answer[0] != 0x12 {
		t.Errorf("answered % X, %v", answer[:n], err)
	}
	if _, err := memory.Write(make([]byte, 8)); err != nil {
		t.Fatal(err)
	}
	if err := memory.Err(); err == nil || !strings.Contains(err.Error(), "inside a raster") {
		t.Errorf("the spoilt picture is no error: %v", err)
	}
}

// TestAllKindsOfStatus asks everything that a printer can be asked.
func TestAllKindsOfStatus(t *testing.T) {
	for _, c := range []struct {
		name     string
		script   printertest.Script
		question []byte
		want     []byte
	}{
		{"printer", printertest.Script{PaperOut: true}, []byte{0x10, 0x04, 1}, []byte{0x1a}},
		{"offline", printertest.Script{CoverOpen: true}, []byte{0x10, 0x04, 2}, []byte{0x16}},
		{"fault", printertest.Script{Overheated: true}, []byte{0x10, 0x04, 3}, []byte{0x52}},
		{"paper", printertest.Script{PaperLow: true}, []byte{0x10, 0x04, 4}, []byte{0x1e}},
		{"presenter", printertest.Script{Presents: true, SlipWaiting: true}, []byte{0x10, 0x04, 0x14}, []byte{0x10, 0x0f, 0x20, 0, 0, 0}},
		{"free buffer", printertest.Script{Buffer: 300}, []byte{0x10, 0x08, 1}, []byte{1, 0x2c}},
		{"automatic", printertest.Script{PaperLow: true}, []byte{0x1d, 'a', 0xff}, []byte{0x10, 0, 3, 0}},
		{"queued", printertest.Script{Confirms: true, PaperLow: true}, []byte{0x1d, 'r', 1}, []byte{3}},
		{"process id", printertest.Script{Confirms: true}, []byte("\x1d(H\x06\x0000ABCD"), []byte("\x37\x22ABCD\x00")},
		{"mute", printertest.Script{Mute: true}, []byte{0x10, 0x04, 1}, nil},
	} {
		memory := printertest.NewMemory(c.script)
		if _, err := memory.Write(c.question); err != nil {
			t.Fatal(err)
		}
		var got []byte
		for one := make([]byte, 1); ; {
			n, _ := memory.Read(one)
			if n == 0 {
				break
			}
			got = append(got, one...)
		}
		if !slices.Equal(got, c.want) || memory.Err() != nil {
			t.Errorf("%s: answered % X (%v), want % X", c.name, got, memory.Err(), c.want)
		}
	}
}
