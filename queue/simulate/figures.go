package simulate

import (
	"slices"
	"time"

	"petitionhall/queue"
)

// Figures are those of the hall's reports, over all days that were played.
type Figures struct {
	Issued, Served, Persons, Resolved, Referred, Unrecorded, Cancelled, Left, Deferred int
	// Median, P90 and Longest are of the waits from the take to the first call.
	Median, P90, Longest time.Duration

	waits []time.Duration
}

func (f *Figures) add(s *queue.State) {
	for _, t := range s.Tickets() {
		f.Issued++
		switch t.State {
		case queue.Cancelled:
			f.Cancelled++
		case queue.Left:
			f.Left++
		case queue.Deferred:
			f.Deferred++
		default:
		}
		if !t.FirstCalledAt.IsZero() {
			f.waits = append(f.waits, t.FirstCalledAt.Sub(t.Arrival))
		}
		if !t.Served() {
			continue
		}
		f.Served++
		f.Persons += t.Persons
		switch t.Outcome {
		case queue.Resolved:
			f.Resolved++
		case queue.Referred:
			f.Referred++
		case queue.Unrecorded:
			f.Unrecorded++
		}
	}
}

func (f *Figures) finish() {
	if len(f.waits) == 0 {
		return
	}
	slices.Sort(f.waits)
	f.Median, f.P90, f.Longest = f.waits[len(f.waits)/2], f.waits[len(f.waits)*9/10], f.waits[len(f.waits)-1]
}
