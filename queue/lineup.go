package queue

import (
	"maps"
	"slices"
	"time"
)

// Lineup is who waits, and whom each window calls next. It knows nothing of a
// ticket but what the rules look at, so that forward runs can copy it and let it
// live on by the very rules of the hall. It is not safe for concurrent use;
// reading alone is.
type Lineup struct {
	rules   Rules
	version int // of the rules, as the day was opened with
	seats   []seat
	seatOf  map[WindowID]int32
	lines   []line
	lineOf  map[lineKey]int32
	// back are the waiting tickets that came back, in the order of rejoining.
	back []turn
	// clock counts entries and calls, so that an undone call is taken back from those only who stood there then.
	clock int
}

// Entry is what the rules look at in a waiting ticket.
type Entry struct {
	ID       TicketID
	Arrival  time.Time
	Priority bool
	Service  ServiceID
	// Window is the window that the ticket is bound to; empty for any of the service's.
	Window WindowID
}

func (e Entry) place() place { return place{e.Arrival.UnixNano(), e.ID} }

func (e Entry) class() int {
	if e.Priority {
		return priorityClass
	}
	return ordinaryClass
}

// The two classes of a line.
const (
	ordinaryClass = iota
	priorityClass
	classes
)

// lineKey names a line: that of a service, or that of its tickets that are bound to one window.
type lineKey struct {
	service ServiceID
	window  WindowID
}

// line holds waiting tickets by class.
type line struct {
	key   lineKey
	class [classes]rank
}

func (l *line) len() int { return l.class[ordinaryClass].len() + l.class[priorityClass].len() }

// seat is a window as the rules see it.
type seat struct {
	id       WindowID
	services []ServiceID // in the order of preference
	lines    []int32     // for each service its line, and the line of those bound to this window
	open     bool
	// run counts the priority calls since the last ordinary one while an ordinary ticket waited.
	run int
}

func (s *seat) serves(id ServiceID) bool { return slices.Contains(s.services, id) }

// turn is a rejoined ticket that waits for its turn.
type turn struct {
	Entry
	since int
	*RejoinTurn
}

// newLineup is the lineup of a day, with nobody in it.
func newLineup(c *Configuration, version int) *Lineup {
	l := &Lineup{rules: c.Rules, version: version, seatOf: map[WindowID]int32{}, lineOf: map[lineKey]int32{}}
	for i := range c.Services {
		l.line(lineKey{service: c.Services[i].ID})
	}
	for i := range c.Windows {
		l.seat(c.Windows[i].ID, c.Windows[i].Services)
	}
	return l
}

// seat sets up a window, or changes what it serves.
func (l *Lineup) seat(id WindowID, services []ServiceID) {
	i, known := l.seatOf[id]
	if !known {
		i = int32(len(l.seats))
		l.seats = append(l.seats, seat{id: id})
		l.seatOf[id] = i
	}
	l.seats[i].services, l.seats[i].lines = services, nil
	for _, s := range services {
		own, bound := l.line(lineKey{service: s}), l.line(lineKey{s, id})
		l.seats[i].lines = append(l.seats[i].lines, own, bound)
	}
}

func (l *Lineup) line(k lineKey) int32 {
	i, known := l.lineOf[k]
	if !known {
		i = int32(len(l.lines))
		l.lines = append(l.lines, line{key: k})
		l.lineOf[k] = i
	}
	return i
}

func (l *Lineup) at(id WindowID) (*seat, bool) {
	i, ok := l.seatOf[id]
	if !ok {
		return nil, false
	}
	return &l.seats[i], true
}

// Clone makes a lineup that lives on independently of this one.
func (l *Lineup) Clone() *Lineup {
	c := *l
	c.seats, c.lines, c.back = slices.Clone(l.seats), slices.Clone(l.lines), slices.Clone(l.back)
	for i := range c.lines {
		for class := range c.lines[i].class {
			r := &c.lines[i].class[class]
			r.nodes, r.free = slices.Clone(r.nodes), slices.Clone(r.free)
		}
	}
	for i := range c.back {
		left := *c.back[i].RejoinTurn
		c.back[i].RejoinTurn = &left
	}
	c.seatOf, c.lineOf = maps.Clone(l.seatOf), maps.Clone(l.lineOf)
	return &c
}

