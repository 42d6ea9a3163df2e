package printer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/printer/escpos"
	"petitionhall/printer/printertest"
)

// memoryLine dials a scripted printer in memory, at the speed of 9600 baud.
type memoryLine struct {
	printer *printertest.Memory
	absent  error // if set, dialling fails with it
	dials   int
	speed   int    // bytes a second; 0 is that of 9600 baud
	name    string // empty is memory
}

func (l *memoryLine) dial(context.Context) (port, error) {
	l.dials++
	if l.absent != nil {
		return nil, l.absent
	}
	return l.printer, nil
}

func (l *memoryLine) perByte() time.Duration {
	return time.Second / time.Duration(cmp.Or(l.speed, 960))
}
func (l *memoryLine) String() string { return cmp.Or(l.name, "memory") }

// bench is a driver and the printer that it drives.
type bench struct {
	*device
	line    *memoryLine
	printer *printertest.Memory
	profile Profile
}

// inVirtualTime runs a test against a scripted printer, and at its end checks
// that the printer was never misused.
func inVirtualTime(t *testing.T, profile string, script printertest.Script, test func(t *testing.T, b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p, ok := profileNamed(profile)
		if !ok {
			t.Fatalf("no profile %q", profile)
		}
		p.Columns = escpos.Columns80
		b := &bench{printer: printertest.NewMemory(script), profile: p}
		b.line = &memoryLine{printer: b.printer}
		b.device = newDevice(b.line, p)
		test(t, b)
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if err := b.printer.Err(); err != nil {
			t.Errorf("the printer was misused: %v", err)
		}
	})
}

// TestOutcomeOfHealthyPrinter prints two slips: a way to confirm that the printer
// does not know is tried with the first and not again.
func TestOutcomeOfHealthyPrinter(t *testing.T) {
	confirmed, sent, unconfirmed := Outcome{State: Confirmed}, Outcome{State: Sent}, Outcome{State: Sent, Reason: ReasonUnconfirmed}
	tests := []struct {
		profile string
		script  printertest.Script
		want    [2]Outcome
	}{
		{"generic", printertest.Script{}, [2]Outcome{unconfirmed, sent}},
		{"generic", printertest.Script{Mute: true}, [2]Outcome{sent, sent}},
		{"generic", printertest.Script{PaperLow: true}, [2]Outcome{unconfirmed, sent}},
		{"generic", printertest.Script{Confirms: true}, [2]Outcome{confirmed, confirmed}},
		{"write-only", printertest.Script{Mute: true}, [2]Outcome{sent, sent}},
		{"write-only", printertest.Script{Confirms: true}, [2]Outcome{sent, sent}},
		{"epson-tm", printertest.Script{Confirms: true}, [2]Outcome{confirmed, confirmed}},
		{"epson-tm", printertest.Script{Confirms: true, ConfirmsLate: 1}, [2]Outcome{confirmed, confirmed}},
		{"epson-tm", printertest.Script{Confirms: true, ConfirmsLate: 2}, [2]Outcome{confirmed, confirmed}},
		{"epson-tm", printertest.Script{Confirms: true, ConfirmsLate: 7}, [2]Outcome{confirmed, confirmed}},
		{"epson-tm", printertest.Script{Confirms: true, PrintTime: 3 * time.Second}, [2]Outcome{confirmed, confirmed}},
		{"epson-tm", printertest.Script{Confirms: true, Speed: 300}, [2]Outcome{confirmed, confirmed}}, // a third of what the line could carry
		{"epson-tm", printertest.Script{Confirms: true, IgnoresIDs: true}, [2]Outcome{unconfirmed, confirmed}},
		{"xprinter", printertest.Script{Confirms: true, ConfirmsLate: 2}, [2]Outcome{confirmed, confirmed}},
		{"xprinter", printertest.Script{Confirms: true, PaperLow: true}, [2]Outcome{confirmed, confirmed}},
		{"xprinter", printertest.Script{Confirms: true, PrintTime: 3 * time.Second}, [2]Outcome{confirmed, confirmed}},
		{"custom-presenter", printertest.Script{Confirms: true, Presents: true}, [2]Outcome{confirmed, confirmed}},
		{"custom-presenter", printertest.Script{Confirms: true}, [2]Outcome{confirmed, confirmed}},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s %+v", test.profile, test.script), func(t *testing.T) {
			inVirtualTime(t, test.profile, test.script, func(t *testing.T, b *bench) {
				for _, want := range test.want {
					if got := b.Print(t.Context(), ticket()); got != want {
						t.Errorf("outcome %v, want %v", got, want)
					}
				}
				if sheets := b.printer.Sheets(); len(sheets) != 2 || !strings.Contains(sheets[1].Text(), "C012") {
					t.Errorf("the paper shows %v", sheets)
				}
			})
		})
	}
}

