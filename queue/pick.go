package queue

import "sort"

// Whom a window calls next. The rule stands in the hall's rules (docs/rules.md):
//
//  1. a rejoined ticket that is due, or when nobody else may be called here;
//  2. if both classes wait: a priority ticket while the window's run is below k, else an ordinary one;
//  3. within the class: arrival, then the order of the takes.
//
// A window that serves several services takes them by arrival alone for now:
// an order of preference comes together with the bound that keeps it fair.

// lineKey names a line: that of a service, or that of the tickets bound to one window.
type lineKey struct {
	service ServiceID
	window  WindowID
}

// line holds waiting tickets, each class by arrival and then by id.
type line struct {
	ordinary []*Ticket
	priority []*Ticket
}

func (l *line) class(priority bool) *[]*Ticket {
	if priority {
		return &l.priority
	}
	return &l.ordinary
}

func (l *line) len() int {
	if l == nil {
		return 0
	}
	return len(l.ordinary) + len(l.priority)
}

func (l *line) insert(t *Ticket) {
	c := l.class(t.Priority)
	i := sort.Search(len(*c), func(i int) bool { return earlier(t, (*c)[i]) })
	*c = append(*c, nil)
	copy((*c)[i+1:], (*c)[i:])
	(*c)[i] = t
}

func (l *line) remove(t *Ticket) {
	c := l.class(t.Priority)
	i := sort.Search(len(*c), func(i int) bool { return !earlier((*c)[i], t) })
	if i == len(*c) || (*c)[i] != t {
		return
	}
	*c = append((*c)[:i], (*c)[i+1:]...)
}

// earlier orders tickets by arrival, then by the order of the takes.
func earlier(a, b *Ticket) bool {
	if !a.Arrival.Equal(b.Arrival) {
		return a.Arrival.Before(b.Arrival)
	}
	return a.ID < b.ID
}

// choice is what stands before a window.
type choice struct {
	ordinary, priority, rejoined *Ticket
}

// choices finds the first ticket of each class that a window may take.
func (s *State) choices(w *WindowConfig) choice {
	var c choice
	look := func(k lineKey) {
		l, ok := s.lines[k]
		if !ok {
			return
		}
		if len(l.ordinary) > 0 && (c.ordinary == nil || earlier(l.ordinary[0], c.ordinary)) {
			c.ordinary = l.ordinary[0]
		}
		if len(l.priority) > 0 && (c.priority == nil || earlier(l.priority[0], c.priority)) {
			c.priority = l.priority[0]
		}
	}
	for _, id := range w.Services {
		look(lineKey{service: id})
	}
	look(lineKey{window: w.ID})
	c.rejoined = s.back(w, c.ordinary == nil && c.priority == nil)
	return c
}

// back finds the rejoined ticket that comes up at a window: the first that is
// due, or when nobody else may be called the first that came back.
func (s *State) back(w *WindowConfig, alone bool) *Ticket {
	var first *Ticket
	for _, t := range s.rejoined {
		if !s.comesUpAt(t, w) {
			continue
		}
		if t.Rejoin.Left <= 0 {
			return t
		}
		if first == nil && alone {
			first = t
		}
	}
	return first
}

// comesUpAt tells whether a rejoined ticket is called at this window: the one
// that missed it, or while that one is closed any that serves its service.
func (s *State) comesUpAt(t *Ticket, w *WindowConfig) bool {
	if home, ok := s.windows[t.Rejoin.Window]; ok && home.Open {
		return t.Rejoin.Window == w.ID
	}
	return w.serves(t.Service)
}

// next picks the ticket that a window calls next; nil when nobody waits for it.
func (s *State) next(w *WindowConfig) *Ticket {
	c := s.choices(w)
	switch {
	case c.rejoined != nil:
		return c.rejoined
	case c.priority == nil:
		return c.ordinary
	case c.ordinary == nil || s.windows[w.ID].Run < s.Configuration.Rules.PriorityRun:
		return c.priority
	}
	return c.ordinary
}

// NextAt tells whom a window would call next.
func (s *State) NextAt(id WindowID) (*Ticket, bool) {
	w, ok := s.windowConfig(id)
	if !ok || s.windows[id] == nil {
		return nil, false
	}
	t := s.next(w)
	return t, t != nil
}

// WaitingAt lists the tickets that a window may call, rejoined ones first, then
// by arrival.
func (s *State) WaitingAt(id WindowID) []*Ticket {
	w, ok := s.windowConfig(id)
	if !ok {
		return nil
	}
	var all []*Ticket
	for _, sid := range w.Services {
		all = append(all, s.waiting(lineKey{service: sid})...)
	}
	all = append(all, s.waiting(lineKey{window: id})...)
	sort.SliceStable(all, func(i, j int) bool { return earlier(all[i], all[j]) })
	var back []*Ticket
	for _, t := range s.rejoined {
		if s.comesUpAt(t, w) {
			back = append(back, t)
		}
	}
	return append(back, all...)
}

// CountAt counts the tickets that a window may call.
func (s *State) CountAt(id WindowID) int {
	w, ok := s.windowConfig(id)
	if !ok {
		return 0
	}
	n := s.lines[lineKey{window: id}].len()
	for _, sid := range w.Services {
		n += s.lines[lineKey{service: sid}].len()
	}
	for _, t := range s.rejoined {
		if s.comesUpAt(t, w) {
			n++
		}
	}
	return n
}

// Counts tells for each service how many tickets wait for it, at whichever window.
func (s *State) Counts() map[ServiceID]int {
	counts := map[ServiceID]int{}
	for k, l := range s.lines {
		if k.window == "" {
			counts[k.service] += l.len()
			continue
		}
		for _, t := range s.waiting(k) {
			counts[t.Service]++
		}
	}
	for _, t := range s.rejoined {
		counts[t.Service]++
	}
	return counts
}

func (s *State) waiting(k lineKey) []*Ticket {
	l, ok := s.lines[k]
	if !ok {
		return nil
	}
	return append(append([]*Ticket(nil), l.ordinary...), l.priority...)
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
	for _, r := range s.rejoined {
		if r.Service == t.Service {
			back++
		}
	}
	l := s.lines[t.line()]
	if l == nil {
		return back
	}
	before := func(c []*Ticket) int { return sort.Search(len(c), func(i int) bool { return !earlier(c[i], t) }) }
	k := s.Configuration.Rules.PriorityRun
	if t.Priority {
		p := before(l.priority)
		return back + p + min(len(l.ordinary), p/k)
	}
	o := before(l.ordinary)
	return back + o + min(len(l.priority), k*(o+1))
}

// line is where a waiting ticket stands.
func (t *Ticket) line() lineKey {
	if t.Window != "" {
		return lineKey{window: t.Window}
	}
	return lineKey{service: t.Service}
}
