// Package help carries a visitor's wish for a person (需要帮助) from a kiosk to
// the windows' pages.
//
// A visitor touches 需要帮助; every window's page shows it and says so; the
// kiosk's screen then says 服务台知道了, which is true from that moment on. Where
// no page says so within five seconds the screen sends to the desk instead, and
// the wish is dropped: its visitor is on the way.
//
// A wish says which kiosk it came from and when, and nothing of who made it. It
// lives in memory, for five minutes at most, and no record of it stays.
package help

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"slices"
	"sync"
	"time"

	"petitionhall/hall/view"
)

const (
	// reachWithin is how long a kiosk waits for a window's page to show its wish.
	reachWithin = 5 * time.Second
	// forgottenAfter is how long a wish stands that nobody answers.
	forgottenAfter = 5 * time.Minute
	// answeredFor is how long after an answer another touch at the same kiosk is
	// the same wish: somebody is on the way, and need not be told again.
	answeredFor = 30 * time.Second
	// most is how many wishes are kept at once; a hall has fewer kiosks.
	most = 16
)

// State says who knows of a wish.
type State string

// The three ends of an asking.
const (
	// Shown: it stands on a window's page.
	Shown State = "shown"
	// Known: a clerk pressed 知道了.
	Known State = "known"
	// Unreached: no window's page said within five seconds that it shows it.
	Unreached State = "unreached"
)

// ErrFull refuses a wish while too many stand already.
var ErrFull = errors.New("too many visitors ask for a person at once")

// Desk keeps the wishes that stand. The zero value is not ready; see New.
type Desk struct {
	clock   func() time.Time
	changed func()

	mu     sync.Mutex
	wishes []*wish
}

type wish struct {
	view.Help
	asked    time.Time
	answered time.Time     // zero: by nobody yet
	shown    chan struct{} // closed once a page shows it, or a clerk knows
	waiting  int           // touches that wait for that
}

// New makes a desk. Clock is the hall's; changed is called, without any lock,
// whenever what Open tells has changed.
func New(clock func() time.Time, changed func()) *Desk {
	return &Desk{clock: clock, changed: changed}
}

// Ask tells the windows' pages that somebody at a kiosk wants a person, and waits
// up to five seconds until one of them shows it. From is the kiosk, by its
// printer's name. While a wish of the same kiosk stands, and for half a minute
// after it was answered, it is the same one. The error is ErrFull or ctx's.
func (d *Desk) Ask(ctx context.Context, from string) (State, error) {
	w, state, err := d.join(from)
	if w == nil {
		return state, err
	}
	d.changed()
	late := time.NewTimer(reachWithin)
	defer late.Stop()
	select {
	case <-w.shown:
	case <-late.C:
	case <-ctx.Done():
		err = ctx.Err()
	}
	state = d.leave(w)
	if state == Unreached {
		d.changed()
	}
	return state, err
}

// join finds the wish of a kiosk or makes one; nil when there is nothing to wait for.
func (d *Desk) join(from string) (*wish, State, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.forget()
	at := slices.IndexFunc(d.wishes, func(w *wish) bool { return w.From == from })
	switch {
	case at >= 0 && !d.wishes[at].answered.IsZero():
		return nil, Known, nil
	case at >= 0:
		d.wishes[at].waiting++
		return d.wishes[at], "", nil
	case len(d.wishes) >= most:
		return nil, Unreached, ErrFull
	}
	w := &wish{Help: view.Help{ID: newID(), From: from, At: d.clock()}, asked: time.Now(), shown: make(chan struct{}), waiting: 1}
	d.wishes = append(d.wishes, w)
	return w, "", nil
}

// leave says how a wish stands for one who waited. One that nobody was shown goes
// with the last who waited for it.
func (d *Desk) leave(w *wish) State {
	d.mu.Lock()
	defer d.mu.Unlock()
	w.waiting--
	select {
	case <-w.shown:
	default:
		if w.waiting == 0 {
			d.wishes = slices.DeleteFunc(d.wishes, func(one *wish) bool { return one == w })
		}
		return Unreached
	}
	if !w.answered.IsZero() {
		return Known
	}
	return Shown
}

// Show notes that a window's page shows a wish; false when it no longer stands.
func (d *Desk) Show(id string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	w := d.find(id)
	if w == nil {
		return false
	}
	w.reach()
	return true
}

// Answer notes that a clerk goes or has sent somebody (知道了), and takes the wish
// off all pages; false when it no longer stands.
func (d *Desk) Answer(id string) bool {
	d.mu.Lock()
	w := d.find(id)
	if w != nil {
		w.answered = time.Now()
		w.reach()
	}
	d.mu.Unlock()
	if w == nil {
		return false
	}
	d.changed()
	return true
}

// Open tells the wishes that nobody has answered, oldest first.
func (d *Desk) Open() []view.Help {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.forget()
	open := []view.Help{}
	for _, w := range d.wishes {
		if w.answered.IsZero() {
			open = append(open, w.Help)
		}
	}
	return open
}

// find gives an unanswered wish. The caller holds mu.
func (d *Desk) find(id string) *wish {
	d.forget()
	at := slices.IndexFunc(d.wishes, func(w *wish) bool { return w.ID == id && w.answered.IsZero() })
	if at < 0 {
		return nil
	}
	return d.wishes[at]
}

// forget drops what is over. The caller holds mu.
func (d *Desk) forget() {
	d.wishes = slices.DeleteFunc(d.wishes, func(w *wish) bool {
		return time.Since(w.asked) >= forgottenAfter || !w.answered.IsZero() && time.Since(w.answered) >= answeredFor
	})
}

// reach lets those go on who wait for a page. The caller holds the desk's mu.
func (w *wish) reach() {
	select {
	case <-w.shown:
	default:
		close(w.shown)
	}
}

// newID makes an id that nobody can guess, so that only who was told of a wish answers it.
func newID() string {
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails: it ends the program instead
	return hex.EncodeToString(random[:])
}
