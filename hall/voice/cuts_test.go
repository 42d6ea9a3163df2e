package voice_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"petitionhall/queue"
)

// TestThousandCuts: a board whose line breaks a thousand times, at any moment and
// for any time, misses no call and is told everything that was being said while
// it was there; nothing twice. Its ear is a page's: it says each id once.
func TestThousandCuts(t *testing.T) {
	const cuts = 1000
	inBubble(t, func(c *queue.Configuration) { c.Rules.RecallSeconds = 0 }, func(t *testing.T, h *hall) {
		random := rand.New(rand.NewPCG(1, 5))
		whole, cutOff := h.connect("main"), h.connect("main")
		windows := []struct {
			window  queue.WindowID
			service queue.ServiceID
		}{{"2", "housing"}, {"3", "natural-resources"}, {"4", "civil-affairs"}}
		for _, w := range windows {
			h.do(queue.OpenWindow{Window: w.window})
		}
		work := func() {
			w := windows[random.IntN(len(windows))]
			for _, a := range []queue.Action{queue.Finish{Window: w.window, Outcome: queue.Resolved}, h.take(w.service), queue.Next{Window: w.window}} {
				_ = h.try(a) // nobody may be there to be finished with
			}
			if random.IntN(3) == 0 {
				_ = h.try(queue.Recall{Window: w.window})
			}
		}
		for range cuts {
			cutOff.read()
			cutOff.cut()
			for range random.IntN(3) {
				work()
				time.Sleep(time.Duration(random.IntN(8000)) * time.Millisecond)
			}
			cutOff.open()
			time.Sleep(time.Duration(random.IntN(3000)) * time.Millisecond)
			work()
			time.Sleep(time.Duration(random.IntN(6000)) * time.Millisecond)
			whole.read()
		}
		cutOff.read()
		whole.read()
		if got, want := told(cutOff), told(whole); !slices.Equal(got, want) {
			t.Errorf("the board that was cut off was told %d calls, the other %d", len(got), len(want))
		}
		if len(whole.calls) < cuts || len(whole.says) < cuts/4 || len(cutOff.says) < len(whole.says)/3 {
			t.Errorf("too little happened: %d calls, %d said, %d heard by the board that was cut off", len(whole.calls), len(whole.says), len(cutOff.says))
		}
		for i, s := range whole.says[1:] {
			if s.At.Before(whole.says[i].Until) {
				t.Errorf("%s begins before %s is over", s.ID, whole.says[i].ID)
			}
		}
		t.Logf("%d cuts: %d calls told, all to both; %d said, of which the board that was cut off heard %d, each once", cuts, len(whole.calls), len(whole.says), len(cutOff.says))
	})
}

// told lists the calls that a board was told, each once.
func told(b *board) (all []string) {
	seen := map[string]bool{}
	for _, c := range b.calls {
		call := fmt.Sprint(c.Ticket, " ", c.Window, " ", strconv.Itoa(c.Times))
		if !seen[call] {
			seen[call] = true
			all = append(all, call)
		}
	}
	return all
}
