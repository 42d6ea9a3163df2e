package check

import (
	"slices"
	"time"

	"petitionhall/queue"
)

// call holds that the ticket, the window and the order of the call are right.
// Calls outside the order are held to their place alone, and count nothing.
func (d *day) call(c *Checker, e *queue.TicketCalled, at time.Time) {
	ordered := e.Mode == queue.ModeNext
	states := []queue.TicketState{queue.Waiting}
	if !ordered {
		states = append(states, queue.Held, queue.Missed)
	}
	t := d.expect(c, e.Ticket, "called", states...)
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
	if d.paused {
		c.violate(OnePlace, "", "window %s called while the whole hall was paused", e.Window)
	}
	w, ok := d.config.Window(e.Window)
	if !ok || t == nil {
		return
	}
	d.did(queue.MoveCall, e.Window, t, at)
	if ordered {
		if due := d.due(w); due != t {
			c.violate(Order, t.number, "window %s called it, but %s was due", e.Window, due.name())
		}
		d.count(c, w, t)
	} else if !d.reaches(w, t) {
		c.violate(OnePlace, t.number, "window %s called it by number, but may not call it", e.Window)
	}
	d.leave(t)
	if ordered {
		for r := range d.waiting {
			if r.rejoin != nil && d.mayCall(w, r) {
				*r.rejoin--
				d.undoable[w.ID].nearer = append(d.undoable[w.ID].nearer, r.rejoin)
			}
		}
	}
	t.state, t.window, t.passed, d.at[e.Window] = queue.Called, e.Window, 0, t
	if t.firstWindow == "" {
		t.firstWindow = e.Window
	}
}

// count counts the window's run, and who is passed over by this call.
func (d *day) count(c *Checker, w *queue.WindowConfig, t *place) {
	d.countRun(w, t)
	if t.rejoin != nil || d.rules < 2 || t.passed >= d.bound() {
		return
	}
	for o := range d.waiting {
		if o == t || o.rejoin != nil || o.priority != t.priority || !d.mayCall(w, o) || !before(o, t) || d.liking(w, o) <= d.liking(w, t) {
			continue
		}
		if o.passed++; o.passed > d.bound() {
			c.violate(Bound, o.number, "window %s passed it over for the %dth time", w.ID, o.passed)
		}
		d.undoable[w.ID].passed = append(d.undoable[w.ID].passed, stay{o, o.stays})
	}
}

// bound is how often a ticket may be passed over.
func (d *day) bound() int {
	if b := d.config.Rules.PassOver; b > 0 {
		return b
	}
	return 5
}

// serves lists what a window takes, the one it likes best first.
func (d *day) serves(w *queue.WindowConfig) []queue.ServiceID {
	return append(append([]queue.ServiceID(nil), w.Services...), d.covers[w.ID]...)
}

// liking is the place of a ticket's service in the window's order; days of the
// first rules know none.
func (d *day) liking(w *queue.WindowConfig, t *place) int {
	if d.rules < 2 {
		return 0
	}
	return slices.Index(d.serves(w), t.service)
}

// reaches tells whether a window may call a ticket by its number.
func (d *day) reaches(w *queue.WindowConfig, t *place) bool {
	switch {
	case t.state != queue.Waiting:
		return t.window == w.ID
	case t.rejoin != nil:
		return t.rejoinHome == w.ID || slices.Contains(d.serves(w), t.service)
	case t.window != "":
		return t.window == w.ID
	}
	return slices.Contains(d.serves(w), t.service)
}

func (t *place) name() string {
	if t == nil {
		return "nobody"
	}
	return t.number
}

// due is the ticket that a window has to call next.
func (d *day) due(w *queue.WindowConfig) *place {
	overdue, rejoined, priority, ordinary := d.candidates(w)
	switch {
	case overdue != nil:
		return overdue
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
// Of the rejoined, the one that is due comes before one that is not. Overdue is
// the earliest who was passed over as often as may be.
func (d *day) candidates(w *queue.WindowConfig) (overdue, rejoined, priority, ordinary *place) {
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
		if d.rules >= 2 && t.rejoin == nil && t.passed >= d.bound() && (overdue == nil || before(t, overdue)) {
			overdue = t
		}
		if *class == nil || d.comesFirst(w, t, *class) {
			*class = t
		}
	}
	return overdue, rejoined, priority, ordinary
}

// comesFirst orders two tickets of a class at a window.
func (d *day) comesFirst(w *queue.WindowConfig, a, b *place) bool {
	if likeA, likeB := d.liking(w, a), d.liking(w, b); a.rejoin == nil && likeA != likeB {
		return likeA < likeB
	}
	return before(a, b)
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
	return slices.Contains(d.serves(w), t.service)
}

// countRun keeps k of k:1: the priority calls since the last ordinary one, while an ordinary ticket could have been called.
func (d *day) countRun(w *queue.WindowConfig, t *place) {
	if t.rejoin != nil {
		return
	}
	_, _, _, ordinary := d.candidates(w)
	switch {
	case !t.priority:
		d.run[w.ID] = 0
	case ordinary != nil:
		d.run[w.ID]++
	case d.rules < 2: // the first rules began anew here
		d.run[w.ID] = 0
	}
}
