package view

import (
	"time"

	"petitionhall/queue"
)

// issuing tells whether the hall gives numbers, and when next.
func issuing(s *queue.State, c *queue.Configuration, now time.Time) Issuing {
	at := c.HallAt(now)
	switch {
	case s.Configuration != nil && s.Phase != queue.PhaseOpen: // stopped by hand, or the day is closed
		at = queue.Availability{Code: queue.CodeDayStopped, From: c.NextDay(now)}
	case s.Extended, at.Code == "":
		return Issuing{State: "open"}
	}
	return Issuing{State: issuingStates[at.Code], From: moment(at.From)}
}

var issuingStates = map[queue.Code]string{"": "open", queue.CodeDayEarly: "early", queue.CodeDayOff: "off", queue.CodeDayStopped: "stopped",
	queue.CodeServiceOff: "off", queue.CodeServiceStopped: "stopped"}

// serviceIssuing tells what a service's own hours say, beside those of the hall.
func serviceIssuing(c *queue.Configuration, service *queue.ServiceConfig, now time.Time) (state string, from *time.Time) {
	at := c.ServiceAt(service, now)
	if at.Code == queue.CodeServiceOff || at.Code == queue.CodeServiceStopped {
		return issuingStates[at.Code], moment(at.From)
	}
	if at.Code == "" {
		return "", moment(at.From)
	}
	return "", nil // the hall's own hours say it
}

func ofPause(s *queue.State) *Pause {
	if s.Paused == nil {
		return nil
	}
	return &Pause{Reason: string(s.Paused.Reason), Until: moment(s.Paused.Until)}
}

// leaders are the one who receives today, if any is left today, and the next of a later day.
func leaders(c *queue.Configuration, now time.Time) (today, next *Leader) {
	show := func(now time.Time) (*Leader, bool) {
		t, from, until, found := c.LeaderAt(now)
		return &Leader{Post: t.Post, Name: t.Name, From: from, Until: until, Window: string(t.Window), Service: string(c.LeaderService)}, found
	}
	y, m, d := now.Date()
	tomorrow := time.Date(y, m, d+1, 0, 0, 0, 0, now.Location())
	if l, found := show(now); found && l.From.Before(tomorrow) {
		today = l
	}
	if l, found := show(tomorrow); found {
		next = l
	}
	return today, next
}
