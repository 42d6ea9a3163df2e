package check

import (
	"time"

	"petitionhall/queue"
)

// deed is what a window did last, with all that it touched as it was before.
type deed struct {
	move   queue.Move
	at     time.Time
	ticket *place
	before place
	// started says when a start that belongs to the call came; zero when there is none.
	started time.Time
	run     int
	// passed and nearer are those whom a call counted: passed over, or one call nearer after a rejoin.
	passed []stay
	nearer []*int
	// left is what before.rejoin pointed to.
	left int
}

// stay is one time that a ticket waits.
type stay struct {
	*place
	nth int
}

// did remembers what a window does, before it does it.
func (d *day) did(move queue.Move, w queue.WindowID, t *place, at time.Time) {
	last := &deed{move: move, at: at, ticket: t, before: *t, run: d.run[w]}
	if t.rejoin != nil {
		last.left = *t.rejoin
	}
	d.undoable[w] = last
}

// startedAt notes a start that came with the call itself.
func (d *day) startedAt(t *place, w queue.WindowID, at time.Time) {
	if last := d.undoable[w]; last != nil && last.ticket == t && last.move == queue.MoveCall && last.at.Equal(at) {
		last.started = at
	}
}

// unstart takes back the start that a finish implied.
func (l *deed) unstart() {
	l.before.state = queue.Called
	l.before.served = l.before.servedBefore
}

// undoTime is how long a window may take back what it did last.
func (d *day) undoTime() time.Duration {
	if s := d.config.Rules.UndoSeconds; s > 0 {
		return time.Duration(s) * time.Second
	}
	return 20 * time.Second
}

// undo holds that a window takes back only what it did last and lately, and
// only while nothing else has happened to it and to the ticket.
func (d *day) undo(c *Checker, e *queue.MoveUndone, at time.Time) {
	last := d.undoable[e.Window]
	if last == nil || last.move != e.Move || last.ticket.id != int(e.Ticket) {
		c.violate(OnePlace, "", "window %s took back a %s of ticket %d that it did not do last", e.Window, e.Move, e.Ticket)
		return
	}
	t := last.ticket
	if late := at.Sub(last.at); late > d.undoTime() {
		c.violate(OnePlace, t.number, "window %s took its %s back after %s", e.Window, e.Move, late.Round(time.Second))
	}
	if !d.untouched(e.Window, last) {
		c.violate(OnePlace, t.number, "window %s took its %s back after ticket or window had moved on", e.Window, e.Move)
	}
	delete(d.undoable, e.Window)
	d.leave(t)
	*t = last.before
	t.joined = nil
	if t.rejoin != nil {
		*t.rejoin = last.left
	}
	if t.state == queue.Called || t.state == queue.Serving {
		d.at[t.window] = t
	}
	if t.state == queue.Waiting {
		d.waiting[t] = true
	}
	if last.move != queue.MoveCall {
		return
	}
	d.run[e.Window] = last.run
	for _, o := range last.passed {
		if o.state == queue.Waiting && o.stays == o.nth {
			o.passed--
		}
	}
	for _, left := range last.nearer {
		*left++
	}
}

// untouched tells whether ticket and window are as the deed left them.
func (d *day) untouched(w queue.WindowID, last *deed) bool {
	t := last.ticket
	switch last.move {
	case queue.MoveCall:
		return d.at[w] == t && len(t.joined) == 0 && (t.state == queue.Called || t.state == queue.Serving && !last.started.IsZero())
	case queue.MoveMiss:
		return d.at[w] == nil && t.state == queue.Missed && t.window == w
	default:
		return d.at[w] == nil && t.state == queue.Done
	}
}

// resume holds that a window takes up only what it parked itself.
func (d *day) resume(c *Checker, e *queue.TicketResumed) {
	t := d.expect(c, e.Ticket, "taken up again", queue.Held)
	if there := d.at[e.Window]; there != nil {
		c.violate(OneTicket, there.number, "window %s took up another while it was there", e.Window)
	}
	if t == nil {
		return
	}
	if t.window != e.Window || !d.open[e.Window] {
		c.violate(OnePlace, t.number, "window %s took it up, but window %q holds it", e.Window, t.window)
	}
	delete(d.undoable, e.Window)
	t.state, t.window, t.served, t.servedBefore, d.at[e.Window] = queue.Serving, e.Window, true, t.served, t
}

// join holds that a window that helps is free, and that the ticket is being served.
func (d *day) join(c *Checker, e *queue.TicketJoined) {
	t := d.expectAt(c, e.Ticket, e.Window, "joined", queue.Serving)
	if there := d.at[e.With]; there != nil {
		c.violate(OneTicket, there.number, "window %s joined another while it was there", e.With)
	}
	if !d.open[e.With] {
		c.violate(OnePlace, "", "window %s joined while it was closed", e.With)
	}
	if t == nil {
		return
	}
	delete(d.undoable, e.With)
	t.joined = append(t.joined, e.With)
	d.at[e.With] = t
}

func (d *day) part(c *Checker, e *queue.TicketParted) {
	t := d.expect(c, e.Ticket, "left by a window", queue.Serving)
	if t == nil {
		return
	}
	for i, w := range t.joined {
		if w == e.With {
			t.joined = append(append([]queue.WindowID(nil), t.joined[:i]...), t.joined[i+1:]...)
			d.at[w] = nil
			return
		}
	}
	c.violate(OnePlace, t.number, "window %s left it, but was not there", e.With)
}
