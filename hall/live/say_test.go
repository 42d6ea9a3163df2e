package live_test

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/hall/view"
	"petitionhall/queue"
)

// announce has the hub say something for ten seconds.
func (h *hall) announce(id string) {
	now := h.now()
	h.Say(view.Say{ID: id, Kind: "call", At: now, Until: now.Add(10 * time.Second), Parts: []view.SayPart{}}, 10*time.Second)
}

// What is said is told to everybody, once, without an id, and after the call that it says.
func TestSay(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenWindow{Window: "2"}, h.take("housing"))
		board, kiosk := h.connect(""), h.connect("")
		board.read()
		kiosk.read()
		h.gate.Lock() // the hub has not seen the call yet when it is to say it
		if err := h.try(queue.Next{Window: "2"}); err != nil {
			t.Fatal(err)
		}
		go h.announce("a-1")
		h.gate.Unlock()
		for _, r := range []*reader{board, kiosk} {
			events := r.read()
			if got := names(events); got != "call change#3 say" {
				t.Fatalf("got %s", got)
			}
			if s := decode[view.Say](t, events[2]); s.ID != "a-1" || !s.Until.Equal(s.At.Add(10*time.Second)) {
				t.Errorf("got %s", events[2].data)
			}
		}
	})
}

// Who joins while something is said hears of it, and of how much is left; who
// joins later hears of nothing that is over.
func TestSayToWhoJoins(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenDay{}, h.take("housing"))
		away := h.connect("")
		away.read()
		away.leave()
		h.do(h.take("housing"))
		h.announce("a-1")
		time.Sleep(4 * time.Second)
		events := h.connect("").read()
		if got := names(events); got != "hall#3 tick say" {
			t.Fatalf("who is new gets %s", got)
		}
		left := decode[view.Say](t, events[2]).Until.Sub(decode[view.Tick](t, events[1]).At)
		if left != 6*time.Second {
			t.Errorf("%v are left", left)
		}
		if got := names(h.connect(away.lastID).read()); got != "change#3 tick say" {
			t.Errorf("who comes back gets %s", got)
		}
		time.Sleep(6 * time.Second)
		if got := names(h.connect("").read()); got != "hall#3" {
			t.Errorf("afterwards one gets %s", got)
		}
	})
}

// The hub knows whose sound is on, and tells when that changes.
func TestSpeakers(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		changed := func() bool {
			synctest.Wait()
			select {
			case <-h.SpeakersChanged():
				return true
			default:
				return false
			}
		}
		h.connect("")
		main, leaveMain := h.loud("main")
		_, leaveHall := h.loud("hall-2")
		if !changed() {
			t.Error("nobody was told that they came")
		}
		speakers := h.Speakers()
		slices.Sort(speakers)
		if want := []string{"hall-2", "main"}; !slices.Equal(speakers, want) || h.Connections() != 3 {
			t.Errorf("%v speak", speakers)
		}
		leaveMain()
		<-main.done
		if !changed() || !slices.Equal(h.Speakers(), []string{"hall-2"}) {
			t.Errorf("then %v speak", h.Speakers())
		}
		leaveHall()
		h.loud("a-name-that-is-much-too-long-for-a-board")
		h.connect("").leave()
		if changed(); len(h.Speakers()) != 0 || changed() {
			t.Errorf("at last %v speak", h.Speakers())
		}
	})
}

// loud connects a board whose sound is on.
func (h *hall) loud(board string) (r *reader, leave func()) {
	ctx, leave := context.WithCancel(h.t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/events?speaks="+board, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r = &reader{header: http.Header{}, done: make(chan struct{})}
	go func() {
		defer close(r.done)
		h.ServeHTTP(r, request)
	}()
	h.t.Cleanup(leave)
	synctest.Wait()
	return r, leave
}

// A hub that has ended holds nobody up.
func TestSayAfterTheEnd(t *testing.T) {
	inBubble(t, func(_ *testing.T, h *hall) {
		h.stop()
		h.announce("a-1")
	})
}
