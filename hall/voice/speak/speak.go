// Package speak is the order in which a hall says things aloud: one queue for
// the whole hall, in virtual time, with no clock, no sound and no goroutine of
// its own.
//
// Whoever keeps time asks (Ask) as things happen and, whenever the hall is
// silent, lets the next one begin (Begin). The rules:
//
//   - One at a time: nothing begins before what is being said is over, and a Gap after it.
//   - Calls come before notices; calls keep the order in which they were asked for, and so do notices.
//   - What no longer holds is dropped when its turn has come, not before: a number that is called again
//     in the meantime is still said.
//   - A call is said twice. While more than two wait, the one whose turn it is counted, each is said once.
//   - A number waits once: calling it again renews the call that waits, in its place. Nobody heard that one
//     yet, so it stays a call and does not become "once more".
//   - While nobody can say anything, what waits is kept for Validity and then dropped. While somebody can, a call
//     has no age: however long it waited, its number is still being called.
package speak

import (
	"slices"
	"time"

	"petitionhall/queue"
)

const (
	// Gap is the silence after each announcement: a board that began late has ended, and ears can tell two apart.
	Gap = 1200 * time.Millisecond
	// Validity is how long an announcement waits for somebody who can say it.
	Validity = time.Minute
	// Twice is how many calls may wait, the one whose turn it is counted, so that it is still said twice.
	Twice = 2
	// noticeAge is for how long a notice is news, while it holds.
	noticeAge = 2 * time.Minute
	// closedAge is the same for the end of issuing, which stays true.
	closedAge = 10 * time.Minute
)

// Item is something to be said.
type Item struct {
	Kind queue.Announcement
	// Day is the date whose ticket and windows are meant: numbers begin anew each day.
	Day string
	// Ticket is what it is about; 0 for none.
	Ticket queue.TicketID
	// Window is where to go, or what it is about; empty for none.
	Window queue.WindowID
	// Since tells two calls of a ticket to the same window apart, or what a notice is of; zero for any.
	Since time.Time
}

// call tells calls from notices.
func (i Item) call() bool { return i.Kind == queue.SayCall || i.Kind == queue.SayRecall }

// Turn is an item whose turn has come.
type Turn struct {
	Item
	// Times is how often it is said, 1 or 2.
	Times int
	// Waited is the time since it was first asked for.
	Waited time.Duration
}

// Drop is why something was not said.
type Drop string

// The reasons.
const (
	// MovedOn: it no longer held, such as a call of a number that was served meanwhile.
	MovedOn Drop = "moved-on"
	// TooOld: it waited too long, for somebody who can say it or behind calls.
	TooOld Drop = "too-old"
	// Renewed: the number was called anew before it was said.
	Renewed Drop = "renewed"
	// Voiceless: no voice has the words.
	Voiceless Drop = "voiceless"
)

// Drops are all reasons.
func Drops() []Drop { return []Drop{MovedOn, TooOld, Renewed, Voiceless} }

// Hall is what the queue asks when a turn has come.
type Hall interface {
	// Heard tells whether somebody can say something now.
	Heard() bool
	// Holds tells whether an item still holds that was asked for so long ago.
	Holds(i Item, age time.Duration) bool
	// Lasts is how long a turn takes to be said; 0 when no voice has the words.
	Lasts(t Turn) time.Duration
}

// Queue is what waits to be said. The zero value is an empty queue of a silent
// hall. It is not safe for concurrent use. All times are since any one moment,
// and never go back.
type Queue struct {
	calls, notices []waiting
	// free is when the next may begin.
	free time.Duration
	// deaf says that nobody could say anything when it was last looked at.
	deaf bool

	said    map[queue.Announcement]int
	dropped map[Drop]int
	longest time.Duration
}

type waiting struct {
	Item
	// asked is when it was asked for first, renewed when last.
	asked, renewed time.Duration
}

// Ask has something said when its turn comes.
func (q *Queue) Ask(i Item, now time.Duration) {
	line := q.line(i)
	at := slices.IndexFunc(*line, func(w waiting) bool { return same(w.Item, i) })
	switch {
	case at < 0:
	case i.Kind == queue.SayRecall && (*line)[at].Window == i.Window:
		(*line)[at].renewed = now
		q.drop(Renewed)
		return
	default: // a call anew, to whichever window; the one that waits is void
		*line = slices.Delete(*line, at, at+1)
		q.drop(Renewed)
	}
	*line = append(*line, waiting{i, now, now})
}

