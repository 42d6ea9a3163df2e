package voice

import (
	"cmp"
	"slices"
	"time"

	"petitionhall/hall/runner"
	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// day is what the announcer remembers of a day, so that it repeats nothing.
type day struct {
	date string
	// heard is the last call of each ticket that was asked for, or was made before this hub began.
	heard map[queue.TicketID]time.Time
	// next are the tickets that were told to get ready.
	next map[queue.TicketID]bool
	// paused are the windows that pause: one that opens after that resumes.
	paused map[queue.WindowID]bool
	// staff is when somebody was last called to a window on call.
	staff map[queue.WindowID]time.Duration
}

func newDay(date string) day {
	return day{date: date, heard: map[queue.TicketID]time.Time{}, next: map[queue.TicketID]bool{},
		paused: map[queue.WindowID]bool{}, staff: map[queue.WindowID]time.Duration{}}
}

// staffEvery is how long the staff of a window on call are not called again.
const staffEvery = 5 * time.Minute

// begin follows from the committed state on. The first time, what was called
// before is taken as said; after a lost seat, calls that were not heard yet are
// still asked for.
func (a *Announcer) begin(first bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.news = a.Hall.Subscribe(backlog, func(s *queue.State, _ journal.Revision) {
		if s.Configuration == nil {
			return
		}
		if s.Date != a.today.date {
			a.today = newDay(s.Date)
		}
		for i := range s.Configuration.Windows {
			a.sawWindow(s, s.Configuration.Windows[i].ID, first)
		}
		if !first {
			a.catchUp(s)
			return
		}
		for _, t := range s.Tickets() {
			a.today.heard[t.ID] = t.LastCallAt
		}
		if s.Phase != queue.PhaseClosed && s.DateOf(a.Hall.Clock()) == s.Date && len(s.OpenTickets()) > 0 {
			a.ask(speak.Item{Kind: queue.SayRecovery})
		}
	})
	a.watch(first)
}

// sawWindow learns how a window is. Whoever is next where this hub did not see the
// last call was told so by the one before it, or will be called without.
func (a *Announcer) sawWindow(s *queue.State, id queue.WindowID, first bool) {
	w, ok := s.Window(id)
	if !ok {
		return
	}
	a.today.paused[id] = w.Open && w.Paused
	if next, ok := s.NextAt(id); ok && first && w.Open {
		a.today.next[next.ID] = true
	}
}

// catchUp asks for the calls that were made while the announcer had no seat, in
// the order in which they were made.
func (a *Announcer) catchUp(s *queue.State) {
	var missed []*queue.Ticket
	for _, t := range s.OpenTickets() {
		if t.State == queue.Called && !a.today.heard[t.ID].Equal(t.LastCallAt) {
			missed = append(missed, t)
		}
	}
	newest := s.Calls() // they tell the order of calls of one instant
	place := func(t *queue.Ticket) int {
		return -slices.IndexFunc(newest, func(c queue.Call) bool { return c.Ticket == t.ID })
	}
	slices.SortFunc(missed, func(x, y *queue.Ticket) int {
		return cmp.Or(x.LastCallAt.Compare(y.LastCallAt), place(x)-place(y))
	})
	for _, t := range missed {
		if a.today.heard[t.ID].Before(t.CalledAt) {
			a.askCall(t.ID, t.Window, t.CalledAt, t.LastCallAt)
			continue
		}
		a.askRecall(t.ID, t.Window, t.LastCallAt)
	}
}

// follow asks for what a commit, and those that are fed already, bring about.
func (a *Announcer) follow(c runner.Commit) {
	a.mu.Lock()
	defer a.mu.Unlock()
	commits := []runner.Commit{c}
	for more := true; more; {
		select {
		case c, ok := <-a.news.Feed():
			if more = ok; ok { // Run meets the closed feed again
				commits = append(commits, c)
			}
		default:
			more = false
		}
	}
	a.Hall.View(func(s *queue.State, _ journal.Revision) {
		for _, c := range commits {
			for _, e := range c.Events {
				a.event(s, e)
			}
		}
	})
}

// look does what the clock asks for.
func (a *Announcer) look() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.watch(false)
}

