package kiosk

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// told is an event as the page gets it.
type told struct{ name, data string }

// listen makes the machine tell its events to a channel instead of a window,
// where no page beats.
func listen(m *machine) <-chan told {
	m.app.watch = nil
	events := make(chan told, 100)
	m.opened(context.Background(), reach{quit: func(context.Context) {}, emit: func(_ context.Context, name string, data ...any) {
		text, err := json.Marshal(data[0])
		if err != nil {
			panic(err)
		}
		events <- told{name, string(text)}
	}})
	return events
}

func expect(t *testing.T, events <-chan told, want ...told) {
	t.Helper()
	for _, w := range want {
		select {
		case got := <-events:
			if got != w {
				t.Fatalf("the page got %v, want %v", got, w)
			}
		case <-t.Context().Done():
			t.Fatalf("the page never got %v", w)
		}
	}
}

// stream is one event stream of a hall: what the test says into it is sent, and
// closing it ends the stream.
type stream struct {
	after string // Last-Event-ID
	say   chan string
}

// hallWithStreams hands each stream that is asked for to the test.
func hallWithStreams() (http.Handler, <-chan stream) {
	streams := make(chan stream)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		if err := http.NewResponseController(w).Flush(); err != nil {
			panic(err)
		}
		s := stream{r.Header.Get("Last-Event-ID"), make(chan string)}
		select {
		case streams <- s:
		case <-r.Context().Done():
		}
		for {
			select {
			case text, more := <-s.say:
				if !more {
					return
				}
				_, _ = io.WriteString(w, text)
				_ = http.NewResponseController(w).Flush() // the page's side of the test notices a loss
			case <-r.Context().Done():
				return
			}
		}
	}), streams
}

// TestEvents: what the hall tells reaches the page unchanged; a lost stream
// resumes after the last whole revision; Follow starts with the whole hall.
func TestEvents(t *testing.T) {
	for where, start := range map[string]func(*testing.T, http.Handler) *machine{"inside": machineInside, "hub": clientMachine} {
		t.Run(where, func(t *testing.T) {
			hall, streams := hallWithStreams()
			m := start(t, hall)
			m.app.events.pause = func(context.Context, time.Duration) {}
			page := listen(m)
			m.app.Follow()
			s := <-streams
			s.say <- "event: hall\nid: 7\ndata: {\"revision\":7}\n\n"
			expect(t, page, told{"connection", `{"live":true}`}, told{"hall", `{"revision":7}`})
			// Two messages of revision 8, of which the last alone has the id, and a
			// message that a newer hall may send.
			s.say <- "event: call\ndata: {\"ticket\":\"C012\"}\n\nevent: later\ndata: 1\n\nevent: change\nid: 8\ndata: {\"windows\":[]}\n\n"
			expect(t, page, told{"call", `{"ticket":"C012"}`}, told{"change", `{"windows":[]}`})
			s.say <- "event: call\ndata: {\"ticket\":\"C013\"}\n\n"
			expect(t, page, told{"call", `{"ticket":"C013"}`})
			close(s.say)
			expect(t, page, told{"connection", `{"live":false}`})
			s = <-streams
			if s.after != "8" {
				t.Errorf("resumed after %q; revision 9 came in part only", s.after)
			}
			s.say <- "event: tick\ndata: {\"revision\":9}\n\n"
			expect(t, page, told{"connection", `{"live":true}`}, told{"tick", `{"revision":9}`})
			m.app.Follow()
			s = <-streams
			if s.after != "" {
				t.Errorf("Follow resumed after %q", s.after)
			}
			s.say <- "event: hall\nid: 9\ndata: {}\n\n"
			expect(t, page, told{"connection", `{"live":true}`}, told{"hall", `{}`})
		})
	}
}

// TestEventsRefused: a hall that refuses the stream is tried again.
func TestEventsRefused(t *testing.T) {
	asked := make(chan string)
	m := machineInside(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case asked <- r.URL.Path:
		case <-r.Context().Done():
		}
		http.Error(w, "not now", http.StatusServiceUnavailable)
	}))
	m.app.events.pause = func(context.Context, time.Duration) {}
	page := listen(m)
	m.app.Follow()
	for range 3 {
		if path := <-asked; path != "/api/v1/events" {
			t.Fatalf("asked for %s", path)
		}
		expect(t, page, told{"connection", `{"live":false}`})
	}
}

// TestEventsSilent: a stream that is open but dead is given up, and the waits
// between tries grow to their bound. The clock is the bubble's.
func TestEventsSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hall, streams := hallWithStreams()
		m := machineInside(t, hall)
		page := listen(m)
		began := time.Now()
		m.app.Follow()
		for longest := firstPause; longest < 4*longestPause; longest *= 2 {
			<-streams
			expect(t, page, told{"connection", `{"live":true}`}, told{"connection", `{"live":false}`})
			if dead := time.Since(began); dead < silence || dead > silence+min(longest, longestPause) {
				t.Errorf("a silent stream was given up after %s", dead)
			}
			began = time.Now()
		}
	})
}

// TestEventsOfAnOddHall: data that is no JSON would break the page's script.
func TestEventsOfAnOddHall(t *testing.T) {
	hall, streams := hallWithStreams()
	m := machineInside(t, hall)
	page := listen(m)
	m.app.Follow()
	s := <-streams
	s.say <- "event: hall\ndata: {\"revision\":\n\nevent: tick\ndata: {}\n\n"
	expect(t, page, told{"connection", `{"live":true}`}, told{"tick", `{}`})
}
