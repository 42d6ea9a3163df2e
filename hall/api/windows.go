package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/problem"
	"petitionhall/hall/view"
	"petitionhall/queue"
)

// WindowPath names a window in an address.
type WindowPath struct {
	N string `path:"n" maxLength:"32" doc:"the window's id"`
}

// WindowCommand is a command of a window.
type WindowCommand struct {
	Keyed
	WindowPath
}

func (in WindowCommand) id() queue.WindowID { return queue.WindowID(in.N) }

// PauseRequest pauses a window.
type PauseRequest struct {
	Reason string     `json:"reason" enum:"meeting,countryside,meal,materials,handover,other"`
	Until  *time.Time `json:"until" required:"false" nullable:"true" doc:"the promised return"`
}

// CallRequest calls a particular number.
type CallRequest struct {
	Ticket string `json:"ticket" maxLength:"64"`
	Reason string `json:"reason" enum:"at-window,frail,papers,joint,deferred,other" doc:"人已到窗口、身体不便、补材料回来、联合接访、改日优先、其他"`
}

// ResumeRequest takes a parked ticket up again.
type ResumeRequest struct {
	Ticket string `json:"ticket" maxLength:"64"`
}

// JoinRequest names the window that joins.
type JoinRequest struct {
	Window string `json:"window" maxLength:"32"`
}

// CoverRequest lists the services that a window takes after its own.
type CoverRequest struct {
	Services []string `json:"services" maxItems:"50" nullable:"false"`
}

// RejoinRequest puts a missed ticket in line again.
type RejoinRequest struct {
	Ticket string `json:"ticket" maxLength:"64"`
}

// FinishRequest ends a ticket.
type FinishRequest struct {
	Outcome string `json:"outcome" enum:"resolved,referred,unrecorded"`
	Persons int    `json:"persons" required:"false" minimum:"0" maximum:"99" doc:"corrects the size of the party; 0 leaves it"`
}

// TransferRequest sends a ticket on: exactly one of the two is set.
type TransferRequest struct {
	Service string `json:"service" required:"false" maxLength:"64"`
	Window  string `json:"window" required:"false" maxLength:"32"`
}

type windowBody[T any] struct {
	WindowCommand
	Body T
}

type windowOutput struct {
	Status int
	Body   *view.WindowView
}

func (a *API) registerWindows() {
	huma.Register(a.huma, operation("window", http.MethodGet, "/windows/{n}", "A window as its clerk sees it"),
		func(_ context.Context, in *WindowPath) (*Body[view.WindowView], error) {
			v, err := a.clerk(queue.WindowID(in.N))
			return &Body[view.WindowView]{v}, err
		})
	for _, plain := range []struct {
		id, summary string
		action      func(queue.WindowID) queue.Action
	}{
		{"open", "Open a window, or end its pause", func(w queue.WindowID) queue.Action { return queue.OpenWindow{Window: w} }},
		{"close", "Close a window", func(w queue.WindowID) queue.Action { return queue.CloseWindow{Window: w} }},
		{"recall", "Call the number again (再叫一遍)", func(w queue.WindowID) queue.Action { return queue.Recall{Window: w} }},
		{"start", "The visitor came", func(w queue.WindowID) queue.Action { return queue.Start{Window: w} }},
		{"hold", "Park the number at this window (挂起)", func(w queue.WindowID) queue.Action { return queue.Hold{Window: w} }},
		{"part", "Leave the reception of another window's number", func(w queue.WindowID) queue.Action { return queue.Part{Window: w} }},
		{"undo", "Take back the last call, miss or finish (撤回)", func(w queue.WindowID) queue.Action { return queue.Undo{Window: w} }},
		{"miss", "The visitor did not come (过号)", func(w queue.WindowID) queue.Action { return queue.Miss{Window: w} }},
	} {
		huma.Register(a.huma, operation(plain.id+"Window", http.MethodPost, "/windows/{n}/"+plain.id, plain.summary),
			func(ctx context.Context, in *WindowCommand) (*Body[view.WindowView], error) {
				return a.atWindow(ctx, *in, plain.id, false, plain.action(in.id()))
			})
	}
	next := operation("nextAtWindow", http.MethodPost, "/windows/{n}/next", "Call whoever is next (下一位); 204 when nobody waits")
	next.Responses = map[string]*huma.Response{"204": {Description: "Nobody waits"}}
	huma.Register(a.huma, next, a.next)
	a.registerWindowBodies()
	huma.Register(a.huma, operation("rejoinTicket", http.MethodPost, "/tickets/{id}/rejoin", "Put a missed ticket in line again, at the desk"), a.rejoinAtDesk)
}

