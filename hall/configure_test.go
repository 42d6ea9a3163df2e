package hall_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"petitionhall/hall"
	"petitionhall/hall/problem"
	"petitionhall/hall/view"
)

// settings are the configuration as its JSON tree, to be changed by a test.
func (s *served) settings() map[string]any {
	s.t.Helper()
	var c map[string]any
	if err := json.Unmarshal(s.ask(http.MethodGet, "/api/v1/configuration", "", nil).body, &c); err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *served) configure(c map[string]any) (answer, problem.Problem) {
	s.t.Helper()
	body, err := json.Marshal(c)
	if err != nil {
		s.t.Fatal(err)
	}
	a := s.ask(http.MethodPut, "/api/v1/configuration", "", bytes.NewReader(body))
	var p problem.Problem
	_ = json.Unmarshal(a.body, &p) // of a configuration nothing stays but zero values
	return a, p
}

func (s *served) whole() (h view.Hall) {
	s.t.Helper()
	if err := json.Unmarshal(s.ask(http.MethodGet, "/api/v1/hall", "", nil).body, &h); err != nil {
		s.t.Fatal(err)
	}
	return h
}

func list(of any) []any { l, _ := of.([]any); return l }

func entry(of any, i int) map[string]any { m, _ := list(of)[i].(map[string]any); return m }

// TestConfigureWhileServing: a special window is added in the middle of the day,
// every reader is told at once, and whoever holds a number keeps it.
func TestConfigureWhileServing(t *testing.T) {
	s := serve(t, hall.Options{})
	s.must("/api/v1/tickets", `{"service":"housing","persons":1}`)
	next, _ := s.follow("")
	next()
	c := s.settings()
	c["windows"] = append(list(c["windows"]), map[string]any{"id": "special", "number": 21, "publicName": map[string]string{"zh": "", "en": ""}, "services": []string{"housing"}, "presence": "resident", "startAtCall": false})
	if a, p := s.configure(c); a.status != http.StatusOK {
		t.Fatalf("%d %s %s", a.status, p.Code, p.Detail)
	}
	var told view.Hall
	if e := next(); e.Type != "hall" || json.Unmarshal([]byte(e.Data), &told) != nil || len(told.Windows) != 21 {
		t.Fatalf("readers are told %s with %d windows", e.Type, len(told.Windows))
	}
	s.must("/api/v1/windows/special/open", "")
	if a := s.must("/api/v1/windows/special/next", ""); a.Ticket.Number != "B001" {
		t.Errorf("the special window called %q", a.Ticket.Number)
	}
	// It cannot go while it has a number, and nothing of the change is kept.
	c = s.settings()
	c["windows"] = list(c["windows"])[:20]
	if a, p := s.configure(c); a.status != http.StatusConflict || p.Code != "configuration.window-in-use" || !strings.Contains(p.Detail, "special") {
		t.Errorf("%d %s %q", a.status, p.Code, p.Detail)
	}
	s.must("/api/v1/windows/special/finish", `{"outcome":"resolved"}`)
	if a, p := s.configure(c); a.status != http.StatusOK {
		t.Errorf("%d %s %s", a.status, p.Code, p.Detail)
	}
	if got := len(s.whole().Windows); got != 20 {
		t.Errorf("%d windows", got)
	}
	s.kept(1)
}

// TestTwoWhoConfigure: the second of two who change the configuration at once
// sees what differs, and overwrites nothing.
func TestTwoWhoConfigure(t *testing.T) {
	s := serve(t, hall.Options{})
	mine, yours := s.settings(), s.settings()
	entry(mine["windows"], 2)["number"] = 33
	entry(yours["windows"], 3)["number"] = 44
	if a, p := s.configure(mine); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, p.Detail)
	}
	a, p := s.configure(yours)
	if a.status != http.StatusConflict || p.Code != "configuration.changed" || len(p.Differences) != 2 || p.Differences[0].Path != "windows[2].number" ||
		p.Differences[0].Yours != "3" || p.Differences[0].Theirs != "33" {
		t.Fatalf("%d %s %+v", a.status, p.Code, p.Differences)
	}
	yours["revision"] = p.Revision
	if a, p := s.configure(yours); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, p.Detail)
	}
}

