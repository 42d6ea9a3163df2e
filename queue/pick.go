package queue

import "slices"

// Whom a window calls next. The rule stands in the hall's rules (docs/rules.md);
// let C be the waiting tickets that the window may take:
//
//  1. a ticket that was passed over B times by preference, the earliest first;
//  2. a rejoined ticket that is due, or when nobody else is in C the first that came back;
//  3. if both classes are in C: a priority ticket while the window's run is below k, else an ordinary one;
//  4. within the class: the window's order of services, then arrival, then the order of the takes.
//
// Days of rules version 1 know no preference: the first rule is left out, and
// the fourth begins with the arrival.

// rule says why a ticket is next.
type rule int

const (
	byBound rule = iota + 1
	byRejoin
	byClass
)

// pick is who is next, and why.
type pick struct {
	id   TicketID
	rule rule
}

// Next tells whom a window calls next; false when nobody waits for it.
func (l *Lineup) Next(w WindowID) (TicketID, bool) {
	s, ok := l.at(w)
	if !ok {
		return 0, false
	}
	p, ok := l.next(s)
	return p.id, ok
}

func (l *Lineup) next(s *seat) (pick, bool) {
	if p, ok := l.passedOver(s); ok {
		return pick{p.id, byBound}, true
	}
	ordinary, anyOrdinary := l.firstOf(s, ordinaryClass)
	priority, anyPriority := l.firstOf(s, priorityClass)
	if id, ok := l.cameBack(s, !anyOrdinary && !anyPriority); ok {
		return pick{id, byRejoin}, true
	}
	switch {
	case anyPriority && (!anyOrdinary || s.run < l.rules.PriorityRun):
		return pick{priority.id, byClass}, true
	case anyOrdinary:
		return pick{ordinary.id, byClass}, true
	}
	return pick{}, false
}

// prefers tells whether the day's rules know an order of services.
func (l *Lineup) prefers() bool { return l.version >= preferenceRules }

// passedOver is the earliest who was passed over as often as may be.
func (l *Lineup) passedOver(s *seat) (earliest place, found bool) {
	if !l.prefers() {
		return place{}, false
	}
	for _, i := range s.lines {
		for class := range classes {
			p, ok := l.lines[i].class[class].firstPassed(l.rules.passOver())
			if ok && (!found || p.before(earliest)) {
				earliest, found = p, true
			}
		}
	}
	return earliest, found
}

// firstOf is who comes first of a class: by the order of services, then by arrival.
func (l *Lineup) firstOf(s *seat, class int) (first place, found bool) {
	for n := 0; n < len(s.lines); n += 2 {
		for _, i := range s.lines[n : n+2] {
			p, ok := l.lines[i].class[class].first()
			if ok && (!found || p.before(first)) {
				first, found = p, true
			}
		}
		if found && l.prefers() {
			break
		}
	}
	return first, found
}

// cameBack is the rejoined ticket that comes up at a window: the first that is
// due, or when nobody else may be called the first that came back.
func (l *Lineup) cameBack(s *seat, alone bool) (first TicketID, found bool) {
	for i := range l.back {
		t := &l.back[i]
		switch {
		case !l.comesUpAt(t, s):
		case t.Left <= 0:
			return t.ID, true
		case alone && !found:
			first, found = t.ID, true
		}
	}
	return first, found
}

// comesUpAt tells whether a rejoined ticket is called at this window: the one
// that missed it, or while that one is closed any that serves its service.
func (l *Lineup) comesUpAt(t *turn, s *seat) bool {
	if home, ok := l.at(t.RejoinTurn.Window); ok && home.open {
		return home == s
	}
	return s.serves(t.Service)
}

// counted is what a call counted, so that an undo can take it back.
type counted struct {
	clock    int
	standing standing
	run      int
	// passed are the lines of which those before the called one were passed over.
	passed []int32
	// turns are the rejoined tickets that came one call nearer.
	turns []TicketID
}

