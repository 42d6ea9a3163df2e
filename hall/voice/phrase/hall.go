package phrase

import (
	"slices"

	"petitionhall/queue"
)

// Hall is what decides which clips a hall needs.
type Hall struct {
	// Series are the letters before its numbers; an empty one for numbers without.
	Series []string
	// Windows are the numbers on its signs.
	Windows []int
	Rooms   []queue.Room
	// Kinds are what it says aloud.
	Kinds []queue.Announcement
	// Closings are the times of day at which it may stop giving numbers.
	Closings []queue.Clock
	// One is how the digit 1 of a ticket is said, as in Options.
	One string
}

// Of reads from a configuration what decides which clips its hall needs.
func Of(c *queue.Configuration) Hall {
	h := Hall{}
	if c.Voice != nil {
		h.One = c.Voice.One
	}
	for i := range c.Services {
		h.Series = append(h.Series, c.Services[i].Series)
	}
	for i := range c.Windows {
		if w := &c.Windows[i]; w.Room != "" {
			h.Rooms = append(h.Rooms, w.Room)
		} else {
			h.Windows = append(h.Windows, w.Number)
		}
	}
	for _, kind := range queue.Announcements() {
		if c.Voice.Says(kind) {
			h.Kinds = append(h.Kinds, kind)
		}
	}
	h.Closings = closings(c.Hours)
	return h
}

// closings are all times of day at which hours let issuing stop.
func closings(hours *queue.Hours) (times []queue.Clock) {
	if hours == nil {
		return nil
	}
	spans := slices.Clone(hours.Week)
	for _, d := range hours.Dates {
		spans = append(spans, d.Spans...)
	}
	for _, s := range spans {
		if s.IssueUntil != "" {
			times = append(times, s.IssueUntil)
		} else {
			times = append(times, s.Until)
		}
	}
	return times
}

// Needed lists the clips without which a hall cannot say all it may have to, in
// the order in which they are best read. It is what the page that records a voice
// asks for. What is no window, room or time of day is left out.
func Needed(lang string, h Hall) []Clip {
	used := map[string]bool{}
	for _, a := range h.announcements() {
		line, err := Say(lang, a, Options{One: h.One})
		if err != nil {
			continue
		}
		for _, step := range line.Clips {
			used[step.Clip] = true
		}
	}
	return slices.DeleteFunc(Clips(lang), func(c Clip) bool { return !used[c.Name] })
}

// announcements are enough of what a hall may say to use every clip that it needs.
func (h *Hall) announcements() []Announcement {
	var all []Announcement
	for _, kind := range h.Kinds {
		need := kinds[kind]
		tickets, places, times := []string{""}, []Announcement{{}}, []queue.Clock{""}
		if need.ticket {
			tickets = nil
			for _, series := range h.Series {
				tickets = append(tickets, series+"0123456789")
			}
		}
		if need.place {
			places = h.places()
		}
		if need.at {
			times = h.times(kind)
		}
		if len(tickets) == 0 || len(places) == 0 || len(times) == 0 {
			continue
		}
		// What is said of a place does not hang on the ticket: each need only come up once.
		for i := range max(len(tickets), len(places), len(times)) {
			place := places[i%len(places)]
			all = append(all, Announcement{Kind: kind, Ticket: tickets[i%len(tickets)], Window: place.Window, Room: place.Room, At: times[i%len(times)]})
		}
	}
	return all
}

func (h *Hall) places() (all []Announcement) {
	for _, n := range h.Windows {
		all = append(all, Announcement{Window: n})
	}
	for _, room := range h.Rooms {
		all = append(all, Announcement{Room: room})
	}
	return all
}

func (h *Hall) times(kind queue.Announcement) []queue.Clock {
	if kind == queue.SayLeader {
		return []queue.Clock{"09:00", "15:00"}
	}
	return h.Closings
}
