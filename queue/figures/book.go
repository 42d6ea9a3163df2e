package figures

import (
	"time"

	"petitionhall/queue"
	"petitionhall/queue/forecast"
)

// Book follows the events of one day. What an undo takes back is taken from the
// state at the end; a Book itself keeps only what no state knows afterwards.
type Book struct {
	windows map[queue.WindowID]*sitting
	// sent is since when a number that was sent on waits.
	sent map[queue.TicketID]time.Time
	legs Durations
	// arrivals are from the last call of each number to its start, the first time that it was started.
	called, started map[queue.TicketID]time.Time
	// bound are numbers on their way to another window, took who called them then.
	bound map[queue.TicketID]bool
	took  map[queue.TicketID]queue.WindowID
}

// sitting is what a window did so far.
type sitting struct {
	Window
	open, paused time.Time // since when; zero when it is not
}

// NewBook is a book of a day that has not begun.
func NewBook() *Book {
	return &Book{windows: map[queue.WindowID]*sitting{}, sent: map[queue.TicketID]time.Time{},
		called: map[queue.TicketID]time.Time{}, started: map[queue.TicketID]time.Time{}, bound: map[queue.TicketID]bool{}, took: map[queue.TicketID]queue.WindowID{}}
}

func (b *Book) at(id queue.WindowID) *sitting {
	if b.windows[id] == nil {
		b.windows[id] = &sitting{}
	}
	return b.windows[id]
}

// Add follows one event, in the order of the journal.
func (b *Book) Add(e queue.Event) {
	switch d := e.Data.(type) {
	case *queue.WindowOpened:
		w := b.at(d.Window)
		w.goOn(e.At)
		if w.open.IsZero() {
			w.open = e.At
		}
	case *queue.WindowPaused:
		if w := b.at(d.Window); w.paused.IsZero() {
			w.paused = e.At
		}
	case *queue.WindowClosed:
		b.at(d.Window).close(e.At)
	case *queue.DayClosed:
		for _, w := range b.windows {
			w.close(e.At)
		}
	case *queue.TicketTransferred:
		b.at(d.From).Out++
		b.sent[d.Ticket], b.bound[d.Ticket] = e.At, true
	case *queue.TicketCalled:
		if b.bound[d.Ticket] {
			b.at(d.Window).In++
			b.took[d.Ticket] = d.Window
			delete(b.bound, d.Ticket)
		}
		b.called[d.Ticket] = e.At
	case *queue.TicketStarted:
		b.start(d.Ticket, e.At)
	case *queue.MoveUndone:
		if d.Move == queue.MoveCall && b.took[d.Ticket] == d.Window {
			b.at(d.Window).In--
			b.bound[d.Ticket] = true
		}
	}
}

// start ends the wait of a number that was sent on: only now it is sure that the call stands.
func (b *Book) start(id queue.TicketID, at time.Time) {
	if since, ok := b.sent[id]; ok {
		b.legs.Note(b.called[id].Sub(since))
		delete(b.sent, id)
	}
	b.started[id] = at
}

func (w *sitting) goOn(at time.Time) {
	if !w.paused.IsZero() {
		w.PausedSeconds += seconds(w.paused, at)
		w.paused = time.Time{}
	}
}

func (w *sitting) close(at time.Time) {
	w.goOn(at)
	if !w.open.IsZero() {
		w.OpenSeconds += seconds(w.open, at)
		w.open = time.Time{}
	}
}

func seconds(from, until time.Time) int { return max(int(until.Sub(from)/time.Second), 0) }

// Sum sums the day up. The state is that after the events that were followed.
func (b *Book) Sum(s *queue.State) Figures {
	f := Figures{Days: 1, Legs: b.legs, Windows: map[queue.WindowID]Window{}}
	for id, w := range b.windows {
		f.Windows[id] = w.Window
	}
	for _, t := range s.Tickets() {
		f.ticket(s, t)
		// A start that the finish only implied says nothing of when the visitor came.
		if start, ok := b.started[t.ID]; ok && t.Served() && !start.Equal(t.EndedAt) {
			f.Arrival.Note(start.Sub(b.called[t.ID]))
		}
	}
	r := forecast.RecordOf(s)
	f.Told, f.Held, f.AtOnce = r.Told, r.Held, r.AtOnce
	return f
}

func (f *Figures) ticket(s *queue.State, t *queue.Ticket) {
	f.Counts = f.Plus(CountsOf(t))
	taken := t.Arrival.In(s.Zone())
	f.HalfHours[taken.Hour()*2+taken.Minute()/30]++
	if !t.FirstCalledAt.IsZero() {
		wait := t.FirstCalledAt.Sub(t.Arrival)
		f.Wait.Note(wait)
		if wait > longWait {
			f.LongWaits++
		}
	}
	if !t.Served() {
		return
	}
	first := f.Windows[t.FirstWindow]
	first.FirstServed++
	f.Windows[t.FirstWindow] = first
	if t.Asked == s.Configuration.LeaderService && t.Asked != "" {
		if f.LeaderMonths == nil {
			f.LeaderMonths = map[string]int{}
		}
		f.LeaderMonths[s.Date[:len("2006-01")]]++
	}
	if took, ok := ServiceTime(s, t); ok {
		f.Service.Note(took)
	}
}

// ServiceTime is how long a ticket was last received. It is not known of one
// that was forgotten until midnight closed the day.
func ServiceTime(s *queue.State, t *queue.Ticket) (took time.Duration, known bool) {
	if t.State != queue.Done || t.StartedAt.IsZero() || s.DateOf(t.EndedAt) != s.Date {
		return 0, false
	}
	start := t.StartedAt
	if start.Equal(t.EndedAt) {
		// Nobody pressed start, the finish only implied it: the last call is the best that is known.
		start = t.LastCallAt
	}
	return t.EndedAt.Sub(start), true
}
