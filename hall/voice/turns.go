package voice

import (
	"slices"
	"strconv"
	"time"

	"petitionhall/hall/view"
	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// hearers are who can say something now.
type hearers struct {
	boards []string // ids, each once
	hub    bool
}

func (h hearers) any() bool { return len(h.boards) > 0 || h.hub }

// hearers finds out who can say something. A board counts whose sound is on and
// which the configuration lets speak; the hub's loudspeaker, unless it has just failed.
func (a *Announcer) hearers(settings *queue.VoiceConfig) (w hearers) {
	allowed := a.speaking()
	for _, id := range a.Screens.Speakers() {
		if slices.Contains(allowed, id) && !slices.Contains(w.boards, id) {
			w.boards = append(w.boards, id)
		}
	}
	slices.Sort(w.boards)
	w.hub = settings.Speaker != "" && a.speaker.usable(settings.Speaker, a.elapsed())
	return w
}

// speaking are the boards that should speak, by the configuration in force.
func (a *Announcer) speaking() []string {
	c, _ := a.Hall.Configuration()
	return view.SpeakingBoards(c)
}

// turns answers the queue when a turn has come, and keeps what is to be said.
// The caller holds mu.
type turns struct {
	*Announcer
	settings *queue.VoiceConfig
	who      hearers
	made     *announcement
}

// Heard tells whether somebody can say something now.
func (t *turns) Heard() bool { return t.who.any() }

// Lasts is how long a turn takes. What it takes is kept in made.
func (t *turns) Lasts(turn speak.Turn) time.Duration {
	t.made = t.compose(turn, t.settings, t.who)
	t.made.ID = t.prefix + "-" + strconv.Itoa(t.serial+1)
	return t.made.lasts
}

// Holds tells whether an item still holds.
func (t *turns) Holds(i speak.Item, age time.Duration) (holds bool) {
	if !t.settings.Says(i.Kind) {
		return false
	}
	now := t.Hall.Clock()
	t.Hall.View(func(s *queue.State, _ journal.Revision) {
		if s.Configuration == nil || s.Date != i.Day {
			return
		}
		switch {
		case i.Ticket != 0:
			holds = ticketHolds(s, i, age)
		case i.Window != "":
			holds = windowHolds(s, i)
		default:
			holds = noticeHolds(s, i, now)
		}
	})
	return holds
}

// ticketHolds tells whether what is to be said of a ticket is still so.
func ticketHolds(s *queue.State, i speak.Item, age time.Duration) bool {
	t, ok := s.Ticket(i.Ticket)
	if !ok {
		return false
	}
	switch i.Kind {
	case queue.SayPreCall:
		return t.State == queue.Waiting
	case queue.SayMissed:
		return t.State == queue.Missed && t.Window == i.Window
	case queue.SayTransfer:
		return t.State == queue.Waiting && t.Transferred
	default:
		return callHolds(s, t, i, age)
	}
}

// callHolds tells whether a number is still being called, by this very call. At a
// window where the call counts as the start it is served at once, which says
// nothing of whether anybody came: such a call holds for as long as one is news.
func callHolds(s *queue.State, t *queue.Ticket, i speak.Item, age time.Duration) bool {
	if t.Window != i.Window || !i.Since.IsZero() && !t.CalledAt.Equal(i.Since) {
		return false
	}
	w, ok := s.Configuration.Window(i.Window)
	atOnce := ok && w.StartAtCall && t.State == queue.Serving && t.StartedAt.Equal(t.CalledAt) && i.Kind == queue.SayCall
	return t.State == queue.Called || atOnce && age <= speak.Validity
}

// windowHolds tells whether what is to be said of a window is still so.
func windowHolds(s *queue.State, i speak.Item) bool {
	w, ok := s.Window(i.Window)
	if !ok {
		return false
	}
	switch i.Kind {
	case queue.SayPause:
		return w.Open && w.Paused
	case queue.SayStaff:
		return !w.Open && s.CountAt(i.Window) > 0
	default: // it opened, or its pause is over
		return w.Open && !w.Paused
	}
}

// noticeHolds tells whether what is to be said of the whole hall is still so.
func noticeHolds(s *queue.State, i speak.Item, now time.Time) bool {
	switch i.Kind {
	case queue.SayClosed:
		return s.Phase == queue.PhaseStopped
	case queue.SayClosingSoon:
		return s.Phase == queue.PhaseOpen && now.Before(i.Since)
	case queue.SayLeader, queue.SayMorning:
		return s.Phase == queue.PhaseOpen
	default:
		return s.Phase != queue.PhaseClosed
	}
}
