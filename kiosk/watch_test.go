package kiosk

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// silentPage keeps a watch over a page that beats as the test says, in virtual
// time, and notes when it was loaded anew and given up, since the start.
type silentPage struct {
	watch   *watch
	reloads []time.Duration
	ended   time.Duration
}

func watchPage(ctx context.Context) *silentPage {
	began := time.Now()
	p := &silentPage{watch: newWatch(10*time.Second, began)}
	go p.watch.keep(ctx, slog.New(slog.DiscardHandler),
		func() { p.reloads = append(p.reloads, time.Since(began)) },
		func() { p.ended = time.Since(began) })
	return p
}

// beats lets the page beat every 2 s for so long.
func (p *silentPage) beats(d time.Duration) {
	for range d / (2 * time.Second) {
		time.Sleep(2 * time.Second)
		p.watch.beat(time.Now(), "home")
	}
}

func inVirtualTime(t *testing.T, play func(p *silentPage)) *silentPage {
	t.Helper()
	var p *silentPage
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		p = watchPage(ctx)
		play(p)
		cancel()
		synctest.Wait()
	})
	return p
}

// TestLivingPage: a page that beats is left alone all day.
func TestLivingPage(t *testing.T) {
	p := inVirtualTime(t, func(p *silentPage) { p.beats(24 * time.Hour) })
	if len(p.reloads) > 0 || p.ended > 0 {
		t.Errorf("loaded anew at %v, given up at %v", p.reloads, p.ended)
	}
}

// TestFrozenPage: ten silent seconds bring a reload, twenty more the end.
func TestFrozenPage(t *testing.T) {
	p := inVirtualTime(t, func(p *silentPage) {
		p.beats(20 * time.Second)
		time.Sleep(time.Minute)
	})
	if len(p.reloads) != 1 || p.reloads[0] != 30*time.Second {
		t.Errorf("loaded anew at %v, want once at 30s", p.reloads)
	}
	if p.ended != 50*time.Second {
		t.Errorf("given up at %v, want 50s", p.ended)
	}
}

// TestPageThatNeverCame: a page that loads slowly has thirty seconds.
func TestPageThatNeverCame(t *testing.T) {
	p := inVirtualTime(t, func(*silentPage) { time.Sleep(time.Minute) })
	if len(p.reloads) != 1 || p.reloads[0] != 30*time.Second || p.ended != 50*time.Second {
		t.Errorf("loaded anew at %v, given up at %v", p.reloads, p.ended)
	}
}

// TestReloadHelped: a page that is heard again has its whole patience again.
func TestReloadHelped(t *testing.T) {
	p := inVirtualTime(t, func(p *silentPage) {
		p.beats(10 * time.Second)
		time.Sleep(15 * time.Second)
		p.beats(time.Hour)
	})
	if len(p.reloads) != 1 || p.ended != 0 {
		t.Errorf("loaded anew at %v, given up at %v", p.reloads, p.ended)
	}
}

// TestPageThatFreezesAgain: three reloads in ten minutes are enough.
func TestPageThatFreezesAgain(t *testing.T) {
	p := inVirtualTime(t, func(p *silentPage) {
		for p.ended == 0 {
			p.beats(20 * time.Second)
			time.Sleep(12 * time.Second)
			synctest.Wait() // else the watch may be ending it just now
		}
	})
	if len(p.reloads) != 3 || p.ended == 0 {
		t.Errorf("loaded anew at %v, given up at %v", p.reloads, p.ended)
	}
}

// TestSleep: whatever pauses the machine makes and however late looks come, no
// page that beats while the program runs is ever loaded anew.
func TestSleep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(0, 0)
		w := newWatch(10*time.Second, now)
		for range 200 {
			if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
				now = now.Add(time.Duration(rapid.Int64Range(6, 100_000).Draw(t, "asleep")) * time.Second)
			} else {
				now = now.Add(time.Second)
				w.beat(now, "home")
			}
			if v := w.look(now); v != well {
				t.Fatalf("verdict %d after a sleep", v)
			}
		}
	})
}
