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
		Persons: t.Persons, IssuedAt: t.Arrival, Track: track, Language: t.Language, Reprint: job.Attempt > 1,
		RejoinAfter: c.Rules.RejoinAfter, ServiceDesk: c.ServiceDesk.ZH != ""}
	for _, ref := range calling(s, t) {
		slip.Windows = append(slip.Windows, printer.Window{Number: ref.Number, Name: ref.Name.ZH})
	}
	if t.Wait != nil {
		slip.Wait = &printer.Wait{Low: t.Wait.Low, High: t.Wait.High}
	}
	return slip
}
