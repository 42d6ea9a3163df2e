package speak_test

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
)

const (
	windows = 20
	second  = time.Second
)

// world is a hall as the queue sees it, in fake time: windows call, visitors
// come, and what was said is held against what was true.
type world struct {
	t      *testing.T
	queue  speak.Queue
	now    time.Duration
	silent bool // nobody can say anything

	// called is where each number is called to at present.
	called map[queue.TicketID]queue.WindowID
	// unsaid are the numbers that are being called and were not yet said.
	unsaid map[queue.TicketID]bool
	asked  []call
	events schedule
	// over is when the present announcement is over.
	over   time.Duration
	begun  []begun
	behind func(speak.Turn) time.Duration
}

// call is a call that was made.
type call struct {
	ticket queue.TicketID
	window queue.WindowID
	at     time.Duration
}

// begun is an announcement that was said.
type begun struct {
	speak.Turn
	at, over time.Duration
}

func newWorld(t *testing.T) *world {
	return &world{t: t, called: map[queue.TicketID]queue.WindowID{}, unsaid: map[queue.TicketID]bool{}, behind: usualLength}
}

// usualLength is how long a call is: a chime of a second, four seconds each time, a second in between.
func usualLength(t speak.Turn) time.Duration { return time.Duration(5*t.Times) * second }

func (w *world) Heard() bool { return !w.silent }
func (w *world) Holds(i speak.Item, _ time.Duration) bool {
	return i.Ticket == 0 || w.called[i.Ticket] == i.Window
}

func (w *world) Lasts(t speak.Turn) time.Duration {
	d := w.behind(t)
	if d == 0 { // no voice has the words
		delete(w.unsaid, t.Ticket)
	}
	return d
}

// call calls a number to a window, as the clerk does.
func (w *world) call(ticket queue.TicketID, window queue.WindowID) {
	w.called[ticket], w.unsaid[ticket] = window, true
	w.asked = append(w.asked, call{ticket, window, w.now})
	w.queue.Ask(speak.Item{Kind: queue.SayCall, Ticket: ticket, Window: window}, w.now)
	w.speak()
}

// come has a visitor arrive at the window: the call is over.
func (w *world) come(ticket queue.TicketID) {
	delete(w.called, ticket)
	delete(w.unsaid, ticket)
}

func (w *world) recall(ticket queue.TicketID) {
	w.queue.Ask(speak.Item{Kind: queue.SayRecall, Ticket: ticket, Window: w.called[ticket]}, w.now)
	w.speak()
}

// hear has somebody come who can say things, or go.
func (w *world) hear(silent bool) {
	w.silent = silent
	if !silent { // what waited for too long is not said any more
		for _, c := range w.asked {
			if w.now-c.at > speak.Validity {
				delete(w.unsaid, c.ticket)
			}
		}
	}
	w.speak()
}

// notice asks for something that is about no number.
func (w *world) notice(kind queue.Announcement) {
	w.queue.Ask(speak.Item{Kind: kind, Window: "3"}, w.now)
	w.speak()
}

// speak lets the next one begin, as the announcer does after whatever happens.
func (w *world) speak() {
	turn, ok := w.queue.Begin(w.now, w)
	if !ok {
		if len(w.unsaid) > 0 && !w.silent && w.queue.Free() <= w.now {
			w.t.Fatalf("%v: the hall is silent, and %v are called", w.now, w.unsaid)
		}
		return
	}
	delete(w.unsaid, turn.Ticket)
	w.judge(turn)
	w.over = w.now + w.behind(turn)
	w.begun = append(w.begun, begun{turn, w.now, w.over})
}

// judge holds what begins against what is true.
func (w *world) judge(turn speak.Turn) {
	switch {
	case w.silent:
		w.t.Fatalf("%v: said while nobody can", w.now)
	case w.now < w.over+speak.Gap && len(w.begun) > 0:
		w.t.Fatalf("%v: begins while the one before lasts until %v", w.now, w.over)
	case turn.Ticket != 0 && w.called[turn.Ticket] != turn.Window:
		w.t.Fatalf("%v: number %d is called to window %s, and was called to %q meanwhile", w.now, turn.Ticket, turn.Window, w.called[turn.Ticket])
	}
}

// pass lets time pass, beginning whatever can.
func (w *world) pass(d time.Duration) {
	until := w.now + d
	for {
		next := until
		if free := w.queue.Free(); free > w.now && free < next {
			next = free
		}
		w.now = next
		w.speak()
		if w.now == until {
			return
		}
	}
}

// said lists what was said, such as "call 5 x2".
func (w *world) said() (all []string) {
	for _, b := range w.begun {
		what := string(b.Kind)
		if b.Ticket != 0 {
			what += fmt.Sprintf(" %d", b.Ticket)
		}
		all = append(all, fmt.Sprintf("%s x%d", what, b.Times))
	}
	return all
}

// schedule are the things to come of a simulated hall.
type schedule []happening

type happening struct {
	at time.Duration
	do func()
}

func (s *schedule) Len() int           { return len(*s) }
func (s *schedule) Less(i, j int) bool { return (*s)[i].at < (*s)[j].at }
func (s *schedule) Swap(i, j int)      { (*s)[i], (*s)[j] = (*s)[j], (*s)[i] }
func (s *schedule) Push(x any)         { *s = append(*s, x.(happening)) }
func (s *schedule) Pop() any {
	last := (*s)[len(*s)-1]
	*s = (*s)[:len(*s)-1]
	return last
}

// in has something happen later.
func (w *world) in(d time.Duration, do func()) { heap.Push(&w.events, happening{w.now + d, do}) }

// live lets a hall make so many calls, one every so often on average, and runs
// until all visitors have come and the queue is empty. Some numbers are called
// again, some taken back, some called elsewhere; nobody stays away for ever.
func (w *world) live(calls int, every time.Duration, random *rand.Rand) {
	wait := func(mean time.Duration) time.Duration { return time.Duration(random.ExpFloat64() * float64(mean)) }
	made := 0
	var arrive func()
	arrive = func() {
		if made++; made < calls {
			w.in(wait(every), arrive)
		}
		ticket := queue.TicketID(made)
		w.call(ticket, queue.WindowID(fmt.Sprint(random.IntN(windows)+1)))
		w.in(5*second+wait(40*second), func() { w.come(ticket) })
		switch random.IntN(10) {
		case 0, 1:
			w.in(10*second+wait(10*second), func() {
				if w.called[ticket] != "" {
					w.recall(ticket)
				}
			})
		case 2: // taken back at once, and called by another window
			w.in(wait(5*second), func() {
				if w.called[ticket] != "" {
					w.call(ticket, "21")
				}
			})
		case 3:
			w.notice([]queue.Announcement{queue.SayPause, queue.SayResume, queue.SayClosed}[random.IntN(3)])
		}
	}
	w.in(0, arrive)
	for len(w.events) > 0 {
		next := heap.Pop(&w.events).(happening)
		w.pass(next.at - w.now)
		next.do()
		w.speak()
	}
	w.pass(time.Hour)
}