// event asks for what an event brings about. The state may be further on.
func (a *Announcer) event(s *queue.State, e queue.Event) {
	switch d := e.Data.(type) {
	case *queue.DayOpened:
		a.today = newDay(d.Date)
	case *queue.DayStopped:
		a.ask(speak.Item{Kind: queue.SayClosed})
	case *queue.TicketTaken:
		a.askStaff(s, d.Service)
	case *queue.TicketCalled:
		a.askCall(d.Ticket, d.Window, e.At, e.At)
		a.askNext(s, d.Window)
	case *queue.TicketRecalled:
		a.askRecall(d.Ticket, d.Window, e.At)
	case *queue.TicketMissed:
		a.ask(speak.Item{Kind: queue.SayMissed, Ticket: d.Ticket, Window: d.Window})
	case *queue.TicketTransferred:
		a.askTransfer(s, d)
		a.askStaff(s, d.Service)
	case *queue.WindowPaused:
		a.today.paused[d.Window] = true
		a.ask(speak.Item{Kind: queue.SayPause, Window: d.Window})
	case *queue.WindowClosed:
		a.today.paused[d.Window] = false
	case *queue.WindowOpened:
		kind := queue.SayOpens
		if a.today.paused[d.Window] {
			kind = queue.SayResume
		}
		a.today.paused[d.Window] = false
		a.ask(speak.Item{Kind: kind, Window: d.Window})
	}
}

// ask has something said, if the hall says such things.
func (a *Announcer) ask(i speak.Item) {
	if !a.settings().Says(i.Kind) {
		return
	}
	i.Day = a.today.date
	a.queue.Ask(i, a.elapsed())
}

func (a *Announcer) askCall(t queue.TicketID, w queue.WindowID, called, last time.Time) {
	a.today.heard[t] = last
	a.ask(speak.Item{Kind: queue.SayCall, Ticket: t, Window: w, Since: called})
}

func (a *Announcer) askRecall(t queue.TicketID, w queue.WindowID, at time.Time) {
	a.today.heard[t] = at
	a.ask(speak.Item{Kind: queue.SayRecall, Ticket: t, Window: w})
}

// askNext tells the one who is next at a window to get ready, each ticket once.
func (a *Announcer) askNext(s *queue.State, w queue.WindowID) {
	if s.Date != a.today.date || !a.settings().Says(queue.SayPreCall) {
		return
	}
	if next, ok := s.NextAt(w); ok && !a.today.next[next.ID] {
		a.today.next[next.ID] = true
		a.ask(speak.Item{Kind: queue.SayPreCall, Ticket: next.ID, Window: w})
	}
}

// askTransfer says where a number goes, if that is one window only: of several,
// any may call it.
func (a *Announcer) askTransfer(s *queue.State, d *queue.TicketTransferred) {
	to := d.Window
	if to == "" {
		windows := s.Configuration.WindowsOf(d.Service)
		if len(windows) != 1 {
			return
		}
		to = windows[0].ID
	}
	a.ask(speak.Item{Kind: queue.SayTransfer, Ticket: d.Ticket, Window: to})
}

// askStaff calls the staff of a window on call when a number comes for a service
// that nobody sits there for, at that window or at any other.
func (a *Announcer) askStaff(s *queue.State, service queue.ServiceID) {
	if s.Date != a.today.date || !a.settings().Says(queue.SayStaff) {
		return
	}
	var onCall queue.WindowID
	for i := range s.Configuration.Windows {
		c := &s.Configuration.Windows[i]
		w, ok := s.Window(c.ID)
		if !ok || !slices.Contains(s.Lineup().Serves(c.ID), service) {
			continue
		}
		if w.Open {
			return
		}
		if c.Presence == queue.OnCall {
			onCall = cmp.Or(onCall, c.ID)
		}
	}
	last, asked := a.today.staff[onCall]
	if onCall == "" || asked && a.elapsed()-last < staffEvery {
		return
	}
	a.today.staff[onCall] = a.elapsed()
	a.ask(speak.Item{Kind: queue.SayStaff, Window: onCall})
}
