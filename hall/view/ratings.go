package view

import (
	"math"

	"petitionhall/hall/ratings"
)

// Ratings is how content the visitors of a day were, in the whole hall.
type Ratings struct {
	Day string `json:"day"`
	N   int    `json:"n" doc:"how many have rated"`
	// Satisfied is never told while the day lasts: whoever looked before and after
	// a visitor rated would see what the visitor gave.
	Satisfied *float64 `json:"satisfied" nullable:"true" doc:"满意率, the upper three of five levels, in percent with one decimal; null below 10 ratings and while the day lasts"`
}

// OfRatings shows the counts of a day; over tells that the day is.
func OfRatings(day string, counts ratings.Counts, over bool) Ratings {
	v := Ratings{Day: day, N: counts.N()}
	if share, ok := counts.Satisfied(); ok && over {
		percent := math.Round(share*1000) / 10
		v.Satisfied = &percent
	}
	return v
}
