package voice

import (
	"cmp"
	"time"

	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// closingSoon is how long before issuing stops it is said, unless the hall decides otherwise.
const closingSoon = 30

// watch asks for what the clock brings about, each once. The first time, what is
// so already is taken as said: a hub that starts again in the middle of the
// morning does not wish anybody a good one. The caller holds mu.
func (a *Announcer) watch(first bool) {
	now, settings := a.Hall.Clock(), a.settings()
	var asked []speak.Item
	a.Hall.View(func(s *queue.State, _ journal.Revision) {
		if s.Phase != queue.PhaseOpen || s.DateOf(now) != s.Date {
			return
		}
		asked = append(asked, morning(s, now)...)
		asked = append(asked, closes(s, now, cmp.Or(settings.ClosingSoonMinutes, closingSoon))...)
		asked = append(asked, leader(s, now)...)
	})
	if len(a.due) > maxDue {
		clear(a.due)
	}
	for _, i := range asked {
		key := string(i.Kind) + a.today.date + i.Since.Format(time.RFC3339)
		if a.due[key] {
			continue
		}
		a.due[key] = true
		if !first {
			a.ask(i)
		}
	}
}

// maxDue is more than a day brings about.
const maxDue = 1000

// morning greets once a day, when numbers are given for the first time before noon.
func morning(s *queue.State, now time.Time) []speak.Item {
	const noon = 12
	if now.Hour() >= noon || s.Configuration.HallAt(now).Code != "" {
		return nil
	}
	return []speak.Item{{Kind: queue.SayMorning}}
}

// closes tells that issuing stops so many minutes from now, or sooner.
func closes(s *queue.State, now time.Time, minutes int) []speak.Item {
	stop, ok := s.Configuration.StopsAt(now)
	if !ok || s.Extended || !now.Before(stop) || now.Before(stop.Add(-time.Duration(minutes)*time.Minute)) {
		return nil
	}
	return []speak.Item{{Kind: queue.SayClosingSoon, Since: stop}}
}

// leader tells that a leader receives from now on, while numbers are given for it.
func leader(s *queue.State, now time.Time) []speak.Item {
	_, from, until, found := s.Configuration.LeaderAt(now)
	if !found || now.Before(from) || !now.Before(until) {
		return nil
	}
	service, ok := s.Configuration.Service(s.Configuration.LeaderService)
	if !ok || s.Configuration.ServiceAt(service, now).Code != "" {
		return nil
	}
	return []speak.Item{{Kind: queue.SayLeader, Since: from}}
}
