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

	"petitionhall/queue/simulate"
)

// TestKinds plays each kind of day, faults included, and finds every promise kept.
func TestKinds(t *testing.T) {
	for name, s := range simulate.Kinds() {
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
		r, err := simulate.Run(simulate.Kinds()["mixed"], simulate.Options{Seed: seed, Days: 3, Runs: 20, Digest: true})
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
	names := slices.Sorted(maps.Keys(simulate.Kinds()))
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
				s := simulate.Kinds()[name]
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
	if float64(served) < 2*played || len(faults) < 9 {
		t.Errorf("too little happened: %d served, faults %v", served, faults)
	}
	t.Logf("%.0f hall-hours, %d commands, %d served, faults %v", played, commands, served, faults)
}
