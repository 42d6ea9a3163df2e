package estimate

import (
	"time"

	"petitionhall/queue/forecast"
)

// count notes the windows: while somebody waits, those that are open are occupied.
func (p *pool) count() {
	if n := len(p.serving) + len(p.freed); n > 0 && p.endsKnown() {
		p.windows = n
	}
}

// endsKnown tells whether enough ends are known to see who is with the windows.
func (p *pool) endsKnown() bool { return p.ended >= enough && p.seen > 0.9 }

// judge holds the log's count of windows against what is seen.
func (p *pool) judge(said int) {
	if said == 0 || !p.endsKnown() {
		return
	}
	right := 0.0
	if said == len(p.serving)+len(p.freed) {
		right = 1
	}
	p.trust = smoothed(p.trust, right)
}

// desks are the windows as a forward run takes them; said is how many the log tells, 0 when it does not.
func (p *pool) desks(now time.Time, said int) []forecast.Desk {
	var desks []forecast.Desk
	for _, v := range p.serving {
		desks = append(desks, forecast.Desk{Service: id(v.service), Since: v.called})
	}
	p.close(now)
	for _, f := range p.freed {
		desks = append(desks, forecast.Desk{Service: gapID, Since: f.called})
	}
	open := len(desks)
	trusted := said > 0 && p.trust > 0.7
	switch {
	case trusted:
		open = min(said, mostDesks)
	case len(p.waiting) == 0:
		open = max(open, p.windows)
	}
	if open < len(desks) && trusted { // these end what they do, and close
		desks = desks[len(desks)-open:]
	}
	for len(desks) < max(open, 1) {
		desks = append(desks, forecast.Desk{})
	}
	return desks
}
