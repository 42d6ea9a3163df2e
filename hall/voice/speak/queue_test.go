package speak_test

import (
	"slices"
	"testing"
	"time"

	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
)

func (w *world) expect(want ...string) {
	w.t.Helper()
	w.pass(0)
	if got := w.said(); !slices.Equal(got, want) {
		w.t.Errorf("said\n%q, want\n%q", got, want)
	}
}

// Two calls of one instant are both said, in the order in which they were made.
func TestTwoInOneInstant(t *testing.T) {
	w := newWorld(t)
	w.call(1, "3")
	w.call(2, "5")
	w.expect("call 1 x2")
	w.pass(10*second + speak.Gap - 1)
	w.expect("call 1 x2")
	w.pass(1)
	w.expect("call 1 x2", "call 2 x2")
}

// With more than two waiting each is said once, and twice again when the crowd is through.
func TestShortened(t *testing.T) {
	w := newWorld(t)
	for n := range queue.TicketID(5) {
		w.call(n+1, "3")
	}
	w.pass(time.Minute)
	w.expect("call 1 x2", "call 2 x1", "call 3 x1", "call 4 x2", "call 5 x2")
}

// Numbers that have moved on make nobody shorten anything.
func TestOnlyWhatHoldsCounts(t *testing.T) {
	w := newWorld(t)
	for n := range queue.TicketID(5) {
		w.call(n+1, "3")
	}
	w.come(3)
	w.come(4)
	w.pass(time.Minute)
	w.expect("call 1 x2", "call 2 x2", "call 5 x2")
	if got := w.queue.Count().Dropped[speak.MovedOn]; got != 2 {
		t.Errorf("%d were dropped as moved on", got)
	}
}

// A call is dropped when its turn has come, not before: the number may be called again.
func TestDroppedLate(t *testing.T) {
	w := newWorld(t)
	w.call(1, "3")
	w.call(2, "5")
	w.come(2)
	w.pass(5 * second)
	w.called[2], w.unsaid[2] = "5", true // a miss that was taken back
	w.pass(10 * second)
	w.expect("call 1 x2", "call 2 x2")
}

// A recall renews the call that waits, in its place: it is said once, as the call that nobody heard yet.
func TestRecallOfWhatWaits(t *testing.T) {
	w := newWorld(t)
	w.call(1, "3")
	w.call(2, "5")
	w.call(3, "6")
	w.recall(2)
	w.recall(2)
	w.pass(time.Minute)
	w.expect("call 1 x2", "call 2 x2", "call 3 x2")
	w.recall(2)
	w.pass(time.Minute)
	w.expect("call 1 x2", "call 2 x2", "call 3 x2", "recall 2 x1")
}

// A number that is called elsewhere is called there only, behind those who were called before.
func TestCalledElsewhere(t *testing.T) {
	w := newWorld(t)
	w.call(1, "3")
	w.call(2, "5")
	w.call(3, "6")
	w.call(2, "7")
	w.pass(time.Minute)
	w.expect("call 1 x2", "call 3 x2", "call 2 x2")
	if got := w.begun[2].Window; got != "7" {
		t.Errorf("called to %s", got)
	}
}

// Calls come before notices, whatever was asked for first; a notice is said once, and not again while it waits.
func TestCallsFirst(t *testing.T) {
	w := newWorld(t)
	w.notice(queue.SayClosed)
	w.notice(queue.SayPause)
	w.notice(queue.SayPause)
	w.call(1, "3")
	w.pass(time.Minute)
	w.expect("closed x1", "call 1 x2", "pause x1")
}

// Notices grow old; that a window pauses is no news after two minutes.
func TestOldNotices(t *testing.T) {
	w := newWorld(t)
	w.behind = func(speak.Turn) time.Duration { return 3 * time.Minute }
	w.call(1, "3")
	w.notice(queue.SayPause)
	w.notice(queue.SayClosed)
	w.pass(time.Hour)
	w.expect("call 1 x2", "closed x1")
	if got := w.queue.Count().Dropped[speak.TooOld]; got != 1 {
		t.Errorf("%d were dropped as too old", got)
	}
}

// What waits while nobody can speak is kept for a minute: a board that was cut
// off for a moment still says it, one that was off for long replays nothing.
func TestNobodyToSayIt(t *testing.T) {
	w := newWorld(t)
	w.hear(true)
	w.call(1, "3")
	w.pass(30 * second)
	w.call(2, "5")
	w.pass(31 * second)
	w.hear(false)
	w.pass(time.Minute)
	w.expect("call 2 x2")
}

// However long a call has waited behind others, it is said while its number is being called.
func TestNoAgeWhileHeard(t *testing.T) {
	w := newWorld(t)
	w.behind = func(speak.Turn) time.Duration { return 5 * time.Minute }
	w.call(1, "3")
	w.call(2, "5")
	w.pass(time.Hour)
	w.expect("call 1 x2", "call 2 x2")
	if got, want := w.queue.Count().Longest, 5*time.Minute+speak.Gap; got != want {
		t.Errorf("the longest wait was %v, want %v", got, want)
	}
}

// What no voice can say holds nobody up.
func TestVoiceless(t *testing.T) {
	w := newWorld(t)
	w.behind = func(t speak.Turn) time.Duration {
		if t.Ticket == 1 {
			return 0
		}
		return usualLength(t)
	}
	w.call(1, "3")
	w.call(2, "5")
	w.expect("call 2 x2")
	if got := w.queue.Count().Dropped[speak.Voiceless]; got != 1 {
		t.Errorf("%d had no voice", got)
	}
}

// A hall that is switched off forgets what waits, and what is being said is still said to its end.
func TestClear(t *testing.T) {
	w := newWorld(t)
	w.call(1, "3")
	w.call(2, "5")
	w.pass(4 * second)
	if n, since := w.queue.Waiting(); n != 1 || since != 0 {
		t.Errorf("%d wait since %v", n, since)
	}
	w.queue.Clear()
	w.come(2)
	w.call(3, "6")
	w.expect("call 1 x2")
	w.pass(time.Minute)
	w.expect("call 1 x2", "call 3 x2")
}
