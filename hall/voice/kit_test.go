package voice_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
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
	"petitionhall/hall/voice"
	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/shipped"
	"petitionhall/queue"
	"petitionhall/queue/journal"
	"petitionhall/queue/memorystore"
)

// morning is when every test's day starts: a Monday, 8:30.
var morning = time.Date(2026, 11, 23, 8, 30, 0, 0, time.FixedZone("", 8*3600))

var quiet = slog.New(slog.DiscardHandler)

// packs are those that come with the program, and recorded ones of a test.
type packs map[string]*pack.Pack

func (p packs) Recorded(name string) *pack.Pack { return p[name] }
func (p packs) Synthesised(language string) *pack.Pack {
	found, _ := shipped.Pack(language)
	return found
}

// loudspeaker is a device that plays in the time of the bubble.
type loudspeaker struct {
	mu     sync.Mutex
	played []string // the device of each sound
	fails  error
	hangs  bool
}

func (l *loudspeaker) Play(ctx context.Context, device string, wav []byte) error {
	l.mu.Lock()
	l.played = append(l.played, device)
	fails, hangs := l.fails, l.hangs
	l.mu.Unlock()
	if fails != nil {
		return fails
	}
	length := time.Duration(len(wav)/2) * time.Second / 22050
	if hangs {
		length = time.Hour
	}
	select {
	case <-time.After(length):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *loudspeaker) times() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.played)
}

// hall is a queue with live events and a voice, in a bubble whose time the test
// moves by sleeping.
type hall struct {
	*runner.Runner
	t     *testing.T
	began time.Time
	hub   *live.Hub
	voice *voice.Announcer
	stop  func() // ends the voice
	packs packs
	out   *loudspeaker
	keys  int
	gate  sync.Mutex // while it is locked nobody but the runner can look

	mu      sync.Mutex // guards the rest
	config  *queue.Configuration
	skipped time.Duration
}

// inBubble runs a test with a hall. Its voice is as the test sets it.
func inBubble(t *testing.T, set func(*queue.Configuration), test func(t *testing.T, h *hall)) {
	t.Helper()
	if _, ok := shipped.Pack("zh"); !ok { // read here, not in the bubble
		t.Fatal("no voice comes with the program")
	}
	shipped.Pack("en")
	synctest.Test(t, func(t *testing.T) {
		h := &hall{t: t, began: time.Now(), config: configuration.Default(), packs: packs{}, out: &loudspeaker{}}
		h.config.Voice = &queue.VoiceConfig{}
		if set != nil {
			set(h.config)
		}
		var err error
		h.Runner, err = runner.New(t.Context(), runner.Options{Journal: memorystore.New(), Now: h.Clock, Log: quiet, Opening: func(at time.Time) *queue.Opening {
			c, _ := h.Configuration()
			return &queue.Opening{Date: at.Format(time.DateOnly), Epoch: 1, Configuration: c}
		}})
		if err != nil {
			t.Fatal(err)
		}
		h.run(h.Run)
		h.hub = live.New(h, quiet)
		h.run(h.hub.Run)
		h.newVoice()
		test(t, h)
	})
}

// newVoice lets a voice begin on the running queue.
func (h *hall) newVoice() {
	h.voice = voice.New(voice.Options{Hall: h, Screens: h.hub, Packs: h.packs, Player: h.out, Log: quiet})
	h.stop = h.run(h.voice.Run)
	synctest.Wait()
}

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

func (h *hall) View(look func(s *queue.State, r journal.Revision)) {
	h.gate.Lock()
	defer h.gate.Unlock()
	h.Runner.View(look)
}

func (h *hall) Clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return morning.Add(time.Since(h.began) + h.skipped)
}

// skip moves the hall's clock, and no other.
func (h *hall) skip(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.skipped += d
}

func (h *hall) Configuration() (*queue.Configuration, uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.config, 1
}

// configure puts other settings of the voice in force.
func (h *hall) configure(v queue.VoiceConfig) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := *h.config
	c.Voice = &v
	h.config = &c
}

