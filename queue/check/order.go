package check

import "petitionhall/queue"

// call holds that the ticket, the window and the order of the call are right.
func (d *day) call(c *Checker, e *queue.TicketCalled) {
	t := d.expect(c, e.Ticket, "called", queue.Waiting)
	if there := d.at[e.Window]; there != nil {
		number := ""
		if t != nil {
			number = t.number
		}
		c.violate(OneTicket, number, "window %s called it while %s was there", e.Window, there.number)
	}
	if !d.open[e.Window] {
		c.violate(OnePlace, "", "window %s called while it was closed", e.Window)
	}
	w, ok := d.config.Window(e.Window)
	if !ok || t == nil {
		return
	}
	if e.Mode == "next" {
		if due := d.due(w); due != t {
			c.violate(Order, t.number, "window %s called it, but %s was due", e.Window, due.name())
		}
	}
	d.countRun(w, t)
	d.leave(t)
	for r := range d.waiting {
		if r.rejoin != nil && d.mayCall(w, r) {
			*r.rejoin--
		}
	}
	t.state, t.window, d.at[e.Window] = queue.Called, e.Window, t
	if t.firstWindow == "" {
		t.firstWindow = e.Window
	}
}

func (t *place) name() string {
	if t == nil {
		return "nobody"
	}
	return t.number
}

// due is the ticket that a window has to call next.
func (d *day) due(w *queue.WindowConfig) *place {
	rejoined, priority, ordinary := d.candidates(w)
	switch {
	case rejoined != nil && (*rejoined.rejoin <= 0 || priority == nil && ordinary == nil):
		return rejoined
	case priority == nil:
		return ordinary
	case ordinary == nil, d.run[w.ID] < d.config.Rules.PriorityRun:
		return priority
	}
	return ordinary
}

// candidates finds the first of each class by looking at everyone who waits.
// Of the rejoined, the one that is due comes before one that is not.
func (d *day) candidates(w *queue.WindowConfig) (rejoined, priority, ordinary *place) {
	for t := range d.waiting {
		if !d.mayCall(w, t) {
			continue
		}
		class := &ordinary
		switch {
		case t.rejoin != nil:
			class = &rejoined
		case t.priority:
			class = &priority
		}
		if *class == nil || before(t, *class) {
			*class = t
		}
	}
	return rejoined, priority, ordinary
}

func before(a, b *place) bool {
	if a.rejoin != nil {
		if dueA, dueB := *a.rejoin <= 0, *b.rejoin <= 0; dueA != dueB {
			return dueA
		}
		return a.rejoinTurn < b.rejoinTurn
	}
	if !a.arrival.Equal(b.arrival) {
		return a.arrival.Before(b.arrival)
	}
	return a.id < b.id
}

// mayCall tells whether a waiting ticket may be called at a window.
func (d *day) mayCall(w *queue.WindowConfig, t *place) bool {
	switch {
	case t.rejoin != nil && d.open[t.rejoinHome]:
		return t.rejoinHome == w.ID
	case t.rejoin == nil && t.window != "":
		return t.window == w.ID
	}
	for _, s := range w.Services {
		if s == t.service {
			return true
		}
	}
	return false
}

// countRun keeps k of k:1: the priority calls since the last ordinary one, while an ordinary ticket could have been called.
func (d *day) countRun(w *queue.WindowConfig, t *place) {
	if t.rejoin != nil {
		return
	}
	_, _, ordinary := d.candidates(w)
	if t.priority && ordinary != nil {
		d.run[w.ID]++
		return
	}
	d.run[w.ID] = 0
}
