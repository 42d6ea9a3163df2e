package view

import (
	"cmp"
	"time"

	"petitionhall/queue"
)

// Moment is what a view needs beside the state.
type Moment struct {
	Revision uint64
	// Now is the hall's clock.
	Now time.Time
	// Configuration is used until a first day was opened, and again once the
	// last one is over: it is the one the next day starts with.
	Configuration *queue.Configuration
	// Printers are the hub's own, if it has one, and those of kiosks that tell.
	Printers []Printer
	// Help are those at kiosks who ask for a person.
	Help []Help
	// Waits tells what a newcomer is told; nil tells nothing.
	Waits Waits
}

// Waits tells for a service how long a newcomer would wait; nil while too little is known.
type Waits func(queue.ServiceID) *queue.Wait

// configuration is the day's while its date lasts, else that of the day to come.
func (m Moment) configuration(s *queue.State) *queue.Configuration {
	if m.today(s) {
		return s.Configuration
	}
	return m.Configuration
}

// today tells whether the state's day is still the day.
func (m Moment) today(s *queue.State) bool {
	return s.Configuration != nil && (s.Phase != queue.PhaseClosed || s.DateOf(m.Now) <= s.Date)
}

// OfHall shows the whole public state.
func OfHall(s *queue.State, m Moment) Hall {
	c := m.configuration(s)
	h := Hall{Revision: m.Revision, At: m.Now, Phase: string(queue.PhaseClosed), Name: c.Name, TimeZone: c.TimeZone,
		HelpDesk: c.ServiceDesk, KiosksClosed: c.KiosksClosed, Slot: c.Slot, RejoinAfter: c.Rules.RejoinAfter, General: string(c.General),
		Printers: OfPrinters(s, m), Services: []Service{}, Windows: []Window{}, Calls: []Call{}, Notices: []Text{}, Help: []Help{}}
	h.Help = append(h.Help, m.Help...)
	shown := s
	if m.today(s) {
		h.Day, h.Phase = s.Date, string(s.Shown())
		h.Pause = ofPause(s)
	} else {
		shown = queue.NewState() // yesterday's calls and counts are nobody's business today
	}
	counts := shown.Counts()
	for i := range c.Services {
		h.Services = append(h.Services, ofService(shown, c, &c.Services[i], counts, m))
	}
	for i := range c.Windows {
		h.Windows = append(h.Windows, OfWindow(shown, c, &c.Windows[i], m.Now))
	}
	h.Issuing = issuing(shown, c, m.Now)
	h.Leader, h.NextLeader = leaders(c, m.Now)
	h.hang(c)
	for _, call := range shown.Calls() {
		h.Calls = append(h.Calls, OfCall(shown, call, m.Revision))
	}
	h.Notices = append(h.Notices, c.Notices...)
	h.Boards = boards(c)
	return h
}

func ofService(s *queue.State, c *queue.Configuration, service *queue.ServiceConfig, counts map[queue.ServiceID]int, m Moment) Service {
	v := Service{Name: service.Name, FullName: service.FullName, Series: service.Series,
		Discreet: service.Discreet, Topic: service.Topic, Windows: []string{}, ServiceChange: OfService(s, c, service, counts, m.Now)}
	if m.Waits != nil {
		v.Wait = m.Waits(service.ID)
	}
	if v.Topic.Words == nil {
		v.Topic.Words = []string{}
	}
	if service.Discreet {
		return v
	}
	for _, w := range c.WindowsOf(service.ID) {
		v.Windows = append(v.Windows, string(w.ID))
	}
	return v
}

