package estimate

import (
	"slices"
	"time"
)

// pool is a set of windows as the log lets it be seen: who waits for them, who is
// with them, and how fast they call. Each service is looked at as a pool of its
// own, and all of them together as one more, because a log does not say which
// services share windows.
//
// Nothing in it looks ahead: whether somebody will ever be called, and whether an
// end was written down, is known only once it happened.
type pool struct {
	index   int        // which of a visitor's two standings is here
	waiting []*visitor // in the order of arrival
	serving []*visitor // in the order of the calls
	freed   []freed    // windows that ended a visit while somebody waited, and did not call yet
	calls   int        // since the log began
	last    time.Time  // the last call of the day; zero before it
	left    bool       // somebody was left waiting after it
	windows int        // how many were open when it could last be seen; 0: never
	turns   [2]*memory // how long windows were occupied: lately, and in the long run
	// calling, open and told are how the days go: the pace of the calls, the windows
	// that were seen, and those that the log tells.
	calling, open, told profile
	paces               [2]*memory // gaps between calls while somebody waited: lately, and in the long run
	worked              *memory    // the same gaps times the count of windows that the log tells
	passes              ring       // how often those who were called had been passed over
	ended               int        // ends that were seen
	seen                float64    // smoothed share of the ends that the log knows
	trust               float64    // smoothed share of the counts of windows in the log that were right
}

// freed is a window that may call at any moment.
type freed struct {
	service       string
	called, ended time.Time
}

const (
	gapID = "gap" // the service of a pace
	// breath is how long a window with somebody waiting stays free, at most, and is still open.
	breath = 5 * time.Minute
	// longest is how long one visit or one gap is believed to take, at most.
	longest = 4 * time.Hour
	// mostDesks is how many windows are believed, at most.
	mostDesks = 1000
	// keptServing bounds those with the windows in a log without ends.
	keptServing = 400
	// skippedAfter is how often a number is passed over, at least, before it is taken to have been skipped.
	skippedAfter = 3
)

func newPool(index int) *pool {
	return &pool{index: index, turns: [2]*memory{newMemory(60), newMemory(3000)}, paces: [2]*memory{newMemory(12), newMemory(3000)}, worked: newMemory(1000), passes: ring{size: 50},
		calling: profile{doubt: 6}, open: profile{doubt: 6}, told: profile{doubt: 6}}
}

// newDay clears the lines: the waiting of yesterday are gone.
func (p *pool) newDay() {
	p.calling.newDay()
	p.open.newDay()
	p.told.newDay()
	p.waiting, p.serving, p.freed, p.last, p.left = nil, nil, nil, time.Time{}, false
}

func (p *pool) arrive(v *visitor) {
	if p.left || len(p.waiting) > 0 {
		p.count()
	}
	if v.windows > 0 {
		p.told.count(v.arrived, v.windows)
	}
	p.waiting = append(p.waiting, v)
}

// head is how long the head of the line has waited; zero when nobody waits.
func (p *pool) head(now time.Time) time.Duration {
	if len(p.waiting) == 0 {
		return 0
	}
	return now.Sub(p.waiting[0].arrived)
}

func (p *pool) call(v *visitor, at time.Time, said int) {
	p.calls++
	p.close(at)
	if len(p.freed) > 0 {
		p.turn(p.freed[0].service, at.Sub(p.freed[0].called))
		p.freed = p.freed[1:]
	}
	if p.left {
		p.pace(at, said)
	}
	p.passes.add(float64(v.at[p.index].passed))
	p.leave(v)
	p.pass(v)
	p.serving = append(p.serving, v)
	p.forget(at)
	p.last, p.left = at, len(p.waiting) > 0
	if p.left {
		p.judge(said)
		p.count()
		if p.endsKnown() {
			p.open.count(at, p.windows)
		}
	} else if p.endsKnown() {
		p.windows = max(p.windows, len(p.serving))
	}
}

// close takes windows for closed that could have called long ago.
func (p *pool) close(now time.Time) {
	for len(p.freed) > 0 && now.Sub(p.freed[0].ended) > breath {
		p.turn(p.freed[0].service, p.freed[0].ended.Sub(p.freed[0].called))
		p.freed = p.freed[1:]
	}
}

// pace learns from the gap between two calls.
func (p *pool) pace(at time.Time, said int) {
	gap := at.Sub(p.last)
	if gap > longest {
		return
	}
	p.calling.gap(p.last, at)
	for _, m := range p.paces {
		m.add(gapID, gap)
	}
	if said > 0 {
		p.worked.add(gapID, gap*time.Duration(min(said, mostDesks)))
	}
}

// turn learns how long a window was occupied.
func (p *pool) turn(service string, took time.Duration) {
	for _, m := range p.turns {
		m.add(service, took)
	}
}

func smoothed(old, now float64) float64 { return old + 0.05*(now-old) }

// leave takes somebody out of the line.
func (p *pool) leave(v *visitor) {
	if i := slices.Index(p.waiting, v); i >= 0 {
		p.waiting = slices.Delete(p.waiting, i, i+1)
	}
}

// pass notes who was passed over by a call, and takes those for gone who were
// passed over more often than is usual here for somebody who is called after all.
func (p *pool) pass(called *visitor) {
	limit := int(max(skippedAfter, p.passes.quantile(0.95)+1))
	kept := p.waiting[:0]
	for i, v := range p.waiting {
		if !v.arrived.Before(called.arrived) {
			kept = append(kept, p.waiting[i:]...)
			break
		}
		if v.at[p.index].passed++; v.at[p.index].passed < limit {
			kept = append(kept, v)
		}
	}
	clear(p.waiting[len(kept):])
	p.waiting = kept
}

// end takes somebody from a window.
func (p *pool) end(v *visitor) {
	i := slices.Index(p.serving, v)
	if i < 0 {
		return
	}
	p.serving = slices.Delete(p.serving, i, i+1)
	if p.ended++; p.ended == 1 {
		p.seen = 1
	}
	p.seen = smoothed(p.seen, 1)
	if took := v.finished.Sub(v.called); took <= longest && len(p.waiting) == 0 {
		p.turn(v.service, took)
	} else if took <= longest {
		p.freed = append(p.freed, freed{v.service, v.called, v.finished})
	}
}

// forget drops visits whose end must have been missed.
func (p *pool) forget(now time.Time) {
	limit := p.turns[1].limit()
	kept := p.serving[:0]
	for i, v := range p.serving {
		if now.Sub(v.called) > limit || i < len(p.serving)-keptServing {
			p.seen = smoothed(p.seen, 0)
			continue
		}
		kept = append(kept, v)
	}
	clear(p.serving[len(kept):])
	p.serving = kept
}
