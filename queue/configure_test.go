package queue_test

import (
	"errors"
	"slices"
	"testing"

	"petitionhall/queue"
)

func asError(err error, into **queue.Error) bool { return errors.As(err, into) }

// without is the tests' configuration less a service.
func without(id queue.ServiceID) *queue.Configuration {
	c := configuration()
	c.Services = slices.DeleteFunc(c.Services, func(s queue.ServiceConfig) bool { return s.ID == id })
	for i := range c.Windows {
		c.Windows[i].Services = slices.DeleteFunc(c.Windows[i].Services, func(s queue.ServiceID) bool { return s == id })
	}
	c.Windows = slices.DeleteFunc(c.Windows, func(w queue.WindowConfig) bool { return len(w.Services) == 0 })
	return c
}

// TestServiceGoes: those who wait for a service that goes are received at the
// general window, in the order in which they came; nothing else changes for anybody.
func TestServiceGoes(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"1", "3", "4"} {
		h.do(queue.OpenWindow{Window: w})
	}
	h.take("homes")
	h.take("general")
	h.take("homes", priority)
	land := h.take("land")
	h.do(queue.CallTicket{Window: "4", Ticket: land.ID, Reason: queue.CallFrail})
	h.do(queue.ApplyConfiguration{Configuration: without("homes")})
	if w, ok := h.state.Window("2"); ok {
		t.Errorf("window 2 is still there: %+v", w)
	}
	if w, _ := h.state.Window("4"); w.Ticket == 0 {
		t.Error("window 4 lost its number")
	}
	h.refused(queue.Take{Service: "homes", Persons: 1, Code: "X"}, queue.CodeServiceUnknown)
	got := []string{h.serve("1"), h.serve("1"), h.serve("1"), h.serve("1")}
	if want := []string{"B002", "B001", "A001", ""}; !slices.Equal(got, want) {
		t.Errorf("the general window called %q, want %q", got, want)
	}
	h.kept()
}

// TestWindowGoes: a window with a number stays; one that holds, missed or was
// sent numbers leaves them to the service.
func TestWindowGoes(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"1", "3", "4"} {
		h.do(queue.OpenWindow{Window: w})
	}
	c := configuration()
	c.Windows = c.Windows[:3]
	held := h.take("land")
	h.next("4")
	if _, err := h.try(queue.Command{Action: queue.ApplyConfiguration{Configuration: c}}); queue.CodeOf(err) != queue.CodeWindowInUse {
		t.Fatalf("a window with a number went: %v", err)
	}
	h.do(queue.Hold{Window: "4"})
	h.take("land")
	missed := h.miss("4")
	sent := h.take("general")
	h.next("1")
	h.do(queue.Transfer{Window: "1", To: "4"})
	h.do(queue.ApplyConfiguration{Configuration: c})
	h.do(queue.Rejoin{Ticket: missed.ID})
	got := []string{h.serve("3"), h.serve("3"), h.serve("3"), h.serve("3")}
	if want := []string{held.Number(), sent.Number(), missed.Number(), ""}; !slices.Equal(got, want) {
		t.Errorf("window 3 called %q, want %q", got, want)
	}
	h.kept()
}

// TestSpecialWindow: a window is opened in the middle of the day and closed again.
func TestSpecialWindow(t *testing.T) {
	h := newHall(t)
	h.take("land")
	c := configuration()
	c.Windows = append(c.Windows, queue.WindowConfig{ID: "special", Number: 21, Services: []queue.ServiceID{"land"}, Presence: queue.Resident})
	h.do(queue.ApplyConfiguration{Configuration: c})
	h.do(queue.OpenWindow{Window: "special"})
	if got := h.serve("special"); got != "C001" {
		t.Errorf("the special window called %q", got)
	}
	h.do(queue.CloseWindow{Window: "special"})
	h.do(queue.ApplyConfiguration{Configuration: configuration()})
	h.refused(queue.OpenWindow{Window: "special"}, queue.CodeWindowUnknown)
	h.kept()
}

// TestRulesWaitForTomorrow: who stands in line was promised a turn by the day's rules.
func TestRulesWaitForTomorrow(t *testing.T) {
	h := newHall(t)
	h.take("land")
	c := configuration()
	c.Rules.PriorityRun, c.TimeZone = 5, "Europe/Berlin"
	if events := h.do(queue.ApplyConfiguration{Configuration: c}); len(events) != 0 {
		t.Errorf("a change of rules alone made %v happen", events[0].Type)
	}
	c.Name.ZH = "新的名字"
	h.do(queue.ApplyConfiguration{Configuration: c})
	now := h.state.Configuration
	if now.Name.ZH != "新的名字" || now.Rules.PriorityRun != 2 || now.TimeZone != "Asia/Shanghai" {
		t.Errorf("in force are %q, k = %d, %s", now.Name.ZH, now.Rules.PriorityRun, now.TimeZone)
	}
	h.kept()
}

