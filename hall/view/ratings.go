package view

import (
	"math"
	"time"

	"petitionhall/hall/ratings"
	"petitionhall/queue"
)

// Ratings is how content the visitors of a day were, in the whole hall.
type Ratings struct {
	Day string `json:"day"`
	N   int    `json:"n" doc:"how many have rated"`
	// Satisfied is never told while the day lasts: whoever looked before and after
	// a visitor rated would see what the visitor gave.
	Satisfied *float64 `json:"satisfied" nullable:"true" doc:"满意率, the upper three of five levels, in percent with one decimal; null below 10 ratings and while the day lasts"`
}

// OfRatings shows the counts of a day; over tells that the day is.
func OfRatings(day string, counts ratings.Counts, over bool) Ratings {
	v := Ratings{Day: day, N: counts.N()}
	if share, ok := counts.Satisfied(); ok && over {
		percent := math.Round(share*1000) / 10
		v.Satisfied = &percent
	}
	return v
}

// Asking is whether a window's tablet asks how the reception was.
type Asking struct {
	Asks  bool       `json:"asks"`
	Until *time.Time `json:"until" nullable:"true" doc:"when it no longer asks"`
}

// rateWithin is how long after its end a reception is asked about at the window:
// whoever was received gets up then, and the next may sit down.
const rateWithin = 5 * time.Minute

// ToRateAt tells whose reception a window's tablet asks about, and until when: the
// last one that ended there, until the next begins. The window must be one of the
// configuration.
func ToRateAt(s *queue.State, id queue.WindowID, m Moment) (last *queue.Ticket, until time.Time, known bool) {
	if _, known = m.configuration(s).Window(id); !known || !m.today(s) {
		return nil, time.Time{}, known
	}
	window, opened := s.Window(id)
	if !opened {
		return nil, time.Time{}, true
	}
	if now, busy := s.Ticket(window.Ticket); busy && now.State == queue.Serving {
		return nil, time.Time{}, true
	}
	for _, t := range s.Tickets() {
		if t.Window == id && MayRate(t) && (last == nil || !t.EndedAt.Before(last.EndedAt)) {
			last = t
		}
	}
	if last == nil || !m.Now.Before(last.EndedAt.Add(rateWithin)) {
		return nil, time.Time{}, true
	}
	for _, t := range s.Tickets() {
		if receivedSince(t, id, last.EndedAt) {
			return nil, time.Time{}, true
		}
	}
	return last, last.EndedAt.Add(rateWithin), true
}

// receivedSince tells whether somebody sat at a window after a moment, also one who
// was parked or sent on since. Of a number that came by transfer and was sent on
// again nothing is known here.
func receivedSince(t *queue.Ticket, id queue.WindowID, at time.Time) bool {
	return t.Window == id && (t.StartedAt.After(at) || t.HeldAt.After(at)) || t.FirstWindow == id && t.FirstStartedAt.After(at)
}
