package forecast

import (
	"math"
	"slices"
	"time"

	"petitionhall/queue"
)

// Record keeps the ranges honest: it learns from what was told and what came.
// Two numbers widen or narrow the ends so that each misses one in ten, one more
// shifts the whole where the runs are wrong in one direction (a window that will
// close, visitors that are sent on). It follows the idea of adaptive conformal
// inference (Gibbs and Candès, 2021): whatever the cause of an error is, the share
// of misses comes back to what was promised. The zero value is ready.
type Record struct {
	// Below and Above are the natural logarithms of the factors of the two ends.
	Below, Above float64
	// Shift is the logarithm of the factor of the whole.
	Shift float64
	// Told and Held count the ranges whose waits are known, and those that held.
	Told, Held int
	// AtOnce counts those who were told that it is their turn as good as at once; they are in neither.
	AtOnce int
}

const (
	missShare = 0.1 // each end
	learnEnd  = 0.1
	learnMid  = 0.03
	maxEnd    = 4
	maxShift  = 0.7
	grain     = time.Minute // below it nobody cares
)

// Adjust makes the range that is told from the one that the runs gave.
func (r *Record) Adjust(raw Range) Range {
	shift := math.Exp(r.Shift)
	scale := func(d time.Duration, by float64) time.Duration { return time.Duration(float64(d) * by) }
	middle := scale(raw.Middle, shift)
	return Range{
		Low:    max(middle-scale(raw.Middle-raw.Low, shift*math.Exp(r.Below)), 0),
		Middle: middle,
		High:   middle + scale(raw.High-raw.Middle, shift*math.Exp(r.Above)),
	}
}

// Learn takes in what came of a range that was told. Of those who were called at
// once there is nothing to learn.
func (r *Record) Learn(told Range, came time.Duration) {
	if told.AtOnce() {
		return
	}
	r.Told++
	below, above := 0.0, 0.0
	switch {
	case told.misses(came, -1):
		below = 1
	case told.misses(came, 1):
		above = 1
	default:
		r.Held++
	}
	r.Below = clamp(r.Below+learnEnd*(below-missShare), maxEnd)
	r.Above = clamp(r.Above+learnEnd*(above-missShare), maxEnd)
	off := math.Log(float64(came+grain) / float64(told.Middle+grain))
	r.Shift = clamp(r.Shift+learnMid*clamp(off, 1), maxShift)
}

// RecordOf learns from what was told and came on the day so far, in the order of
// the calls. It begins with what was learned on the days before.
func RecordOf(s *queue.State) Record {
	var called []*queue.Ticket
	for _, t := range s.Tickets() {
		if t.Wait != nil && !t.FirstCalledAt.IsZero() {
			called = append(called, t)
		}
	}
	slices.SortStableFunc(called, func(a, b *queue.Ticket) int { return a.FirstCalledAt.Compare(b.FirstCalledAt) })
	var r Record
	if s.Waits != nil {
		r.Below, r.Above, r.Shift = s.Waits.Below, s.Waits.Above, s.Waits.Shift
	}
	for _, t := range called {
		came, told := t.FirstCalledAt.Sub(t.Arrival), ToldRange(t.Wait, t.Middle)
		if told.AtOnce() {
			r.AtOnce++
			continue
		}
		r.Learn(told, came)
	}
	return r
}

// ToldRange is a range as it was told, in whole minutes, and its middle as it was
// kept, in seconds; halfway where it was not.
func ToldRange(w *queue.Wait, middle int) Range {
	low, high := time.Duration(w.Low)*time.Minute, time.Duration(w.High)*time.Minute
	if high <= time.Minute { // it was told as one minute, and meant at once
		high = 0
	}
	if middle == 0 {
		return Range{low, (low + high) / 2, high}
	}
	return Range{low, time.Duration(middle) * time.Second, high}
}

// Learned is what the next day begins with.
func (r *Record) Learned() *queue.WaitRecord {
	return &queue.WaitRecord{Below: r.Below, Above: r.Above, Shift: r.Shift}
}

func clamp(x, bound float64) float64 { return max(-bound, min(bound, x)) }