// OfService shows what changes of a service: how many wait, and whether anybody sits there.
func OfService(s *queue.State, c *queue.Configuration, service *queue.ServiceConfig, counts map[queue.ServiceID]int, now time.Time) ServiceChange {
	v := ServiceChange{ID: string(service.ID), Waiting: counts[service.ID], Availability: "closed"}
	v.Issuing, v.From = serviceIssuing(c, service, now)
	for _, w := range c.WindowsOf(service.ID) {
		switch s.Status(w.ID) {
		case queue.StatusClosed:
			switch {
			case v.Availability != "closed":
			case w.Presence == queue.OnCall:
				v.Availability = "oncall"
			case expected(s, c, w, now):
				v.Availability = "open"
			}
		case queue.StatusOnCall:
			if v.Availability == "closed" {
				v.Availability = "oncall"
			}
		case queue.StatusPaused:
			if !v.Staffed {
				v.Availability = "paused"
				if window, ok := s.Window(w.ID); ok {
					v.Until = moment(window.Until)
				}
			}
		default:
			v.Availability, v.Staffed, v.Until = "open", true, nil
		}
	}
	return v
}

// expected tells whether a closed window will open today: by its hours, or
// without any, one that is staffed every day does, until the day ends.
func expected(s *queue.State, c *queue.Configuration, w *queue.WindowConfig, now time.Time) bool {
	if ended := s.Configuration != nil && s.Phase == queue.PhaseClosed; ended {
		return false
	}
	if w.Hours != nil {
		_, today := c.ExpectedAt(w, now)
		return today
	}
	return w.Presence == queue.Resident
}

// onCallBeforeTheDay tells whether somebody would come to a window on call
// although no number was taken yet today: the first one opens the day.
func onCallBeforeTheDay(s *queue.State, c *queue.Configuration, w *queue.WindowConfig, now time.Time) bool {
	if w.Presence != queue.OnCall || s.Configuration != nil || c.HallAt(now).Code == queue.CodeDayOff {
		return false
	}
	_, today := c.ExpectedAt(w, now)
	return w.Hours == nil || today
}

// PublicName is what a window is called where everybody can read it.
func PublicName(c *queue.Configuration, w *queue.WindowConfig) Text {
	if w.PublicName.ZH != "" {
		return w.PublicName
	}
	if s, ok := c.Service(w.Services[0]); ok {
		return s.Name
	}
	return Text{}
}

// OfWindow shows what the public sees of a window.
func OfWindow(s *queue.State, c *queue.Configuration, w *queue.WindowConfig, now time.Time) Window {
	v := Window{ID: string(w.ID), Number: w.Number, Name: PublicName(c, w), Status: string(s.Status(w.ID)), Waiting: s.CountAt(w.ID), OnCallMinutes: w.OnCallMinutes, Room: string(w.Room)}
	if onCallBeforeTheDay(s, c, w, now) {
		v.Status = string(queue.StatusOnCall)
	}
	if v.Status == string(queue.StatusClosed) && expected(s, c, w, now) {
		v.Expected = true
		if from, today := c.ExpectedAt(w, now); today {
			v.From = &from
		}
	}
	window, ok := s.Window(w.ID)
	if !ok {
		return v
	}
	v.Until, v.Reason = moment(window.Until), string(window.Reason)
	if t, ok := s.Ticket(cmp.Or(window.Ticket, window.Joined)); ok {
		number := t.Number()
		v.Ticket = &number
	}
	return v
}

// OfCall shows one call.
func OfCall(s *queue.State, call queue.Call, revision uint64) Call {
	v := Call{Revision: revision, Window: string(call.Window), Times: call.Times, At: call.At}
	if t, ok := s.Ticket(call.Ticket); ok {
		v.Ticket = t.Number()
	}
	ref := Reference(s.Configuration, call.Window)
	v.WindowNumber, v.WindowName, v.Room = ref.Number, ref.Name, ref.Room
	return v
}

// Reference names a window where everybody can read it.
func Reference(c *queue.Configuration, id queue.WindowID) WindowReference {
	w, ok := c.Window(id)
	if !ok {
		return WindowReference{ID: string(id)}
	}
	v := WindowReference{ID: string(id), Number: w.Number, Room: string(w.Room)}
	if !c.Discreet(w) {
		v.Name = PublicName(c, w)
	}
	return v
}