// line is where an item waits.
func (q *Queue) line(i Item) *[]waiting {
	if i.call() {
		return &q.calls
	}
	return &q.notices
}

// same tells whether a newer item takes the place of one that waits: a number is
// called to one place at a time, and a notice need not be said twice.
func same(old, i Item) bool {
	if i.call() {
		return old.Day == i.Day && old.Ticket == i.Ticket
	}
	return old == i
}

// Begin lets the next one begin, if the hall is silent and there is one that
// still holds. Whoever asked says it; Free tells until when nobody else may.
func (q *Queue) Begin(now time.Duration, hall Hall) (Turn, bool) {
	heard := hall.Heard()
	if !heard || q.deaf {
		q.forget(now)
	}
	q.deaf = !heard
	if !heard || now < q.free {
		return Turn{}, false
	}
	for {
		w, ok := q.next(now, hall)
		if !ok {
			return Turn{}, false
		}
		t := Turn{Item: w.Item, Times: q.times(w.Item, now, hall), Waited: now - w.asked}
		lasts := hall.Lasts(t)
		if lasts <= 0 {
			q.drop(Voiceless)
			continue
		}
		q.free = now + lasts + Gap
		q.count(t)
		return t, true
	}
}

// next takes the first that still holds out of the queue, and those before it that do not.
func (q *Queue) next(now time.Duration, hall Hall) (waiting, bool) {
	for _, line := range []*[]waiting{&q.calls, &q.notices} {
		for len(*line) > 0 {
			w := (*line)[0]
			*line = (*line)[1:]
			switch age := now - w.renewed; {
			case !hall.Holds(w.Item, age):
				q.drop(MovedOn)
			case age > ageOf(w.Kind):
				q.drop(TooOld)
			default:
				return w, true
			}
		}
	}
	return waiting{}, false
}

// ageOf is how old something may be when it is said, while it holds.
func ageOf(kind queue.Announcement) time.Duration {
	const ever = 1<<63 - 1
	switch kind {
	case queue.SayCall, queue.SayRecall, queue.SayPreCall, queue.SayClosingSoon:
		return ever // whether they hold says it all
	case queue.SayClosed:
		return closedAge
	default:
		return noticeAge
	}
}

// times is how often an item is said whose turn has come. Only calls that still
// hold count as waiting: the others take no time.
func (q *Queue) times(i Item, now time.Duration, hall Hall) int {
	if i.Kind != queue.SayCall {
		return 1
	}
	waits := 1
	for _, w := range q.calls {
		if hall.Holds(w.Item, now-w.renewed) {
			waits++
		}
		if waits > Twice {
			return 1
		}
	}
	return 2
}

// forget drops what has waited for longer than Validity. It is called while
// nobody can say anything.
func (q *Queue) forget(now time.Duration) {
	for _, line := range []*[]waiting{&q.calls, &q.notices} {
		*line = slices.DeleteFunc(*line, func(w waiting) bool {
			old := now-w.renewed > Validity
			if old {
				q.drop(TooOld)
			}
			return old
		})
	}
}

// Clear empties the queue; what is being said is said to its end.
func (q *Queue) Clear() { q.calls, q.notices = nil, nil }

// Free is when the next one may begin.
func (q *Queue) Free() time.Duration { return q.free }

// Waiting is how many wait, and since when the one that waits longest does.
func (q *Queue) Waiting() (n int, since time.Duration) {
	for _, line := range [][]waiting{q.calls, q.notices} {
		for _, w := range line {
			if n++; n == 1 || w.asked < since {
				since = w.asked
			}
		}
	}
	return n, since
}

// Count is what became of what was asked for.
type Count struct {
	Said    map[queue.Announcement]int
	Dropped map[Drop]int
	// Longest is the longest that a call waited which was said.
	Longest time.Duration
}

// Count tells what was said and what was not. The maps are the queue's own.
func (q *Queue) Count() Count { return Count{q.said, q.dropped, q.longest} }

func (q *Queue) count(t Turn) {
	if q.said == nil {
		q.said = map[queue.Announcement]int{}
	}
	q.said[t.Kind]++
	if t.call() {
		q.longest = max(q.longest, t.Waited)
	}
}

func (q *Queue) drop(why Drop) {
	if q.dropped == nil {
		q.dropped = map[Drop]int{}
	}
	q.dropped[why]++
}