// TestConfigureRefused: what is wrong is told with its exact path.
func TestConfigureRefused(t *testing.T) {
	s := serve(t, hall.Options{})
	for path, spoil := range map[string]func(c map[string]any){
		"windows[4].services[0]: ": func(c map[string]any) { entry(c["windows"], 4)["services"] = []string{"moon"} },
		"hours.week[0].until: ": func(c map[string]any) {
			c["hours"] = map[string]any{"week": []any{map[string]any{"days": []string{"mon"}, "from": "12:00", "until": "08:00"}}}
		},
		"services[1].id: ": func(c map[string]any) { entry(c["services"], 1)["id"] = "general" },
	} {
		c := s.settings()
		spoil(c)
		if a, p := s.configure(c); a.status != http.StatusUnprocessableEntity || p.Code != "configuration.invalid" || !strings.HasPrefix(p.Detail, path) {
			t.Errorf("%s%d %s %q", path, a.status, p.Code, p.Detail)
		}
	}
	c := s.settings()
	c["spy"] = true
	if a, p := s.configure(c); a.status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown setting: %d %s", a.status, p.Code)
	}
}

// TestHoursOverHTTP: before the hours nobody gets a number from the kiosk, the
// hall says when, the desk gives one all the same, and issuing stops by itself.
func TestHoursOverHTTP(t *testing.T) {
	now := newClock() // Monday, 08:30
	now.move(-time.Hour)
	s := serve(t, hall.Options{Now: now.read})
	c := s.settings()
	c["hours"] = map[string]any{"week": []any{map[string]any{"days": []string{"mon"}, "from": "08:30", "until": "17:30", "issueUntil": "17:00"}}}
	c["leaderService"] = "water"
	c["leaders"] = []any{map[string]any{"date": "2026-11-23", "from": "09:00", "until": "11:30", "post": map[string]string{"zh": "副县长", "en": "Deputy Head"}, "name": map[string]string{"zh": "某某", "en": "N. N."}, "window": "17"}}
	if a, p := s.configure(c); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, p.Detail)
	}
	if p := s.refuse("/tickets", `{"service":"housing","persons":1}`, http.StatusConflict, "day.early"); p.RetryAt == nil || p.RetryAt.Format("15:04") != "08:30" {
		t.Errorf("come again at %v", p.RetryAt)
	}
	if h := s.whole(); h.Phase != "closed" || h.Issuing.State != "early" || h.Leader == nil || h.Leader.Window != "17" || h.Leader.From.Format("15:04") != "09:00" {
		t.Errorf("the hall says %s, %+v, leader %+v", h.Phase, h.Issuing, h.Leader)
	}
	s.must("/api/v1/tickets", `{"service":"housing","persons":1,"byHand":true}`)
	next, _ := s.follow("")
	next()
	now.move(9*time.Hour + 30*time.Minute) // 17:00
	for h := (view.Hall{}); h.Phase != "stopped"; {
		if e := next(); json.Unmarshal([]byte(e.Data), &h) != nil {
			t.Fatal("the events ended before issuing stopped")
		}
	}
	if p := s.refuse("/tickets", `{"service":"housing","persons":1}`, http.StatusConflict, "day.stopped"); p.RetryAt == nil || p.RetryAt.Format("01-02 15:04") != "11-30 08:30" {
		t.Errorf("come again at %v", p.RetryAt)
	}
	s.kept(1)
}

// TestPauseOfTheHall: every window is told, and nobody is called until it ends.
func TestPauseOfTheHall(t *testing.T) {
	s := serve(t, hall.Options{})
	s.must("/api/v1/windows/2/open", "")
	s.must("/api/v1/tickets", `{"service":"housing","persons":1}`)
	s.must("/api/v1/day/pause", `{"reason":"meeting"}`)
	s.refuse("/windows/2/next", "", http.StatusConflict, "day.paused")
	if h := s.whole(); h.Phase != "paused" || h.Pause == nil || h.Pause.Reason != "meeting" {
		t.Errorf("the hall says %s %+v", h.Phase, h.Pause)
	}
	s.must("/api/v1/day/resume", "")
	if a := s.must("/api/v1/windows/2/next", ""); a.Ticket.Number != "B001" {
		t.Errorf("called %q", a.Ticket.Number)
	}
	s.kept(1)
}
