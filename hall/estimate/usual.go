package estimate

import (
	"time"
)

// The usual estimators, against which ours is held.
const (
	usualTyped = iota
	usualLast
	usualHead
	usualService
	usualGap
	usuals
)

// usualNames of them, as the report says them.
var usualNames = [usuals]string{"typed average x people ahead / windows", "wait of the last to enter service",
	"wait so far of the head of the line", "smoothed service time x people ahead / windows", "smoothed gap between calls x people ahead"}

// usual is what the usual estimators know of a line.
type usual struct {
	service, gap smooth // minutes
	last         time.Duration
}

// smooth is exponential smoothing, 0 while nothing is known.
type smooth struct {
	value float64
	known bool
}

func (s *smooth) add(x float64) {
	if !s.known {
		s.value, s.known = x, true
	}
	s.value += 0.15 * (x - s.value)
}

func (u *usual) call(v *visitor, gap time.Duration, waited bool) {
	u.last = v.called.Sub(v.arrived)
	if waited && gap <= longest {
		u.gap.add(gap.Minutes())
	}
}

func (u *usual) end(took time.Duration) {
	if took <= longest {
		u.service.add(took.Minutes())
	}
}

// tell is what each says to somebody who comes now; said is the count of windows in the log, 0: unknown.
func (u *usual) tell(now time.Time, own *pool, typed float64, said int) (all [usuals]time.Duration) {
	ahead := float64(len(own.waiting))
	windows := u.windows(own, typed, said)
	all[usualTyped] = minutes(typed * ahead / windows)
	all[usualLast] = u.last
	all[usualHead] = own.head(now)
	service := typed
	if u.service.known {
		service = u.service.value
	}
	all[usualService] = minutes(service * ahead / windows)
	if ahead > 0 || float64(len(own.serving)) >= windows {
		all[usualGap] = minutes(u.gap.value * (ahead + 1))
	}
	return all
}

// windows are those of the log, else those that were seen to be open, else as
// many as it takes to call so often at the typed average.
func (u *usual) windows(own *pool, typed float64, said int) float64 {
	switch {
	case said > 0:
		return float64(said)
	case own.windows > 0:
		return float64(own.windows)
	case u.gap.known:
		return max(typed/max(u.gap.value, 0.01), 1)
	}
	return 1
}
