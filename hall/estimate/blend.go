package estimate

import (
	"cmp"
	"math"
	"slices"
	"time"

	"petitionhall/queue/forecast"
)

// blend weighs the experts by how far off each was lately. What was told to
// somebody with others ahead, and with none, is counted apart: not all experts
// have something to say to both, and the two are not equally hard.
type blend struct{ kinds [2]losses }

// losses are the experts' errors in minutes, the older the less they count.
type losses struct {
	loss   [experts]float64
	count  [experts]int
	weight [experts]float64 // when they were last asked
}

const (
	// kept is over how many answers an expert is judged.
	kept = 250
	// sharpness is how much one answer says against an expert that is off by twice as much as the best.
	sharpness = 0.12
	// slack is how many minutes nobody minds.
	slack = 0.25
)

func kind(ahead int) int { return min(ahead, 1) }

// learn takes in what came of somebody to whom the experts had something to say.
func (b *blend) learn(ahead int, middles [experts]time.Duration, came time.Duration) {
	l := &b.kinds[kind(ahead)]
	for i, m := range middles {
		if m < 0 {
			continue
		}
		l.count[i] = min(l.count[i]+1, kept)
		l.loss[i] += (min(math.Abs((m-came).Minutes()), 600) - l.loss[i]) / float64(l.count[i])
	}
}

// weights of the experts that have something to say; they sum up to 1.
func (b *blend) weights(ahead int, draws *[experts][]time.Duration) (weights [experts]float64) {
	l := &b.kinds[kind(ahead)]
	least := math.Inf(1)
	for i := range draws {
		if len(draws[i]) > 0 && l.count[i] > 0 {
			least = min(least, l.loss[i])
		}
	}
	sum := 0.0
	for i := range draws {
		if len(draws[i]) == 0 {
			continue
		}
		weights[i] = prior(i)
		if l.count[i] > 0 {
			weights[i] *= math.Exp(-sharpness * float64(l.count[i]) * (l.loss[i] - least) / (least + slack))
		}
		sum += weights[i]
	}
	for i := range weights {
		if weights[i] /= max(sum, 1e-300); len(draws[i]) > 0 {
			l.weight[i] = weights[i]
		}
	}
	return weights
}

// prior is how much an expert is believed before anything came: most of all the
// one that sees who is with the windows, which no other can beat on a clean log.
func prior(i int) float64 {
	switch i {
	case byServed:
		return 1
	case perPool + byServed:
		return 0.1
	case byPace, byWorked:
		return 0.03
	}
	return 0.01
}

// beaten tells whether a belief, at neither pace, has much to say any more. It is
// asked seldom then, for it may come to be right again.
func (b *blend) beaten(ahead, expert int) bool {
	l := &b.kinds[kind(ahead)]
	for _, i := range [2]int{expert, expert + beliefs} {
		if l.count[i] < kept/4 || l.weight[i] > 0.001 {
			return false
		}
	}
	return true
}

// mixed is the range of all experts together, and the middle of each; below zero
// where it has nothing to say.
func (b *blend) mixed(ahead int, draws *[experts][]time.Duration) (r forecast.Range, middles [experts]time.Duration, ok bool) {
	var all []weighed
	for i, weight := range b.weights(ahead, draws) {
		middles[i] = -1
		list := draws[i]
		if len(list) == 0 {
			continue
		}
		slices.Sort(list)
		middles[i] = list[len(list)/2]
		if weight < 0.01 {
			continue
		}
		for _, d := range list {
			all = append(all, weighed{d, weight / float64(len(list))})
		}
	}
	if len(all) == 0 {
		return r, middles, false
	}
	slices.SortFunc(all, func(a, b weighed) int { return cmp.Compare(a.wait, b.wait) })
	return forecast.Range{Low: quantile(all, 0.1), Middle: quantile(all, 0.5), High: quantile(all, 0.9)}, middles, true
}

// weighed is a wait that was foreseen, and how much it counts.
type weighed struct {
	wait   time.Duration
	weight float64
}

// quantile of waits in order.
func quantile(all []weighed, q float64) time.Duration {
	total := 0.0
	for _, one := range all {
		total += one.weight
	}
	sum := 0.0
	for _, one := range all {
		if sum += one.weight; sum >= q*total {
			return one.wait
		}
	}
	return all[len(all)-1].wait
}
