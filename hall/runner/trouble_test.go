package runner_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/hall/runner"
	"petitionhall/queue"
	"petitionhall/queue/journal"
	"petitionhall/queue/journal/journaltest"
	"petitionhall/queue/memorystore"
)

// stores are what the hall is kept on.
var stores = map[string]func(t *testing.T) journal.Journal{
	"memory": func(*testing.T) journal.Journal { return memorystore.New() },
	"file":   func(t *testing.T) journal.Journal { return newFile(t).open() },
}

// Whatever becomes of an append that may yet succeed, the command is done once
// and the caller is told so.
func TestTroubleThatPasses(t *testing.T) {
	for store, open := range stores {
		for _, fault := range []journaltest.Fault{journaltest.Conflict, journaltest.UnknownWritten, journaltest.UnknownLost, journaltest.UnknownLate} {
			t.Run(fmt.Sprint(store, ", ", fault), func(t *testing.T) {
				j := journaltest.NewFlaky(open(t))
				h := start(t, j, newClock().read)
				h.do(at(queue.OpenWindow{Window: "2"}))
				j.Spoil(1, fault)
				if r := h.do(take("first-key")); ticket(r) != 1 {
					t.Errorf("the take: %+v", r)
				}
				// A command without a key must not act twice either, nor be told that it is refused.
				h.do(at(queue.Next{Window: "2"}))
				j.Spoil(1, fault)
				if r := h.do(at(queue.Start{Window: "2"})); len(r.Events) != 1 {
					t.Errorf("the start: %+v", r)
				}
				if h.tickets() != 1 {
					t.Errorf("%d tickets", h.tickets())
				}
				proven(t, j)
				again := start(t, j, newClock().read)
				if again.digest() != h.digest() {
					t.Error("the journal tells another state")
				}
			})
		}
	}
}

// A journal that takes nothing changes nothing; when it works again, so does the hall.
func TestTroubleThatStays(t *testing.T) {
	for name, spoil := range map[string]func(j *journaltest.Flaky){
		"full":        func(j *journaltest.Flaky) { j.Spoil(1, journaltest.Full) },
		"unavailable": func(j *journaltest.Flaky) { j.Spoil(1, journaltest.Unavailable) },
		"always overtaken": func(j *journaltest.Flaky) {
			for n := range 8 {
				j.Spoil(n+1, journaltest.Conflict)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			j := journaltest.NewFlaky(memorystore.New())
			h := start(t, j, newClock().read)
			h.do(take("first-key"))
			before := h.digest()
			spoil(j)
			if _, err := h.Do(t.Context(), take("other-key")); !errors.Is(err, runner.ErrUnavailable) {
				t.Fatalf("got %v", err)
			}
			if h.digest() != before {
				t.Error("readers see what was not recorded")
			}
			if r := h.do(take("other-key")); r.Repeated || ticket(r) != 2 {
				t.Errorf("the take again: %+v", r)
			}
			proven(t, j)
		})
	}
}

// Nobody knows what became of the batch and the journal cannot be read: the
// caller is told to come back, and the key tells the truth then.
func TestUnknownAndUnreadable(t *testing.T) {
	for fault, repeated := range map[journaltest.Fault]bool{journaltest.UnknownWritten: true, journaltest.UnknownLost: false} {
		t.Run(fault.String(), func(t *testing.T) {
			j := journaltest.NewFlaky(memorystore.New())
			h := start(t, j, newClock().read)
			h.do(at(queue.OpenDay{}))
			j.Spoil(1, fault)
			j.FailReads(journal.ErrUnavailable)
			if _, err := h.Do(t.Context(), take("first-key")); !errors.Is(err, runner.ErrUnavailable) {
				t.Fatalf("got %v", err)
			}
			// The next command finds the journal further than it thought, and reads on.
			h.do(take("other-key"))
			r := h.do(take("first-key"))
			if r.Repeated != repeated || h.tickets() != 2 {
				t.Errorf("the key again: %+v, %d tickets", r, h.tickets())
			}
			proven(t, j)
		})
	}
}

// A refusal that rests on what was not recorded is not told.
func TestNoRefusalOnSand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journaltest.NewFlaky(memorystore.New())
		h := start(t, j, newClock().read)
		h.do(take("first-key"), take("other-key"), at(queue.OpenWindow{Window: "2"}))
		arrived, release := j.Hold(1)
		j.Spoil(2, journaltest.Full)
		go func() {
			<-arrived
			synctest.Wait() // both calls stand in line, and will be one batch
			release()
		}()
		go h.do(at(queue.OpenWindow{Window: "3"}))
		<-arrived
		_, err := together(2, func(int) (runner.Result, error) {
			r, err := h.Do(t.Context(), at(queue.Next{Window: "2"}))
			if !errors.Is(err, runner.ErrUnavailable) {
				t.Errorf("one of two calls: %v", err)
			}
			return r, err
		})
		if err == nil {
			t.Error("both were answered")
		}
		h.do(at(queue.Next{Window: "2"}))
	})
}

// A day that cannot be closed at midnight keeps nobody waiting, and is closed
// when the journal works again.
func TestMidnightOnAFullDisk(t *testing.T) {
	j, clock := journaltest.NewFlaky(memorystore.New()), newClock()
	h := start(t, j, clock.read)
	h.do(take("first-key"))
	for n := range 3 { // the runner looks at the clock by itself as well, and may use one up
		j.Spoil(n+1, journaltest.Full)
	}
	clock.move(24 * time.Hour)
	if _, err := h.Do(t.Context(), take("other-key")); !errors.Is(err, runner.ErrUnavailable) {
		t.Fatalf("got %v", err)
	}
	r, err := h.insist(take("other-key"))
	if err != nil || ticket(r) != 1 {
		t.Errorf("the take of the new day: %+v %v", r, err)
	}
	proven(t, j)
}
