package queue_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"petitionhall/queue"
)

// TestClone: a clone stays as it was while the original lives on, and given the
// same events it lives the same life.
func TestClone(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHall(t)
		live := func(name string) {
			for range rapid.IntRange(1, 60).Draw(r, name) {
				h.now = h.now.Add(time.Duration(rapid.SampledFrom([]int{1, 15, 60}).Draw(r, "seconds")) * time.Second)
				if _, err := h.try(anyCommand(r, h)); err != nil && queue.CodeOf(err) == "" {
					r.Fatalf("an error without a code: %v", err)
				}
			}
		}
		live("before")
		clone, before, known := h.state.Clone(), look(h.state), len(h.events)
		live("after")
		if now := look(clone); !reflect.DeepEqual(now, before) {
			r.Fatalf("the clone changed with the original:\n%v\n%v", before, now)
		}
		for _, e := range h.events[known:] {
			if err := queue.Evolve(clone, e); err != nil {
				r.Fatal(err)
			}
		}
		if clone, original := look(clone), look(h.state); !reflect.DeepEqual(clone, original) {
			r.Fatalf("the clone lived another life:\n%v\n%v", original, clone)
		}
	})
}

// look tells all that can be seen of a state.
func look(s *queue.State) []any {
	seen := []any{s.Digest(), s.Calls(), s.Counts(), s.OpenJobs("hub")}
	for _, w := range []queue.WindowID{"1", "2", "3", "4"} {
		var waiting []queue.TicketID
		for _, t := range s.WaitingAt(w) {
			waiting = append(waiting, t.ID)
		}
		seen = append(seen, waiting, s.Status(w))
	}
	return seen
}
