package live

import (
	"bytes"
	"encoding/json"

	"petitionhall/hall/runner"
	"petitionhall/hall/view"
	"petitionhall/queue"
)

// sight is the public hall at one moment.
type sight struct {
	hall view.Hall
	// configuration is the day's and the one that the next day starts with. A
	// configuration is never changed in place.
	configuration [2]*queue.Configuration
}

// picture is a sight, so encoded that two of them can be compared.
type picture struct {
	frame
	revision          uint64
	windows, services []json.RawMessage
	expected          string // encoded: what of windows and services the clock alone changes
}

// frame is what no change message can tell: if it differs, a whole hall is due.
type frame struct {
	day, phase    string
	configuration [2]*queue.Configuration
	printers      string // encoded
	hours         string // encoded: what of the hall the clock alone changes
	help          string // encoded
}

func (s sight) picture() picture {
	p := picture{frame: frame{day: s.hall.Day, phase: s.hall.Phase, configuration: s.configuration}, revision: s.hall.Revision}
	p.printers = string(encode(s.hall.Printers))
	p.hours = string(encode([]any{s.hall.Issuing, s.hall.Leader, s.hall.NextLeader, s.hall.Pause}))
	p.help = string(encode(s.hall.Help))
	p.expected = s.expected()
	for _, w := range s.hall.Windows {
		p.windows = append(p.windows, encode(w))
	}
	for _, service := range s.hall.Services {
		p.services = append(p.services, encode(service.ServiceChange))
	}
	return p
}

// expected is what changes by the passing of time: which windows are to open,
// what is said above them, and which services give numbers.
func (s sight) expected() string {
	var told []any
	for _, service := range s.hall.Services {
		told = append(told, service.Issuing, service.From)
	}
	for _, w := range s.hall.Windows {
		told = append(told, w.Strip)
		if w.Status == string(queue.StatusClosed) {
			told = append(told, w.ID, w.Expected, w.From)
		}
	}
	return string(encode(told))
}

// change is view.Change, encoded in part already.
type change struct {
	Revision uint64            `json:"revision"`
	Windows  []json.RawMessage `json:"windows,omitempty"`
	Services []json.RawMessage `json:"services,omitempty"`
}

// since tells what differs from an earlier picture of the same frame.
func (p picture) since(before picture) change {
	return change{Revision: p.revision, Windows: differing(p.windows, before.windows), Services: differing(p.services, before.services)}
}

func differing(now, before []json.RawMessage) (changed []json.RawMessage) {
	for i := range now {
		if i >= len(before) || !bytes.Equal(now[i], before[i]) {
			changed = append(changed, now[i])
		}
	}
	return changed
}

// callsOf lists the calls among some commits of the state's own day.
func callsOf(s *queue.State, commits []runner.Commit) (calls []view.Call) {
	for _, c := range commits {
		for _, e := range c.Events {
			call := queue.Call{At: e.At}
			switch d := e.Data.(type) {
			case *queue.TicketCalled:
				call.Ticket, call.Window, call.Times = d.Ticket, d.Window, 1
			case *queue.TicketRecalled:
				call.Ticket, call.Window, call.Times = d.Ticket, d.Window, d.Times
			default:
				continue
			}
			calls = append(calls, view.OfCall(s, call, uint64(c.Revision)))
		}
	}
	return calls
}
