package estimate

import (
	"time"

	"petitionhall/queue/forecast"
)

// visitor is a visit that goes on, and what was told to it.
type visitor struct {
	*visit
	at [2]standing // in the service's own pool, and in that of all services
	told
	day int // on which it came, counted from 1
}

// standing is how somebody waits in a pool.
type standing struct {
	ahead, calls int // how many were ahead, and the pool's calls until then
	passed       int // how often somebody who came later was called first
}

// told is what was told to a visitor.
type told struct {
	known    bool
	raw      forecast.Range
	adjusted forecast.Range
	middles  [experts]time.Duration // of each expert; below zero: it had nothing to say
	usual    [usuals]time.Duration
}

// line is one service of the log, with what is known of it up to a moment.
type line struct {
	pools [2]*pool // its own, and the one that all services share
	said  int      // windows, as the log says; 0: unknown
	calls int
	// steps are how many calls came before that of a visitor with so many ahead, and
	// alike how long those waited.
	steps [2]likes
	alike likes
	blend blend
	ends  ends
	usual usual
}

func newLine(all *pool) *line {
	return &line{pools: [2]*pool{newPool(0), all}, ends: newEnds()}
}

// known tells whether enough was seen to tell anything: so many visits from call
// to end, or twice as many calls where no ends are known.
func (l *line) known() bool { return l.pools[0].turns[0].known() || l.calls >= 2*enough }

func (l *line) arrive(v *visitor) {
	for i, p := range l.pools {
		v.at[i] = standing{ahead: len(p.waiting), calls: p.calls}
		p.arrive(v)
	}
}

func (l *line) call(v *visitor, all int) {
	l.calls++
	came := v.called.Sub(v.arrived)
	own := l.pools[0]
	l.usual.call(v, v.called.Sub(own.last), own.left)
	for i, p := range l.pools {
		l.steps[i].add(v.at[i].ahead, float64(p.calls-v.at[i].calls))
		said := l.said
		if i == 1 {
			said = all
		}
		p.call(v, v.called, said)
	}
	l.alike.add(v.at[0].ahead, came.Minutes())
}

func (l *line) end(v *visitor) {
	for _, p := range l.pools {
		p.end(v)
	}
	l.usual.end(v.finished.Sub(v.called))
}

func (l *line) leave(v *visitor) {
	for _, p := range l.pools {
		p.leave(v)
	}
}

// likes keeps what came of those who found about as many ahead of them.
type likes struct{ by []likeness }

type likeness struct {
	ahead ring
	came  ring
}

const keptLikes = 60

// kindOf puts 0, 1, 2-3, 4-7 … ahead together.
func kindOf(ahead int) (kind int) {
	for ; ahead > 0; ahead /= 2 {
		kind++
	}
	return kind
}

func (l *likes) add(ahead int, came float64) {
	k := kindOf(ahead)
	for len(l.by) <= k {
		l.by = append(l.by, likeness{ring{size: keptLikes}, ring{size: keptLikes}})
	}
	l.by[k].ahead.add(float64(ahead))
	l.by[k].came.add(came)
}

// like draws what would come with so many ahead, from those most alike; false
// when none are. What came is taken to be in proportion to (ahead + plus).
func (l *likes) like(ahead int, plus, draw float64, least int) (float64, bool) {
	k := kindOf(ahead)
	for far := range len(l.by) + k + 1 {
		for _, near := range [2]int{k - far, k + far} {
			if near < 0 || near >= len(l.by) || len(l.by[near].came.values) < least {
				continue
			}
			one := &l.by[near]
			i := int(draw * float64(len(one.came.values)))
			base := one.ahead.values[i] + plus
			if base == 0 {
				return one.came.values[i], ahead == 0
			}
			return one.came.values[i] * (float64(ahead) + plus) / base, true
		}
	}
	return 0, false
}
