package main

import (
	"context"
	"fmt"

	"petitionhall/queue/simulate"
)

// simulatedDays is how many days of each kind are played.
const simulatedDays = 60

// waitErrors holds the middle of the told ranges against the usual estimators,
// on the same simulated days, and tells how many of the ranges held.
func waitErrors(context.Context) (all []figure, err error) {
	for _, name := range []string{"steady", "bursts", "priority", "pauses", "shared", "mixed"} {
		r, err := simulate.Run(simulate.Kinds()[name], simulate.Options{Seed: 11, Days: simulatedDays, Runs: 60})
		if err != nil {
			return nil, err
		}
		e := r.Estimate
		off := func(minutes float64) string { return fmt.Sprintf("%.2f min", minutes) }
		against := func(what string, other, limit float64) figure {
			return figure{Name: fmt.Sprintf("%s days: mean error of the told wait, %d tickets", name, e.Range.Count), Ours: off(e.Range.Mean()), Other: off(other), Against: what,
				Value: e.Range.Mean() / other, Limit: limit, Unit: "x"}
		}
		switch name {
		case "steady":
			all = append(all, against("the better of typed average and last called", min(e.Typed.Mean(), e.Last.Mean()), 1.02))
		case "mixed":
			all = append(all, against("typed average x people ahead / windows, typed wrong by a third", e.Typed.Mean(), 0.7),
				against("the wait of the last who was called", e.Last.Mean(), 0.8))
		}
		miss := e.HitRate() - 0.8
		all = append(all, figure{Name: fmt.Sprintf("%s days: told ranges that held, of %d", name, e.Told), Ours: fmt.Sprintf("%.1f%%", 100*e.HitRate()), Other: "80%", Against: "the promise (75 to 85%)",
			Value: 100 * max(miss, -miss), Limit: 5, Unit: "points off"})
	}
	return all, nil
}
