// Package check proves on a journal that the hall kept its promises.
//
// It reads the same events as everyone else, but it shares nothing with the
// engine that decided them: its own small bookkeeping, written from the hall's
// rules, says for each event whether it was allowed, and at the end of each day
// it is held against a replay by the engine. So a fault of the engine shows as
// a violation instead of being repeated here.
//
// The journal alone decides the rules below. It cannot tell whether the clock
// was right, whether paper came out, or who was answered.
package check

import (
	"fmt"
	"time"

	"petitionhall/queue"
)

// Rule numbers the invariants as the hall's rules do (docs/rules.md).
type Rule int

// The ten invariants, and what stands beside the journal.
const (
	// Numbers: within a day and series, numbers are 1, 2, 3 … with no gap and no double.
	Numbers Rule = 1
	// OnePlace: a ticket is at one place at a time, and moves only as the machine allows.
	OnePlace Rule = 2
	// OneTicket: a window has at most one ticket.
	OneTicket Rule = 3
	// FirstWindow: the first window never changes.
	FirstWindow Rule = 4
	// Bound: nobody is passed over by preference more often than the bound says.
	Bound Rule = 5
	// Order: preference, arrival, priority k:1 and rejoin hold at every call of the next.
	Order Rule = 6
	// CheckLines: issued and served are what their parts add up to.
	CheckLines Rule = 7
	// AllEnded: every ticket of a closed day has an end.
	AllEnded Rule = 8
	// OneKey: a request key issues one ticket.
	OneKey Rule = 9
	// Replay: replaying a day gives the digest that it was closed with.
	Replay Rule = 10
	// Ratings: as many ratings were counted as numbers have rated. No journal tells
	// it; whoever checks a hall's directory adds it.
	Ratings Rule = 11
)

// Violation is one broken promise, in a sentence.
type Violation struct {
	Rule Rule `json:"rule"`
	// Revision and Event say where: the batch, and the place in it from 1.
	Revision uint64 `json:"revision"`
	Event    int    `json:"event"`
	Day      string `json:"day"`
	// Ticket is the number's text, where one is concerned.
	Ticket string `json:"ticket"`
	What   string `json:"what"`
}

// String tells the violation as a sentence.
func (v Violation) String() string {
	if v.Revision == 0 { // it does not stand in the journal
		return fmt.Sprintf("%s (rule %d)", v.What, v.Rule)
	}
	ticket := ""
	if v.Ticket != "" {
		ticket = "ticket " + v.Ticket + ": "
	}
	return fmt.Sprintf("day %s, revision %d, event %d: %s%s (rule %d)", v.Day, v.Revision, v.Event, ticket, v.What, v.Rule)
}

// Report is what the checker found.
type Report struct {
	Days    int `json:"days"`
	Batches int `json:"batches"`
	Events  int `json:"events"`
	Counts
	Violations []Violation `json:"violations"`
}

// Counts are the figures of both check lines, over all days read.
type Counts struct {
	Issued     int `json:"issued"`
	Done       int `json:"done"`
	Cancelled  int `json:"cancelled"`
	Left       int `json:"left"`
	Deferred   int `json:"deferred"`
	Open       int `json:"open"`
	Served     int `json:"served"`
	Resolved   int `json:"resolved"`
	Referred   int `json:"referred"`
	Unrecorded int `json:"unrecorded"`
	// StartedOpen are served tickets that have not ended yet.
	StartedOpen int `json:"startedOpen"`
}

// OK tells whether every promise was kept.
func (r Report) OK() bool { return len(r.Violations) == 0 }

// Checker reads a journal from its first kept day on. The zero value is not
// ready: use New. It is not safe for concurrent use.
type Checker struct {
	report   Report
	day      *day
	state    *queue.State
	keys     map[string]string
	oldKeys  map[string]string
	revision uint64
	event    int
	broken   bool
}

// New is a checker that has read nothing.
func New() *Checker {
	return &Checker{state: queue.NewState(), keys: map[string]string{}, oldKeys: map[string]string{}}
}

// Add reads one batch. Batches come in the journal's order without a gap; the
// first one opens a day.
func (c *Checker) Add(revision uint64, events []queue.Event) {
	if c.revision != 0 && revision != c.revision+1 {
		c.revision = revision
		c.violate(Replay, "", "the revision follows none that was read")
	}
	c.revision = revision
	c.report.Batches++
	for i := range events {
		c.event = i + 1
		c.report.Events++
		c.one(&events[i])
	}
}

