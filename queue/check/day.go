package check

import (
	"time"

	"petitionhall/queue"
)

// day is the checker's own picture of a day: plain maps and lists, searched
// from end to end, so that it is plainly right.
type day struct {
	date    string
	config  *queue.Configuration
	tickets []*place
	series  map[string]int
	at      map[queue.WindowID]*place
	open    map[queue.WindowID]bool
	run     map[queue.WindowID]int
	waiting map[*place]bool
	// covers are the services that a window takes for others, after its own.
	covers map[queue.WindowID][]queue.ServiceID
	// undoable is what each window did last, with all as it was before.
	undoable map[queue.WindowID]*deed
	rules    int
	last     time.Time
	turns    int
	stopped  bool
	paused   bool
	closed   bool
}

func newDay(d *queue.DayOpened) *day {
	return &day{date: d.Date, config: d.Configuration, series: map[string]int{}, at: map[queue.WindowID]*place{},
		open: map[queue.WindowID]bool{}, run: map[queue.WindowID]int{}, waiting: map[*place]bool{},
		covers: map[queue.WindowID][]queue.ServiceID{}, undoable: map[queue.WindowID]*deed{}, rules: d.Rules}
}

func (d *day) apply(c *Checker, e *queue.Event) {
	if _, opens := e.Data.(*queue.DayOpened); !opens && d.closed {
		c.violate(AllEnded, "", "%s after the day was closed", e.Type)
		return
	}
	switch data := e.Data.(type) {
	case *queue.DayStopped:
		d.stopped = true
	case *queue.DayResumed:
		d.stopped = false
	case *queue.HallPaused:
		d.paused = true
	case *queue.HallResumed:
		d.paused = false
	case *queue.ConfigurationApplied:
		d.configure(c, data.Configuration)
	case *queue.DayClosed:
		d.close(c, data)
	case *queue.TicketTaken:
		d.take(c, data)
	case *queue.WindowOpened:
		d.open[data.Window] = true
	case *queue.WindowClosed:
		d.closeWindow(c, data.Window)
	case *queue.TicketCalled:
		d.call(c, data, e.At)
	case *queue.TicketRecalled:
		d.expectAt(c, data.Ticket, data.Window, "called again", queue.Called)
	case *queue.TicketStarted:
		if t := d.expectAt(c, data.Ticket, data.Window, "started", queue.Called); t != nil {
			t.state, t.served, t.servedBefore = queue.Serving, true, t.served
			d.startedAt(t, data.Window, e.At)
		}
	case *queue.TicketMissed:
		if t := d.expectAt(c, data.Ticket, data.Window, "missed", queue.Called); t != nil {
			d.did(queue.MoveMiss, data.Window, t, e.At)
			d.leave(t)
			t.state, t.window = queue.Missed, data.Window
		}
	case *queue.TicketFinished:
		d.finish(c, data, e.At)
	case *queue.TicketTransferred:
		if t := d.expectAt(c, data.Ticket, data.From, "sent on", queue.Called, queue.Serving); t != nil {
			d.leave(t)
			delete(d.undoable, data.From)
			d.wait(t, data.Service, data.Window)
		}
	case *queue.TicketHeld:
		if t := d.expectAt(c, data.Ticket, data.Window, "parked", queue.Called, queue.Serving); t != nil {
			d.leave(t)
			t.state, t.window = queue.Held, data.Window
		}
	case *queue.TicketResumed:
		d.resume(c, data)
	case *queue.TicketJoined:
		d.join(c, data)
	case *queue.TicketParted:
		d.part(c, data)
	case *queue.MoveUndone:
		d.undo(c, data, e.At)
	case *queue.WindowCovering:
		d.covers[data.Window] = data.Services
	case *queue.WindowPaused:
		delete(d.undoable, data.Window)
	case *queue.TicketRejoined:
		d.rejoin(c, data)
	case *queue.TicketCancelled:
		if t := d.expect(c, data.Ticket, "given back", queue.Waiting, queue.Called, queue.Held, queue.Missed); t != nil {
			if t.served {
				c.violate(CheckLines, t.number, "it was served, and a served ticket ends as a reception")
			}
			d.leave(t)
			t.state = queue.Cancelled
		}
	case *queue.PrintReserved:
		d.expect(c, data.Ticket, "printed", queue.TicketStates...)
	}
}

// expect finds a ticket that must be in one of some states.
func (d *day) expect(c *Checker, id queue.TicketID, what string, states ...queue.TicketState) *place {
	if id < 1 || int(id) > len(d.tickets) {
		c.violate(OnePlace, "", "a ticket that was never taken (%d) was %s", id, what)
		return nil
	}
	t := d.tickets[id-1]
	for _, s := range states {
		if t.state == s {
			return t
		}
	}
	c.violate(OnePlace, t.number, "it was %s while it was %s", what, t.state)
	return nil
}

func (d *day) expectAt(c *Checker, id queue.TicketID, at queue.WindowID, what string, states ...queue.TicketState) *place {
	t := d.expect(c, id, what, states...)
	if t != nil && d.at[at] != t {
		c.violate(OnePlace, t.number, "it was %s at window %s, but it is not there", what, at)
	}
	return t
}

