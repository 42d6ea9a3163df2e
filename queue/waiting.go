package queue

import (
	"slices"
	"time"
)

// What others look at: who waits where, and how many.

// LastMove tells what an undo at a window would take back: a call, a miss or a
// finish, whose, and until when. Whether it still can be taken back Decide says.
func (s *State) LastMove(id WindowID) (move Move, ticket TicketID, until time.Time, ok bool) {
	w, ok := s.Window(id)
	if !ok || w.last == nil {
		return "", 0, time.Time{}, false
	}
	return w.last.move, w.last.before.ID, w.last.at.Add(s.Configuration.Rules.undoTime()), true
}

// NextAt tells whom a window would call next.
func (s *State) NextAt(id WindowID) (*Ticket, bool) {
	next, ok := s.lineup.Next(id)
	if !ok {
		return nil, false
	}
	return s.Ticket(next)
}

// WaitingAt lists the tickets that a window may call, rejoined ones first, then
// by arrival.
func (s *State) WaitingAt(id WindowID) []*Ticket {
	at, ok := s.lineup.at(id)
	if !ok {
		return nil
	}
	var places []place
	for _, i := range at.lines {
		for class := range classes {
			s.lineup.lines[i].class[class].each(func(p place, _ standing) { places = append(places, p) })
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	var all []*Ticket
	for i := range s.lineup.back {
		if t := &s.lineup.back[i]; s.lineup.comesUpAt(t, at) {
			all = append(all, s.tickets[t.ID-1])
		}
	}
	for _, p := range places {
		all = append(all, s.tickets[p.id-1])
	}
	return all
}

// CountAt counts the tickets that a window may call.
func (s *State) CountAt(id WindowID) int {
	at, ok := s.lineup.at(id)
	if !ok {
		return 0
	}
	n := 0
	for _, i := range at.lines {
		n += s.lineup.lines[i].len()
	}
	for i := range s.lineup.back {
		if s.lineup.comesUpAt(&s.lineup.back[i], at) {
			n++
		}
	}
	return n
}

// Counts tells for each service how many tickets wait for it, at whichever window.
func (s *State) Counts() map[ServiceID]int {
	counts := map[ServiceID]int{}
	for i := range s.lineup.lines {
		counts[s.lineup.lines[i].key.service] += s.lineup.lines[i].len()
	}
	for i := range s.lineup.back {
		counts[s.lineup.back[i].Service]++
	}
	return counts
}

// Passed tells how often a waiting ticket was passed over by preference.
func (s *State) Passed(t *Ticket) int {
	i, ok := s.lineup.lineOf[lineKey{t.Service, t.Window}]
	if !ok || t.State != Waiting {
		return 0
	}
	return s.lineup.lines[i].class[t.entry().class()].passedOf(t.entry().place())
}

// Ahead counts the tickets that come before a waiting one if nobody else
// arrives: numbers, not persons. It is 0 for a ticket that does not wait.
func (s *State) Ahead(t *Ticket) int {
	if t.State != Waiting {
		return 0
	}
	if t.Rejoin != nil {
		return max(t.Rejoin.Left, 0)
	}
	back := 0
	for i := range s.lineup.back {
		if s.lineup.back[i].Service == t.Service {
			back++
		}
	}
	i, ok := s.lineup.lineOf[lineKey{t.Service, t.Window}]
	if !ok {
		return back
	}
	ordinary, priority := &s.lineup.lines[i].class[ordinaryClass], &s.lineup.lines[i].class[priorityClass]
	k := s.Configuration.Rules.PriorityRun
	if t.Priority {
		p := priority.before(t.entry().place())
		return back + p + min(ordinary.len(), p/k)
	}
	o := ordinary.before(t.entry().place())
	return back + o + min(priority.len(), k*(o+1))
}

// entry is what the rules look at.
func (t *Ticket) entry() Entry {
	return Entry{ID: t.ID, Arrival: t.Arrival, Priority: t.Priority, Service: t.Service, Window: t.Window}
}
