package live_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/hall/configuration"
	"petitionhall/hall/live"
	"petitionhall/hall/runner"
	"petitionhall/hall/view"
	"petitionhall/queue"
	"petitionhall/queue/journal"
	"petitionhall/queue/journal/journaltest"
	"petitionhall/queue/memorystore"
)

// morning is when every test's day starts.
var morning = time.Date(2026, 11, 23, 8, 30, 0, 0, time.FixedZone("", 8*3600))

// hall is a queue with a hub, in a bubble whose time the test moves by sleeping.
type hall struct {
	*runner.Runner
	*live.Hub
	t       *testing.T
	journal *journaltest.Flaky
	config  *queue.Configuration
	began   time.Time
	stop    func()
	keys    int
	gate    sync.Mutex // while it is locked the hub cannot look

	mu      sync.Mutex // guards the rest
	printer view.Printer
	help    []view.Help
	skipped time.Duration
}

// newHall must be called in a bubble. All runs until stop, or the test's end.
func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{t: t, journal: journaltest.NewFlaky(memorystore.New()), config: configuration.Default(), began: time.Now(),
		printer: view.Printer{ID: "hub", State: "ok", Paper: "ok"}}
	var err error
	h.Runner, err = runner.New(t.Context(), runner.Options{Journal: h.journal, Now: h.now, Log: quiet, Opening: func(at time.Time) *queue.Opening {
		return &queue.Opening{Date: at.Format(time.DateOnly), Epoch: 1, Configuration: h.config}
	}})
	if err != nil {
		t.Fatal(err)
	}
	h.run(h.Runner.Run)
	h.newHub()
	return h
}

var quiet = slog.New(slog.DiscardHandler)

// run runs a part until the returned function is called, or the test ends.
func (h *hall) run(part func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(h.t.Context()))
	var work sync.WaitGroup
	work.Go(func() {
		if err := part(ctx); err != nil {
			h.t.Error(err)
		}
	})
	stop = func() { cancel(); work.Wait() }
	h.t.Cleanup(stop)
	return stop
}

// newHub lets a hub of its own begin on the same queue.
func (h *hall) newHub() {
	h.Hub = live.New(h, quiet)
	h.stop = h.run(h.Hub.Run)
	synctest.Wait()
}

func (h *hall) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return morning.Add(time.Since(h.began) + h.skipped)
}

// skip moves the hall's clock, without all the ticks in between.
func (h *hall) skip(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.skipped += d
}

// View is the hub's way to the state.
func (h *hall) View(look func(s *queue.State, r journal.Revision)) {
	h.gate.Lock()
	defer h.gate.Unlock()
	h.Runner.View(look)
}

func (h *hall) Moment(r journal.Revision) view.Moment {
	now := h.now()
	h.mu.Lock()
	defer h.mu.Unlock()
	return view.Moment{Revision: uint64(r), Now: now, Configuration: h.config, Printers: []view.Printer{h.printer}, Help: h.help}
}

// shown is the hall as the API would show it.
func (h *hall) shown() (v view.Hall) {
	h.Runner.View(func(s *queue.State, r journal.Revision) { v = view.OfHall(s, h.Moment(r)) })
	return v
}

func (h *hall) do(actions ...queue.Action) {
	h.t.Helper()
	for _, a := range actions {
		if err := h.try(a); err != nil {
			h.t.Fatalf("%T: %v", a, err)
		}
		synctest.Wait() // the hub has told it
	}
}

func (h *hall) try(a queue.Action) error {
	_, err := h.Do(h.t.Context(), queue.Command{Actor: "test", Action: a})
	return err
}

func (h *hall) take(service queue.ServiceID) queue.Action {
	h.keys++
	return queue.Take{Service: service, Persons: 1, Language: "zh", Code: "CODE" + strconv.Itoa(h.keys)}
}

// event is one message as a browser would hand it on.
type event struct{ name, id, data string }

func names(events []event) string {
	var all []string
	for _, e := range events {
		name := e.name
		if e.id != "" {
			name += "#" + e.id
		}
		all = append(all, name)
	}
	return strings.Join(all, " ")
}

func decode[T any](t *testing.T, e event) (v T) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(e.data))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", e.name, err)
	}
	return v
}

// reader is a connection, as the hub sees it.
type reader struct {
	header http.Header
	status int
	leave  context.CancelFunc
	done   chan struct{}
	stuck  chan struct{} // while it is not nil and open, writes hang

	mu     sync.Mutex
	buffer bytes.Buffer
	lastID string
}

// connect opens a connection, after the revision last if that is not empty.
func (h *hall) connect(last string) *reader { return h.open(&reader{}, last) }

func (h *hall) open(r *reader, last string) *reader {
	h.t.Helper()
	ctx, leave := context.WithCancel(h.t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/events", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	r.header, r.leave, r.done = http.Header{}, leave, make(chan struct{})
	go func() {
		defer close(r.done)
		h.ServeHTTP(r, request)
	}()
	h.t.Cleanup(leave)
	return r
}

func (r *reader) Header() http.Header    { return r.header }
func (r *reader) WriteHeader(status int) { r.status = status }
func (r *reader) Flush()                 {}

func (r *reader) Write(b []byte) (int, error) {
	if r.stuck != nil {
		<-r.stuck
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.buffer.Write(b)
}

// read gives the events that have come since it was asked last.
func (r *reader) read() (events []event) {
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, block := range strings.Split(strings.TrimSuffix(r.buffer.String(), "\n\n"), "\n\n") {
		var e event
		for _, line := range strings.Split(block, "\n") {
			field, value, _ := strings.Cut(line, ": ")
			switch field {
			case "event":
				e.name = value
			case "id":
				e.id, r.lastID = value, value
			case "data":
				e.data = value
			}
		}
		if e.name != "" {
			events = append(events, e)
		}
	}
	r.buffer.Reset()
	return events
}
