package forecast

import (
	"math"
	"math/rand/v2"
	"time"

	"petitionhall/queue"
)

// Turns runs desks forward whose order of calls nobody knows, as in the log of
// another hall: it tells when the next calls would be, whoever is called. Next are
// the services of those who are called, the first to be called first. Each run is
// the times from now, one for each of next, in order; the first may be zero. There
// are none without a desk or without any observation.
//
// It is the same run as that of Ranges without the rules that pick the ticket, so
// long lines cost little.
func Turns(now time.Time, desks []Desk, times *Times, next []queue.ServiceID, o Options) [][]time.Duration {
	if o.Runs == 0 {
		o.Runs = defaultRuns
	}
	if len(desks) == 0 || times.all == nil || len(times.all.sorted) == 0 {
		return nil
	}
	random := rand.New(rand.NewPCG(o.Seed, uint64(now.UnixNano())))
	samples := make([]*sample, len(next))
	for i, service := range next {
		samples[i] = times.of(service)
	}
	all := make([]time.Duration, o.Runs*len(next))
	runs := make([][]time.Duration, o.Runs)
	free := make([]time.Duration, len(desks))
	for i := range runs {
		runs[i] = all[i*len(next) : (i+1)*len(next)]
		for d := range desks {
			free[d] = remaining(desks[d], now, times, random)
		}
		for k, s := range samples {
			at, desk := earliest(free)
			runs[i][k] = at
			free[desk] = at + s.sorted[random.IntN(points)]
		}
	}
	return runs
}

// earliest is the desk that is free first.
func earliest(free []time.Duration) (at time.Duration, desk int) {
	at = math.MaxInt64
	for i, one := range free {
		if one < at {
			at, desk = one, i
		}
	}
	return at, desk
}

// unpromised is how long a pause without a promise still lasts, at most as often as not.
const unpromised = 10 * time.Minute

// remaining draws when a desk is free.
func remaining(d Desk, now time.Time, times *Times, random *rand.Rand) time.Duration {
	switch {
	case d.Service != "":
		return times.drawRest(d.Service, now.Sub(d.Since), random)
	case d.Paused && d.Until.After(now):
		return d.Until.Sub(now)
	case d.Paused:
		return time.Duration(random.ExpFloat64() * float64(unpromised))
	}
	return 0
}
