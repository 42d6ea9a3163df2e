//go:build walk && more

package walk

import (
	"context"
	"fmt"
	"image"
	"os"
	"testing"
	"time"
)

// twin is a page in Chromium that goes the same way as the page in the real window.
// It knows where everything stands and when it has come, which nobody can ask the
// window; the window must look like it at each step.
type twin struct {
	browser *browser
	screen  *screen
	name    string
	count   int
	now     image.Image // what both show
	shown   time.Time   // since when
}

const (
	// gateCloses is how long a new screen takes no touch, lest a finger that is still
	// there presses something.
	gateCloses = 600 * time.Millisecond
	// touchesAgain is when a visitor tries once more for whom nothing happened. It is
	// long, since a busy machine may be about to do what was touched, and doing it
	// twice undoes it.
	touchesAgain = 15 * time.Second
)

// newTwin opens the twin of the window on a screen and waits until both show the
// same.
func newTwin(ctx context.Context, b *browser, s *screen, name, address, shows string) *twin {
	b.t.Helper()
	w := &twin{browser: b, screen: s, name: name}
	as := w.picture("begin")
	size := s.size
	b.do("twin", map[string]any{"name": name, "address": address, "width": size.X, "height": size.Y, "shows": shows, "as": as}, new(any))
	w.now = kept(b.t, as)
	s.await(ctx, w.named("begin"), w.now)
	w.shown = time.Now()
	return w
}

// picture is the name that the twin's picture of a step is kept by.
func (w *twin) picture(step string) string {
	return fmt.Sprintf("twin-%s", w.named(step))
}

// named puts the pictures of a walk into their order.
func (w *twin) named(step string) string {
	return fmt.Sprintf("%s-%02d-%s", w.name, w.count, step)
}

// touch touches a control, by its selector, in both until they show something.
func (w *twin) touch(ctx context.Context, step, control, shows string) {
	w.browser.t.Helper()
	w.follow(ctx, step, control, shows)
}

// await waits until both show what comes by itself.
func (w *twin) await(ctx context.Context, step, shows string) {
	w.browser.t.Helper()
	w.follow(ctx, step, "", shows)
}

// alone touches a control of the twin only: the window comes to the same by itself.
func (w *twin) alone(ctx context.Context, step, control, shows string) {
	w.browser.t.Helper()
	w.count++
	as := w.picture(step)
	w.browser.do("follow", map[string]any{"name": w.name, "touch": control, "shows": shows, "as": as}, new(any))
	w.now = kept(w.browser.t, as)
	w.screen.await(ctx, w.named(step), w.now)
	w.shown = time.Now()
}

// where tells where a control stands.
func (w *twin) where(control string) (at point) {
	w.browser.t.Helper()
	w.browser.do("where", map[string]any{"name": w.name, "control": control}, &at)
	return at
}

func (w *twin) follow(ctx context.Context, step, control, shows string) {
	w.browser.t.Helper()
	w.count++
	var at *point
	as := w.picture(step)
	w.browser.do("follow", map[string]any{"name": w.name, "touch": control, "shows": shows, "as": as}, &at)
	before, after := w.now, kept(w.browser.t, as)
	w.now = after
	changed := changes(before, after)
	if len(changed) == 0 {
		w.browser.t.Fatalf("%s: nothing on the page changed", w.named(step))
	}
	var touched time.Time
	gate := w.shown.Add(gateCloses)
	w.screen.until(ctx, w.named(step), func(shot image.Image) bool {
		toAfter, toBefore := apart(shot, after, changed), apart(shot, before, changed)
		if toAfter < toBefore/2 && difference(shot, after) < alike {
			w.shown = time.Now()
			return true
		}
		if at != nil && toBefore < toAfter/2 && time.Now().After(gate) && time.Since(touched) > touchesAgain {
			w.screen.touch(*at, 1)
			touched = time.Now()
		}
		return false
	})
}

// changes are the blocks of a screen in which two pictures differ for good, and not
// by the edge of a letter.
func changes(before, after image.Image) (changed []image.Rectangle) {
	for _, at := range blocks(after.Bounds()) {
		if distance(mean(before, at), mean(after, at)) > 16 {
			changed = append(changed, at)
		}
	}
	return changed
}

// wall is the screen of a board.
var wall = image.Pt(1920, 1080)

// startHub starts a hall without a window.
func startHub(t *testing.T, data, address string) *hall {
	t.Helper()
	return startHall(t, os.Environ(), data, address, "serve", "--printer", "none")
}

// open opens windows over the hall's API.
func (h *hall) open(ctx context.Context, windows ...string) {
	h.t.Helper()
	for _, one := range windows {
		h.do(ctx, "/api/v1/windows/"+one+"/open", nil, nil)
	}
}
