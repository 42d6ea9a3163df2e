package simulate_test

import (
	"fmt"
	"testing"

	"petitionhall/queue"
	"petitionhall/queue/simulate"
)

// hall has so many windows, each with its own service, and a general one that takes them all.
func hall(windows int, shared bool) *queue.Configuration {
	c := &queue.Configuration{Name: queue.Text{ZH: "试用大厅"}, TimeZone: "Asia/Shanghai", Slot: "below", General: "s1",
		Rules: queue.Rules{RecallSeconds: 10, MissCalls: 3, MissSeconds: 60, RejoinAfter: 3, PriorityRun: 2, KeepDays: 30}}
	for i := range windows {
		id := queue.ServiceID(fmt.Sprint("s", i+1))
		c.Services = append(c.Services, queue.ServiceConfig{ID: id, Name: queue.Text{ZH: string(id)}, Series: string(rune('A' + i%26))})
		w := queue.WindowConfig{ID: queue.WindowID(fmt.Sprint(i + 1)), Number: i + 1, Services: []queue.ServiceID{id}, Presence: queue.Resident}
		if shared {
			w.Services = append(w.Services, queue.ServiceID(fmt.Sprint("s", (i+1)%windows+1)))
		}
		c.Windows = append(c.Windows, w)
	}
	return c
}

// kinds are the days on which the waits that are told are held against the usual estimators.
func kinds() map[string]*simulate.Scenario {
	load := func(c *queue.Configuration, arrivals float64) *simulate.Scenario {
		s := &simulate.Scenario{Configuration: c, Services: map[queue.ServiceID]simulate.Service{}, Arrivals: make([]float64, 16)}
		for i := range c.Services {
			s.Services[c.Services[i].ID] = simulate.Service{Share: 1, Minutes: 10, Spread: 0.6}
		}
		for i := range s.Arrivals {
			s.Arrivals[i] = arrivals
		}
		return s
	}
	steady := load(hall(1, false), 2.6)
	mixed := load(hall(6, true), 12)
	mixed.Priority, mixed.NoShow, mixed.Back, mixed.Transfer, mixed.Hold, mixed.Pauses = 0.15, 0.08, 0.5, 0.08, 0.03, 2
	mixed.Variation, mixed.TypedMinutes = 0.15, 6.7
	mixed.Bursts = []simulate.Burst{{At: 10 * 60, Service: "s2", Count: 12, Share: 0.5}, {At: 14 * 60, Service: "s4", Count: 10, Share: 0.5}}
	mixed.Shifts = map[queue.WindowID]simulate.Shift{"5": {10 * 60, 15 * 60}, "6": {9 * 60, 12 * 60}}
	bursts := load(hall(3, false), 4)
	bursts.Bursts = []simulate.Burst{{At: 600, Service: "s1", Count: 15}, {At: 840, Service: "s2", Count: 15}}
	priority := load(hall(2, true), 5.2)
	priority.Priority = 0.3
	pauses := load(hall(4, true), 8)
	pauses.Pauses, pauses.PauseMinutes = 3, 15
	shared := load(hall(6, true), 15)
	return map[string]*simulate.Scenario{"steady": steady, "mixed": mixed, "bursts": bursts, "priority": priority, "pauses": pauses, "shared": shared}
}

// TestKinds plays each kind of day, faults included, and finds every promise kept.
func TestKinds(t *testing.T) {
	for name, s := range kinds() {
		t.Run(name, func(t *testing.T) {
			s.Faults, s.Joint, s.Undo, s.ByNumber, s.Cancel = 60, 0.02, 0.05, 0.03, 0.02
			r, err := simulate.Run(s, simulate.Options{Seed: 1, Days: 20})
			if err != nil {
				t.Fatal(err)
			}
			if !r.Report.OK() {
				t.Fatalf("%d promises broken; the first: %v", len(r.Report.Violations), r.Report.Violations[0])
			}
			if r.Figures.Served < 20*20 {
				t.Fatalf("only %d were served", r.Figures.Served)
			}
		})
	}
}

// TestSameTrace: the same seed gives the same events, byte for byte, and another seed others.
func TestSameTrace(t *testing.T) {
	trace := func(seed uint64) string {
		r, err := simulate.Run(kinds()["mixed"], simulate.Options{Seed: seed, Days: 3, Runs: 20, Digest: true})
		if err != nil {
			t.Fatal(err)
		}
		return r.Trace
	}
	if first := trace(7); first != trace(7) || first == trace(8) {
		t.Fatal("the trace does not follow the seed")
	}
}
