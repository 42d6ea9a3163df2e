package estimate

import "time"

// profile is how many windows work at each time of the day, or how fast they call
// while somebody waits: those that open late, the break at noon. Days are alike
// more often than not. Each slot has a sum and what it is divided by.
type profile struct {
	sum, over [slots]float64
	doubt     float64 // how much of the day as a whole weighs in each slot, in units of the sum
	days      int
}

const (
	day   = 24 * time.Hour
	slot  = 30 * time.Minute
	slots = int(day / slot)
	// fade is what an earlier day weighs against the next.
	fade = 0.9
)

func slotOf(at time.Time) int { return int(at.Sub(at.Truncate(day)) / slot) }

// newDay lets the earlier days fade.
func (p *profile) newDay() {
	p.days++
	for i := range p.sum {
		p.sum[i] *= fade
		p.over[i] *= fade
	}
}

// gap takes in a gap between two calls during which somebody waited: the sum is
// calls, divided by minutes.
func (p *profile) gap(from, until time.Time) {
	p.sum[slotOf(until)]++
	for at := from; at.Before(until); {
		next := at.Truncate(slot).Add(slot)
		if next.After(until) {
			next = until
		}
		p.over[slotOf(at)] += next.Sub(at).Minutes()
		at = next
	}
}

// count takes in a count of windows.
func (p *profile) count(at time.Time, windows int) {
	p.sum[slotOf(at)] += float64(windows)
	p.over[slotOf(at)]++
}

// pace is the mean of a slot, drawn to that of all.
func (p *profile) pace(i int, all float64) float64 {
	return (p.sum[i] + p.doubt) / (p.over[i] + p.doubt/all)
}

// warp makes waits that were foreseen at the present pace into waits at the pace
// of earlier days; nil when there is too little to say.
func (p *profile) warp(now time.Time, waits []time.Duration) []time.Duration {
	sum, over := 0.0, 0.0
	for i := range p.sum {
		sum += p.sum[i]
		over += p.over[i]
	}
	if p.days == 0 || sum < 20 || over <= 0 {
		return nil
	}
	all := sum / over
	first := slotOf(now)
	var speeds [slots]float64
	for i := range speeds {
		speeds[i] = min(max(p.pace((first+i)%slots, all)/p.pace(first, all), 0.05), 10)
	}
	rest := slot - now.Sub(now.Truncate(slot))
	warped := make([]time.Duration, len(waits))
	for i, wait := range waits {
		warped[i] = stretched(wait, rest, &speeds)
	}
	return warped
}

// stretched is how long something takes that would take so long at the speed of
// the first slot, of which there is a rest.
func stretched(work, rest time.Duration, speeds *[slots]float64) (took time.Duration) {
	for i := range speeds {
		length := slot
		if i == 0 {
			length = rest
		}
		done := time.Duration(float64(length) * speeds[i])
		if done >= work {
			return took + time.Duration(float64(work)/speeds[i])
		}
		work -= done
		took += length
	}
	return took + work
}

// opening learns at what time of the day the first is called.
type opening struct {
	first  ring // seconds since midnight
	called bool // somebody was called today
}

func (o *opening) newDay() { o.called = false }

func (o *opening) call(at time.Time) {
	if !o.called {
		o.called = true
		o.first.size = 10
		o.first.add(at.Sub(at.Truncate(day)).Seconds())
	}
}

// at is when the windows open today, as far as earlier days tell; zero when they may be open.
func (o *opening) at(now time.Time) time.Time {
	if o.called || len(o.first.values) < 2 {
		return time.Time{}
	}
	return now.Truncate(day).Add(time.Duration(o.first.quantile(0.5) * float64(time.Second)))
}