func TestTroubleBeforeTheFirstByteFails(t *testing.T) {
	tests := []struct {
		script printertest.Script
		reason Reason
		status Status
	}{
		{printertest.Script{PaperOut: true}, ReasonPaperOut, Status{PaperOut, ReasonPaperOut, PaperGone}},
		{printertest.Script{CoverOpen: true}, ReasonCoverOpen, Status{CoverOpen, ReasonCoverOpen, PaperEnough}},
		{printertest.Script{CutterStuck: true}, ReasonCutter, Status{Faulty, ReasonCutter, PaperEnough}},
	}
	for _, test := range tests {
		t.Run(string(test.reason), func(t *testing.T) {
			inVirtualTime(t, "generic", test.script, func(t *testing.T, b *bench) {
				if got := b.Status(t.Context()); got != test.status {
					t.Errorf("status %v, want %v", got, test.status)
				}
				if got := b.Print(t.Context(), ticket()); got != (Outcome{Failed, test.reason}) {
					t.Errorf("outcome %v", got)
				}
				if n := b.printer.SlipBytes(); n != 0 {
					t.Errorf("%d bytes of a slip that failed had left", n)
				}
			})
		})
	}
}

// TestHangUpAtEveryByte pulls the cable at every byte of a slip of text, and at
// some of one with a picture. Whatever the moment, the outcome is true: failed
// with no byte gone, unknown after, and never confirmed.
func TestHangUpAtEveryByte(t *testing.T) {
	text := ticket()
	text.Track = ""
	for _, profile := range []string{"generic", "write-only", "epson-tm", "xprinter"} {
		hangUpAlong(t, profile, text, 1)
		hangUpAlong(t, profile, ticket(), 29)
	}
}

func hangUpAlong(t *testing.T, profile string, slip Slip, step int) {
	t.Helper()
	data, _ := Profile{Columns: escpos.Columns80}.encode(slip)
	for position := 0; position <= len(data); position += step {
		script := printertest.Script{Fault: printertest.Fault{Kind: printertest.HangsUp, After: position}, Confirms: true}
		inVirtualTime(t, profile, script, func(t *testing.T, b *bench) {
			want := Unknown
			if position == 0 {
				b.printer.HangUp()
				want = Failed
			}
			if got := b.Print(t.Context(), slip); got != (Outcome{want, ReasonUnplugged}) {
				t.Errorf("%s, byte %d: outcome %v", profile, position, got)
			}
		})
	}
}

// TestPaperOutAtSomeByte ends the paper inside a slip. The printer may finish
// after a change of paper or not: nobody knows.
func TestPaperOutAtSomeByte(t *testing.T) {
	data, _ := Profile{Columns: escpos.Columns80}.encode(ticket())
	for _, profile := range []string{"generic", "epson-tm", "xprinter"} {
		for position := 1; position <= len(data); position += 41 {
			script := printertest.Script{Fault: printertest.Fault{Kind: printertest.PaperEnds, After: position}, Confirms: true}
			inVirtualTime(t, profile, script, func(t *testing.T, b *bench) {
				if got := b.Print(t.Context(), ticket()); got != (Outcome{Unknown, ReasonPaperOut}) {
					t.Errorf("%s, byte %d: outcome %v", profile, position, got)
				}
				b.printer.Change(func(s *printertest.Script) { *s = printertest.Script{Confirms: true} })
				if got := b.Print(t.Context(), ticket()); got.State == Failed || got.State == Unknown {
					t.Errorf("%s, byte %d: with new paper, outcome %v", profile, position, got)
				}
			})
		}
	}
}