func (a *API) registerWindowBodies() {
	huma.Register(a.huma, operation("pauseWindow", http.MethodPost, "/windows/{n}/pause", "Pause a window (暂停服务)"),
		func(ctx context.Context, in *windowBody[PauseRequest]) (*Body[view.WindowView], error) {
			action := queue.PauseWindow{Window: in.id(), Reason: queue.PauseReason(in.Body.Reason)}
			if in.Body.Until != nil {
				action.Until = *in.Body.Until
			}
			return a.atWindow(ctx, in.WindowCommand, "pause", false, action, in.Body)
		})
	huma.Register(a.huma, operation("finishAtWindow", http.MethodPost, "/windows/{n}/finish", "End the ticket with an outcome"),
		func(ctx context.Context, in *windowBody[FinishRequest]) (*Body[view.WindowView], error) {
			return a.atWindow(ctx, in.WindowCommand, "finish", true, queue.Finish{Window: in.id(), Outcome: queue.Outcome(in.Body.Outcome), Persons: in.Body.Persons}, in.Body)
		})
	huma.Register(a.huma, operation("transferFromWindow", http.MethodPost, "/windows/{n}/transfer", "Send the ticket on, with its number and its place in time"),
		func(ctx context.Context, in *windowBody[TransferRequest]) (*Body[view.WindowView], error) {
			return a.atWindow(ctx, in.WindowCommand, "transfer", true, queue.Transfer{Window: in.id(), Service: queue.ServiceID(in.Body.Service), To: queue.WindowID(in.Body.Window)}, in.Body)
		})
	a.registerTicketsAtWindow()
	huma.Register(a.huma, operation("joinWindow", http.MethodPost, "/windows/{n}/join", "Have another window receive the visitor as well (联合接访)"),
		func(ctx context.Context, in *windowBody[JoinRequest]) (*Body[view.WindowView], error) {
			return a.atWindow(ctx, in.WindowCommand, "join", false, queue.Join{Window: in.id(), With: queue.WindowID(in.Body.Window)}, in.Body)
		})
	huma.Register(a.huma, operation("coverAtWindow", http.MethodPost, "/windows/{n}/cover", "Take the services of windows nobody sits at, after its own (代接); an empty list ends it"),
		func(ctx context.Context, in *windowBody[CoverRequest]) (*Body[view.WindowView], error) {
			services := make([]queue.ServiceID, len(in.Body.Services))
			for i, id := range in.Body.Services {
				services[i] = queue.ServiceID(id)
			}
			return a.atWindow(ctx, in.WindowCommand, "cover", false, queue.Cover{Window: in.id(), Services: services}, in.Body)
		})
}

