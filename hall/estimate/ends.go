package estimate

import (
	"time"

	"petitionhall/queue/forecast"
)

// ends keeps the ends of the ranges honest: each is moved so that a tenth of what
// came lately lay beyond it, and the tenth itself follows what was missed
// (conformal prediction that adapts, Gibbs and Candès, 2021). What came is held
// against what the runs gave and not against what was told: forecast.Record, which
// knows only the latter, swings where waits are long and answers come late.
type ends struct {
	below, above ring
	// missBelow and missAbove are added to the shares that are to lie beyond.
	missBelow, missAbove float64
	// atOnce are the waits in minutes of those whose turn seemed to be at once.
	atOnce ring
}

const (
	keptEnds = 100
	missed   = 0.1 // at each end
	// fewest answers from which ends are moved; while they are few, their ends are wider.
	fewest, few = 10, 30
	levelStep   = 0.01
	maxLevel    = 0.3
	grain       = 10 * time.Second
)

func newEnds() ends {
	return ends{below: ring{size: keptEnds}, above: ring{size: keptEnds}, atOnce: ring{size: keptEnds}}
}

// answers is how many waits it goes by, at most keptEnds.
func (e *ends) answers() int { return len(e.above.values) }

// adjust makes the range that is told from the one that the runs gave.
func (e *ends) adjust(raw forecast.Range) forecast.Range {
	if raw.AtOnce() {
		raw.High = max(raw.High, minutes(e.atOnce.upper(missed)))
		return raw
	}
	n := float64(e.answers())
	if n < fewest {
		return raw
	}
	share := missed * n / (n + few)
	low, high := max(e.below.upper(share+e.missBelow), 0), max(e.above.upper(share+e.missAbove), 0)
	return forecast.Range{
		Low:    max(raw.Middle-time.Duration(low*float64(raw.Middle-raw.Low+grain)), 0),
		Middle: raw.Middle,
		High:   raw.Middle + time.Duration(high*float64(raw.High-raw.Middle+grain)),
	}
}

// learn notes how far the ends would have had to be moved. Ranges are told in
// whole minutes, so what counts is the minute that would just have held.
func (e *ends) learn(raw, told forecast.Range, came time.Duration) {
	if !told.AtOnce() {
		e.missBelow = stepped(e.missBelow, came < time.Duration(told.Wait().Low)*time.Minute)
		e.missAbove = stepped(e.missAbove, came > time.Duration(told.Wait().High)*time.Minute)
	}
	if raw.AtOnce() {
		e.atOnce.add(came.Minutes())
		return
	}
	up := (came + time.Minute - 1).Truncate(time.Minute) - time.Minute
	down := came.Truncate(time.Minute) + time.Minute
	e.above.add(float64(up-raw.Middle) / float64(raw.High-raw.Middle+grain))
	e.below.add(float64(raw.Middle-down) / float64(raw.Middle-raw.Low+grain))
}

// stepped lets the share that is to be missed follow what was missed.
func stepped(level float64, miss bool) float64 {
	if miss {
		return max(level-(1-missed)*levelStep, -maxLevel)
	}
	return min(level+missed*levelStep, maxLevel)
}
