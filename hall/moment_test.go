package hall_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"petitionhall/hall"
	"petitionhall/hall/problem"
)

// clock stands still until the test moves it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock {
	return &clock{now: time.Date(2026, 11, 23, 8, 30, 0, 0, time.FixedZone("", 8*3600))}
}

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

// refuse posts what is legal at another moment only, and gives the problem.
func (s *served) refuse(path, body string, status int, code string) (p problem.Problem) {
	s.t.Helper()
	a := s.post("/api/v1"+path, body)
	if a.status != status || a.Code != code {
		s.t.Errorf("%s: %d %s, want %d %s", path, a.status, a.body, status, code)
	}
	if err := json.Unmarshal(a.body, &p); err != nil {
		s.t.Error(err)
	}
	return p
}

// A window that is closed says so, whether the day has begun or not.
func TestClosedWindow(t *testing.T) {
	s := serve(t, hall.Options{})
	for _, moment := range []string{"before the day", "in the day"} {
		for command, body := range map[string]string{
			"next": "", "recall": "", "start": "", "miss": "", "finish": `{"outcome":"resolved"}`, "transfer": `{"service":"water"}`, "pause": `{"reason":"meal"}`,
		} {
			s.refuse("/windows/3/"+command, body, http.StatusConflict, "window.closed")
		}
		if moment == "before the day" {
			s.must("/api/v1/windows/2/open", "")
		}
	}
	s.kept(0)
}

// TestWrongMoment: what is legal at another moment is refused with the reason,
// and with the time where time alone is missing.
func TestWrongMoment(t *testing.T) {
	c := newClock()
	s := serve(t, hall.Options{Now: c.read})
	const take = `{"service":"housing","persons":2}`
	s.must("/api/v1/windows/2/open", "")
	ticket := s.must("/api/v1/tickets", take)
	s.refuse("/tickets/"+ticket.ID+"/rejoin", "", 409, "ticket.not-missed")
	s.refuse("/windows/2/recall", "", 409, "window.no-ticket")
	s.must("/api/v1/windows/2/next", "")
	s.refuse("/windows/2/next", "", 409, "window.busy")
	s.refuse("/windows/2/close", "", 409, "window.busy")
	s.refuse("/windows/2/pause", `{"reason":"meal"}`, 409, "window.busy")
	s.refuse("/windows/2/transfer", `{}`, 422, "transfer.target")
	s.refuse("/windows/2/transfer", `{"service":"water","window":"3"}`, 422, "transfer.target")
	s.refuse("/windows/2/transfer", `{"service":"housing"}`, 409, "transfer.same-window")
	s.refuse("/windows/2/transfer", `{"service":"moon"}`, 422, "service.unknown")

	if p := s.refuse("/windows/2/recall", "", 409, "ticket.recall-too-soon"); p.RetryAt == nil || !p.RetryAt.Equal(c.read().Add(10*time.Second)) {
		t.Errorf("recall again at %v", p.RetryAt)
	}
	if p := s.refuse("/windows/2/miss", "", 409, "ticket.miss-too-soon"); p.CallsLeft != 2 || p.RetryAt == nil || !p.RetryAt.Equal(c.read().Add(time.Minute)) {
		t.Errorf("missed after %d calls, at %v", p.CallsLeft, p.RetryAt)
	}
	for range 2 {
		c.move(10 * time.Second)
		s.must("/api/v1/windows/2/recall", "")
	}
	s.refuse("/windows/2/miss", "", 409, "ticket.miss-too-soon")
	c.move(40 * time.Second)
	s.must("/api/v1/windows/2/miss", "")
	s.must("/api/v1/tickets/"+ticket.ID+"/rejoin", "")
	s.must("/api/v1/windows/2/next", "")

	closing := s.refuse("/day/close", `{"deferred":[]}`, 409, "day.open-tickets")
	if len(closing.Tickets) != 1 || closing.Tickets[0] != (problem.OpenTicket{ID: ticket.ID, Number: "B001", State: "called"}) {
		t.Errorf("the day is kept open by %+v", closing.Tickets)
	}
	s.must("/api/v1/day/stop-issuing", "")
	s.refuse("/tickets", take, 409, "day.stopped")
	s.must("/api/v1/windows/2/finish", `{"outcome":"resolved"}`)
	s.must("/api/v1/day/close", "")
	s.refuse("/tickets", take, 409, "day.closed")
	s.refuse("/windows/2/open", "", 409, "day.closed")
	s.kept(1)

	c.move(24 * time.Hour)
	if again := s.must("/api/v1/tickets", take); again.Number != "B001" || again.ID == ticket.ID {
		t.Errorf("the next day begins with %s %s", again.Number, again.ID)
	}
	s.kept(2)
}

// TestDeskRejoinTwice: the desk's page asks again because its line broke; meanwhile the number was called.
func TestDeskRejoinTwice(t *testing.T) {
	c := newClock()
	s := serve(t, hall.Options{Now: c.read})
	s.must("/api/v1/windows/2/open", "")
	ticket := s.must("/api/v1/tickets", `{"service":"housing","persons":2}`)
	s.must("/api/v1/windows/2/next", "")
	for range 2 {
		c.move(30 * time.Second)
		s.must("/api/v1/windows/2/recall", "")
	}
	s.must("/api/v1/windows/2/miss", "")
	rejoin := func() answer {
		return s.ask(http.MethodPost, "/api/v1/tickets/"+ticket.ID+"/rejoin", "key-of-the-rejoin", nil)
	}
	if a := rejoin(); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	s.must("/api/v1/windows/2/next", "")
	if a := rejoin(); a.status != http.StatusOK || a.ID != "2" || a.Ticket.Number != ticket.Number {
		t.Errorf("again: %d %s", a.status, a.body)
	}
}

// TestRefusalsKeepTheirDistance: a refusal says where the fault lies and does not send back what was sent.
func TestRefusalsKeepTheirDistance(t *testing.T) {
	s := serve(t, hall.Options{})
	a := s.post("/api/v1/tickets", `{"service":"water","persons":1,"telephone":"13800000000"}`)
	if a.status != http.StatusUnprocessableEntity || strings.Contains(string(a.body), "13800000000") || !strings.Contains(string(a.body), "body.telephone") {
		t.Errorf("%d %s", a.status, a.body)
	}
}