// TestConfirmationOfAnEarlierSlip: a queued status does not say which slip it
// confirms. What comes late for one must not count for the slip after it.
func TestConfirmationOfAnEarlierSlip(t *testing.T) {
	script := printertest.Script{Confirms: true}
	inVirtualTime(t, "xprinter", script, func(t *testing.T, b *bench) {
		if got := b.Print(t.Context(), ticket()); got != (Outcome{State: Confirmed}) {
			t.Fatalf("outcome %v", got)
		}
		b.printer.Change(func(s *printertest.Script) { s.PrintTime = 20 * time.Second })
		for range 3 {
			if got := b.Print(t.Context(), ticket()); got != (Outcome{Unknown, ReasonUnconfirmed}) {
				t.Errorf("a slip that was not confirmed: %v", got)
			}
		}
		b.printer.Change(func(s *printertest.Script) { s.PrintTime = 0 })
		time.Sleep(time.Minute)
		if got := b.Print(t.Context(), ticket()); got != (Outcome{State: Confirmed}) {
			t.Errorf("in the end: %v", got)
		}
	})
}

// TestSlipOfAnEarlierRun: the program was ended in the midst of a picture, and
// the printer waits for the rest of it.
func TestSlipOfAnEarlierRun(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{Confirms: true}, func(t *testing.T, b *bench) {
		data, _ := b.profile.encode(ticket())
		if _, err := b.printer.Write(data[:len(data)/2]); err != nil {
			t.Fatal(err)
		}
		b.Interrupted()
		if got := b.Print(t.Context(), ticket()); got != (Outcome{State: Confirmed}) {
			t.Errorf("outcome %v", got)
		}
		sheets := b.printer.Sheets()
		if len(sheets) != 2 || !strings.HasPrefix(sheets[1].Text(), "芷江信访超市\nC012\n") {
			t.Errorf("the paper shows %v", sheets)
		}
	})
}

// TestPresenter: a slip that nobody took is told, and is out of the way before
// the next.
func TestPresenter(t *testing.T) {
	inVirtualTime(t, "custom-presenter", printertest.Script{Confirms: true, Presents: true}, func(t *testing.T, b *bench) {
		b.Print(t.Context(), ticket())
		if got := b.Status(t.Context()); got != (Status{OK, ReasonSlipWaiting, PaperEnough}) {
			t.Errorf("with a slip held out, status %v", got)
		}
		b.printer.Change(func(s *printertest.Script) { s.SlipWaiting = false })
		if got := b.Status(t.Context()); got != (Status{OK, "", PaperEnough}) {
			t.Errorf("with the slip taken, status %v", got)
		}
	})
}

// TestUnplugIsTold: nobody has to ask.
func TestUnplugIsTold(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		b.Status(t.Context())
		began := time.Now()
		b.printer.HangUp()
		<-b.Changed()
		if took := time.Since(began); took > time.Second {
			t.Errorf("told after %v", took)
		}
		if got := b.Status(t.Context()); got.State != Offline {
			t.Errorf("status %v", got)
		}
	})
}

func TestPrinterThatFallsSilent(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		if got := b.Print(t.Context(), ticket()); got.State != Sent {
			t.Fatalf("outcome %v", got)
		}
		b.printer.Change(func(s *printertest.Script) { s.Mute = true })
		if got := b.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonSilent}) {
			t.Errorf("outcome %v", got)
		}
		if got := b.Status(t.Context()); got.State != Silent {
			t.Errorf("status %v", got)
		}
		if n := len(b.printer.Sheets()); n != 1 {
			t.Errorf("%d sheets", n)
		}
	})
}

func TestNeverHeardOfIsUncertain(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{Mute: true}, func(t *testing.T, b *bench) {
		if got := b.Status(t.Context()); got != (Status{Uncertain, ReasonSilent, PaperUnknown}) {
			t.Errorf("status %v", got)
		}
	})
}

// TestStuckWriteIsAbandoned has the line take no more bytes in the midst of a
// slip. The driver lets go, and neither it nor Close hangs with the port.
func TestStuckWriteIsAbandoned(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{Fault: printertest.Fault{Kind: printertest.LineSticks, After: 300}}, func(t *testing.T, b *bench) {
		if got := b.Print(t.Context(), ticket()); got != (Outcome{Unknown, ReasonStuck}) {
			t.Errorf("outcome %v", got)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		b.printer.Release()
	})
}

