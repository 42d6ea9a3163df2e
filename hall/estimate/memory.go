package estimate

import (
	"math"
	"slices"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/forecast"
)

// memory keeps the newest observations, and what is learned from them.
type memory struct {
	size  int
	seen  []forecast.Observation
	times *forecast.Times
	fresh int // observations that the times do not know yet
	total int
}

func newMemory(size int) *memory { return &memory{size: size} }

func id(service string) queue.ServiceID { return queue.ServiceID(service) }

func (m *memory) add(service string, took time.Duration) {
	m.seen = append(m.seen, forecast.Observation{Service: id(service), Took: max(took, 0), Weight: 1})
	if len(m.seen) > m.size {
		m.seen = m.seen[1:]
	}
	m.fresh++
	m.total++
}

// enough is from how many observations on something is told.
const enough = 5

func (m *memory) known() bool { return m.total >= enough }

// learned is what the observations say. It is made anew once a fifteenth of them is new.
func (m *memory) learned() *forecast.Times {
	if m.times == nil || m.fresh > len(m.seen)/15 {
		m.times, m.fresh = forecast.Learn(m.seen), 0
	}
	return m.times
}

// limit is beyond which time a visit is taken to have ended without a note.
func (m *memory) limit() time.Duration {
	if !m.known() {
		return longest
	}
	return min(max(8*m.mean(), 30*time.Minute), longest)
}

func (m *memory) mean() time.Duration {
	sum := time.Duration(0)
	for _, o := range m.seen {
		sum += o.Took
	}
	return sum / time.Duration(max(len(m.seen), 1))
}

// ring keeps the newest values.
type ring struct {
	size   int
	values []float64
}

func (r *ring) add(x float64) {
	r.values = append(r.values, x)
	if len(r.values) > r.size {
		r.values = r.values[1:]
	}
}

// quantile of the values; 0 when there are none.
func (r *ring) quantile(q float64) float64 {
	if len(r.values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(r.values))
	return sorted[int(q*float64(len(sorted)-1)+0.5)]
}

// upper is the value that a share of what comes next will exceed, as far as the
// newest values tell: of ten, one in ten exceeds the largest. For a share below
// zero it is more than the largest.
func (r *ring) upper(share float64) float64 {
	n := len(r.values)
	if n == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(r.values))
	top := sorted[n-1]
	if share < 0 {
		return top + (1+math.Abs(top))*-10*share
	}
	at := int(math.Ceil(float64(n+1)*(1-share))) - 1
	return sorted[max(0, min(at, n-1))]
}
