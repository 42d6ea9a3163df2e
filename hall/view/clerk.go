package view

import (
	"slices"
	"time"

	"petitionhall/queue"
)

// OfClerk shows a window to its clerk. The window must be one of the configuration.
func OfClerk(s *queue.State, id queue.WindowID, m Moment) (WindowView, bool) {
	c := m.configuration(s)
	w, ok := c.Window(id)
	if !ok {
		return WindowView{}, false
	}
	shown, phase := s, s.Shown()
	if !m.today(s) {
		shown, phase = queue.NewState(), queue.PhaseClosed
	}
	public := OfWindow(shown, c, w, m.Now)
	v := WindowView{ID: public.ID, Number: w.Number, Name: public.Name, Services: []ServiceReference{}, Status: public.Status,
		Reason: public.Reason, Until: public.Until, Revision: m.Revision, At: m.Now, Phase: string(phase),
		Waiting: []WindowTicket{}, Held: []WindowTicket{}, Missed: []WindowTicket{}, Actions: []Action{}}
	for i, id := range w.Services {
		service, ok := c.Service(id)
		if !ok {
			continue
		}
		if i == 0 {
			v.FullName = service.FullName
		}
		v.Services = append(v.Services, ServiceReference{ID: string(id), Name: service.Name})
	}
	fillTickets(&v, shown, id)
	v.Actions = actions(shown, id, m)
	v.Undo = undoOf(shown, id, v.Actions)
	return v, true
}

func fillTickets(v *WindowView, s *queue.State, id queue.WindowID) {
	window, ok := s.Window(id)
	if !ok {
		return
	}
	v.Served = servedOf(s, window)
	if t, ok := s.Ticket(window.Ticket); ok {
		here := ofWindowTicket(s, t)
		v.Ticket = &here
	}
	if t, ok := s.Ticket(window.Joined); ok {
		if host, ok := s.Configuration.Window(t.Window); ok {
			v.Joined = &Joined{Number: t.Number(), Window: host.Number}
		}
	}
	// The one to be called next stands first: the window says whom its button calls.
	next, some := s.NextAt(id)
	if some {
		v.Waiting = append(v.Waiting, ofWindowTicket(s, next))
	}
	for _, t := range s.WaitingAt(id) {
		if t != next {
			v.Waiting = append(v.Waiting, ofWindowTicket(s, t))
		}
	}
	for _, t := range s.Tickets() {
		switch {
		case t.Window != id:
		case t.State == queue.Missed:
			v.Missed = append(v.Missed, ofWindowTicket(s, t))
		case t.State == queue.Held:
			v.Held = append(v.Held, ofWindowTicket(s, t))
		}
	}
}

func ofWindowTicket(s *queue.State, t *queue.Ticket) WindowTicket {
	_, print := t.LastPrint()
	v := WindowTicket{ID: s.Ref(t.ID), Number: t.Number(), State: string(t.State), Service: string(t.Service), Persons: t.Persons,
		Priority: t.Priority, ArrivedAt: t.Arrival, CalledAt: moment(t.CalledAt), LastCallAt: moment(t.LastCallAt), StartedAt: moment(t.StartedAt),
		MissedAt: moment(t.MissedAt), HeldAt: moment(t.HeldAt), Joined: []int{}, Times: t.Times, Transferred: t.Transferred, Rejoined: t.Rejoin != nil, Print: string(print.State)}
	if service, ok := s.Configuration.Service(t.Service); ok {
		v.ServiceName = service.Name
	}
	if w, ok := s.Configuration.Window(t.FirstWindow); ok {
		v.FirstWindow = &w.Number
	}
	for _, id := range t.Joined {
		if w, ok := s.Configuration.Window(id); ok {
			v.Joined = append(v.Joined, w.Number)
		}
	}
	return v
}

// servedOf counts what a window finished today, by outcome. Only a finish gives one of the two.
func servedOf(s *queue.State, w *queue.Window) Served {
	v := Served{Tickets: w.ServedTickets, Persons: w.ServedPersons}
	for _, t := range s.Tickets() {
		switch {
		case t.State != queue.Done || t.Window != w.ID:
		case t.Outcome == queue.Resolved:
			v.Resolved++
		case t.Outcome == queue.Referred:
			v.Referred++
		}
	}
	v.Unrecorded = v.Tickets - v.Resolved - v.Referred
	return v
}

// undoOf tells what the action undo would take back, while it is legal.
func undoOf(s *queue.State, id queue.WindowID, legal []Action) *Undo {
	move, ticket, until, ok := s.LastMove(id)
	t, known := s.Ticket(ticket)
	if !ok || !known || !slices.ContainsFunc(legal, func(a Action) bool { return a.Name == "undo" }) {
		return nil
	}
	return &Undo{What: string(move), Number: t.Number(), Until: until}
}

// actions asks the engine, command by command, what the window may do: there is
// no second copy of the rules. A refusal that passes gives the moment from which
// the action is legal, and how many calls are due before.
func actions(s *queue.State, id queue.WindowID, m Moment) []Action {
	allowed := []Action{}
	opening := &queue.Opening{Date: m.Now.Format(time.DateOnly), Epoch: 1, Configuration: m.Configuration}
	try := func(name string, a queue.Action) {
		_, err := queue.Decide(s, queue.Command{Opening: opening, Action: a}, m.Now)
		refusal, _ := err.(*queue.Error) //nolint:errorlint // Decide returns *queue.Error itself, or nil
		switch {
		case err == nil:
			allowed = append(allowed, Action{Name: name})
		case refusal != nil && !refusal.RetryAt.IsZero():
			allowed = append(allowed, Action{Name: name, From: &refusal.RetryAt, CallsLeft: refusal.CallsLeft})
		}
	}
	window, ok := s.Window(id)
	opened := ok && window.Open
	if !opened || window.Paused {
		try("open", queue.OpenWindow{Window: id})
	}
	if !opened {
		return allowed
	}
	try("next", queue.Next{Window: id})
	try("recall", queue.Recall{Window: id})
	try("start", queue.Start{Window: id})
	try("finish", queue.Finish{Window: id, Outcome: queue.Unrecorded})
	try("miss", queue.Miss{Window: id})
	try("hold", queue.Hold{Window: id})
	try("part", queue.Part{Window: id})
	try("undo", queue.Undo{Window: id})
	free := window.Ticket == 0 && window.Joined == 0 && !window.Paused
	for _, move := range []struct {
		name string
		move queue.Move
	}{{"transfer", queue.MoveTransfer}, {"join", queue.MoveJoin}} {
		if t, ok := s.Ticket(window.Ticket); ok && t.State.Allows(move.move) {
			allowed = append(allowed, Action{Name: move.name})
		}
	}
	if held := func(t *queue.Ticket) bool { return t.State == queue.Held && t.Window == id }; free && slices.ContainsFunc(s.Tickets(), held) {
		allowed = append(allowed, Action{Name: "resume"})
	}
	if free && s.CountAt(id) > 0 {
		allowed = append(allowed, Action{Name: "call"})
	}
	try("pause", queue.PauseWindow{Window: id, Reason: queue.PauseOther})
	try("close", queue.CloseWindow{Window: id})
	if slices.ContainsFunc(s.Tickets(), func(t *queue.Ticket) bool { return t.State == queue.Missed }) {
		allowed = append(allowed, Action{Name: "rejoin"})
	}
	return allowed
}