func TestCallerGivesUp(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		over, cancel := context.WithCancel(t.Context())
		cancel()
		if got := b.Print(over, ticket()); got != (Outcome{Failed, ReasonCancelled}) {
			t.Errorf("given up before: %v", got)
		}
	})
	// The questions before the slip take some 6 ms, the slip about 700.
	for _, test := range []struct {
		after time.Duration
		want  Outcome
	}{
		{time.Millisecond, Outcome{Failed, ReasonCancelled}},
		{200 * time.Millisecond, Outcome{Unknown, ReasonCancelled}},
		{500 * time.Millisecond, Outcome{Unknown, ReasonCancelled}},
		{time.Second, Outcome{Sent, ReasonUnconfirmed}},
		{1700 * time.Millisecond, Outcome{Sent, ReasonUnconfirmed}},
		{1725 * time.Millisecond, Outcome{Sent, ReasonUnconfirmed}},
		{5 * time.Second, Outcome{Sent, ReasonUnconfirmed}},
	} {
		inVirtualTime(t, "epson-tm", printertest.Script{}, func(t *testing.T, b *bench) {
			ctx, cancel := context.WithTimeout(t.Context(), test.after)
			defer cancel()
			if got := b.Print(ctx, ticket()); got != test.want {
				t.Errorf("given up after %v: %v, want %v", test.after, got, test.want)
			}
		})
	}
	// At no moment is a slip confirmed, or the driver brought down.
	for after := time.Millisecond; after < 4*time.Second; after += 13 * time.Millisecond {
		inVirtualTime(t, "epson-tm", printertest.Script{}, func(t *testing.T, b *bench) {
			ctx, cancel := context.WithTimeout(t.Context(), after)
			defer cancel()
			if got := b.Print(ctx, ticket()); got.State == Confirmed {
				t.Errorf("given up after %v: %v", after, got)
			}
		})
	}
}

// TestBrokenSlipDoesNotSwallowTheNext breaks a slip off inside its picture or
// inside a character and prints another over the same line.
func TestBrokenSlipDoesNotSwallowTheNext(t *testing.T) {
	for _, after := range []time.Duration{100 * time.Millisecond, 300 * time.Millisecond} {
		brokenThenWhole(t, after)
	}
}

func brokenThenWhole(t *testing.T, after time.Duration) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		midway, cancel := context.WithTimeout(t.Context(), after)
		defer cancel()
		if got := b.Print(midway, ticket()); got.State != Unknown {
			t.Fatalf("outcome %v", got)
		}
		next := ticket()
		next.Number = "C013"
		if got := b.Print(t.Context(), next); got.State != Sent {
			t.Errorf("outcome %v", got)
		}
		sheets := b.printer.Sheets()
		if len(sheets) != 2 || !strings.HasPrefix(sheets[1].Text(), "芷江信访超市\nC013\n") {
			t.Errorf("the next slip is spoilt: %v", sheets)
		}
	})
}

func TestPortThatComesBack(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		b.line.absent = os.ErrNotExist
		if got := b.Status(t.Context()); got != (Status{Offline, ReasonPortMissing, PaperUnknown}) {
			t.Errorf("status %v", got)
		}
		dials := b.line.dials
		if got := b.Status(t.Context()); got.State != Offline || b.line.dials != dials {
			t.Errorf("status %v after %d dials: the port was not left in peace", got, b.line.dials)
		}
		if got := b.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonPortMissing}) {
			t.Errorf("outcome %v", got)
		}
		b.line.absent = nil
		if got := b.Print(t.Context(), ticket()); got.State != Sent {
			t.Errorf("outcome with the port back %v", got)
		}
		if got := b.Status(t.Context()); got != (Status{State: OK, Paper: PaperEnough}) {
			t.Errorf("status with the port back %v", got)
		}
	})
}

func TestClosedDevice(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if got := b.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonClosed}) {
			t.Errorf("outcome %v", got)
		}
		if got := b.Status(t.Context()); got != (Status{Offline, ReasonClosed, PaperUnknown}) {
			t.Errorf("status %v", got)
		}
	})
}

func TestUnknownKindOfSlip(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		if got := b.Print(t.Context(), Slip{Kind: "poster"}); got != (Outcome{Failed, ReasonInvalidSlip}) {
			t.Errorf("outcome %v", got)
		}
		if b.line.dials != 0 {
			t.Error("the port was opened for nothing")
		}
	})
}

func TestDialReasons(t *testing.T) {
	for err, want := range map[error]Reason{
		os.ErrNotExist:     ReasonPortMissing,
		os.ErrPermission:   ReasonPortDenied,
		errLocked:          ReasonPortBusy,
		errors.New("else"): ReasonPortUnusable,
		context.Canceled:   ReasonCancelled,
	} {
		if got := dialReason(fmt.Errorf("open: %w", err)); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
}
