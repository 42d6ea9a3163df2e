//go:build !race

// Arithmetic of one goroutine: the race detector would find nothing in it, and take minutes.

package simulate_test

import (
	"testing"

	"petitionhall/queue/simulate"
)

// TestWaits holds the waits that are told against the usual estimators, on the
// same simulated days (the figures of docs/performance.md, in small).
func TestWaits(t *testing.T) {
	for name, s := range simulate.Kinds() {
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
