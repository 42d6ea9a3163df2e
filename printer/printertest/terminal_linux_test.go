package printertest_test

import (
	"context"
	"slices"
	"strings"
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
		{printertest.Script{Confirms: true}, fast + "&profile=queued-status", printer.Confirmed},
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

// TestHangUpOverALine pulls the cable at some bytes of a slip. The table of all
// bytes, in virtual time, is in package printer.
func TestHangUpOverALine(t *testing.T) {
	for _, options := range []string{fast, fast + "&profile=epson-tm", fast + "&profile=write-only"} {
		for _, position := range []int{1, 2, 5, 40, 255, 256, 257, 300, 600} {
			_, driver := start(t, printertest.Script{HangUpAfter: position, Confirms: true}, options)
			got := driver.Print(t.Context(), ticket())
			if got.State != printer.Unknown && got.State != printer.Sent {
				t.Errorf("%s, byte %d: outcome %v", options, position, got)
			}
		}
		scripted, driver := start(t, printertest.Script{Confirms: true}, options)
		scripted.HangUp()
		if got := driver.Print(t.Context(), ticket()); got.State != printer.Failed {
			t.Errorf("%s, before the first byte: outcome %v", options, got)
		}
	}
}

func TestUnplugIsNoticed(t *testing.T) {
	scripted, driver := start(t, printertest.Script{}, fast)
	if got := driver.Status(t.Context()); got.State != printer.OK {
		t.Fatalf("status %v", got)
	}
	scripted.HangUp()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var seen []printer.StatusState
	for !slices.Contains(seen, printer.Offline) && ctx.Err() == nil {
		seen = append(seen, driver.Status(ctx).State)
	}
	if !slices.Contains(seen, printer.Offline) {
		t.Errorf("status %v", seen)
	}
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
