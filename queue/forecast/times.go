package forecast

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"time"

	"petitionhall/queue"
)

// Times is how long a ticket occupies a window, by service: from its call to the
// next call of a window that had somebody waiting. What a clerk does in between
// (calling again, a visitor who does not come, a breath) is in it.
type Times struct {
	services map[queue.ServiceID]*sample
	all      *sample
}

// enough is from how many observations of a service on something is told.
const enough = 5

// points is how finely a distribution is kept.
const points = 128

// sample is a distribution, as equally likely values in order.
type sample struct {
	sorted []time.Duration
	// seen is how many observations it stands for.
	seen float64
}

// Observation is one time that a ticket occupied a window.
type Observation struct {
	Service queue.ServiceID
	Took    time.Duration
	// Weight is how much it counts, 1 for today's; less with age.
	Weight float64
}

// Weight of what was observed some days ago: half as much every ten days.
const (
	halfLife = 10.0
	// earlierWeight is how much all that was learned on earlier days weighs at most,
	// in observations of today.
	earlierWeight = 30.0
	// pooledWeight is how much the hall as a whole weighs for a service of which
	// little is known.
	pooledWeight = 3.0
)

// Learn makes the distributions from observations.
func Learn(seen []Observation) *Times {
	t := &Times{services: map[queue.ServiceID]*sample{}}
	by := map[queue.ServiceID][]Observation{}
	for _, o := range seen {
		by[o.Service] = append(by[o.Service], o)
	}
	t.all = newSample(seen)
	for id, list := range by {
		own := newSample(list)
		if share := pooledWeight / (pooledWeight + own.seen); share > 0.1 && own.seen > 0 {
			mixed := slices.Clone(list)
			for _, d := range t.all.sorted {
				mixed = append(mixed, Observation{Took: d, Weight: pooledWeight / points})
			}
			seen := own.seen
			own = newSample(mixed)
			own.seen = seen
		}
		t.services[id] = own
	}
	return t
}

// Known tells whether enough is known of a service to tell a range.
func (t *Times) Known(id queue.ServiceID) bool {
	s, ok := t.services[id]
	return ok && s.seen >= enough
}

// Mean is the mean time of a service; zero when nothing is known of it.
func (t *Times) Mean(id queue.ServiceID) time.Duration {
	s := t.of(id)
	if s == nil {
		return 0
	}
	sum := time.Duration(0)
	for _, d := range s.sorted {
		sum += d
	}
	return sum / time.Duration(len(s.sorted))
}

func (t *Times) of(id queue.ServiceID) *sample {
	if s, ok := t.services[id]; ok {
		return s
	}
	if t.all == nil || len(t.all.sorted) == 0 {
		return nil
	}
	return t.all
}

func newSample(list []Observation) *sample {
	s := &sample{}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Observation) int { return cmp.Compare(a.Took, b.Took) })
	for _, o := range list {
		s.seen += o.Weight
	}
	if s.seen <= 0 {
		return s
	}
	s.sorted = make([]time.Duration, points)
	sum, at := 0.0, 0
	for i := range s.sorted {
		want := (float64(i) + 0.5) / points * s.seen
		for at < len(list)-1 && sum+list[at].Weight < want {
			sum += list[at].Weight
			at++
		}
		s.sorted[i] = list[at].Took
	}
	return s
}

// draw is how long a ticket of a service occupies a window.
func (t *Times) draw(id queue.ServiceID, r *rand.Rand) time.Duration {
	s := t.of(id)
	if s == nil {
		return 0
	}
	return s.sorted[r.IntN(points)]
}

// drawRest is how long it still does, once it did for a while.
func (t *Times) drawRest(id queue.ServiceID, already time.Duration, r *rand.Rand) time.Duration {
	s := t.of(id)
	if s == nil {
		return 0
	}
	longer := sort.Search(points, func(i int) bool { return s.sorted[i] > already })
	if longer == points { // longer than ever seen: the longer it took, the longer it may
		return time.Duration(r.ExpFloat64() * float64(already) / 3)
	}
	return s.sorted[longer+r.IntN(points-longer)] - already
}

// Today lists what is observed of a day so far, the very last included.
func Today(s *queue.State) []Observation {
	var seen []Observation
	byWindow := map[queue.WindowID][]*queue.Ticket{}
	for _, t := range s.Tickets() {
		if t.Window != "" && !t.CalledAt.IsZero() && t.State != queue.Waiting && t.State != queue.Held {
			byWindow[t.Window] = append(byWindow[t.Window], t)
		}
	}
	windows := make([]queue.WindowID, 0, len(byWindow))
	for id := range byWindow {
		windows = append(windows, id)
	}
	slices.Sort(windows)
	for _, id := range windows {
		list := byWindow[id]
		sort.SliceStable(list, func(i, j int) bool { return list[i].CalledAt.Before(list[j].CalledAt) })
		for i, t := range list {
			if took, ok := occupied(t, list[i+1:]); ok && s.DateOf(t.CalledAt.Add(took)) == s.Date {
				seen = append(seen, Observation{t.Service, took, 1})
			}
		}
	}
	return seen
}

// breath is the longest time between the end of one ticket and the call of the
// next that still belongs to the first: beyond it the clerk did something else.
const breath = 3 * time.Minute

// occupied tells how long a ticket occupied its window: to the next call, if
// that one waited already, else to its end.
func occupied(t *queue.Ticket, later []*queue.Ticket) (time.Duration, bool) {
	end := t.EndedAt
	if t.State == queue.Missed || t.State == queue.Left {
		end = t.MissedAt
	}
	if end.IsZero() || end.Before(t.CalledAt) {
		return 0, false
	}
	if len(later) > 0 {
		next := later[0]
		if next.Arrival.Before(end) && next.CalledAt.Sub(end) < breath && !next.CalledAt.Before(end) {
			end = next.CalledAt
		}
	}
	return end.Sub(t.CalledAt), true
}

// Weight is how much a day counts that lies so many working days back.
func Weight(age int) float64 { return math.Pow(0.5, float64(age)/halfLife) }

// Earlier reads learned times, as a day is opened with, back as observations.
func Earlier(times map[queue.ServiceID]queue.Histogram) []Observation {
	services := make([]queue.ServiceID, 0, len(times))
	for id := range times {
		services = append(services, id)
	}
	slices.Sort(services)
	var all []Observation
	for _, id := range services {
		total := 0
		for _, n := range times[id] {
			total += n
		}
		weight := min(1, earlierWeight/float64(max(total, 1)))
		for minute, n := range times[id] {
			if n > 0 {
				all = append(all, Observation{id, time.Duration(minute)*time.Minute + time.Minute/2, weight * float64(n)})
			}
		}
	}
	return all
}

// Fade sums up the observations of earlier days, the newest day last: what is
// older weighs less, and all of a service together not more than a good day.
func Fade(days [][]Observation) []Observation {
	by := map[queue.ServiceID][]Observation{}
	var order []queue.ServiceID
	for i, day := range days {
		weight := Weight(len(days) - 1 - i)
		for _, o := range day {
			if by[o.Service] == nil {
				order = append(order, o.Service)
			}
			o.Weight *= weight
			by[o.Service] = append(by[o.Service], o)
		}
	}
	var all []Observation
	for _, id := range order {
		s := newSample(by[id])
		for _, took := range s.sorted {
			all = append(all, Observation{id, took, min(s.seen, earlierWeight) / points})
		}
	}
	return all
}
