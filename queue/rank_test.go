package queue

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestRank holds the treap against the plainest list that keeps the same promises.
func TestRank(t *testing.T) {
	type entry struct {
		place
		passed int
	}
	rapid.Check(t, func(t *rapid.T) {
		var r rank
		var list []entry
		some := func() place {
			return place{int64(rapid.IntRange(0, 30).Draw(t, "at")), TicketID(rapid.IntRange(1, 40).Draw(t, "id"))}
		}
		for range rapid.IntRange(1, 80).Draw(t, "steps") {
			p := some()
			at, there := slices.BinarySearchFunc(list, p, func(e entry, p place) int {
				switch {
				case e.place == p:
					return 0
				case e.before(p):
					return -1
				}
				return 1
			})
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0, 1:
				if !there {
					r.insert(p, standing{passed: int(p.id % 3)})
					list = slices.Insert(list, at, entry{p, int(p.id % 3)})
				}
			case 2:
				was, found := r.remove(p)
				if found != there || there && was.passed != list[at].passed {
					t.Fatalf("remove %v gave %v, %t", p, was, found)
				}
				if there {
					list = slices.Delete(list, at, at+1)
				}
			case 3:
				r.pass(p, 1)
				for i := range list[:at] {
					list[i].passed++
				}
			}
			var seen []entry
			r.each(func(p place, s standing) { seen = append(seen, entry{p, s.passed}) })
			if !slices.Equal(seen, list) || r.len() != len(list) {
				t.Fatalf("rank %v, list %v", seen, list)
			}
			if q := some(); r.before(q) != len(slices.DeleteFunc(slices.Clone(list), func(e entry) bool { return !e.before(q) })) {
				t.Fatalf("before %v: %d", q, r.before(q))
			}
			if first, ok := r.first(); ok != (len(list) > 0) || ok && first != list[0].place {
				t.Fatalf("first %v", first)
			}
			bound := rapid.IntRange(1, 4).Draw(t, "bound")
			i := slices.IndexFunc(list, func(e entry) bool { return e.passed >= bound })
			if first, ok := r.firstPassed(bound); ok != (i >= 0) || ok && first != list[i].place {
				t.Fatalf("first passed %d: %v, %t", bound, first, ok)
			}
			for _, e := range list {
				if r.passedOf(e.place) != e.passed {
					t.Fatalf("%v was passed %d times, not %d", e.place, e.passed, r.passedOf(e.place))
				}
			}
		}
	})
}
