package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/problem"
	"petitionhall/hall/ratings"
	"petitionhall/hall/view"
	"petitionhall/queue"
)

// RatingRequest says how content a visitor was.
type RatingRequest struct {
	Score int `json:"score" minimum:"1" maximum:"5" doc:"1 very dissatisfied (非常不满意) to 5 very satisfied (非常满意)"`
}

type rateInput struct {
	Keyed
	CodePath
	Body RatingRequest
}

type rateAtInput struct {
	WindowCommand
	Body RatingRequest
}

type ratingsInput struct {
	Day string `query:"day" format:"date" required:"true" doc:"a day, such as 2026-11-25"`
}

func (a *API) registerRatings() {
	huma.Register(a.huma, operation("rate", http.MethodPost, "/tickets/{code}/rating", "Say how the reception was (评价), once for each number, on its day"), a.rate)
	huma.Register(a.huma, operation("askingAtWindow", http.MethodGet, "/windows/{n}/rating", "Whether a window's tablet asks how the reception was"),
		func(_ context.Context, in *WindowPath) (*Body[view.Asking], error) {
			v, err := a.asking(queue.WindowID(in.N))
			return &Body[view.Asking]{v.Asking}, err
		})
	huma.Register(a.huma, operation("rateAtWindow", http.MethodPost, "/windows/{n}/rating", "Say at the window's tablet how the reception that just ended there was (评价), once"), a.rateAt)
	huma.Register(a.huma, operation("ratings", http.MethodGet, "/ratings", "How content the visitors of a day were (满意率), for the whole hall"),
		func(_ context.Context, in *ratingsInput) (*Body[view.Ratings], error) {
			return &Body[view.Ratings]{a.hall.Ratings(in.Day)}, nil
		})
}

// rate counts a score and forgets whose it was. The request key is accepted, as
// everywhere, and not remembered: it would tie the score to the request. Whoever
// asks again hears that the number has rated.
func (a *API) rate(_ context.Context, in *rateInput) (*Body[view.Ticket], error) {
	h, err := a.holding(in.Code)
	switch {
	case err != nil:
		return nil, err
	case !h.may:
		return nil, problem.New("rating.not-yet")
	}
	if err := a.count(h.day, h.ref, in.Body.Score); err != nil {
		return nil, err
	}
	return &Body[view.Ticket]{h.view}, nil
}

// count counts a score for a number that may rate.
func (a *API) count(day, ref string, score int) error {
	switch err := a.hall.Rate(day, ref, ratings.Score(score)); {
	case errors.Is(err, ratings.ErrGiven):
		return problem.New("rating.given")
	case err != nil:
		a.log.Error("a rating could not be kept", "cause", err)
		return problem.New("rating.unavailable")
	}
	return nil
}

// askingAt is what a window's tablet asks about.
type askingAt struct {
	view.Asking
	day, ref string
}

func (a *API) asking(id queue.WindowID) (v askingAt, err error) {
	known := false
	a.at(func(s *queue.State, m view.Moment) {
		var last *queue.Ticket
		var until time.Time
		if last, until, known = view.ToRateAt(s, id, m); last != nil {
			v = askingAt{Asking: view.Asking{Asks: true, Until: &until}, day: s.Date, ref: s.Ref(last.ID)}
		}
	})
	switch {
	case !known:
		return v, problem.New("window.unknown")
	case v.Asks && a.hall.Rated(v.day, v.ref):
		return askingAt{}, nil
	}
	return v, nil
}

// rateAt counts what was tapped on a window's tablet; nothing of the window is kept with it.
func (a *API) rateAt(_ context.Context, in *rateAtInput) (*Body[view.Asking], error) {
	v, err := a.asking(in.id())
	switch {
	case err != nil:
		return nil, err
	case !v.Asks:
		return nil, problem.New("rating.not-yet")
	}
	if err := a.count(v.day, v.ref, in.Body.Score); err != nil {
		return nil, err
	}
	return &Body[view.Asking]{view.Asking{}}, nil
}
