package simulate

import (
	"fmt"
	"slices"
	"time"

	"petitionhall/queue"
)

func (w *world) fault(name string) { w.result.Faults[name]++ }

// harm does something on purpose after a command, on a part of them.
func (w *world) harm(c queue.Command) {
	if w.scenario.Faults == 0 || w.random.IntN(1000) >= w.scenario.Faults {
		return
	}
	switch w.random.IntN(8) {
	case 0:
		w.fault("the same request again")
		before := w.result.Events
		w.command(c)
		if w.result.Events != before && !w.firstOfItsKey(c) {
			panic(impossibleError{fmt.Errorf("%T acted twice for one key", c.Action)})
		}
	case 1:
		w.fault("the clock steps")
		w.shift = time.Duration(w.random.IntN(7200)-3600) * time.Second
	case 2:
		w.fault("the clock is right again")
		w.shift = 0
	case 3:
		w.restart()
	case 4:
		w.fault("a command at random")
		w.command(queue.Command{Actor: "fault", Action: w.anyAction()})
	case 5:
		w.fault("the configuration changes")
		w.command(queue.Command{Actor: "fault", Action: queue.ApplyConfiguration{Configuration: w.anyConfiguration()}})
	case 6:
		w.fault("the whole hall pauses")
		w.command(queue.Command{Actor: "fault", Action: queue.PauseHall{Reason: queue.PauseMeeting}})
		w.after(w.upTo(5*time.Minute), func() { w.command(queue.Command{Actor: "fault", Action: queue.ResumeHall{}}) })
	case 7:
		w.fault("two windows at once")
		for range 2 {
			w.command(queue.Command{Actor: "fault", Action: queue.Next{Window: w.order[w.random.IntN(len(w.order))]}})
		}
	}
}

// firstOfItsKey tells whether the command had not acted before: it was refused, and now it is not.
func (w *world) firstOfItsKey(c queue.Command) bool {
	last := w.kept[len(w.kept)-1]
	return last.Key == c.Key || len(w.kept) > 1 && w.kept[len(w.kept)-2].Key == c.Key
}

// restart replays the day and goes on with what that gives.
func (w *world) restart() {
	w.fault("restart")
	if len(w.kept) == 0 || w.kept[0].Type != "day.opened" {
		return
	}
	replayed := queue.NewState()
	for _, e := range w.kept {
		if err := queue.Evolve(replayed, e); err != nil {
			panic(impossibleError{fmt.Errorf("replay: %w", err)})
		}
	}
	if replayed.Digest() != w.state.Digest() {
		panic(impossibleError{fmt.Errorf("the replay gives another day")})
	}
	w.state = replayed
}

// anyConfiguration is the scenario's with a window less or more, a service less,
// or another order of preference; as often as not it is the scenario's own again.
func (w *world) anyConfiguration() *queue.Configuration {
	c := *w.scenario.Configuration
	c.Windows, c.Services = slices.Clone(c.Windows), slices.Clone(c.Services)
	for i := range c.Windows {
		c.Windows[i].Services = slices.Clone(c.Windows[i].Services)
	}
	i := w.random.IntN(len(c.Windows))
	switch w.random.IntN(8) {
	case 0: // a window goes; where nobody else takes its service, that is refused
		c.Windows = slices.Delete(c.Windows, i, i+1)
	case 1: // a special window comes
		c.Windows = append(c.Windows, queue.WindowConfig{ID: "special", Number: 999, Services: []queue.ServiceID{w.anyService(), c.General}, Presence: queue.Resident})
		if last := &c.Windows[len(c.Windows)-1]; last.Services[0] == last.Services[1] {
			last.Services = last.Services[:1]
		}
	case 2:
		slices.Reverse(c.Windows[i].Services)
	case 3: // a service goes, with the windows that took nothing else
		gone := c.Services[w.random.IntN(len(c.Services))].ID
		c.Services = slices.DeleteFunc(c.Services, func(s queue.ServiceConfig) bool { return s.ID == gone })
		for i := range c.Windows {
			c.Windows[i].Services = slices.DeleteFunc(c.Windows[i].Services, func(s queue.ServiceID) bool { return s == gone })
		}
		c.Windows = slices.DeleteFunc(c.Windows, func(w queue.WindowConfig) bool { return len(w.Services) == 0 })
	}
	return &c
}

// anyAction is a command for anybody and anything, there or not.
func (w *world) anyAction() queue.Action {
	window := w.order[w.random.IntN(len(w.order))]
	other := w.order[w.random.IntN(len(w.order))]
	ticket := queue.TicketID(w.random.IntN(len(w.state.Tickets()) + 2))
	service := w.anyService()
	actions := []queue.Action{
		queue.Next{Window: window}, queue.Recall{Window: window}, queue.Start{Window: window}, queue.Miss{Window: window}, queue.Hold{Window: window},
		queue.Undo{Window: window}, queue.Undo{Window: window}, queue.Part{Window: window}, queue.Join{Window: window, With: other},
		queue.Finish{Window: window, Outcome: queue.Unrecorded}, queue.Transfer{Window: window, Service: service}, queue.Transfer{Window: window, To: other},
		queue.Resume{Window: window, Ticket: ticket}, queue.CallTicket{Window: window, Ticket: ticket, Reason: queue.CallOther}, queue.Rejoin{Ticket: ticket},
		queue.Cancel{Ticket: ticket, Reason: queue.CancelDesk}, queue.CloseWindow{Window: window}, queue.OpenWindow{Window: window},
		queue.PauseWindow{Window: window, Reason: queue.PauseOther, Until: w.now.Add(5 * time.Minute)},
		queue.Cover{Window: window, Services: []queue.ServiceID{service}}, queue.Take{Service: service, Persons: 0, Code: "bad"},
		queue.Take{Service: "nowhere", Persons: 1, Code: "bad"}, queue.Finish{Window: "nowhere", Outcome: queue.Resolved},
	}
	return actions[w.random.IntN(len(actions))]
}