// Call takes a ticket out for a window that calls it, and counts what the rules
// count: its run, who was passed over, who comes one call nearer. A call outside
// the order counts nothing.
func (l *Lineup) Call(w WindowID, e Entry, ordered bool) { l.call(w, e, ordered) }

func (l *Lineup) call(w WindowID, e Entry, ordered bool) counted {
	s, ok := l.at(w)
	if !ok {
		return counted{}
	}
	c := counted{clock: l.tick(), run: s.run}
	rejoined := l.rejoined(e.ID)
	if ordered && !rejoined {
		l.countRun(s, e)
	}
	if i, ok := l.lineOf[lineKey{e.Service, e.Window}]; ok && !rejoined {
		c.standing, _ = l.lines[i].class[e.class()].remove(e.place())
	} else {
		c.standing.since = l.sinceBack(e.ID)
		l.Leave(e)
	}
	if !ordered {
		return c
	}
	if !rejoined && l.prefers() && c.standing.passed < l.rules.passOver() {
		c.passed = l.passOver(s, e)
	}
	for i := range l.back {
		if t := &l.back[i]; l.comesUpAt(t, s) {
			t.Left--
			c.turns = append(c.turns, t.ID)
		}
	}
	return c
}

func (l *Lineup) rejoined(id TicketID) bool { return l.sinceBack(id) != 0 }

// sinceBack tells when a ticket came back; 0 when it did not.
func (l *Lineup) sinceBack(id TicketID) int {
	for i := range l.back {
		if l.back[i].ID == id {
			return l.back[i].since
		}
	}
	return 0
}

// countRun keeps the run of k:1: the priority calls since the last ordinary
// one, counted only while an ordinary ticket could have been called. A ticket
// that rejoined stands outside the two classes and changes nothing.
func (l *Lineup) countRun(s *seat, called Entry) {
	_, anyOrdinary := l.firstOf(s, ordinaryClass)
	switch {
	case !called.Priority:
		s.run = 0
	case anyOrdinary:
		s.run++
	case !l.prefers(): // rules version 1 began anew here
		s.run = 0
	}
}

// passOver counts, of the lines that the window likes less, those of the same
// class who came earlier.
func (l *Lineup) passOver(s *seat, called Entry) (passed []int32) {
	liked := -1
	for n, service := range s.services {
		if service == called.Service {
			liked = n
		}
	}
	if liked < 0 {
		return nil
	}
	for _, i := range s.lines[2*liked+2:] {
		r := &l.lines[i].class[called.class()]
		if first, ok := r.first(); ok && first.before(called.place()) {
			r.pass(called.place(), 1)
			passed = append(passed, i)
		}
	}
	return passed
}

// uncall puts a called ticket back to where it stood, and takes back what its
// call counted from those who stood there then.
func (l *Lineup) uncall(w WindowID, e Entry, back *RejoinTurn, c counted) {
	s, ok := l.at(w)
	if !ok {
		return
	}
	s.run = c.run
	for _, i := range c.passed {
		l.lines[i].class[e.class()].passBack(e.place(), c.clock)
	}
	for _, id := range c.turns {
		for i := range l.back {
			if l.back[i].ID == id && l.back[i].since < c.clock {
				l.back[i].Left++
			}
		}
	}
	if back == nil {
		l.enter(e, c.standing)
		return
	}
	i, _ := slices.BinarySearchFunc(l.back, c.standing.since, func(t turn, since int) int { return t.since - since })
	l.back = slices.Insert(l.back, i, turn{e, c.standing.since, back})
}

// passBack takes one passing back from those before a place who stood there at
// a time of the clock. It looks at each of them: an undo is rare.
func (r *rank) passBack(p place, clock int) {
	type later struct {
		place
		standing
	}
	var came []later
	r.each(func(q place, s standing) {
		if q.before(p) && s.since > clock {
			came = append(came, later{q, s})
		}
	})
	r.pass(p, -1)
	for _, e := range came {
		r.remove(e.place)
		r.insert(e.place, e.standing)
	}
}
