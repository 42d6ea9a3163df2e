package queue_test

import (
	"testing"
	"time"

	"petitionhall/queue"
)

// workdays are the hours of the tests: 2026-11-23 is a Monday.
func workdays() *queue.Hours {
	week := []queue.Weekday{"mon", "tue", "wed", "thu", "fri"}
	return &queue.Hours{
		Week: []queue.Span{{Days: week, From: "08:30", Until: "12:00", IssueUntil: "11:40"}, {Days: week, From: "14:30", Until: "17:30", IssueUntil: "17:00"}},
		Dates: []queue.DateHours{{Date: "2026-11-25"}, // a holiday
			{Date: "2026-11-28", Spans: []queue.Span{{From: "09:00", Until: "12:00"}}}}, // a Saturday worked instead
	}
}

func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", clock, morning.Location())
	if err != nil {
		panic(err)
	}
	return t
}

// TestHours: numbers are given in the hours, and who comes too early or too late is told when to come.
func TestHours(t *testing.T) {
	for _, c := range []struct {
		now  string
		code queue.Code
		next string
	}{
		{"2026-11-23 08:00", queue.CodeDayEarly, "2026-11-23 08:30"},
		{"2026-11-23 08:30", "", ""},
		{"2026-11-23 11:39", "", ""},
		{"2026-11-23 11:40", queue.CodeDayEarly, "2026-11-23 14:30"},
		{"2026-11-23 16:59", "", ""},
		{"2026-11-23 17:00", queue.CodeDayStopped, "2026-11-24 08:30"},
		{"2026-11-24 17:00", queue.CodeDayStopped, "2026-11-26 08:30"}, // the day after is a holiday
		{"2026-11-25 09:00", queue.CodeDayOff, "2026-11-26 08:30"},
		{"2026-11-27 20:00", queue.CodeDayStopped, "2026-11-28 09:00"},
		{"2026-11-28 11:59", "", ""},
		{"2026-11-29 09:00", queue.CodeDayOff, "2026-11-30 08:30"},
	} {
		h := newHall(t)
		h.config.Hours = workdays()
		h.now = at(c.now)
		_, err := h.try(queue.Command{Action: queue.Take{Service: "land", Persons: 1, Code: "X"}})
		if queue.CodeOf(err) != c.code {
			t.Errorf("%s: got %v, want %q", c.now, err, c.code)
			continue
		}
		if refusal := new(queue.Error); c.code != "" && (!asError(err, &refusal) || !refusal.RetryAt.Equal(at(c.next))) {
			t.Errorf("%s: numbers again at %s, want %s", c.now, refusal.RetryAt, c.next)
		}
		if c.code != "" && len(h.state.Tickets()) > 0 {
			t.Errorf("%s: a day was opened for a number that was not given", c.now)
		}
	}
}

// TestIssuingStopsByItself: when the hours say so, and everyone holding a number is still called.
func TestIssuingStopsByItself(t *testing.T) {
	h := newHall(t)
	h.config.Hours = workdays()
	h.now = at("2026-11-23 16:58")
	h.do(queue.OpenWindow{Window: "3"})
	h.take("land")
	if _, due := queue.Due(h.state, at("2026-11-23 16:59")); due {
		t.Fatal("issuing stops too early")
	}
	h.now = at("2026-11-23 17:00")
	stop, due := queue.Due(h.state, h.now)
	if !due {
		t.Fatal("issuing does not stop")
	}
	if _, err := h.try(stop); err != nil || h.state.Phase != queue.PhaseStopped {
		t.Fatalf("the phase is %s: %v", h.state.Phase, err)
	}
	h.refused(queue.Take{Service: "land", Persons: 1, Code: "LATE"}, queue.CodeDayStopped)
	h.do(queue.Take{Service: "land", Persons: 1, Code: "DESK", ByHand: true}) // a visitor in need, by the desk
	if got := h.next("3"); got != "C001" {
		t.Errorf("called %q after issuing had stopped", got)
	}
	// Issuing that is resumed by hand goes on until it is stopped by hand.
	h.do(queue.OpenDay{})
	if _, due := queue.Due(h.state, h.now); due || h.state.Phase != queue.PhaseOpen {
		t.Error("what was resumed by hand was stopped again by the clock")
	}
	h.take("land")
	h.do(queue.StopIssuing{})
	h.refused(queue.Take{Service: "land", Persons: 1, Code: "LATER"}, queue.CodeDayStopped)
	h.kept()
}

