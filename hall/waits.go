package hall

import (
	"context"
	"sync/atomic"
	"time"

	"petitionhall/hall/view"
	"petitionhall/queue"
	"petitionhall/queue/forecast"
	"petitionhall/queue/journal"
)

const (
	// foretellEvery is how often the waits are foretold anew.
	foretellEvery = time.Second
	// foretoldFor is how long a range may be told after it was made.
	foretoldFor = 2 * time.Second
)

// waits foretells, in the background, how long a newcomer of each service would
// wait. Whoever takes a number is told the newest range; nobody ever waits for one.
type waits struct {
	hall   *Hall
	newest atomic.Pointer[foretold]
}

// foretold are the ranges of one moment.
type foretold struct {
	at     time.Time
	ranges map[forecast.Line]forecast.Range
}

// run foretells until ctx ends.
func (w *waits) run(ctx context.Context) error {
	every := time.NewTicker(foretellEvery)
	defer every.Stop()
	for {
		w.foretell()
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
	}
}

// foretell looks at the hall for a moment and runs it forward afterwards, holding nobody up.
func (w *waits) foretell() {
	now := w.hall.now()
	var (
		situation forecast.Situation
		seen      []forecast.Observation
		record    forecast.Record
		open      bool
	)
	w.hall.View(func(s *queue.State, _ journal.Revision) {
		if open = s.Phase == queue.PhaseOpen && s.DateOf(now) == s.Date; !open {
			return
		}
		situation = forecast.SituationOf(s, now)
		seen = append(forecast.Earlier(s.ServiceTimes), forecast.Today(s)...)
		record = forecast.RecordOf(s)
	})
	f := &foretold{at: now, ranges: map[forecast.Line]forecast.Range{}}
	if open && len(situation.Desks) > 0 {
		for line, r := range forecast.Ranges(situation, forecast.Learn(seen), forecast.Options{Seed: uint64(now.UnixNano())}) {
			f.ranges[line] = record.Adjust(r)
		}
	}
	w.newest.Store(f)
}

// of is what a newcomer is told now, and its middle in seconds; nil while nothing
// is known or what is known is too old.
func (w *waits) of(line forecast.Line) (*queue.Wait, int) {
	f := w.newest.Load()
	if f == nil {
		return nil, 0
	}
	if age := w.hall.now().Sub(f.at); age < 0 || age > foretoldFor {
		return nil, 0
	}
	r, ok := f.ranges[line]
	if !ok {
		return nil, 0
	}
	return r.Wait(), r.Seconds()
}

// Wait is the range that whoever takes a number now is told, and its middle in seconds, which is kept beside it.
func (h *Hall) Wait(service queue.ServiceID, priority bool) (wait *queue.Wait, middle int) {
	return h.waits.of(forecast.Line{Service: service, Priority: priority})
}

// waitsOf are the ranges of all services, as screens show them.
func (h *Hall) waitsOf() view.Waits {
	return func(id queue.ServiceID) *queue.Wait {
		wait, _ := h.Wait(id, false)
		return wait
	}
}