// registerTicketsAtWindow offers what a window does with a particular ticket.
func (a *API) registerTicketsAtWindow() {
	huma.Register(a.huma, operation("callAtWindow", http.MethodPost, "/windows/{n}/call", "Call a particular number, outside the order (叫指定号)"),
		func(ctx context.Context, in *windowBody[CallRequest]) (*Body[view.WindowView], error) {
			id, err := a.ticketID(in.Body.Ticket)
			if err != nil {
				return nil, err
			}
			return a.atWindow(ctx, in.WindowCommand, "call", false, queue.CallTicket{Window: in.id(), Ticket: id, Reason: queue.CallReason(in.Body.Reason)}, in.Body)
		})
	huma.Register(a.huma, operation("resumeAtWindow", http.MethodPost, "/windows/{n}/resume", "Take a parked number up again"),
		func(ctx context.Context, in *windowBody[ResumeRequest]) (*Body[view.WindowView], error) {
			id, err := a.ticketID(in.Body.Ticket)
			if err != nil {
				return nil, err
			}
			return a.atWindow(ctx, in.WindowCommand, "resume", false, queue.Resume{Window: in.id(), Ticket: id}, in.Body)
		})
	huma.Register(a.huma, operation("rejoinAtWindow", http.MethodPost, "/windows/{n}/rejoin", "Put a missed ticket in line again (人来了，排上)"),
		func(ctx context.Context, in *windowBody[RejoinRequest]) (*Body[view.WindowView], error) {
			id, err := a.ticketID(in.Body.Ticket)
			if err != nil {
				return nil, err
			}
			return a.atWindow(ctx, in.WindowCommand, "rejoin", false, queue.Rejoin{Ticket: id, Window: in.id()}, in.Body)
		})
}

// windowActor begins the name of the place that a window's commands come from.
const windowActor = "window:"

// clerk shows a window to its clerk.
func (a *API) clerk(id queue.WindowID) (v view.WindowView, err error) {
	known := false
	a.at(func(s *queue.State, m view.Moment) { v, known = view.OfClerk(s, id, m) })
	if !known {
		return v, problem.New("window.unknown")
	}
	return v, nil
}

// atWindow has a window's command done and shows the window afterwards.
func (a *API) atWindow(ctx context.Context, in WindowCommand, what string, keyed bool, action queue.Action, asked ...any) (*Body[view.WindowView], error) {
	if _, err := a.clerk(in.id()); err != nil {
		return nil, err
	}
	c, err := in.command(what, windowActor+in.N, keyed, action, asked...)
	if err != nil {
		return nil, err
	}
	if _, err := a.do(ctx, c); err != nil {
		return nil, err
	}
	v, err := a.clerk(in.id())
	return &Body[view.WindowView]{v}, err
}

// next answers 204 when nobody waits. A repeated request shows the window again
// and calls nobody else.
func (a *API) next(ctx context.Context, in *WindowCommand) (*windowOutput, error) {
	if _, err := a.clerk(in.id()); err != nil {
		return nil, err
	}
	c, err := in.command("next", windowActor+in.N, true, queue.Next{Window: in.id()})
	if err != nil {
		return nil, err
	}
	r, err := a.do(ctx, c)
	switch {
	case err != nil:
		return nil, err
	case len(r.Events) == 0 && !r.Repeated:
		return &windowOutput{Status: http.StatusNoContent}, nil
	}
	v, err := a.clerk(in.id())
	return &windowOutput{Status: http.StatusOK, Body: &v}, err
}

func (a *API) rejoinAtDesk(ctx context.Context, in *TicketPath) (*Body[view.WindowView], error) {
	id, err := a.ticketID(in.ID)
	if err != nil {
		return nil, err
	}
	c, err := in.command("rejoin", "desk", false, queue.Rejoin{Ticket: id}, in.ID)
	if err != nil {
		return nil, err
	}
	if _, err := a.do(ctx, c); err != nil {
		return nil, err
	}
	var window queue.WindowID
	a.at(func(s *queue.State, _ view.Moment) {
		t, ok := s.Ticket(id)
		switch {
		case !ok:
		case t.Rejoin != nil:
			window = t.Rejoin.Window
		case t.Window != "": // a request that came again: it has been called meanwhile
			window = t.Window
		default:
			window = t.FirstWindow
		}
	})
	v, err := a.clerk(window)
	return &Body[view.WindowView]{v}, err
}
