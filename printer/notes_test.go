package printer

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"petitionhall/printer/printertest"
)

// again is the driver of the program's next run, at the same printer.
func (b *bench) again(t *testing.T) {
	t.Helper()
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	b.device = newDevice(b.line, b.profile)
}

func (b *bench) remember(t *testing.T, file string) {
	t.Helper()
	if err := b.Remember(file); err != nil {
		t.Error(err)
	}
}

// TestAnswersToAnEarlierSlip: a slip is given up while it is being printed, 2 s
// before the printer answers that it is done. Those answers must not confirm the
// next slip, whether the line was opened anew, or the whole program started anew;
// its own do, be the others lost or not.
func TestAnswersToAnEarlierSlip(t *testing.T) {
	const printing = 2 * time.Second
	for name, goOn := range map[string]func(t *testing.T, b *bench, file string){
		"line opened anew":    func(*testing.T, *bench, string) {},
		"program interrupted": func(t *testing.T, b *bench, _ string) { b.again(t); b.Interrupted() },
		"program ended":       func(t *testing.T, b *bench, file string) { b.again(t); b.remember(t, file) },
	} {
		for _, lost := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "printer.json")
				inVirtualTime(t, "xprinter", printertest.Script{Confirms: true, PrintTime: printing}, func(t *testing.T, b *bench) {
					b.line.speed = 11520
					b.remember(t, file)
					b.Print(t.Context(), ticket()) // the driver knows its printer
					brief, cancel := context.WithTimeout(t.Context(), 400*time.Millisecond)
					defer cancel()
					if got := b.Print(brief, ticket()); got.State != Sent {
						t.Fatalf("given up: %v", got)
					}
					b.printer.Change(func(s *printertest.Script) { s.Confirms = !lost })
					goOn(t, b, file)
					if lost {
						b.printer.ForgetAnswers()
						b.printer.Change(func(s *printertest.Script) { s.Confirms = true })
					}
					began := time.Now()
					if got := b.Print(t.Context(), numbered("C013")); got != (Outcome{State: Confirmed}) {
						t.Errorf("the next slip: %v", got)
					}
					if took := time.Since(began); took < printing {
						t.Errorf("confirmed after %v, when it was not printed yet", took)
					}
				})
			})
		}
	}
}

// TestKilledInsideAPicture: what was noted before the first byte lets the next run
// end the picture that the printer waits for.
func TestKilledInsideAPicture(t *testing.T) {
	file := filepath.Join(t.TempDir(), "printer.json")
	inVirtualTime(t, "generic", printertest.Script{Confirms: true}, func(t *testing.T, b *bench) {
		b.remember(t, file)
		printing := make(chan Outcome)
		go func() { printing <- b.Print(t.Context(), ticket()) }()
		time.Sleep(400 * time.Millisecond)
		noted, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b.again(t)
		<-printing
		if err := os.WriteFile(file, noted, 0o600); err != nil { // as a killed program leaves it
			t.Fatal(err)
		}
		b.remember(t, file)
		if got := b.Print(t.Context(), numbered("C013")); got != (Outcome{State: Confirmed}) {
			t.Errorf("outcome %v", got)
		}
		sheets := b.printer.Sheets()
		if len(sheets) != 2 || !strings.HasPrefix(sheets[1].Text(), "芷江信访超市\nC013\n") {
			t.Errorf("the paper shows %v", sheets)
		}
		filled := b.printer.SlipBytes()
		b.again(t)
		b.remember(t, file)
		b.Status(t.Context())
		if n := b.printer.SlipBytes() - filled; n != 0 {
			t.Errorf("after a slip that ended well %d bytes filled up the next run", n)
		}
	})
}

