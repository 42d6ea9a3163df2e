package estimate

import (
	"math/rand/v2"
	"slices"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/forecast"
)

// The experts: each runs the line forward on another belief about the log.
// The first take the service's own pool, the next that of all services.
const (
	byServedLately = iota // who is with the windows, and how long visits took lately
	byServed              // the same, and how long visits take in the long run
	byLately              // the gaps between the latest calls
	byPace                // the gaps between many calls
	byWorked              // the same, for the count of windows that the log tells
	beliefs
	perPool = 2 * beliefs // each once more, at the pace of earlier days
	byAlike = 2 * perPool // what came of those who found as many ahead
	experts = byAlike + 1
)

// crowd is a line that is looked at: how many are ahead and who may call them.
type crowd struct {
	line   *line
	index  int // of the pool
	pool   *pool
	visit  *visit
	now    time.Time
	said   int       // windows in the log; 0: unknown
	opens  time.Time // when the windows open, if that is still to come
	random *rand.Rand
	runs   int
}

// draws are the waits that each expert foresees, in no order; none when it has
// nothing to say. Shared tells that there are other services.
func (l *line) draws(v *visitor, said [2]int, opens time.Time, shared bool, runs int) (all [experts][]time.Duration) {
	random := rand.New(rand.NewPCG(7, uint64(v.arrived.UnixNano())))
	for i, p := range l.pools {
		if i == 1 && !shared {
			break
		}
		c := crowd{l, i, p, v.visit, v.arrived, said[i], opens, random, runsFor(runs, len(p.waiting))}
		c.all(all[i*perPool : (i+1)*perPool])
	}
	for range runs {
		if m, ok := l.alike.like(len(l.pools[0].waiting), 1, random.Float64(), 4); ok {
			all[byAlike] = append(all[byAlike], minutes(m))
		}
	}
	return all
}

// runsFor takes fewer runs for long lines, where the turns of many even out.
func runsFor(runs, ahead int) int { return max(runs*60/(60+ahead), min(runs, 15)) }

func minutes(m float64) time.Duration { return time.Duration(m * float64(time.Minute)) }

func (c *crowd) all(into [][]time.Duration) {
	steps := c.steps()
	desks, next := c.pool.desks(c.now, c.said), c.next(steps)
	for i, m := range c.pool.turns {
		if m.known() && c.asked(byServedLately+i) {
			into[byServedLately+i] = c.forward(desks, m.learned(), next, steps, 1)
		}
	}
	for i, m := range c.pool.paces {
		if m.known() && c.asked(byLately+i) {
			into[byLately+i] = c.paced(m, steps, 1)
		}
	}
	if c.pool.worked.known() && c.said > 0 && c.asked(byWorked) {
		into[byWorked] = c.paced(c.pool.worked, steps, float64(min(c.said, mostDesks)))
	}
	c.warp(into)
}

// asked tells whether a belief is run forward: those on all services together
// that were beaten are so for every fourth visitor.
func (c *crowd) asked(belief int) bool {
	return c.index == 0 || c.visit.row%4 == 0 || !c.line.blend.beaten(len(c.line.pools[0].waiting), perPool+belief)
}

// warp foresees everything once more at the pace of earlier days.
func (c *crowd) warp(into [][]time.Duration) {
	profiles := [beliefs]*profile{byServedLately: &c.pool.open, byServed: &c.pool.open, byLately: &c.pool.calling, byPace: &c.pool.calling, byWorked: &c.pool.told}
	for i, profile := range profiles {
		if len(into[i]) > 0 {
			into[beliefs+i] = profile.warp(c.now, into[i])
		}
	}
}

// paced runs a single desk that calls in place of all windows. Where nobody waits
// it may have become free since its last call.
func (c *crowd) paced(m *memory, steps []int, faster float64) []time.Duration {
	next := slices.Repeat([]queue.ServiceID{gapID}, slices.Max(steps)+2)
	desk, since := forecast.Desk{}, time.Duration(0)
	if !c.pool.last.IsZero() {
		since = c.now.Sub(c.pool.last)
		if len(c.pool.waiting) > 0 {
			// The pace is that of a window in so many: it goes that much slower.
			desk = forecast.Desk{Service: gapID, Since: c.now.Add(-time.Duration(float64(since) * faster))}
			since = 0
		} else {
			steps = slices.Clone(steps)
			for i := range steps {
				steps[i]++
			}
		}
	}
	waits := c.forward([]forecast.Desk{desk}, m.learned(), next, steps, faster)
	for i := range waits {
		waits[i] = max(waits[i]-since, 0)
	}
	return waits
}

// steps draws how many calls will come before that of the newcomer: as many as
// are ahead, but for those who leave, are skipped, or are called out of order.
func (c *crowd) steps() []int {
	ahead := len(c.pool.waiting)
	steps := make([]int, c.runs)
	for i := range steps {
		n, ok := c.line.steps[c.index].like(ahead, 0, c.random.Float64(), 8)
		if !ok {
			n = float64(ahead)
		}
		steps[i] = min(int(n+c.random.Float64()), 4*ahead+50)
	}
	return steps
}

// next are the services of those who will be called.
func (c *crowd) next(steps []int) []queue.ServiceID {
	var next []queue.ServiceID
	for _, v := range c.pool.waiting {
		next = append(next, id(v.service))
	}
	for len(next) <= slices.Max(steps) {
		next = append(next, id(c.visit.service))
	}
	return next
}

// longLine is how many steps of a run are taken one by one; where more are ahead,
// each stands for several, for there the turns of many even out.
const longLine = 300

// forward runs desks until the newcomer is called.
func (c *crowd) forward(desks []forecast.Desk, times *forecast.Times, next []queue.ServiceID, steps []int, faster float64) []time.Duration {
	if c.opens.After(c.now) {
		desks = slices.Clone(desks)
		for i := range desks {
			desks[i] = forecast.Desk{Paused: true, Until: c.opens}
		}
	}
	stride := 1 + len(next)/longLine
	var calls []queue.ServiceID
	for i := 0; i < len(next); i += stride {
		calls = append(calls, next[i])
	}
	runs := forecast.Turns(c.now, desks, times, calls, forecast.Options{Runs: c.runs, Seed: 1})
	waits := make([]time.Duration, len(runs))
	for i, run := range runs {
		first := run[0]
		waits[i] = time.Duration(float64(first+time.Duration(stride)*(run[steps[i]/stride]-first)) / faster)
	}
	return waits
}