// leave takes a ticket from wherever it is.
func (d *day) leave(t *place) {
	delete(d.waiting, t)
	if t.window != "" && d.at[t.window] == t {
		d.at[t.window] = nil
	}
	for _, w := range t.joined {
		d.at[w] = nil
	}
	t.rejoin, t.joined = nil, nil
}

func (d *day) wait(t *place, service queue.ServiceID, bound queue.WindowID) {
	t.state, t.service, t.window = queue.Waiting, service, bound
	t.stays++
	d.waiting[t] = true
}

func (d *day) take(c *Checker, e *queue.TicketTaken) {
	number := queue.FormatNumber(e.Series, e.N)
	if int(e.Ticket) != len(d.tickets)+1 {
		c.violate(Numbers, number, "it is the day's take %d, but %d was due", e.Ticket, len(d.tickets)+1)
		return
	}
	if e.N != d.series[e.Series]+1 {
		c.violate(Numbers, number, "the series was at %d", d.series[e.Series])
	}
	if d.stopped && !e.ByHand {
		c.violate(OnePlace, number, "it was taken after issuing had stopped")
	}
	if e.Arrival.Before(d.last) {
		c.violate(Order, number, "its arrival is before that of an earlier ticket")
	}
	d.last, d.series[e.Series] = e.Arrival, e.N
	t := &place{id: int(e.Ticket), number: number, priority: e.Priority, arrival: e.Arrival}
	d.tickets = append(d.tickets, t)
	d.wait(t, e.Service, "")
}

func (d *day) finish(c *Checker, e *queue.TicketFinished, at time.Time) {
	var t *place
	if e.Window == "" {
		t = d.expect(c, e.Ticket, "ended", queue.Waiting, queue.Called, queue.Held, queue.Missed)
	} else {
		t = d.expectAt(c, e.Ticket, e.Window, "finished", queue.Serving)
	}
	if t == nil {
		return
	}
	if !t.served {
		c.violate(CheckLines, t.number, "it ended with an outcome but was never served")
	}
	if e.Window != "" {
		d.did(queue.MoveFinish, e.Window, t, at)
		if e.Implied {
			d.undoable[e.Window].unstart()
		}
	}
	d.leave(t)
	t.state, t.outcome = queue.Done, e.Outcome
}

func (d *day) rejoin(c *Checker, e *queue.TicketRejoined) {
	t := d.expect(c, e.Ticket, "put in line again", queue.Missed)
	if t == nil {
		return
	}
	if t.window != e.Window {
		c.violate(Order, t.number, "it was missed at window %s but comes up at %s", t.window, e.Window)
	}
	d.turns++
	after := e.After
	d.wait(t, t.service, "")
	t.rejoin, t.rejoinHome, t.rejoinTurn = &after, e.Window, d.turns
}

func (d *day) closeWindow(c *Checker, id queue.WindowID) {
	if t := d.at[id]; t != nil {
		c.violate(OnePlace, t.number, "window %s was closed while it was there", id)
	}
	d.open[id] = false
	delete(d.undoable, id)
	delete(d.covers, id)
	for t := range d.waiting {
		if t.window == id {
			t.window = ""
		}
	}
	for _, t := range d.tickets {
		if t.state == queue.Held && t.window == id {
			d.wait(t, t.service, "")
		}
	}
}

func (d *day) close(c *Checker, e *queue.DayClosed) {
	end := func(ids []queue.TicketID, what string, into queue.TicketState, states ...queue.TicketState) {
		for _, id := range ids {
			t := d.expect(c, id, what, states...)
			if t == nil {
				continue
			}
			if t.served != (into == queue.Done) {
				c.violate(CheckLines, t.number, "it was %s, but served is %t", what, t.served)
			}
			d.leave(t)
			t.state = into
			if into == queue.Done {
				t.outcome = queue.Unrecorded
			}
		}
	}
	end(e.Deferred, "deferred", queue.Deferred, queue.Waiting, queue.Called, queue.Held)
	end(e.Left, "said to have left", queue.Left, queue.Missed, queue.Called)
	end(e.Unrecorded, "ended without an outcome", queue.Done, queue.Waiting, queue.Called, queue.Serving, queue.Held, queue.Missed)
	d.closed = true
}

// sum adds the day to the figures of the check lines.
func (d *day) sum(n *Counts) {
	for _, t := range d.tickets {
		n.Issued++
		switch t.state {
		case queue.Done:
			n.Done++
		case queue.Cancelled:
			n.Cancelled++
		case queue.Left:
			n.Left++
		case queue.Deferred:
			n.Deferred++
		default:
			n.Open++
		}
		if !t.served {
			continue
		}
		n.Served++
		switch t.outcome {
		case queue.Resolved:
			n.Resolved++
		case queue.Referred:
			n.Referred++
		case queue.Unrecorded:
			n.Unrecorded++
		default:
			n.StartedOpen++
		}
	}
}
