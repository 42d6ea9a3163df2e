package queue

import (
	"maps"
	"slices"
)

// Clone makes a state that lives on independently of this one. What is never
// changed in place (configuration, service times, the earlier day's keys) is shared.
func (s *State) Clone() *State {
	c := *s
	c.tickets = make([]*Ticket, len(s.tickets))
	tickets := make([]Ticket, len(s.tickets))
	for i, t := range s.tickets {
		tickets[i] = *t
		tickets[i].Prints = slices.Clone(t.Prints)
		if t.Rejoin != nil {
			turn := *t.Rejoin
			tickets[i].Rejoin = &turn
		}
		c.tickets[i] = &tickets[i]
	}
	c.windows = make(map[WindowID]*Window, len(s.windows))
	for id, w := range s.windows {
		window := *w
		c.windows[id] = &window
	}
	c.lines = make(map[lineKey]*line, len(s.lines))
	for k, l := range s.lines {
		c.lines[k] = &line{ordinary: c.same(l.ordinary), priority: c.same(l.priority)}
	}
	c.rejoined = c.same(s.rejoined)
	c.series, c.codes, c.keys = maps.Clone(s.series), maps.Clone(s.codes), maps.Clone(s.keys)
	c.calls = slices.Clone(s.calls)
	return &c
}

// same finds the tickets with the same ids.
func (s *State) same(tickets []*Ticket) []*Ticket {
	found := make([]*Ticket, len(tickets))
	for i, t := range tickets {
		found[i] = s.tickets[t.ID-1]
	}
	return found
}
