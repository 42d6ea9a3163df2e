package runner_test

import (
	"fmt"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/journal"
	"petitionhall/queue/memorystore"
)

func labels(t *testing.T, j journal.Journal) (labels []string) {
	t.Helper()
	days, err := j.Days(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range days {
		labels = append(labels, d.Label)
	}
	return labels
}

// At midnight the day that nobody closed ends by itself.
func TestMidnight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, began := memorystore.New(), time.Now()
		h := start(t, j, func() time.Time { return morning.Add(time.Since(began)) })
		h.do(take("first-key"), take("other-key"), at(queue.OpenWindow{Window: "2"}), at(queue.Next{Window: "2"}))
		time.Sleep(15*time.Hour + 29*time.Minute + 59*time.Second) // of the bubble: 23:59:59 in the hall
		synctest.Wait()
		h.View(func(s *queue.State, _ journal.Revision) {
			if s.Phase != queue.PhaseOpen {
				t.Errorf("before midnight the hall is %s", s.Phase)
			}
		})
		time.Sleep(2 * time.Second)
		synctest.Wait()
		h.View(func(s *queue.State, _ journal.Revision) {
			var states []queue.TicketState
			for _, ticket := range s.Tickets() {
				states = append(states, ticket.State)
			}
			if want := []queue.TicketState{queue.Left, queue.Deferred}; s.Phase != queue.PhaseClosed || !reflect.DeepEqual(states, want) {
				t.Errorf("after midnight the hall is %s, the tickets %v", s.Phase, states)
			}
		})
		if id := ticket(h.do(take("third-key"))); id != 1 {
			t.Errorf("the new day begins with ticket %d", id)
		}
		if got, want := labels(t, j), []string{"2026-11-23", "2026-11-24"}; !reflect.DeepEqual(got, want) {
			t.Errorf("the journal's days are %v", got)
		}
		proven(t, j)
	})
}

// The first who comes after midnight, before the clock was looked at, gets a
// number of the new day, and the old day is closed before.
func TestFirstAfterMidnight(t *testing.T) {
	j, clock := memorystore.New(), newClock()
	h := start(t, j, clock.read)
	h.do(take("first-key"))
	clock.move(24 * time.Hour)
	if id := ticket(h.do(take("other-key"))); id != 1 {
		t.Errorf("got ticket %d", id)
	}
	if got, want := labels(t, j), []string{"2026-11-23", "2026-11-24"}; !reflect.DeepEqual(got, want) {
		t.Errorf("the journal's days are %v", got)
	}
	proven(t, j)
}

// A key is remembered on its day and the next, also by a program that starts
// again, and no longer.
func TestKeysForTwoDays(t *testing.T) {
	f, clock := newFile(t), newClock()
	for day, want := range []struct {
		repeated bool
		tickets  int
	}{{false, 1}, {true, 1}, {false, 2}} {
		t.Run(fmt.Sprint("day ", day+1), func(t *testing.T) {
			for _, started := range []string{"began", "began again"} {
				j := f.open()
				h := start(t, j, clock.read)
				if started == "began" && day > 0 {
					h.do(take(key(day))) // opens the day
				}
				r := h.do(take("first-key"))
				if again := want.repeated || started == "began again"; r.Repeated != again || h.tickets() != want.tickets {
					t.Errorf("%s: repeated %v, %d tickets, want %d", started, r.Repeated, h.tickets(), want.tickets)
				}
				h.end()
				if err := j.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
		clock.move(24 * time.Hour)
	}
}
