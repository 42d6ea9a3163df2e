package simulate_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
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

// TestHours plays hall-hours with faults, on all kinds of days and as many
// processors as there are; PETITIONHALL_HOURS says how many (`make simulate`).
func TestHours(t *testing.T) {
	hours := 400.0
	if asked, err := strconv.ParseFloat(os.Getenv("PETITIONHALL_HOURS"), 64); err == nil {
		hours = asked
	}
	seed, err := strconv.ParseUint(cmp.Or(os.Getenv("PETITIONHALL_SEED"), "1"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	const days = 20
	names := slices.Sorted(maps.Keys(kinds()))
	var mu sync.Mutex
	var played float64
	var commands, served, told int
	faults := map[string]int{}
	next := func() (string, uint64, bool) {
		mu.Lock()
		defer mu.Unlock()
		seed++
		return names[int(seed)%len(names)], seed, played < hours && !t.Failed()
	}
	var work sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for name, seed, more := next(); more; name, seed, more = next() {
				s := kinds()[name]
				s.Faults, s.Joint, s.Undo, s.ByNumber, s.Cancel = 12, 0.02, 0.05, 0.03, 0.02
				r, err := simulate.Run(s, simulate.Options{Seed: seed, Days: days})
				mu.Lock()
				if err != nil {
					t.Errorf("%s, seed %d: %v", name, seed, err)
				}
				for _, v := range r.Report.Violations {
					t.Errorf("%s, seed %d: %v", name, seed, v)
				}
				played += r.Hours
				commands += r.Commands
				served += r.Figures.Served
				for fault, n := range r.Faults {
					faults[fault] += n
				}
				if int(played/50000) > told && os.Getenv("PETITIONHALL_HOURS") != "" {
					told = int(played / 50000)
					fmt.Fprintf(os.Stderr, "%.0f of %.0f hall-hours\n", played, hours)
				}
				mu.Unlock()
			}
		})
	}
	work.Wait()
	if float64(served) < 2*played || len(faults) < 7 {
		t.Errorf("too little happened: %d served, faults %v", served, faults)
	}
	t.Logf("%.0f hall-hours, %d commands, %d served, faults %v", played, commands, served, faults)
}

// TestWaits holds the waits that are told against the usual estimators, on the
// same simulated days (the figures of docs/performance.md, in small).
func TestWaits(t *testing.T) {
	if raceEnabled {
		t.Skip("arithmetic of one goroutine; the race detector makes it take minutes")
	}
	for name, s := range kinds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := simulate.Run(s, simulate.Options{Seed: 3, Days: 25, Runs: 40})
			if err != nil {
				t.Fatal(err)
			}
			e := r.Estimate
			better := min(e.Typed.Mean(), e.Last.Mean())
			t.Logf("%d told, %.3f held; off by %.2f min, typed average %.2f, last called %.2f", e.Told, e.HitRate(), e.Range.Mean(), e.Typed.Mean(), e.Last.Mean())
			if e.Told < 500 || e.HitRate() < 0.75 || e.HitRate() > 0.85 {
				t.Errorf("%.3f of %d ranges held, 0.75 to 0.85 were promised", e.HitRate(), e.Told)
			}
			switch {
			case name == "steady" && e.Range.Mean() > 1.02*better:
				t.Errorf("off by %.2f min, the better of the usual ones by %.2f", e.Range.Mean(), better)
			case name == "mixed" && (e.Range.Mean() > 0.7*e.Typed.Mean() || e.Range.Mean() > 0.8*e.Last.Mean()):
				t.Errorf("off by %.2f min, typed average %.2f, last called %.2f", e.Range.Mean(), e.Typed.Mean(), e.Last.Mean())
			}
		})
	}
}
