package simulate

import (
	"fmt"

	"petitionhall/queue"
)

// plainHall has so many windows, each with a service of its own; shared, each takes its
// neighbour's as well, after its own.
func plainHall(windows int, shared bool) *queue.Configuration {
	c := &queue.Configuration{Name: queue.Text{ZH: "试用大厅"}, TimeZone: "Asia/Shanghai", Slot: "below", General: "s1",
		Rules: queue.Rules{RecallSeconds: 10, MissCalls: 3, MissSeconds: 60, RejoinAfter: 3, PriorityRun: 2, KeepDays: 30}}
	for i := range windows {
		id := queue.ServiceID(fmt.Sprint("s", i+1))
		c.Services = append(c.Services, queue.ServiceConfig{ID: id, Name: queue.Text{ZH: string(id)}, Series: string(rune('A' + i%26))})
		w := queue.WindowConfig{ID: queue.WindowID(fmt.Sprint(i + 1)), Number: i + 1, Services: []queue.ServiceID{id}, Presence: queue.Resident}
		if shared {
			w.Services = append(w.Services, queue.ServiceID(fmt.Sprint("s", (i+1)%windows+1)))
		}
		c.Windows = append(c.Windows, w)
	}
	return c
}

// Kinds are the kinds of days on which the rules are tried, and on which the
// waits that are told are held against the usual estimators: a steady day of one
// window with the right typed average; bursts; much priority; windows that pause;
// windows that share services; and all of it at once, with windows that open late
// and close early, and a typed average that is off by a third.
func Kinds() map[string]*Scenario {
	load := func(c *queue.Configuration, arrivals float64) *Scenario {
		s := &Scenario{Configuration: c, Services: map[queue.ServiceID]Service{}, Arrivals: make([]float64, 16)}
		for i := range c.Services {
			s.Services[c.Services[i].ID] = Service{Share: 1, Minutes: 10, Spread: 0.6}
		}
		for i := range s.Arrivals {
			s.Arrivals[i] = arrivals
		}
		return s
	}
	steady := load(plainHall(1, false), 2.6)
	mixed := load(plainHall(6, true), 12)
	mixed.Priority, mixed.NoShow, mixed.Back, mixed.Transfer, mixed.Hold, mixed.Pauses = 0.15, 0.08, 0.5, 0.08, 0.03, 2
	mixed.Variation, mixed.TypedMinutes = 0.15, 6.7
	mixed.Bursts = []Burst{{At: 10 * 60, Service: "s2", Count: 12, Share: 0.5}, {At: 14 * 60, Service: "s4", Count: 10, Share: 0.5}}
	mixed.Shifts = map[queue.WindowID]Shift{"5": {10 * 60, 15 * 60}, "6": {9 * 60, 12 * 60}}
	bursts := load(plainHall(3, false), 4)
	bursts.Bursts = []Burst{{At: 600, Service: "s1", Count: 15}, {At: 840, Service: "s2", Count: 15}}
	priority := load(plainHall(2, true), 5.2)
	priority.Priority = 0.3
	pauses := load(plainHall(4, true), 8)
	pauses.Pauses, pauses.PauseMinutes = 3, 15
	shared := load(plainHall(6, true), 15)
	return map[string]*Scenario{"steady": steady, "mixed": mixed, "bursts": bursts, "priority": priority, "pauses": pauses, "shared": shared}
}
