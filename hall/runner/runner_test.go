package runner_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/hall/runner"
	"petitionhall/queue"
	"petitionhall/queue/journal"
	"petitionhall/queue/journal/journaltest"
	"petitionhall/queue/memorystore"
)

// What Do answers is durable, and every reader sees it.
func TestAnswersAreDurable(t *testing.T) {
	f := newFile(t)
	j := f.open()
	h := start(t, j, newClock().read)
	first := h.do(take("first-key"))
	if id := ticket(first); id != 1 || first.Revision != 1 || first.Repeated {
		t.Fatalf("got ticket %d, %+v", id, first)
	}
	h.View(func(s *queue.State, r journal.Revision) {
		if r < first.Revision || len(s.Tickets()) != 1 {
			t.Errorf("a reader sees revision %d with %d tickets", r, len(s.Tickets()))
		}
	})
	if head, err := j.Head(t.Context()); err != nil || head != first.Revision {
		t.Errorf("the journal is at %d: %v", head, err)
	}
	proven(t, j)
}

// The same key acts once, and tells what it did.
func TestKeyActsOnce(t *testing.T) {
	j := memorystore.New()
	h := start(t, j, newClock().read)
	h.do(take("first-key"), take("other-key"))
	again := h.do(take("first-key"))
	if !again.Repeated || again.Request.Ticket != 1 || h.tickets() != 2 {
		t.Errorf("the repeated take: %+v, %d tickets", again, h.tickets())
	}
	reused := take("first-key")
	reused.Hash = "of another body"
	if _, err := h.Do(t.Context(), reused); queue.CodeOf(err) != queue.CodeKeyReused {
		t.Errorf("the key with another body: %v", err)
	}
}

// A hundred who come while the disk is busy are recorded together.
func TestGroupCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journaltest.NewFlaky(memorystore.New())
		h := start(t, j, newClock().read)
		h.do(at(queue.OpenDay{}))
		before := j.Appends()
		arrived, release := j.Hold(1)
		go func() {
			<-arrived
			synctest.Wait() // all others stand in line
			release()
		}()
		issued, err := together(100, func(i int) (runner.Result, error) { return h.Do(t.Context(), take(key(i))) })
		if err != nil {
			t.Fatal(err)
		}
		gapless(t, issued)
		if n := j.Appends() - before; n > 2 {
			t.Errorf("100 takes were recorded in %d batches", n)
		}
		proven(t, j)
	})
}

// However many come at once, no batch outgrows a record.
func TestBatchesFit(t *testing.T) {
	j := memorystore.New()
	h := start(t, j, newClock().read)
	issued, err := together(3000, func(i int) (runner.Result, error) { return h.Do(t.Context(), take(key(i))) })
	if err != nil {
		t.Fatal(err)
	}
	gapless(t, issued)
	proven(t, j)
}

// Two programs on one journal, as in a cluster: each overtakes the other all the time.
func TestTwoRunnersOneJournal(t *testing.T) {
	var storage memorystore.Storage
	clock := newClock()
	hubs := []*hall{start(t, storage.Open(), clock.read), start(t, storage.Open(), clock.read)}
	issued, err := together(200, func(i int) (runner.Result, error) { return hubs[i%2].insist(take(key(i))) })
	if err != nil {
		t.Fatal(err)
	}
	gapless(t, issued)
	proven(t, storage.Open())
	for i, h := range hubs {
		if _, err := h.insist(take(key(1000 + i))); err != nil {
			t.Fatal(err)
		}
	}
	hubs[0].do(at(queue.OpenWindow{Window: "2"})) // and so it has read what the other did last
	if n := hubs[0].tickets(); n != 202 {
		t.Errorf("one of them knows %d tickets", n)
	}
}

// A program that starts again goes on where the journal ends.
func TestRestart(t *testing.T) {
	f, clock := newFile(t), newClock()
	j := f.open()
	h := start(t, j, clock.read)
	h.do(take("first-key"), take("other-key"), at(queue.OpenWindow{Window: "2"}), at(queue.Next{Window: "2"}))
	before := h.digest()
	h.end()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}

	j = f.open()
	h = start(t, j, clock.read)
	if h.digest() != before {
		t.Error("the state is another one")
	}
	if r := h.do(take("first-key")); !r.Repeated || r.Request.Ticket != 1 {
		t.Errorf("the key is forgotten: %+v", r)
	}
	if id := ticket(h.do(take("third-key"))); id != 3 {
		t.Errorf("the next number is %d", id)
	}
	proven(t, j)
}

// A journal of a newer program is not guessed at.
func TestForeignJournal(t *testing.T) {
	for name, data := range map[string]string{
		"newer":   `[{"type":"day.opened","v":99,"at":"2026-11-23T08:30:00+08:00","by":"x","data":{}}]`,
		"foreign": `[{"type":"moon.landed","v":1,"at":"2026-11-23T08:30:00+08:00","by":"x","data":{}}]`,
		"broken":  `[{`,
	} {
		t.Run(name, func(t *testing.T) {
			j := memorystore.New()
			if _, err := j.Append(t.Context(), 0, journal.Batch{ID: "x", Day: "2026-11-23", Data: []byte(data)}); err != nil {
				t.Fatal(err)
			}
			_, err := runner.New(t.Context(), runner.Options{Journal: j})
			if code := queue.CodeOf(err); code != queue.CodeEventNewer && code != queue.CodeEventForeign {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A reader that does not read loses its seat; another gets everything in order.
func TestSubscribers(t *testing.T) {
	h := start(t, memorystore.New(), newClock().read)
	h.do(take("first-key"))
	var from journal.Revision
	look := func(_ *queue.State, r journal.Revision) { from = r }
	slow, good := h.Subscribe(1, look), h.Subscribe(8, look)
	defer good.Close()
	h.do(take(key(1)), take(key(2)), take(key(3)))
	for i := range 3 {
		if c := <-good.Feed(); c.Revision != from+journal.Revision(i)+1 || len(c.Events) == 0 {
			t.Errorf("commit %d is revision %d", i, c.Revision)
		}
	}
	if c, ok := <-slow.Feed(); !ok || c.Revision != from+1 {
		t.Error("what the slow reader had room for is gone")
	}
	if _, ok := <-slow.Feed(); ok {
		t.Error("the slow reader missed a commit and was not told")
	}
	slow.Close() // does no harm
}

// When the hall ends, what was begun gets its true answer and the rest is refused.
func TestEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journaltest.NewFlaky(memorystore.New())
		h := start(t, j, newClock().read)
		h.do(at(queue.OpenDay{}))
		arrived, release := j.Hold(1)
		begun := make(chan error, 1)
		go func() {
			_, err := h.Do(t.Context(), take("first-key"))
			begun <- err
		}()
		<-arrived
		h.stop()
		synctest.Wait()
		release()
		if err := <-begun; err != nil {
			t.Errorf("the take that was under way: %v", err)
		}
		h.end()
		if _, err := h.Do(t.Context(), take("other-key")); !errors.Is(err, runner.ErrStopped) {
			t.Errorf("a take after the end: %v", err)
		}
		if h.tickets() != 1 {
			t.Errorf("%d tickets", h.tickets())
		}
	})
}

// Who gives up waiting is let go, and may ask again with the key.
func TestCallerLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journaltest.NewFlaky(memorystore.New())
		h := start(t, j, newClock().read)
		h.do(at(queue.OpenDay{}))
		_, release := j.Hold(1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := h.Do(ctx, take("first-key")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		release()
		if r := h.do(take("first-key")); !r.Repeated || h.tickets() != 1 {
			t.Errorf("asked again: %+v", r)
		}
	})
}
