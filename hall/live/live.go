// Package live tells boards, kiosks and windows what happens in the hall, as
// server-sent events.
//
// A Hub is one reader of the committed state. For each revision it makes the
// messages once and hands the same bytes to every connection:
//
//	hall    the whole hall: first, after a gap, and when phase or configuration changed
//	call    one call of a number; all calls of a revision come before its change
//	change  the windows and services that a revision changed; there is one for every revision
//	tick    the clock and the revision, every 3 s
//	say     what is said aloud from now on; who joins meanwhile gets it after a tick
//
// The id of a revision stands on its last message only, so that a reader that
// was cut off in the middle gets the whole revision again. A reader resumes
// after Last-Event-ID as long as the hub still has what followed; otherwise it
// gets the whole hall. A reader that does not keep up is cut off and resumes:
// nobody ever waits for it.
package live

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"petitionhall/hall/runner"
	"petitionhall/hall/view"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

const (
	// tickEvery is the heartbeat. A page calls itself silent after three of them and a little.
	tickEvery = 3 * time.Second
	// backlog is how many commits the hub may be behind the runner before it begins anew.
	backlog = 256
	// seats is how many revisions a connection may be behind before it is cut off.
	seats = 64
	// writeTimeout is how long one write to a connection may take.
	writeTimeout = 10 * time.Second
)

// Source is what the hub reads.
type Source interface {
	// View shows the committed state.
	View(look func(s *queue.State, revision journal.Revision))
	// Subscribe begins to follow what is committed, at the state that look is shown.
	Subscribe(room int, look func(s *queue.State, revision journal.Revision)) *runner.Subscription
	// Moment is what a view needs beside the state.
	Moment(revision journal.Revision) view.Moment
}

// Hub makes the messages and keeps the connections. Run drives it.
type Hub struct {
	source Source
	log    *slog.Logger
	joins  chan *connection
	says   chan announced
	looks  chan struct{} // holds one note that is not yet taken
	ended  chan struct{} // closed when Run has returned
	// speakersChanged holds one note that is not yet taken.
	speakersChanged chan struct{}

	// The rest belongs to the goroutine of Run, except for what mu guards.
	news *runner.Subscription
	seen sight
	last picture // of seen
	kept history
	// saying is what is being said, or was last.
	saying saying

	mu          sync.Mutex
	connections map[*connection]struct{}
	speaking    map[*connection]struct{} // those of them whose sound is on
}

// New makes a hub. Connections wait until it runs.
func New(source Source, log *slog.Logger) *Hub {
	return &Hub{source: source, log: log, joins: make(chan *connection), says: make(chan announced), looks: make(chan struct{}, 1), ended: make(chan struct{}),
		speakersChanged: make(chan struct{}, 1), connections: map[*connection]struct{}{}, speaking: map[*connection]struct{}{}}
}

// Connections is how many readers are connected.
func (h *Hub) Connections() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.connections)
}

// Look has the hub tell at once what changed without a revision, and not only
// with the next heartbeat. It waits for nobody.
func (h *Hub) Look() {
	select {
	case h.looks <- struct{}{}:
	default: // it will look anyway
	}
}

// Run tells the news until ctx ends. Then it lets all connections go and returns nil.
func (h *Hub) Run(ctx context.Context) error {
	defer h.end()
	h.begin()
	defer func() { h.news.Close() }() // the one that follows at the end
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case c, ok := <-h.news.Feed():
			h.follow(c, ok)
		case c := <-h.joins:
			h.catchUp()
			h.seat(c)
		case a := <-h.says:
			h.say(a)
		case <-h.looks:
			h.catchUp()
		case <-tick.C:
			h.tick()
		}
	}
}

// begin starts from the committed state; nothing from before can be resumed.
func (h *Hub) begin() {
	h.news = h.source.Subscribe(backlog, func(s *queue.State, revision journal.Revision) { h.seen = h.see(s, revision) })
	h.last = h.seen.picture()
	h.kept.begin(h.last.revision)
}

// see makes the public hall of a state. It runs under the state's lock, so
// nothing is encoded here.
func (h *Hub) see(s *queue.State, revision journal.Revision) sight {
	m := h.source.Moment(revision)
	return sight{view.OfHall(s, m), [2]*queue.Configuration{s.Configuration, m.Configuration}}
}

// follow tells what was committed, or begins anew when the hub lost its seat.
func (h *Hub) follow(c runner.Commit, ok bool) {
	if !ok {
		h.log.Warn("the live events fell behind and begin anew")
		h.begin()
		h.broadcast(h.wholeHall())
		return
	}
	h.catchUp(c)
}

// catchUp tells all that is committed by now, and what changed without a
// revision, such as the date or the printer. A commit is fed while the state is
// locked for it, so under View the feed holds exactly what the state has: the
// messages and the state that they are made of belong together.
func (h *Hub) catchUp(commits ...runner.Commit) {
	before := h.last
	var calls []view.Call
	h.source.View(func(s *queue.State, revision journal.Revision) {
		commits = append(commits, h.drain()...)
		if h.seen = h.see(s, revision); h.seen.hall.Day == before.day {
			calls = callsOf(s, commits)
		}
	})
	now := h.seen.picture()
	if len(commits) == 0 && now.frame == before.frame && now.expected == before.expected {
		return // and h.last stays what the readers were told
	}
	h.last = now
	h.tell(before, calls)
}

// drain takes what is fed already.
func (h *Hub) drain() (commits []runner.Commit) {
	for {
		select {
		case c, ok := <-h.news.Feed():
			if !ok {
				return commits // Run meets the closed feed again
			}
			commits = append(commits, c)
		default:
			return commits
		}
	}
}

// tell sends what changed between two pictures, and keeps it for who resumes.
func (h *Hub) tell(before picture, calls []view.Call) {
	var m message
	for _, c := range calls {
		m.add("call", 0, c)
	}
	if h.last.frame == before.frame {
		m.add("change", h.last.revision, h.last.since(before))
	} else {
		m.add("hall", h.last.revision, h.seen.hall)
	}
	h.kept.add(entry{from: before.revision, to: h.last.revision, bytes: m.bytes()})
	h.broadcast(m.bytes())
}

// tick sends the heartbeat.
func (h *Hub) tick() {
	h.catchUp()
	var m message
	m.add("tick", 0, h.present())
	h.broadcast(m.bytes())
}

// present is the clock and the revision. The hub has just caught up.
func (h *Hub) present() view.Tick { return view.Tick{Revision: h.last.revision, At: h.seen.hall.At} }

func (h *Hub) wholeHall() []byte {
	var m message
	m.add("hall", h.last.revision, h.seen.hall)
	return m.bytes()
}
