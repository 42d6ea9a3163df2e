package runner_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"petitionhall/hall/configuration"
	"petitionhall/hall/runner"
	"petitionhall/queue"
	"petitionhall/queue/boltstore"
	"petitionhall/queue/check"
	"petitionhall/queue/journal"
)

// morning is when every test's clock starts.
var morning = time.Date(2026, 11, 23, 8, 30, 0, 0, time.FixedZone("", 8*3600))

// clock is moved by the test.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: morning} }

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// hall is a runner at work.
type hall struct {
	*runner.Runner
	t    testing.TB
	stop context.CancelFunc
	done chan error
}

// config is the default with a second window for housing.
var config = func() *queue.Configuration {
	c := configuration.Default()
	c.Windows = append(c.Windows, queue.WindowConfig{ID: "21", Number: 21, Services: []queue.ServiceID{"housing"}, Presence: queue.Resident})
	return c
}()

// start runs a journal's queue. The test ends it, or its end does.
func start(t testing.TB, j journal.Journal, now func() time.Time) *hall {
	t.Helper()
	opening := func(at time.Time) *queue.Opening {
		zone := time.FixedZone("", 8*3600)
		return &queue.Opening{Date: at.In(zone).Format(time.DateOnly), Epoch: 1, Configuration: config}
	}
	log := slog.New(slog.DiscardHandler)
	r, err := runner.New(t.Context(), runner.Options{Journal: j, Opening: opening, Now: now, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	h := &hall{Runner: r, t: t, stop: stop, done: make(chan error, 1)}
	go func() { h.done <- r.Run(ctx) }()
	t.Cleanup(h.end)
	return h
}

// end stops the runner and waits for it; once is enough.
func (h *hall) end() {
	h.stop()
	if err := <-h.done; err != nil {
		h.t.Errorf("the runner ended with %v", err)
	}
	h.done <- nil
}

func take(key string) queue.Command {
	return queue.Command{Actor: "kiosk", Key: key, Hash: "hash", Action: queue.Take{Service: "housing", Persons: 2, Language: "zh", Code: "CODE" + key, Printer: "hub"}}
}

func at(a queue.Action) queue.Command { return queue.Command{Actor: "test", Action: a} }

// do has commands done that must succeed.
func (h *hall) do(commands ...queue.Command) (last runner.Result) {
	h.t.Helper()
	for _, c := range commands {
		r, err := h.Do(h.t.Context(), c)
		if err != nil {
			h.t.Fatalf("%T: %v", c.Action, err)
		}
		last = r
	}
	return last
}

// insist sends a command until the journal takes it, as a client does that has a key.
func (h *hall) insist(c queue.Command) (runner.Result, error) {
	for {
		r, err := h.Do(h.t.Context(), c)
		if !errors.Is(err, runner.ErrUnavailable) {
			return r, err
		}
	}
}

// ticket is the one that a result issued, or that its key issued before.
func ticket(r runner.Result) queue.TicketID {
	for _, e := range r.Events {
		if taken, ok := e.Data.(*queue.TicketTaken); ok {
			return taken.Ticket
		}
	}
	return r.Request.Ticket
}

// tickets counts what readers see.
func (h *hall) tickets() (n int) {
	h.View(func(s *queue.State, _ journal.Revision) { n = len(s.Tickets()) })
	return n
}

func (h *hall) digest() (digest string) {
	h.View(func(s *queue.State, _ journal.Revision) { digest = s.Digest() })
	return digest
}

// proven checks all promises on the journal.
func proven(t testing.TB, j journal.Journal) {
	t.Helper()
	report, err := check.Journal(t.Context(), j, func(int, int) {})
	if err != nil || !report.OK() {
		t.Errorf("check: %v %v", err, report.Violations)
	}
}

// gapless tells whether every number up to the count was issued once.
func gapless(t testing.TB, issued []queue.TicketID) {
	t.Helper()
	seen := map[queue.TicketID]bool{}
	for _, id := range issued {
		seen[id] = true
	}
	for i := range issued {
		if !seen[queue.TicketID(i+1)] {
			t.Errorf("number %d is missing or another is double among %d", i+1, len(issued))
			return
		}
	}
}

// together does n commands at the same time, and gives what was issued.
func together(n int, do func(i int) (runner.Result, error)) ([]queue.TicketID, error) {
	issued, errs := make([]queue.TicketID, n), make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			r, err := do(i)
			issued[i], errs[i] = ticket(r), err
		})
	}
	all.Wait()
	return issued, errors.Join(errs...)
}

func key(i int) string { return fmt.Sprintf("key-%06d", i) }

// file is a journal on the disk that can be opened again.
type file struct {
	t    testing.TB
	path string
}

func newFile(t testing.TB) file { return file{t, filepath.Join(t.TempDir(), "hall.db")} }

func (f file) open() journal.Journal {
	f.t.Helper()
	j, err := boltstore.Open(f.path, boltstore.Options{Name: "hall"})
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { _ = j.Close() }) // again, where the test has done so
	return j
}
