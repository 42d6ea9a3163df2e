package queue

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Digest sums up the whole day: two states with the same digest are the same
// day. It covers tickets, windows, series and request keys, in a fixed order.
func (s *State) Digest() string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	put := func(v any) {
		// A write to a hash never fails, and the types below always encode.
		if err := enc.Encode(v); err != nil {
			panic(err)
		}
	}
	put([]any{s.Date, s.Epoch, s.Phase, s.Configuration, s.ServiceTimes})
	if s.Waits != nil {
		put(s.Waits)
	}
	for _, t := range s.tickets {
		put(t)
	}
	for _, w := range s.sortedWindows() {
		put(w)
	}
	for _, t := range s.lineup.back {
		put(t.ID)
	}
	s.lineup.eachPassed(put)
	if s.Paused != nil || s.Extended { // days that know neither keep the digest that they were closed with
		put([]any{s.Paused, s.Extended})
	}
	put(s.series)
	put(s.keys)
	return hex.EncodeToString(h.Sum(nil))
}
