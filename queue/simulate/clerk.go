package simulate

import (
	"time"

	"petitionhall/queue"
)

// desk is a window and the clerk behind it. The clerk looks at the window, does
// what is next, and looks again later; so whatever somebody else did to the
// window meanwhile is met like anything else.
type desk struct {
	id     queue.WindowID
	until  time.Time
	pauses []time.Time
	// idle clerks are woken by a visitor.
	idle bool
	// turn tells the newest plan of the clerk from those that it replaced.
	turn int
	// ready is when what the clerk does with the present ticket is done; for a visitor who does not come, the clerk calls on.
	ticket queue.TicketID
	ready  time.Time
	absent bool
}

func (w *world) openDesks(minute func(int) time.Time) {
	w.desks, w.order = map[queue.WindowID]*desk{}, nil
	for i := range w.scenario.Configuration.Windows {
		id := w.scenario.Configuration.Windows[i].ID
		shift, ok := w.scenario.Shifts[id]
		if !ok {
			shift = Shift{w.scenario.Opens, w.scenario.Closes + 90}
		}
		d := &desk{id: id, until: minute(shift.Until)}
		span := min(shift.Until, w.scenario.Closes) - shift.From
		for range w.poisson(w.scenario.Pauses) {
			if span > 0 {
				d.pauses = append(d.pauses, minute(shift.From).Add(w.upTo(time.Duration(span)*time.Minute)))
			}
		}
		w.desks[id] = d
		w.order = append(w.order, id)
		w.plan(minute(shift.From).Add(w.upTo(time.Minute)), func() { w.look(d) })
	}
}

// look is what a clerk does when he looks at his window.
func (w *world) look(d *desk) {
	d.turn++
	turn := d.turn
	d.idle = false
	wait := w.act(d)
	if wait < 0 {
		d.idle = true
		wait = 10 * time.Minute
	}
	w.after(wait, func() {
		if d.turn == turn {
			w.look(d)
		}
	})
}

// soon is how long a clerk takes to the next thing.
func (w *world) soon() time.Duration { return w.between(3*time.Second, 15*time.Second) }

// act does what is next and tells when to look again; below zero when there is nothing to do.
func (w *world) act(d *desk) time.Duration {
	window, ok := w.state.Window(d.id)
	actor := "window:" + string(d.id)
	switch {
	case w.state.Phase == queue.PhaseClosed && w.state.Configuration != nil && w.state.Date == w.date.Format(time.DateOnly):
		return 24 * time.Hour
	case !ok || !window.Open:
		if w.now.After(d.until) {
			return 24 * time.Hour
		}
		w.do(actor, queue.OpenWindow{Window: d.id})
		return w.soon()
	case window.Paused:
		if w.now.Before(window.Until) {
			return window.Until.Sub(w.now) + w.soon()
		}
		w.do(actor, queue.OpenWindow{Window: d.id})
		return w.soon()
	case window.Joined != 0:
		return 30 * time.Second
	}
	if t, ok := w.state.Ticket(window.Ticket); ok {
		return w.receive(d, t, actor)
	}
	return w.idleAct(d, actor)
}

// idleAct is for a window with nobody at it.
func (w *world) idleAct(d *desk, actor string) time.Duration {
	if len(d.pauses) > 0 && w.now.After(d.pauses[0]) {
		d.pauses = d.pauses[1:]
		length := time.Duration(w.scenario.PauseMinutes * (0.5 + w.random.Float64()) * float64(time.Minute)).Truncate(time.Second)
		w.do(actor, queue.PauseWindow{Window: d.id, Reason: queue.PauseMaterials, Until: w.now.Add(length)})
		return length
	}
	if held := w.heldAt(d.id); held != nil && w.now.Sub(held.HeldAt) > 5*time.Minute {
		w.do(actor, queue.Resume{Window: d.id, Ticket: held.ID})
		return w.soon()
	}
	if w.now.After(d.until) {
		w.do(actor, queue.CloseWindow{Window: d.id})
		return 24 * time.Hour
	}
	if waiting := w.state.WaitingAt(d.id); len(waiting) > 1 && w.chance(w.scenario.ByNumber) {
		w.do(actor, queue.CallTicket{Window: d.id, Ticket: waiting[len(waiting)-1].ID, Reason: queue.CallFrail})
		return w.soon()
	}
	w.do(actor, queue.Next{Window: d.id})
	window, ok := w.state.Window(d.id)
	switch {
	case !ok: // a fault has taken the window away for a while
		return time.Minute
	case window.Ticket == 0:
		return -1
	}
	if w.chance(w.scenario.Undo) {
		w.after(5*time.Second, func() { w.do(actor, queue.Undo{Window: d.id}) })
		return w.between(6*time.Second, 15*time.Second)
	}
	return w.soon()
}

