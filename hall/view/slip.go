package view

import (
	"petitionhall/printer"
	"petitionhall/queue"
)

// OfSlip says what a ticket's slip reads. It is the only place where a ticket
// becomes paper, for the hub's own printer and for a kiosk's alike.
func OfSlip(s *queue.State, t *queue.Ticket, job queue.JobID, track string) printer.Slip {
	c := s.Configuration
	slip := printer.Slip{Kind: printer.KindTicket, Hall: c.Name.ZH, Number: t.Number(), Windows: []printer.Window{}, Ahead: s.Ahead(t),
		Persons: t.Persons, IssuedAt: t.Arrival, Track: track, Language: t.Language, Reprint: t.Repeats(job.Attempt),
		RejoinAfter: c.Rules.RejoinAfter, ServiceDesk: c.ServiceDesk.ZH != ""}
	for _, ref := range calling(s, t) {
		slip.Windows = append(slip.Windows, ofSlipWindow(ref))
	}
	if t.Wait != nil {
		slip.Wait = &printer.Wait{Low: t.Wait.Low, High: t.Wait.High}
	}
	if p, ok := s.Job(job); ok {
		ofKind(&slip, c, t, *p)
	}
	return slip
}

// ofSlipWindow names a window on paper, or the room that it is.
func ofSlipWindow(ref WindowReference) printer.Window {
	w := printer.Window{Number: ref.Number, Name: ref.Name.ZH}
	if room, ok := roomNames[ref.Room]; ok {
		w.Room, w.RoomEN = room.ZH, room.EN
	}
	return w
}

// ofKind makes of a ticket's slip what the job asks for.
func ofKind(slip *printer.Slip, c *queue.Configuration, t *queue.Ticket, p queue.Print) {
	slip.Large = p.Large
	switch p.Slip {
	case queue.SlipTicket:
	case queue.SlipTransfer:
		slip.Kind = printer.KindTransfer
	case queue.SlipOutcome:
		slip.Kind, slip.Referred = printer.KindOutcome, t.Outcome == queue.Referred
		if to, ok := c.Service(p.To); ok && !to.Discreet {
			slip.ReferredTo = to.FullName.ZH
			if slip.ReferredTo == "" {
				slip.ReferredTo = to.Name.ZH
			}
		}
	}
}
