package speak_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
)

// loads are from a hall in which somebody is called now and then to one that
// calls more in a second than can be said in half a minute.
var loads = []struct {
	name  string
	every time.Duration
}{
	{"idle, a call every 5 minutes", 5 * time.Minute},
	{"quiet, a call a minute", time.Minute},
	{"usual, a call every 20 s", 20 * second},
	{"busy, a call every 12 s", 12 * second},
	{"crowded, a call every 7 s", 7 * second},
	{"more than can be said, a call every 4 s", 4 * second},
	{"absurd, five calls a second", second / 5},
}

// TestHundredThousandCalls plays so many calls, at loads of every kind; with
// PETITIONHALL_CALLS so many at each. Beside what every
// world asserts (never two at once, nothing said that is over), the calls keep
// their order, and every one that is still valid is said. -v prints how long
// they waited.
func TestHundredThousandCalls(t *testing.T) {
	calls := 100_000 / len(loads)
	if each, err := strconv.Atoi(os.Getenv("PETITIONHALL_CALLS")); err == nil {
		calls = each
	}
	for seed, load := range loads {
		w := newWorld(t)
		w.live(calls, load.every, rand.New(rand.NewPCG(uint64(seed), 9)))
		w.complete()
		c := w.queue.Count()
		twice := 0
		for _, b := range w.begun {
			if b.Kind == queue.SayCall && b.Times == 2 {
				twice++
			}
		}
		t.Logf("%-40s said %6d calls (%3.0f%% of them twice) and %5d recalls; moved on before their turn %6d; longest wait %5.1f s, mean %4.1f s",
			load.name, c.Said[queue.SayCall], 100*float64(twice)/float64(c.Said[queue.SayCall]), c.Said[queue.SayRecall], c.Dropped[speak.MovedOn],
			c.Longest.Seconds(), w.meanWait().Seconds())
		if len(w.begun) < calls/50 {
			t.Errorf("%s: too little was said to prove anything: %d", load.name, len(w.begun))
		}
	}
}

// meanWait is how long the said calls waited on average.
func (w *world) meanWait() time.Duration {
	var sum time.Duration
	n := 0
	for _, b := range w.begun {
		if b.Kind == queue.SayCall {
			sum += b.Waited
			n++
		}
	}
	return sum / time.Duration(max(n, 1))
}

// complete asserts what can be told at the end only: order, and that nothing was lost.
func (w *world) complete() {
	w.t.Helper()
	if n, _ := w.queue.Waiting(); n != 0 {
		w.t.Fatalf("%d still wait", n)
	}
	place := map[queue.TicketID][]int{} // of each number, where its calls stand in the order of calling
	for i, c := range w.asked {
		place[c.ticket] = append(place[c.ticket], i)
	}
	said, last := map[int]bool{}, -1
	for _, b := range w.begun {
		if b.Kind != queue.SayCall {
			continue
		}
		i := -1
		for _, p := range place[b.Ticket] {
			if w.asked[p].window == b.Window && w.asked[p].at <= b.at {
				i = p
			}
		}
		if i <= last {
			w.t.Fatalf("%v: call %d is said after call %d", b.at, i, last)
		}
		last, said[i] = i, true
	}
	c := w.queue.Count()
	if lost := len(w.asked) - len(said); lost > c.Dropped[speak.MovedOn]+c.Dropped[speak.TooOld]+c.Dropped[speak.Renewed] {
		w.t.Fatalf("%d calls were not said and only %v dropped", lost, c.Dropped)
	}
	if len(w.called) != 0 {
		w.t.Fatalf("%d numbers are still called", len(w.called))
	}
}

// TestAnyHall plays any order of calls, recalls, visitors who come, boards that
// go and come back, and lengths of any kind.
func TestAnyHall(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld(t)
		lengths := rapid.SliceOfN(rapid.IntRange(1, 30_000), 1, 8).Draw(r, "lengths")
		w.behind = func(turn speak.Turn) time.Duration {
			return time.Duration(lengths[int(turn.Ticket)%len(lengths)]*turn.Times) * time.Millisecond
		}
		numbers := rapid.Custom(func(r *rapid.T) queue.TicketID { return queue.TicketID(rapid.IntRange(1, 6).Draw(r, "n")) })
		r.Repeat(map[string]func(*rapid.T){
			"call": func(r *rapid.T) {
				w.call(numbers.Draw(r, "number"), queue.WindowID(rapid.SampledFrom([]string{"1", "2", "3"}).Draw(r, "window")))
			},
			"recall": func(r *rapid.T) {
				if n := numbers.Draw(r, "number"); w.called[n] != "" {
					w.recall(n)
				}
			},
			"come":   func(r *rapid.T) { w.come(numbers.Draw(r, "number")) },
			"notice": func(*rapid.T) { w.notice(queue.SayPause) },
			"cut":    func(*rapid.T) { w.hear(!w.silent) },
			"time":   func(r *rapid.T) { w.pass(time.Duration(rapid.IntRange(0, 90_000).Draw(r, "ms")) * time.Millisecond) },
		})
		// Whatever is still called and was called within the validity is said, if somebody can.
		due := map[queue.TicketID]time.Duration{}
		for _, c := range w.asked {
			if w.called[c.ticket] == c.window {
				due[c.ticket] = c.at
			}
		}
		began := w.now
		w.hear(false)
		w.pass(time.Hour)
		for n, at := range due {
			if began-at <= speak.Validity && !w.heard(n, at) {
				r.Fatalf("number %d, called at %v, was never said: %v", n, at, w.said())
			}
		}
	})
}

// heard tells whether a number was said after it was called.
func (w *world) heard(n queue.TicketID, at time.Duration) bool {
	for _, b := range w.begun {
		if b.Ticket == n && b.at >= at {
			return true
		}
	}
	return false
}