func (w *world) heldAt(id queue.WindowID) *queue.Ticket {
	if w.scenario.Hold == 0 && w.scenario.Faults == 0 {
		return nil
	}
	for _, t := range w.state.Tickets() {
		if t.State == queue.Held && t.Window == id {
			return t
		}
	}
	return nil
}

// receive goes on with the ticket at the window.
func (w *world) receive(d *desk, t *queue.Ticket, actor string) time.Duration {
	if d.ticket != t.ID || t.Times <= 1 && t.CalledAt.After(d.ready) {
		d.ticket = t.ID
		d.absent = w.chance(w.scenario.NoShow)
		d.ready = w.now.Add(w.between(10*time.Second, 40*time.Second))
	}
	switch {
	case t.State == queue.Called && d.absent:
		return w.callAgain(d, t, actor)
	case t.State == queue.Called && w.now.Before(d.ready):
		return d.ready.Sub(w.now)
	case t.State == queue.Called:
		w.do(actor, queue.Start{Window: d.id})
		d.ready = w.now.Add(w.serviceTime(t.Service))
		if w.chance(w.scenario.Joint) {
			w.do(actor, queue.Join{Window: d.id, With: w.order[w.random.IntN(len(w.order))]})
		}
		return d.ready.Sub(w.now)
	case w.now.Before(d.ready):
		return d.ready.Sub(w.now)
	}
	return w.end(d, actor)
}

// callAgain is for a visitor who does not come.
func (w *world) callAgain(d *desk, t *queue.Ticket, actor string) time.Duration {
	from, left := w.state.MissFrom(t)
	if left == 0 && !w.now.Before(from) {
		if w.do(actor, queue.Miss{Window: d.id}) && w.chance(w.scenario.Back) {
			w.after(w.between(2*time.Minute, 25*time.Minute), func() { w.do("desk", queue.Rejoin{Ticket: t.ID}); w.wake(t.Service) })
		}
		return w.soon()
	}
	w.do(actor, queue.Recall{Window: d.id})
	return 20 * time.Second
}

// end ends a reception, one way or another.
func (w *world) end(d *desk, actor string) time.Duration {
	d.ticket = 0
	switch {
	case w.chance(w.scenario.Transfer):
		if to := w.anyService(); w.do(actor, queue.Transfer{Window: d.id, Service: to}) {
			w.wake(to)
		}
	case w.chance(w.scenario.Hold):
		w.do(actor, queue.Hold{Window: d.id})
	default:
		outcome := queue.Resolved
		if w.chance(0.56) {
			outcome = queue.Referred
		}
		w.do(actor, queue.Finish{Window: d.id, Outcome: outcome})
		if w.chance(w.scenario.Undo) {
			w.after(2*time.Second, func() { w.do(actor, queue.Undo{Window: d.id}) })
		}
	}
	return w.soon()
}

// wake has an idle clerk look, whose window may take the service.
func (w *world) wake(service queue.ServiceID) {
	for _, id := range w.order {
		d := w.desks[id]
		if !d.idle {
			continue
		}
		for _, s := range w.state.Lineup().Serves(id) {
			if s == service {
				d.idle = false
				d.turn++
				turn := d.turn
				w.after(w.soon(), func() {
					if d.turn == turn {
						w.look(d)
					}
				})
				return
			}
		}
	}
}
