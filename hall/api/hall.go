package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/problem"
	"petitionhall/hall/view"
	"petitionhall/queue"
	"petitionhall/queue/check"
)

func (a *API) registerHall() {
	huma.Register(a.huma, operation("hall", http.MethodGet, "/hall", "The whole hall as the public sees it"),
		func(context.Context, *struct{}) (*Body[view.Hall], error) {
			return &Body[view.Hall]{a.publicHall()}, nil
		})
	huma.Register(a.huma, operation("configuration", http.MethodGet, "/configuration", "All that the hall decided"),
		func(context.Context, *struct{}) (*Body[Configuration], error) { return a.configuration(), nil })
	huma.Register(a.huma, operation("configure", http.MethodPut, "/configuration", "Change what the hall decided; the running day follows at once, its rules and time zone the next day"),
		func(ctx context.Context, in *Body[Configuration]) (*Body[Configuration], error) {
			if err := a.hall.ApplyConfiguration(ctx, &in.Body.Configuration, in.Body.Revision, "admin"); err != nil {
				return nil, problem.From(err)
			}
			return a.configuration(), nil
		})
	huma.Register(a.huma, operation("check", http.MethodGet, "/check", "Prove on the journal that every promise was kept"),
		func(ctx context.Context, _ *struct{}) (*Body[check.Report], error) {
			report, err := a.hall.Check(ctx)
			if err != nil {
				a.log.Error("the journal could not be checked", "cause", err)
				return nil, problem.From(err)
			}
			return &Body[check.Report]{report}, nil
		})
}

// Configuration is all that the hall decided, with the revision that a change must be made from.
type Configuration struct {
	Revision uint64 `json:"revision" doc:"a change is refused unless it was made from the revision in force"`
	queue.Configuration
}

func (a *API) configuration() *Body[Configuration] {
	c, revision := a.hall.Configuration()
	return &Body[Configuration]{Configuration{revision, *c}}
}

func (a *API) publicHall() (h view.Hall) {
	a.at(func(s *queue.State, m view.Moment) { h = view.OfHall(s, m) })
	return h
}

// CloseDayRequest names what is put off. It may be left out when nothing is open.
type CloseDayRequest struct {
	Deferred []string `json:"deferred" required:"false" maxItems:"4096" doc:"ids of the open tickets that are put off by this decision"`
}

func (a *API) registerDay() {
	type input struct{ Keyed }
	day := func(id, path, summary string, action queue.Action) {
		huma.Register(a.huma, operation(id, http.MethodPost, path, summary),
			func(ctx context.Context, in *input) (*Body[view.Hall], error) {
				return a.dayCommand(ctx, in.Keyed, id, action)
			})
	}
	day("openDay", "/day/open", "Open the day", queue.OpenDay{})
	day("stopIssuing", "/day/stop-issuing", "Issue no more numbers; everyone holding one is served", queue.StopIssuing{})
	day("resumeHall", "/day/resume", "End the pause of the whole hall", queue.ResumeHall{})
	type pausing struct {
		Keyed
		Body PauseRequest
	}
	huma.Register(a.huma, operation("pauseHall", http.MethodPost, "/day/pause", "Pause the whole hall: nobody is called, numbers are still given"),
		func(ctx context.Context, in *pausing) (*Body[view.Hall], error) {
			action := queue.PauseHall{Reason: queue.PauseReason(in.Body.Reason)}
			if in.Body.Until != nil {
				action.Until = *in.Body.Until
			}
			return a.dayCommand(ctx, in.Keyed, "pauseHall", action, in.Body)
		})
	type closing struct {
		Keyed
		Body *CloseDayRequest
	}
	huma.Register(a.huma, operation("closeDay", http.MethodPost, "/day/close", "End the day"),
		func(ctx context.Context, in *closing) (*Body[view.Hall], error) {
			action := queue.CloseDay{}
			if in.Body == nil {
				in.Body = &CloseDayRequest{}
			}
			for _, ref := range in.Body.Deferred {
				id, err := a.ticketID(ref)
				if err != nil {
					return nil, err
				}
				action.Deferred = append(action.Deferred, id)
			}
			return a.dayCommand(ctx, in.Keyed, "closeDay", action, in.Body.Deferred)
		})
}

func (a *API) dayCommand(ctx context.Context, k Keyed, id string, action queue.Action, asked ...any) (*Body[view.Hall], error) {
	c, err := k.command(id, "desk", false, action, asked...)
	if err != nil {
		return nil, err
	}
	if _, err := a.do(ctx, c); err != nil {
		return nil, err
	}
	return &Body[view.Hall]{a.publicHall()}, nil
}
