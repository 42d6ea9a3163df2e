package estimate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"petitionhall/hall/estimate"
	"petitionhall/queue/forecast"
)

// TestNothingAhead: what is told to somebody does not change when everything that
// happened afterwards is taken out of the log.
func TestNothingAhead(t *testing.T) {
	for _, k := range kinds() {
		if !slices.Contains([]string{"windows jump", "calls, random order", "counters shared", "mixed, unseen priority", "windows jump, some ends, empty"}, k.name) {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			h := k.hall
			h.days, h.skip = 2, 0.1
			rows := h.play(9)
			whole := toldBy(t, h.log(rows, k.spoil))
			for _, share := range []float64{0.3, 0.6, 0.9} {
				cut := math.Floor(rows[int(share*float64(len(rows)))].arrived) // the log has whole seconds
				for i, r := range toldBy(t, h.log(until(rows, cut), k.spoil)) {
					if rows[i-1].arrived < cut && whole[i] != r {
						t.Fatalf("row %d was told %v with what came later, %v without", i, whole[i], r)
					}
				}
			}
		})
	}
}

// until is what had happened by a moment.
func until(rows []row, cut float64) (past []row) {
	for _, r := range rows {
		if r.arrived >= cut {
			break
		}
		if r.called >= cut {
			r.called = -1
		}
		if r.finished >= cut {
			r.finished = -1
		}
		past = append(past, r)
	}
	return past
}

func toldBy(t *testing.T, log string) map[int]forecast.Range {
	t.Helper()
	told := map[int]forecast.Range{}
	if _, err := estimate.Replay(t.Context(), strings.NewReader(log), estimate.Options{Runs: 20, Typed: 5, Told: func(row int, r forecast.Range) { told[row] = r }}); err != nil {
		t.Fatal(err)
	}
	return told
}

// TestColdStart: nothing is told before five visits were seen to their end.
func TestColdStart(t *testing.T) {
	h := hall{days: 1, hours: 6, services: []string{"a"}, rate: []float64{5}, windows: []int{1}, mean: 10, spread: 0.6}
	rows := h.play(1)
	told := toldBy(t, h.log(rows, nil))
	for i, r := range rows {
		ended := 0
		for _, before := range rows {
			if before.finished >= 0 && before.finished <= r.arrived {
				ended++
			}
		}
		if _, ok := told[i+1]; ok != (ended >= 5) {
			t.Errorf("row %d came after %d visits; told: %t", i+1, ended, ok)
		}
	}
	r, err := estimate.Replay(t.Context(), strings.NewReader(h.log(rows[:4], nil)), estimate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := r.Tell(&out); err != nil || r.Told+r.AtOnce != 0 || !strings.Contains(out.String(), "nothing was told") {
		t.Fatalf("%v, told:\n%s", err, &out)
	}
}

// TestGivenUp: a replay ends with its context.
func TestGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	h := hall{days: 1, hours: 6, services: []string{"a"}, rate: []float64{5}, windows: []int{1}, mean: 10}
	done := 0
	_, err := estimate.Replay(ctx, strings.NewReader(h.log(h.play(1), nil)), estimate.Options{Progress: func(n, _ int) {
		if done = n; n == 3 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || done != 3 {
		t.Fatalf("%v after %d", err, done)
	}
}

// BenchmarkLongLines replays a log in which hundreds wait.
func BenchmarkLongLines(b *testing.B) {
	h := hall{days: 1, hours: 4, services: []string{"a", "b"}, shared: true, rate: []float64{200}, windows: []int{20}, mean: 6, spread: 1, burst: 150}
	log := h.log(h.play(1), nil)
	for b.Loop() {
		r, err := estimate.Replay(b.Context(), strings.NewReader(log), estimate.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*r.Visits), "µs/visit")
	}
}

// TestHardLogs: logs that are wrong in ways that real ones are still come to an
// end, with figures that are figures.
func TestHardLogs(t *testing.T) {
	h := hall{days: 2, hours: 8, services: []string{"a", "b"}, rate: []float64{8}, windows: []int{2}, mean: 10, spread: 0.6}
	for name, spoil := range map[string]func(i int, cells []string){
		"no visit takes time":     func(_ int, c []string) { c[3] = c[2] },
		"ends before beginnings":  func(i int, c []string) { c[3] = c[1] },
		"called at once":          func(_ int, c []string) { c[2] = c[1] },
		"nobody is called":        func(_ int, c []string) { c[2], c[3] = "", "" },
		"all leave":               func(_ int, c []string) { c[2] = "" },
		"every second is skipped": func(i int, c []string) { c[2+i%2], c[3] = "", "" },
		"endless visits":          func(i int, c []string) { c[3] = "2031-01-01T00:00:00Z" },
		"no service":              func(_ int, c []string) { c[0] = "" },
		"a service for each":      func(i int, c []string) { c[0] = fmt.Sprint(i) },
		"windows beyond belief":   func(i int, c []string) { c[4] = []string{"-3", "1e300", "0", "99999999999999999999", "2.5"}[i%5] },
		"one time for all":        func(_ int, c []string) { c[1], c[2], c[3] = c[1][:10]+"T09:00:00Z", c[1][:10]+"T09:00:00Z", "" },
	} {
		t.Run(name, func(t *testing.T) {
			r, err := estimate.Replay(t.Context(), strings.NewReader(h.log(h.play(2), spoil)), estimate.Options{Runs: 20})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range r.Scores {
				if !(s.Error >= 0 && s.Error < 1e6) {
					t.Errorf("%s is off by %v", s.Name, s.Error)
				}
			}
		})
	}
}
