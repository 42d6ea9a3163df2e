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
		tickets[i].Joined = slices.Clone(t.Joined)
		c.tickets[i] = &tickets[i]
	}
	c.windows = make(map[WindowID]*Window, len(s.windows))
	for id, w := range s.windows {
		window := *w
		c.windows[id] = &window
	}
	c.lineup = s.lineup.Clone()
	for _, turn := range c.lineup.back {
		c.tickets[turn.ID-1].Rejoin = turn.RejoinTurn
	}
	c.series, c.codes, c.keys = maps.Clone(s.series), maps.Clone(s.codes), maps.Clone(s.keys)
	c.calls = slices.Clone(s.calls)
	return &c
}