// Open lets a window take part, or no longer. Where it is closed, those who
// rejoin there come up at any window of their service.
func (l *Lineup) Open(id WindowID, open bool) {
	if s, ok := l.at(id); ok {
		s.open = open
	}
}

// Enter puts a ticket into its line.
func (l *Lineup) Enter(e Entry) { l.enter(e, standing{since: l.tick()}) }

func (l *Lineup) enter(e Entry, s standing) {
	l.lines[l.line(lineKey{e.Service, e.Window})].class[e.class()].insert(e.place(), s)
}

func (l *Lineup) tick() int {
	l.clock++
	return l.clock
}

// Return puts a ticket that rejoins into the line of those who came back. The
// turn is the lineup's from then on.
func (l *Lineup) Return(e Entry, t *RejoinTurn) {
	l.back = append(l.back, turn{e, l.tick(), t})
}

// Leave takes a ticket out, wherever it waits.
func (l *Lineup) Leave(e Entry) {
	for i := range l.back {
		if l.back[i].ID == e.ID {
			l.back = slices.Delete(l.back, i, i+1)
			return
		}
	}
	if i, ok := l.lineOf[lineKey{e.Service, e.Window}]; ok {
		l.lines[i].class[e.class()].remove(e.place())
	}
}

// move lets a waiting ticket wait elsewhere, where it stood: how often it was
// passed over, when it came, and its turn after a rejoin stay.
func (l *Lineup) move(was, now Entry) {
	for i := range l.back {
		if l.back[i].ID == was.ID {
			l.back[i].Entry = now
			return
		}
	}
	if i, ok := l.lineOf[lineKey{was.Service, was.Window}]; ok {
		if s, found := l.lines[i].class[was.class()].remove(was.place()); found {
			l.enter(now, s)
		}
	}
}

// unbind gives those who are bound to a window back to their service.
func (l *Lineup) unbind(id WindowID, each func(TicketID)) {
	for i := range l.lines {
		bound := &l.lines[i]
		if bound.key.window != id {
			continue
		}
		own := l.line(lineKey{service: bound.key.service})
		bound = &l.lines[i]
		for class := range bound.class {
			bound.class[class].each(func(p place, s standing) {
				l.lines[own].class[class].insert(p, s)
				each(p.id)
			})
			bound.class[class] = rank{}
		}
	}
}

// eachPassed tells who was passed over and is still waiting, and how often.
func (l *Lineup) eachPassed(tell func(any)) {
	for i := range l.lines {
		for class := range classes {
			l.lines[i].class[class].each(func(p place, s standing) {
				if s.passed > 0 {
					tell([2]int{int(p.id), s.passed})
				}
			})
		}
	}
}

// Each visits everyone who waits: line by line in the order of arrival, and at
// last those who rejoin.
func (l *Lineup) Each(visit func(e Entry)) {
	for i := range l.lines {
		for class := range classes {
			l.lines[i].class[class].each(func(p place, _ standing) {
				visit(Entry{ID: p.id, Arrival: time.Unix(0, p.at), Priority: class == priorityClass, Service: l.lines[i].key.service, Window: l.lines[i].key.window})
			})
		}
	}
	for i := range l.back {
		visit(l.back[i].Entry)
	}
}

// Serves lists what a window takes, the service it prefers first. The slice is the lineup's own.
func (l *Lineup) Serves(id WindowID) []ServiceID {
	if s, ok := l.at(id); ok {
		return s.services
	}
	return nil
}

// Lineup is who waits. It is the state's own: whoever changes it takes a Clone.
func (s *State) Lineup() *Lineup { return s.lineup }

// NewLineup is a lineup by the present rules, with nobody in it and every window closed.
func NewLineup(c *Configuration) *Lineup { return newLineup(c, RulesVersion) }
