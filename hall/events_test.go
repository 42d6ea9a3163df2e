package hall_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/tmaxmax/go-sse"

	"petitionhall/hall"
)

// follow opens the live events, after a revision if one is given.
func (s *served) follow(after string) (next func() sse.Event, leave func()) {
	s.t.Helper()
	return s.followAs("", after)
}

// followAs opens them with a query, such as that of a board whose sound is on.
func (s *served) followAs(query, after string) (next func() sse.Event, leave func()) {
	s.t.Helper()
	ctx, leave := context.WithCancel(s.t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+"/api/v1/events"+query, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if after != "" {
		request.Header.Set("Last-Event-ID", after)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { leave(); _ = response.Body.Close() }) // it was left, not read to its end
	events := make(chan sse.Event)
	go func() {
		defer close(events)
		for e, err := range sse.Read(response.Body, nil) {
			if err != nil || e.Type == "tick" {
				continue
			}
			select {
			case events <- e:
			case <-ctx.Done():
			}
		}
	}()
	return func() sse.Event { return <-events }, leave
}

// TestLiveEvents: what a clerk does arrives over HTTP as it happens, and a board
// that was away gets what it missed.
func TestLiveEvents(t *testing.T) {
	s := serve(t, hall.Options{})
	s.must("/api/v1/windows/2/open", "")
	next, leave := s.follow("")
	var whole struct{ Revision int }
	if e := next(); e.Type != "hall" || json.Unmarshal([]byte(e.Data), &whole) != nil || whole.Revision != 1 || e.LastEventID != "1" {
		t.Fatalf("first comes %s %s", e.Type, e.LastEventID)
	}
	s.must("/api/v1/tickets", `{"service":"housing","persons":1}`)
	if e := next(); e.Type != "change" || e.LastEventID != "2" {
		t.Fatalf("then %s %s", e.Type, e.LastEventID)
	}
	leave()
	s.must("/api/v1/windows/2/next", "")
	next, _ = s.follow("2")
	var call struct {
		Ticket       string
		WindowNumber int
	}
	if e := next(); e.Type != "call" || json.Unmarshal([]byte(e.Data), &call) != nil || call.Ticket != "B001" || call.WindowNumber != 2 {
		t.Fatalf("who was away gets %s %s", e.Type, e.Data)
	}
	if e := next(); e.Type != "change" || e.LastEventID != "3" {
		t.Fatalf("then %s %s", e.Type, e.LastEventID)
	}
}

// TestEndWithListeners: a hall that ends does not wait for those who listen.
func TestEndWithListeners(t *testing.T) {
	h, end := begin(t, hall.Options{Listen: "127.0.0.1:0"})
	s := &served{t: t, address: h.Address()}
	next, _ := s.follow("")
	next()
	if err := end(); err != nil {
		t.Errorf("the hall ended with %v", err)
	}
	if e := next(); e.Type != "" {
		t.Errorf("after the end came %s", e.Type)
	}
}