// Report sums up what was read so far.
func (c *Checker) Report() Report {
	r := c.report
	if c.day != nil {
		c.day.sum(&r.Counts)
	}
	r.Violations = append([]Violation(nil), c.report.Violations...)
	if r.Issued != r.Done+r.Cancelled+r.Left+r.Deferred+r.Open {
		r.Violations = append(r.Violations, Violation{Rule: CheckLines, Revision: c.revision, What: "issued is not done + cancelled + left + deferred + open"})
	}
	if r.Served != r.Resolved+r.Referred+r.Unrecorded+r.StartedOpen {
		r.Violations = append(r.Violations, Violation{Rule: CheckLines, Revision: c.revision, What: "served is not resolved + referred + unrecorded + started and open"})
	}
	return r
}

func (c *Checker) violate(rule Rule, ticket, format string, args ...any) {
	v := Violation{Rule: rule, Revision: c.revision, Event: c.event, Ticket: ticket, What: fmt.Sprintf(format, args...)}
	if c.day != nil {
		v.Day = c.day.date
	}
	c.report.Violations = append(c.report.Violations, v)
}

func (c *Checker) one(e *queue.Event) {
	if opened, ok := e.Data.(*queue.DayOpened); ok {
		c.openDay(opened)
	}
	if c.day == nil {
		c.violate(Replay, "", "%s before any day was opened", e.Type)
		return
	}
	c.key(e)
	c.day.apply(c, e)
	if closed, ok := e.Data.(*queue.DayClosed); ok {
		c.closeDay(closed)
	}
	c.replay(e)
}

// replay follows the engine. Once it cannot, the rest of the day has no digest.
func (c *Checker) replay(e *queue.Event) {
	if _, opens := e.Data.(*queue.DayOpened); opens {
		c.broken = false
	}
	if c.broken {
		return
	}
	if err := queue.Evolve(c.state, *e); err != nil {
		c.broken = true
		c.violate(Replay, "", "the engine cannot replay it: %v", err)
	}
}

func (c *Checker) openDay(d *queue.DayOpened) {
	if c.day != nil {
		if !c.day.closed {
			c.violate(AllEnded, "", "a day was opened while %s was not closed", c.day.date)
		}
		c.day.sum(&c.report.Counts)
	}
	c.report.Days++
	c.day = newDay(d)
	c.keys, c.oldKeys = map[string]string{}, c.keys
}

// closeDay runs after the day's own bookkeeping and before the engine's, so the
// engine's state is the one that the digest was made of.
func (c *Checker) closeDay(d *queue.DayClosed) {
	for _, t := range c.day.tickets {
		if !t.state.Terminal() {
			c.violate(AllEnded, t.number, "the day was closed while it was %s", t.state)
		}
	}
	if c.broken {
		return
	}
	if got := c.state.Digest(); got != d.Digest {
		c.violate(Replay, "", "the replay gives the digest %.12s, the day was closed with %.12s", got, d.Digest)
	}
	for i, t := range c.day.tickets {
		replayed, ok := c.state.Ticket(queue.TicketID(i + 1))
		if ok && replayed.FirstWindow != t.firstWindow {
			c.violate(FirstWindow, t.number, "first called at window %s, but %s is kept as first", t.firstWindow, replayed.FirstWindow)
		}
	}
}

// key holds that a request key acts once within two days.
func (c *Checker) key(e *queue.Event) {
	if e.Key == "" {
		return
	}
	if _, twice := c.keys[e.Key]; twice {
		c.violate(OneKey, "", "the request key of this %s has acted before today", e.Type)
	} else if _, twice := c.oldKeys[e.Key]; twice {
		c.violate(OneKey, "", "the request key of this %s has acted before, the day before", e.Type)
	}
	c.keys[e.Key] = e.Type
}

// place is where the checker believes a ticket to be.
type place struct {
	id          int
	number      string
	service     queue.ServiceID
	state       queue.TicketState
	priority    bool
	arrival     time.Time
	window      queue.WindowID
	firstWindow queue.WindowID
	served      bool
	// servedBefore is served before the last start.
	servedBefore bool
	// joined are the windows that receive it together with window.
	joined []queue.WindowID
	// passed counts how often it was passed over by preference since it waits.
	passed int
	// stays counts the times that it began to wait.
	stays   int
	outcome queue.Outcome
	// rejoin counts the calls that are still due before it; nil when it never rejoined or was called since.
	rejoin     *int
	rejoinHome queue.WindowID
	rejoinTurn int
}