// TestServiceHours: a service with hours of its own gives numbers before they
// begin, not after its last, and not on a day on which it is not there.
func TestServiceHours(t *testing.T) {
	h := newHall(t)
	h.config.Hours = workdays()
	h.config.Services[1].Hours = &queue.Hours{Week: []queue.Span{{Days: []queue.Weekday{"mon", "wed", "thu"}, From: "14:00", Until: "16:00"}}}
	homes := func(now string) queue.Availability {
		s, _ := h.config.Service("homes")
		return h.config.ServiceAt(s, at(now))
	}
	for now, want := range map[string]queue.Availability{
		"2026-11-23 09:00": {From: at("2026-11-23 14:30")},
		"2026-11-23 15:00": {},
		"2026-11-23 16:00": {Code: queue.CodeServiceStopped, From: at("2026-11-26 14:30")}, // Wednesday is a holiday
		"2026-11-24 09:00": {Code: queue.CodeServiceOff, From: at("2026-11-26 14:30")},
		"2026-11-24 18:00": {Code: queue.CodeDayStopped, From: at("2026-11-26 08:30")},
	} {
		if got := homes(now); got.Code != want.Code || !got.From.Equal(want.From) {
			t.Errorf("%s: %+v, want %+v", now, got, want)
		}
	}
	h.now = at("2026-11-24 09:00")
	h.refused(queue.Take{Service: "homes", Persons: 1, Code: "X"}, queue.CodeServiceOff)
	h.take("land")
	h.refused(queue.Take{Service: "homes", Persons: 1, Code: "X"}, queue.CodeServiceOff)
}

// TestLeaderReception: numbers for a leader are given on the days of the rota, until the leader leaves.
func TestLeaderReception(t *testing.T) {
	h := newHall(t)
	h.config.LeaderService = "homes"
	h.config.Leaders = []queue.LeaderTurn{
		{Date: "2026-11-26", From: "09:00", Until: "11:30", Post: queue.Text{ZH: "副县长"}, Window: "2"},
		{Date: "2026-11-23", From: "09:00", Until: "11:30", Post: queue.Text{ZH: "县委副书记"}, Window: "2"},
	}
	if err := h.config.Validate(); err != nil {
		t.Fatal(err)
	}
	turn, from, _, found := h.config.LeaderAt(at("2026-11-23 12:00"))
	if !found || turn.Post.ZH != "副县长" || !from.Equal(at("2026-11-26 09:00")) {
		t.Errorf("the next leader is %+v at %s", turn, from)
	}
	h.take("homes") // 08:30, before the leader comes
	h.now = at("2026-11-23 11:31")
	h.refused(queue.Take{Service: "homes", Persons: 1, Code: "X"}, queue.CodeServiceStopped)
	h.do(queue.OpenWindow{Window: "2"})
	if got := h.next("2"); got != "B001" {
		t.Errorf("called %q", got)
	}
	h.now = at("2026-11-24 09:00")
	s, _ := h.config.Service("homes")
	if got := h.config.ServiceAt(s, h.now); got.Code != queue.CodeServiceOff || !got.From.Equal(at("2026-11-26 09:00")) {
		t.Errorf("on a day without a leader: %+v", got)
	}
}

// TestSummerTimeEnds: on the night when the clock is put back, hours are those
// of the wall, the day is one day, and everyone keeps place and promise.
func TestSummerTimeEnds(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	h := newHall(t)
	h.config.TimeZone = "Europe/Berlin"
	h.config.Hours = &queue.Hours{Week: []queue.Span{{Days: []queue.Weekday{"sun"}, From: "01:00", Until: "04:00", IssueUntil: "03:30"}}}
	// 02:30 comes twice on this night: first in summer time, an hour later in winter time.
	h.now = time.Date(2026, 10, 25, 0, 20, 0, 0, time.UTC).In(berlin)
	h.do(queue.OpenWindow{Window: "3"})
	first := h.take("land")
	h.now = h.now.Add(time.Hour) // the same on the wall
	second := h.take("land")
	if first.Arrival.Format("15:04") != second.Arrival.Format("15:04") || !first.Arrival.Before(second.Arrival) {
		t.Fatalf("arrivals %s and %s", first.Arrival, second.Arrival)
	}
	if a, b := h.serve("3"), h.serve("3"); a != first.Number() || b != second.Number() {
		t.Errorf("called %s, then %s", a, b)
	}
	h.now = time.Date(2026, 10, 25, 2, 29, 0, 0, time.UTC).In(berlin) // 03:29 on the wall, the fourth hour
	h.take("land")
	if _, due := queue.Due(h.state, h.now.Add(time.Minute)); !due {
		t.Error("issuing does not stop at half past three of the wall")
	}
	h.kept()
	if h.state.Date != "2026-10-25" {
		t.Errorf("the day is %s", h.state.Date)
	}
}

// TestHallPaused: nobody is called while the whole hall pauses; numbers are given, and all goes on afterwards.
func TestHallPaused(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.take("land")
	h.refused(queue.PauseHall{Reason: "nap"}, queue.CodeReasonUnknown)
	h.do(queue.PauseHall{Reason: queue.PauseMeeting, Until: h.now.Add(time.Hour)})
	if h.state.Shown() != queue.PhasePaused {
		t.Errorf("the phase shown is %s", h.state.Shown())
	}
	h.refused(queue.Next{Window: "3"}, queue.CodeDayPaused)
	h.refused(queue.CallTicket{Window: "3", Ticket: 1, Reason: queue.CallFrail}, queue.CodeDayPaused)
	h.take("land")
	h.do(queue.ResumeHall{})
	if got := h.next("3"); got != "C001" || h.state.Shown() != queue.PhaseOpen {
		t.Errorf("called %q in phase %s", got, h.state.Shown())
	}
	h.kept()
}
