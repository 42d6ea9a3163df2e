package estimate_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// hall is how a log is made: a plain simulation that shares nothing with the
// estimator, on purpose.
type hall struct {
	days     int
	hours    float64   // that it is open
	services []string  // by equal shares
	shared   bool      // all windows serve all services; else each service has its own
	rate     []float64 // arrivals per hour and service, over equal parts of the day
	windows  []int     // open, per service or in all, over equal parts of the day
	mean     float64   // minutes of a visit
	spread   float64   // of its logarithm
	drift    float64   // spread of the day's own factor on mean
	breath   float64   // mean minutes between two visits of a window
	patience float64   // mean minutes after which who waits leaves; 0: never
	early    float64   // minutes that people come before the windows open
	burst    int       // so many come at once, twice a day
	skip     float64   // share of the numbers that are never called, without a trace
	noShow   float64   // share that is called and takes no time
	order    string    // fifo, random or priority
	grain    time.Duration
}

// row is a visit of a made log; times in minutes from the log's start, below zero: unknown.
type row struct {
	service                   string
	arrived, called, finished float64
	windows                   int
	priority                  bool
}

func (h *hall) play(seed uint64) []row {
	r := rand.New(rand.NewPCG(seed, 5))
	var all []row
	for d := range h.days {
		factor := math.Exp(h.drift * r.NormFloat64())
		if h.shared {
			all = append(all, h.pool(r, float64(d), h.services, factor)...)
			continue
		}
		for _, s := range h.services {
			all = append(all, h.pool(r, float64(d), []string{s}, factor)...)
		}
	}
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Compare(a.arrived, b.arrived) })
	return all
}

func part[T any](list []T, at, whole float64) T {
	i := int(at / whole * float64(len(list)))
	return list[max(0, min(i, len(list)-1))]
}

// comers are the arrivals of a day at a pool, in minutes from the opening.
func (h *hall) comers(r *rand.Rand, services []string) (all []row) {
	open := h.hours * 60
	for _, s := range services {
		most := slices.Max(h.rate)
		for at := -h.early; ; {
			at += r.ExpFloat64() / most * 60
			if at > open {
				break
			}
			if r.Float64() < part(h.rate, at, open)/most {
				all = append(all, row{service: s, arrived: at, called: -1, finished: -1, priority: r.Float64() < 0.2})
			}
		}
		for _, share := range []float64{0.2, 0.6} {
			for range h.burst {
				all = append(all, row{service: s, arrived: share*open + r.Float64(), called: -1, finished: -1})
			}
		}
	}
	slices.SortFunc(all, func(a, b row) int { return cmp.Compare(a.arrived, b.arrived) })
	return all
}

// pool plays the windows of a day that call from one line.
func (h *hall) pool(r *rand.Rand, day float64, services []string, factor float64) []row {
	all := h.comers(r, services)
	open := h.hours * 60
	leaves := make([]float64, len(all))
	for i := range leaves {
		leaves[i] = math.Inf(1)
		if h.patience > 0 {
			leaves[i] = all[i].arrived + r.ExpFloat64()*h.patience
		}
	}
	var waiting []int
	var busy []float64
	next, now := 0, 0.0
	for {
		now = h.after(now, all, next, busy, waiting, leaves)
		if math.IsInf(now, 1) {
			break
		}
		for next < len(all) && all[next].arrived <= now {
			all[next].windows = part(h.windows, max(all[next].arrived, 0), open)
			if r.Float64() >= h.skip {
				waiting = append(waiting, next)
			}
			next++
		}
		busy = slices.DeleteFunc(busy, func(end float64) bool { return end <= now })
		waiting = slices.DeleteFunc(waiting, func(i int) bool {
			if leaves[i] <= now {
				all[i].finished = leaves[i]
			}
			return leaves[i] <= now
		})
		for now >= 0 && len(waiting) > 0 && len(busy) < part(h.windows, now, open) {
			at := h.pick(r, all, waiting)
			i := waiting[at]
			waiting = slices.Delete(waiting, at, at+1)
			took := h.mean * factor * math.Exp(h.spread*r.NormFloat64()-h.spread*h.spread/2)
			if r.Float64() < h.noShow {
				took = 0
			}
			all[i].called, all[i].finished = now, now+took
			busy = append(busy, now+took+h.breath*r.ExpFloat64())
		}
	}
	for i := range all {
		for _, t := range []*float64{&all[i].arrived, &all[i].called, &all[i].finished} {
			if *t != -1 {
				*t += day*24*60 + 60
			}
		}
	}
	return all
}

// after is the next moment at which anything happens.
func (h *hall) after(now float64, all []row, next int, busy []float64, waiting []int, leaves []float64) float64 {
	at := math.Inf(1)
	if next < len(all) {
		at = all[next].arrived
	}
	for _, end := range busy {
		at = min(at, end)
	}
	for _, i := range waiting {
		at = min(at, leaves[i])
	}
	if len(waiting) > 0 { // windows may open with every part of the day
		step := h.hours * 60 / float64(len(h.windows))
		if change := (math.Floor(now/step+1e-9) + 1) * step; change < h.hours*60 {
			at = min(at, change)
		}
	}
	return at
}

func (h *hall) pick(r *rand.Rand, all []row, waiting []int) int {
	switch h.order {
	case "random":
		return r.IntN(len(waiting))
	case "priority":
		return max(slices.IndexFunc(waiting, func(i int) bool { return all[i].priority }), 0)
	}
	return 0
}

// log writes rows as a log; spoil may change a row's cells.
func (h *hall) log(rows []row, spoil func(i int, cells []string)) string {
	start := time.Date(2026, 3, 2, 8, 0, 0, 0, time.FixedZone("", 8*3600))
	text := func(at float64) string {
		if at < 0 {
			return ""
		}
		return start.Add(time.Duration(at * float64(time.Minute))).Truncate(cmp.Or(h.grain, time.Second)).Format(time.RFC3339)
	}
	var b strings.Builder
	b.WriteString("service,arrived,called,finished,windows,number\n")
	for i, v := range rows {
		cells := []string{v.service, text(v.arrived), text(v.called), text(v.finished), fmt.Sprint(v.windows), fmt.Sprint(i + 1)}
		if spoil != nil {
			spoil(i, cells)
		}
		b.WriteString(strings.Join(cells, ",") + "\n")
	}
	return b.String()
}