// TestBadConfiguration: a fault is told with its exact path, and changes nothing.
func TestBadConfiguration(t *testing.T) {
	week := func(spans ...queue.Span) *queue.Hours { return &queue.Hours{Week: spans} }
	monday := []queue.Weekday{"mon"}
	for path, spoil := range map[string]func(c *queue.Configuration){
		"name.zh":                  func(c *queue.Configuration) { c.Name.ZH = "" },
		"services":                 func(c *queue.Configuration) { c.Services = nil },
		"services[1].id":           func(c *queue.Configuration) { c.Services[1].ID = "general" },
		"services[2].name.zh":      func(c *queue.Configuration) { c.Services[2].Name.ZH = "" },
		"windows":                  func(c *queue.Configuration) { c.Windows = nil },
		"windows[3].services[1]":   func(c *queue.Configuration) { c.Windows[3].Services[1] = "moon" },
		"windows[2].id":            func(c *queue.Configuration) { c.Windows[2].ID = "1" },
		"windows[0].onCallMinutes": func(c *queue.Configuration) { c.Windows[0].OnCallMinutes = 900 },
		"services[0].id":           func(c *queue.Configuration) { c.Windows = c.Windows[1:] },
		"hours.week[1]": func(c *queue.Configuration) {
			c.Hours = week(queue.Span{Days: monday, From: "08:00", Until: "12:00"}, queue.Span{Days: monday, From: "11:59", Until: "13:00"})
		},
		"hours.week[0].from": func(c *queue.Configuration) {
			c.Hours = week(queue.Span{Days: monday, From: "8 o'clock", Until: "12:00"})
		},
		"hours.week[0].until": func(c *queue.Configuration) { c.Hours = week(queue.Span{Days: monday, From: "12:00", Until: "08:00"}) },
		"hours.week[0].issueUntil": func(c *queue.Configuration) {
			c.Hours = week(queue.Span{Days: monday, From: "08:00", Until: "12:00", IssueUntil: "12:01"})
		},
		"hours.week[0].days": func(c *queue.Configuration) { c.Hours = week(queue.Span{From: "08:00", Until: "12:00"}) },
		"hours.week[0].days[1]": func(c *queue.Configuration) {
			c.Hours = week(queue.Span{Days: []queue.Weekday{"mon", "mon"}, From: "08:00", Until: "12:00"})
		},
		"hours.dates[0].date": func(c *queue.Configuration) { c.Hours = &queue.Hours{Dates: []queue.DateHours{{Date: "2026-02-30"}}} },
		"services[1].hours.week[0].from": func(c *queue.Configuration) {
			c.Services[1].Hours = week(queue.Span{Days: monday, From: "25:00", Until: "26:00"})
		},
		"windows[2].hours.week[0].from": func(c *queue.Configuration) {
			c.Windows[2].Hours = week(queue.Span{Days: monday, From: "", Until: "10:00"})
		},
		"leaderService": func(c *queue.Configuration) { c.LeaderService = "moon" },
		"leaders[0].window": func(c *queue.Configuration) {
			c.LeaderService, c.Leaders = "homes", []queue.LeaderTurn{{Date: "2026-11-23", From: "09:00", Until: "10:00", Post: queue.Text{ZH: "县长"}, Window: "3"}}
		},
		"leaders[1]": func(c *queue.Configuration) {
			turn := queue.LeaderTurn{Date: "2026-11-23", From: "09:00", Until: "10:00", Post: queue.Text{ZH: "县长"}, Window: "2"}
			c.LeaderService, c.Leaders = "homes", []queue.LeaderTurn{turn, turn}
		},
	} {
		h := newHall(t)
		h.take("land")
		c := configuration()
		spoil(c)
		before := h.state.Digest()
		_, err := h.try(queue.Command{Action: queue.ApplyConfiguration{Configuration: c}})
		refusal := new(queue.Error)
		if !asError(err, &refusal) || refusal.Code != queue.CodeConfiguration || refusal.Path != path {
			t.Errorf("%s: got %v", path, err)
		}
		if h.state.Digest() != before {
			t.Errorf("%s: the day changed all the same", path)
		}
	}
	many := configuration()
	for i := range 10_000 {
		many.Windows = append(many.Windows, queue.WindowConfig{ID: queue.WindowID(string(rune(0x4e00 + i))), Number: 1 + i%999, Services: []queue.ServiceID{"land"}, Presence: queue.Resident})
	}
	if err := many.Validate(); queue.CodeOf(err) != queue.CodeConfiguration {
		t.Errorf("10,000 windows: %v", err)
	}
}

// TestWindowTakesOtherThings: what was sent by name to a window that no longer
// takes it waits for those who do.
func TestWindowTakesOtherThings(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"1", "3", "4"} {
		h.do(queue.OpenWindow{Window: w})
	}
	sent := h.take("general")
	h.next("1")
	h.do(queue.Transfer{Window: "1", To: "4"})
	c := configuration()
	c.Windows[3].Services = []queue.ServiceID{"homes"}
	h.do(queue.ApplyConfiguration{Configuration: c})
	if got := h.next("4"); got != "" {
		t.Errorf("window 4 called %s", got)
	}
	if got := h.next("3"); got != sent.Number() {
		t.Errorf("window 3 called %q, want %s", got, sent.Number())
	}
	h.kept()
}

// TestNoUndoAcrossConfigurations: what a call counted was counted by the services
// and the order of before, so it cannot be taken back by those of after.
func TestNoUndoAcrossConfigurations(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "4"})
	h.take("homes")
	h.take("land")
	h.next("4") // land before homes: the one for homes is passed over
	c := configuration()
	c.Windows[3].Services = []queue.ServiceID{"homes", "land"}
	h.do(queue.ApplyConfiguration{Configuration: c})
	h.refused(queue.Undo{Window: "4"}, queue.CodeUndoNothing)
	h.kept()
}