func (h *hall) Moment(r journal.Revision) view.Moment {
	c, _ := h.Configuration()
	return view.Moment{Revision: uint64(r), Now: h.Clock(), Configuration: c}
}

func (h *hall) do(actions ...queue.Action) {
	h.t.Helper()
	for _, a := range actions {
		if err := h.try(a); err != nil {
			h.t.Fatalf("%T: %v", a, err)
		}
		synctest.Wait()
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

// call opens a window, takes a number for its service and calls it.
func (h *hall) call(window queue.WindowID, service queue.ServiceID) {
	h.t.Helper()
	h.do(queue.OpenWindow{Window: window}, h.take(service), queue.Next{Window: window})
}

// board is a reader of the live events, as a page is: it resumes, and says each id once.
type board struct {
	hall   *hall
	speaks string
	leave  context.CancelFunc
	done   chan struct{}
	header http.Header

	mu     sync.Mutex
	buffer bytes.Buffer

	lastID string
	says   []view.Say
	calls  []view.Call
	names  []string
}

// connect opens a board whose sound is on, or a silent one for an empty name.
func (h *hall) connect(speaks string) *board {
	b := &board{hall: h, speaks: speaks}
	b.open()
	return b
}

func (b *board) open() {
	ctx, leave := context.WithCancel(b.hall.t.Context())
	address := "/api/v1/events"
	if b.speaks != "" {
		address += "?speaks=" + b.speaks
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		b.hall.t.Fatal(err)
	}
	if b.lastID != "" {
		request.Header.Set("Last-Event-ID", b.lastID)
	}
	b.leave, b.done, b.header = leave, make(chan struct{}), http.Header{}
	b.hall.t.Cleanup(leave)
	done := b.done
	go func() {
		defer close(done)
		b.hall.hub.ServeHTTP(b, request)
	}()
	synctest.Wait()
}

// cut breaks the line. What has not been read by then is lost.
func (b *board) cut() {
	b.leave()
	<-b.done
	synctest.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.buffer.Reset()
}

func (b *board) Header() http.Header { return b.header }
func (b *board) WriteHeader(int)     {}
func (b *board) Flush()              {}
func (b *board) Write(data []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, told, ok := bytes.Cut(data, []byte("event: say\ndata: ")); ok {
		line, _, _ := strings.Cut(string(told), "\n")
		if s := decode[view.Say](b.hall.t, line); !b.hall.Clock().Before(s.Until) {
			b.hall.t.Errorf("%s is told at %v, when it is over", line, b.hall.Clock())
		}
	}
	return b.buffer.Write(data)
}

// read takes what has come.
func (b *board) read() {
	synctest.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	for block := range strings.SplitSeq(b.buffer.String(), "\n\n") {
		var name, data string
		for line := range strings.SplitSeq(block, "\n") {
			field, value, _ := strings.Cut(line, ": ")
			switch field {
			case "event":
				name = value
			case "id":
				b.lastID = value
			case "data":
				data = value
			}
		}
		b.receive(name, data)
	}
	b.buffer.Reset()
}

func (b *board) receive(name, data string) {
	if name != "" && name != "tick" {
		b.names = append(b.names, name)
	}
	switch name {
	case "say":
		s := decode[view.Say](b.hall.t, data)
		if !slices.ContainsFunc(b.says, func(o view.Say) bool { return o.ID == s.ID }) {
			b.says = append(b.says, s)
		}
	case "call":
		b.calls = append(b.calls, decode[view.Call](b.hall.t, data))
	}
}

func decode[T any](t *testing.T, data string) (v T) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// heard lists what was said, as "kind text xN", and forgets it.
func (b *board) heard() (all []string) {
	b.read()
	for _, s := range b.says {
		what := s.Kind
		for _, p := range s.Parts {
			what += " " + p.Text + " x" + strconv.Itoa(p.Times)
		}
		all = append(all, what)
	}
	b.says = nil
	return all
}

// expect asserts what was said since it was asked last.
func (b *board) expect(want ...string) {
	b.hall.t.Helper()
	if got := b.heard(); !slices.Equal(got, want) {
		b.hall.t.Errorf("said\n%q, want\n%q", got, want)
	}
}
