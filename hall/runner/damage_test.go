package runner_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"petitionhall/hall/runner"
	"petitionhall/queue"
	"petitionhall/queue/journal"
	"petitionhall/queue/memorystore"
	"petitionhall/queue/simulate"
)

// aDay is a whole day of a busy hall, one batch an event list, and closed.
func aDay(t *testing.T) (batches [][]json.RawMessage) {
	t.Helper()
	s := simulate.Kinds()["mixed"]
	s.Arrivals, s.Bursts = []float64{10, 8, 2}, nil
	s.Undo, s.ByNumber, s.Joint = 0.1, 0.1, 0.1
	_, err := simulate.Run(s, simulate.Options{Seed: 5, Days: 1, Trace: func(batch []byte) {
		var events []json.RawMessage
		if err := json.Unmarshal(batch, &events); err != nil {
			t.Fatal(err)
		}
		batches = append(batches, events)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return batches
}

// begun starts a runner on what is kept of a day, and gives the digest of what it made of it.
func begun(t *testing.T, batches [][]json.RawMessage) (digest string, err error) {
	t.Helper()
	j := memorystore.New()
	for i, events := range batches {
		if len(events) == 0 {
			continue
		}
		data, err := json.Marshal(events)
		if err != nil {
			data = bytes.Join([][]byte{[]byte("["), events[0]}, nil) // cut short on purpose
		}
		head, err := j.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := j.Append(t.Context(), head, journal.Batch{ID: fmt.Sprint(i), Day: "2026-01-05", Data: data}); err != nil {
			t.Fatal(err)
		}
	}
	r, err := runner.New(t.Context(), runner.Options{Journal: j})
	if err != nil {
		return "", err
	}
	r.View(func(s *queue.State, _ journal.Revision) { digest = s.Digest() })
	return digest, nil
}

// TestDamagedDay: a day in which an event is missing, doubled, out of order, cut
// short or foreign is refused at the start, with the place. The only exception is
// what changes nothing: two events of different windows in each other's place, a
// pause said twice.
func TestDamagedDay(t *testing.T) {
	day := aDay(t)
	good, err := begun(t, day)
	if err != nil || len(day) < 100 {
		t.Fatalf("the good day of %d batches: %v", len(day), err)
	}
	harmless := map[string]int{}
	for name, damage := range map[string]func(day [][]json.RawMessage, at int) [][]json.RawMessage{
		"missing": func(day [][]json.RawMessage, at int) [][]json.RawMessage { return slices.Delete(day, at, at+1) },
		"doubled": func(day [][]json.RawMessage, at int) [][]json.RawMessage { return slices.Insert(day, at, day[at]) },
		"reordered": func(day [][]json.RawMessage, at int) [][]json.RawMessage {
			day[at], day[at+1] = day[at+1], day[at]
			return day
		},
		"cut short": func(day [][]json.RawMessage, at int) [][]json.RawMessage {
			day[at] = []json.RawMessage{day[at][0][:len(day[at][0])/2]}
			return day
		},
		"foreign": func(day [][]json.RawMessage, at int) [][]json.RawMessage {
			day[at] = []json.RawMessage{[]byte(`{"type":"coffee.served","v":1,"at":"2026-01-05T09:00:00Z","by":"machine","data":{}}`)}
			return day
		},
	} {
		for at := range len(day) - 1 { // a day without its end is a day that still runs
			digest, err := begun(t, damage(slices.Clone(day), at))
			switch {
			case err == nil && (name == "reordered" || name == "doubled") && digest == good:
				harmless[name]++
				if pause := bytes.Contains(day[at][0], []byte(`"window.paused"`)); name == "doubled" && !pause {
					t.Errorf("batch %d doubled: %s", at+1, day[at][0])
				}
			case err == nil:
				t.Errorf("batch %d %s: the hall went on", at+1, name)
			case at > 0 && !strings.Contains(err.Error(), "revision "):
				t.Errorf("batch %d %s: no place in %v", at+1, name, err)
			case !errors.Is(err, journal.ErrCorrupt) && queue.CodeOf(err) != queue.CodeEventForeign:
				t.Errorf("batch %d %s: %v", at+1, name, err)
			}
		}
	}
	t.Logf("%d batches, harmless: %v", len(day), harmless)
}
