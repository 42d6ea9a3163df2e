package help_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/hall/help"
)

// desk is one whose changes are counted.
type desk struct {
	*help.Desk
	changes atomic.Int64
}

func newDesk() *desk {
	d := &desk{}
	d.Desk = help.New(time.Now, func() { d.changes.Add(1) })
	return d
}

// answer is what a kiosk heard, and after how long.
type answer struct {
	state help.State
	err   error
	after time.Duration
}

// ask lets a kiosk ask, and returns once it waits.
func (d *desk) ask(ctx context.Context, from string) <-chan answer {
	heard := make(chan answer, 1)
	began := time.Now()
	go func() {
		state, err := d.Ask(ctx, from)
		heard <- answer{state, err, time.Since(began)}
	}()
	synctest.Wait()
	return heard
}

// A wish that a page shows is heard of at once; it stands until a clerk knows.
func TestShownThenKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		heard := d.ask(t.Context(), "kiosk-1")
		open := d.Open()
		if len(open) != 1 || open[0].From != "kiosk-1" || open[0].ID == "" || !open[0].At.Equal(time.Now()) || d.changes.Load() != 1 {
			t.Fatalf("the windows are told %+v, %d times", open, d.changes.Load())
		}
		time.Sleep(time.Second)
		for page := range 2 {
			if !d.Show(open[0].ID) {
				t.Errorf("two pages show it, and page %d was refused", page+1)
			}
		}
		if got := <-heard; got.state != help.Shown || got.err != nil || got.after != time.Second {
			t.Errorf("the kiosk hears %+v", got)
		}
		if len(d.Open()) != 1 {
			t.Error("it is gone before anybody knows")
		}
		if !d.Answer(open[0].ID) || d.Answer(open[0].ID) {
			t.Error("a clerk's 知道了 counts once")
		}
		if len(d.Open()) != 0 || d.changes.Load() != 2 {
			t.Errorf("after 知道了 there stand %v; told %d times", d.Open(), d.changes.Load())
		}
	})
}

// A clerk who is quick is as good as a page.
func TestKnownAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		heard := d.ask(t.Context(), "hub")
		d.Answer(d.Open()[0].ID)
		if got := <-heard; got.state != help.Known || got.err != nil {
			t.Errorf("the kiosk hears %+v", got)
		}
	})
}

// Where nobody can be told, the kiosk hears so after five seconds, and no notice stays.
func TestUnreached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		heard := d.ask(t.Context(), "hub")
		id := d.Open()[0].ID
		if got := <-heard; got.state != help.Unreached || got.err != nil || got.after != 5*time.Second {
			t.Errorf("the kiosk hears %+v", got)
		}
		if len(d.Open()) != 0 || d.Show(id) || d.Answer(id) {
			t.Error("a notice of somebody who was sent to the desk stays")
		}
	})
}

// However often somebody touches, it is one notice, and not another right after 知道了.
func TestOneNotice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		first, second := d.ask(t.Context(), "hub"), d.ask(t.Context(), "hub")
		other := d.ask(t.Context(), "kiosk-2")
		open := d.Open()
		if len(open) != 2 || open[0].From != "hub" {
			t.Fatalf("the windows are told %+v", open)
		}
		d.Show(open[0].ID)
		for _, heard := range []<-chan answer{first, second} {
			if got := <-heard; got.state != help.Shown {
				t.Errorf("the kiosk hears %+v", got)
			}
		}
		d.Answer(open[0].ID)
		if got := <-d.ask(t.Context(), "hub"); got.state != help.Known || got.after != 0 {
			t.Errorf("right after 知道了: %+v", got)
		}
		if got := <-other; got.state != help.Unreached {
			t.Errorf("the other kiosk hears %+v", got)
		}
		time.Sleep(30 * time.Second)
		d.ask(t.Context(), "hub")
		if len(d.Open()) != 1 {
			t.Error("half a minute later nobody can ask again")
		}
		time.Sleep(5 * time.Second)
	})
}

// What nobody answers is forgotten after five minutes.
func TestForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		heard := d.ask(t.Context(), "hub")
		d.Show(d.Open()[0].ID)
		<-heard
		time.Sleep(5*time.Minute - time.Nanosecond)
		if len(d.Open()) != 1 {
			t.Error("it is forgotten too early")
		}
		time.Sleep(time.Nanosecond)
		if len(d.Open()) != 0 {
			t.Error("it is not forgotten")
		}
	})
}

// A visitor's line that breaks does not hold anything back; one touch more is one too many.
func TestBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		ctx, leave := context.WithCancel(t.Context())
		heard := d.ask(ctx, "hub")
		leave()
		if got := <-heard; !errors.Is(got.err, context.Canceled) || len(d.Open()) != 0 {
			t.Errorf("who left hears %+v, and %v stays", got, d.Open())
		}
		for n := range 16 {
			d.ask(t.Context(), fmt.Sprintf("kiosk-%d", n))
		}
		if got := <-d.ask(t.Context(), "kiosk-16"); !errors.Is(got.err, help.ErrFull) {
			t.Errorf("one more hears %+v", got)
		}
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if len(d.Open()) != 0 {
			t.Errorf("%d stay", len(d.Open()))
		}
	})
}