// TestNotesThatCannotBeRead: then a slip may have been left open.
func TestNotesThatCannotBeRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "printer.json")
	if err := os.WriteFile(file, []byte("{\"dev\x00\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		b.remember(t, file)
		if got := b.Status(t.Context()); got.State != OK {
			t.Errorf("status %v", got)
		}
		if n := b.printer.SlipBytes(); n != len(filling) {
			t.Errorf("%d bytes ended what may have been left open", n)
		}
	})
	if err := newDevice(&memoryLine{}, Profile{}).Remember(filepath.Join(file, "none")); err == nil {
		t.Error("a file in a file")
	}
}

// TestFillingTakesItsTime: at 9600 baud it takes longer than a station waits for a
// status. It is not begun over and over.
func TestFillingTakesItsTime(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		b.Interrupted()
		var got Status
		for range 4 {
			brief, cancel := context.WithTimeout(t.Context(), statusTimeout)
			got = b.Status(brief)
			cancel()
		}
		if got != (Status{State: OK, Paper: PaperEnough}) || b.line.dials != 1 {
			t.Errorf("status %v after %d dials", got, b.line.dials)
		}
		if n := b.printer.SlipBytes(); n != len(filling) {
			t.Errorf("%d bytes filled up, want %d", n, len(filling))
		}
	})
}

// TestSilenceOfAPrinterThatCanAnswer: a printer that is off when the program starts
// must not pass for one that cannot answer. Its maker says that it can, or an
// earlier run heard it.
func TestSilenceOfAPrinterThatCanAnswer(t *testing.T) {
	silent := Status{Silent, ReasonSilent, PaperUnknown}
	for _, profile := range []string{"epson-tm", "snbc", "xprinter", "custom-presenter"} {
		inVirtualTime(t, profile, printertest.Script{Mute: true}, func(t *testing.T, b *bench) {
			if got := b.Status(t.Context()); got != silent {
				t.Errorf("%s: status %v", profile, got)
			}
			if got := b.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonSilent}) || b.printer.SlipBytes() > 0 {
				t.Errorf("%s: outcome %v, %d bytes", profile, got, b.printer.SlipBytes())
			}
		})
	}
	file := filepath.Join(t.TempDir(), "printer.json")
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		b.remember(t, file)
		b.Status(t.Context())
		b.printer.Change(func(s *printertest.Script) { s.Mute = true })
		b.again(t)
		b.remember(t, file)
		if got := b.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonSilent}) {
			t.Errorf("heard in an earlier run: outcome %v", got)
		}
		b.again(t)
		b.line.name = "another"
		b.remember(t, file)
		if got := b.Status(t.Context()); got.State != Uncertain {
			t.Errorf("another device: %v", got)
		}
	})
}

// TestConfirmationIsBelievedAfterAReconnect: the printer confirmed before the line
// was opened again, so a slip that it does not confirm is not called sent, until
// it must be another printer.
func TestConfirmationIsBelievedAfterAReconnect(t *testing.T) {
	for _, profile := range []string{"epson-tm", "xprinter"} {
		inVirtualTime(t, profile, printertest.Script{Confirms: true}, func(t *testing.T, b *bench) {
			b.Print(t.Context(), ticket())
			b.drop()
			b.printer.Change(func(s *printertest.Script) { s.Confirms = false })
			for range mostMisses {
				if got := b.Print(t.Context(), ticket()); got != (Outcome{Unknown, ReasonUnconfirmed}) {
					t.Errorf("%s: not confirmed after a reconnect: %v", profile, got)
				}
			}
			if got := b.Print(t.Context(), ticket()); got != (Outcome{Sent, ReasonUnconfirmed}) {
				t.Errorf("%s: another printer: %v", profile, got)
			}
			b.drop()
			b.printer.ForgetAnswers()
			b.printer.Change(func(s *printertest.Script) { s.Confirms = true })
			time.Sleep(time.Minute)
			if got := b.Print(t.Context(), ticket()); got != (Outcome{State: Confirmed}) {
				t.Errorf("%s: one that confirms: %v", profile, got)
			}
		})
	}
}
