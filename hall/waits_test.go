package hall_test

import (
	"encoding/json"
	"runtime"
	"strings"
	"testing"
	"time"

	"petitionhall/hall"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// waitOf reads the wait of an answer; nil when none was told.
func waitOf(t *testing.T, body []byte) (wait *struct{ Low, High int }) {
	t.Helper()
	var a struct {
		Wait *struct{ Low, High int } `json:"wait"`
	}
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatal(err)
	}
	return a.Wait
}

// TestToldWait: after five visitors the hall knows how long the next one waits;
// the range is on the number, and what is too old is not told.
func TestToldWait(t *testing.T) {
	c := newClock()
	s := serve(t, hall.Options{Now: c.read})
	const take = `{"service":"housing","persons":2}`
	s.must("/api/v1/windows/2/open", "")
	for range 5 {
		if wait := waitOf(t, s.must("/api/v1/tickets", take).body); wait != nil {
			t.Fatalf("told %+v, and nothing is known", wait)
		}
		s.must("/api/v1/windows/2/next", "")
		c.move(10 * time.Minute)
		s.must("/api/v1/windows/2/finish", `{"outcome":"resolved"}`)
	}
	s.must("/api/v1/tickets", take)
	s.must("/api/v1/tickets", take)
	s.hall.Foretell()
	wait := waitOf(t, s.must("/api/v1/tickets", take).body)
	if wait == nil || wait.Low < 15 || wait.High > 25 {
		t.Fatalf("told %+v, and two before it take ten minutes each", wait)
	}
	if body := string(s.ask("GET", "/api/v1/hall", "", nil).body); !strings.Contains(body, `"wait":{"low":`) {
		t.Error("the hall's page does not tell the wait")
	}
	s.kept(8)

	// What came of it is counted, and the next day begins with what was learned.
	for range 3 {
		s.must("/api/v1/windows/2/next", "")
		c.move(10 * time.Minute)
		s.must("/api/v1/windows/2/finish", `{"outcome":"resolved"}`)
	}
	if metrics := string(s.ask("GET", "/metrics", "", nil).body); !strings.Contains(metrics, "petitionhall_waits_told 1\n") || !strings.Contains(metrics, "petitionhall_waits_held 1\n") {
		t.Error("the metrics do not tell that the range held")
	}
	s.must("/api/v1/day/close", "")
	for recorded := false; !recorded; recorded = s.hall.Learned() != nil { // by the keeper of books, after the answer
		runtime.Gosched()
	}
	c.move(24 * time.Hour)
	s.must("/api/v1/windows/2/open", "")
	s.hall.View(func(state *queue.State, _ journal.Revision) {
		if state.Waits == nil || *state.Waits != *s.hall.Learned() || len(state.ServiceTimes["housing"]) == 0 {
			t.Errorf("the next day begins with %+v and %v", state.Waits, state.ServiceTimes)
		}
	})
}
