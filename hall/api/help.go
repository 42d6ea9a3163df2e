package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/help"
	"petitionhall/hall/problem"
)

// HelpRequest asks for a person. Nothing in it tells who asks.
type HelpRequest struct {
	From string `json:"from" required:"false" maxLength:"32" doc:"which kiosk, by its printer: hub (default), none, or the printer's name"`
}

// HelpAnswer says who knows of it.
type HelpAnswer struct {
	State help.State `json:"state" enum:"shown,known,unreached" doc:"shown: it stands on a window's page; known: a clerk has said so; unreached: no window's page showed it within 5 s, and it is dropped"`
}

// HelpPath names one who asks, as told in Hall.
type HelpPath struct {
	ID string `path:"id"`
}

type helpInput struct {
	Keyed
	Body HelpRequest
}

type helpKnown struct {
	Keyed
	HelpPath
}

func (a *API) registerHelp() {
	ask := operation("help", http.MethodPost, "/help", "Ask for a person at a kiosk (需要帮助)")
	ask.Description = "Answers once a window's page shows it, after 5 s at most. While one of the same kiosk stands, and for 30 s after it was answered, it is the same one. Nothing of it is recorded; a request key is accepted and not needed."
	huma.Register(a.huma, ask, a.help)
	told := func(note func(id string) bool) func(context.Context, *helpKnown) (*Body[struct{}], error) {
		return func(_ context.Context, in *helpKnown) (*Body[struct{}], error) {
			if !note(in.ID) {
				return nil, problem.New("help.unknown")
			}
			return &Body[struct{}]{}, nil
		}
	}
	huma.Register(a.huma, operation("helpShown", http.MethodPost, "/help/{id}/shown", "A window's page shows it, to somebody who can see the page"),
		told(func(id string) bool { return a.hall.Help().Show(id) }))
	huma.Register(a.huma, operation("helpKnown", http.MethodPost, "/help/{id}/known", "A clerk knows, and somebody goes (知道了)"),
		told(func(id string) bool { return a.hall.Help().Answer(id) }))
}

func (a *API) help(ctx context.Context, in *helpInput) (*Body[HelpAnswer], error) {
	from := in.Body.From
	if from == "" {
		from = Hub
	}
	if !printerName.MatchString(from) {
		return nil, problem.New("request.invalid").With("body.from")
	}
	state, err := a.hall.Help().Ask(ctx, from)
	switch {
	case errors.Is(err, help.ErrFull):
		return nil, problem.New("help.full")
	case err != nil:
		return nil, problem.From(err)
	}
	return &Body[HelpAnswer]{HelpAnswer{state}}, nil
}
