package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/problem"
	"petitionhall/hall/ratings"
	"petitionhall/hall/view"
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

type ratingsInput struct {
	Day string `query:"day" format:"date" required:"true" doc:"a day, such as 2026-11-25"`
}

func (a *API) registerRatings() {
	huma.Register(a.huma, operation("rate", http.MethodPost, "/tickets/{code}/rating", "Say how the reception was (评价), once for each number, on its day"), a.rate)
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
	switch err := a.hall.Rate(h.day, h.ref, ratings.Score(in.Body.Score)); {
	case errors.Is(err, ratings.ErrGiven):
		return nil, problem.New("rating.given")
	case err != nil:
		a.log.Error("a rating could not be kept", "cause", err)
		return nil, problem.New("rating.unavailable")
	}
	return &Body[view.Ticket]{h.view}, nil
}
