package kiosk

import (
	"context"
	"log/slog"
	"regexp"
	"sync"
	"time"
)

// PageSilence is how long a page may be silent if Options.Silence does not say.
// The page beats every 2 s.
const PageSilence = 10 * time.Second

const (
	// mostReloads is how often in reloadSpan a page is loaded anew; one that
	// freezes again and again needs another process.
	mostReloads = 3
	reloadSpan  = 10 * time.Minute
)

// verdict is what a look at the page's silence comes to.
type verdict int

const (
	well   verdict = iota // wait on
	reload                // load the page anew
	end                   // give the process up
)

// watch judges the silence of the page in the window. It reads no clock: the
// instants come from its caller. It may be used by several goroutines at once.
//
// The page may be silent for silence once it has been heard, thrice as long
// while it loads for the first time, and twice as long after a reload.
type watch struct {
	silence time.Duration

	mu       sync.Mutex
	since    time.Time     // from when the present silence counts
	patience time.Duration // how long it may last
	asked    bool          // loaded anew and not heard since
	looked   time.Time     // the last look
	reloads  []time.Time   // those of the last reloadSpan
	screen   string        // what the page last showed
}

func newWatch(silence time.Duration, now time.Time) *watch {
	return &watch{silence: silence, since: now, looked: now, patience: 3 * silence}
}

// beat notes that the page lives, and what it shows. It tells whether this is
// the first that is heard of it since it was loaded anew.
func (w *watch) beat(now time.Time, screen string) (again bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	again = w.asked
	w.since, w.patience, w.asked, w.screen = now, w.silence, false, screen
	return again
}

// lookEvery is how far apart looks are meant to be.
func (w *watch) lookEvery() time.Duration { return w.silence / 10 }

// look judges the silence so far. A look that comes much too late shows that
// this program itself stood still, asleep or stopped: the page did too, and its
// silence counts from now.
func (w *watch) look(now time.Time) verdict {
	w.mu.Lock()
	defer w.mu.Unlock()
	late := now.Sub(w.looked) > w.silence/2
	w.looked = now
	switch {
	case late:
		w.since, w.patience = now, 3*w.silence
		return well
	case now.Sub(w.since) < w.patience:
		return well
	case w.asked || w.often(now):
		return end
	}
	w.reloads = append(w.reloads, now)
	w.since, w.patience, w.asked = now, 2*w.silence, true
	return reload
}

// often tells whether the page has been loaded anew too often of late.
func (w *watch) often(now time.Time) bool {
	for len(w.reloads) > 0 && now.Sub(w.reloads[0]) > reloadSpan {
		w.reloads = w.reloads[1:]
	}
	return len(w.reloads) >= mostReloads
}

// shown is the name of the screen that was last told.
func (w *watch) shown() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.screen
}

// keep looks until ctx ends or the page is given up.
func (w *watch) keep(ctx context.Context, log *slog.Logger, renew, giveUp func()) {
	looks := time.NewTicker(w.lookEvery())
	defer looks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-looks.C:
		}
		switch w.look(time.Now()) {
		case well:
		case reload:
			log.Error("the page in the window does not answer: loading it anew", "screen", w.shown())
			renew()
		case end:
			log.Error("the page in the window still does not answer: ending, to be started again", "screen", w.shown())
			giveUp()
			return
		}
	}
}

// screenName is what a page may tell of what it shows: a name out of its own
// source, never anything of a visitor.
var screenName = regexp.MustCompile(`^[A-Za-z-]{0,40}$`)
