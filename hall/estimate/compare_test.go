//go:build !race

// Arithmetic of one goroutine: the race detector would find nothing in it, and take minutes.

package estimate_test

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"petitionhall/hall/estimate"
)

// TestKinds holds the estimators against each other on each kind of log: the table
// of docs/waits.md. Every range holds as promised; on steady logs with a right
// typed average nobody can be much better than the usual formula, and over the
// mixed ones together ours is clearly better.
func TestKinds(t *testing.T) {
	var mu sync.Mutex
	rows := make([]string, len(kinds()))
	mixed, steady := map[string]float64{}, map[string]float64{}
	t.Run("all", func(t *testing.T) {
		for i, k := range kinds() {
			t.Run(k.name, func(t *testing.T) {
				t.Parallel()
				r, err := estimate.Replay(t.Context(), strings.NewReader(k.hall.log(k.hall.play(seed(t)), k.spoil)), estimate.Options{Typed: k.typed})
				if err != nil {
					t.Fatal(err)
				}
				mu.Lock()
				defer mu.Unlock()
				rows[i] = tableRow(k, r)
				k.hold(t, r)
				for _, s := range r.Scores {
					if k.mixed { // each log counts as much as another
						mixed[s.Name] += s.Error / r.Scores[0].Error
					}
					if k.steady {
						steady[s.Name] += s.Error / r.Scores[0].Error
					}
				}
			})
		}
	})
	t.Log("the table of docs/waits.md\n" + strings.Join(rows, ""))
	const ours, typed, last = "forward runs, middle of the range", "typed average x people ahead / windows", "wait of the last to enter service"
	below := func(set map[string]float64, name string) float64 { return 1 - set[ours]/set[name] }
	t.Logf("steady logs: %.1f%% below the typed average; mixed logs: %.0f%% below the typed average, %.0f%% below the last to enter service",
		100*below(steady, typed), 100*below(mixed, typed), 100*below(mixed, last))
	if below(steady, typed) < -0.02 {
		t.Error("on steady logs: worse than a right typed average")
	}
	if below(mixed, typed) < 0.3 || below(mixed, last) < 0.2 {
		t.Error("on mixed logs: not clearly better")
	}
}

func seed(t *testing.T) uint64 {
	n, err := strconv.ParseUint(cmp.Or(os.Getenv("PETITIONHALL_SEED"), "3"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// hold holds a replay against what is promised on its kind of log.
func (k *kind) hold(t *testing.T, r *estimate.Report) {
	t.Helper()
	if rate := r.HitRate(); r.Told >= 500 && (rate < 0.75 || rate > 0.85) {
		t.Errorf("%.3f of %d ranges held, 0.75 to 0.85 were promised", rate, r.Told)
	}
	best := r.Scores[1].Error
	for _, s := range r.Scores[2:] {
		best = min(best, s.Error)
	}
	if k.steady && r.Scores[0].Error > 1.1*best {
		t.Errorf("off by %.2f min, the best of the usual ones by %.2f", r.Scores[0].Error, best)
	}
	if k.mixed && r.Scores[0].Error > best {
		t.Errorf("off by %.2f min, one of the usual ones by %.2f", r.Scores[0].Error, best)
	}
}

func tableRow(k kind, r *estimate.Report) string {
	line := fmt.Sprintf("| %s | %d | %.0f%% | %d | %.0f%% |", k.name, r.Told, 100*r.HitRate(), r.AtOnce, 100*float64(r.Kept)/float64(max(r.AtOnce, 1)))
	for i, s := range r.Scores {
		form := " %.2f |"
		if i == 0 {
			form = " **%.2f** |"
		}
		line += fmt.Sprintf(form, s.Error)
	}
	return line + "\n"
}
