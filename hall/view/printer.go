package view

import "petitionhall/queue"

// maxUnconfirmed is how many slips a printer's list has at most: it is for
// whoever stands there now, not a record.
const maxUnconfirmed = 5

// OfPrinters shows how the printers are, each with the slips that its visitors
// may not have got.
func OfPrinters(s *queue.State, m Moment) []Printer {
	shown := make([]Printer, len(m.Printers))
	for i, p := range m.Printers {
		p.Unconfirmed = []UnconfirmedSlip{}
		if m.today(s) {
			p.Unconfirmed = unconfirmed(s, p.ID)
		}
		shown[i] = p
	}
	return shown
}

func unconfirmed(s *queue.State, printer string) []UnconfirmedSlip {
	slips := []UnconfirmedSlip{}
	for _, id := range s.Unconfirmed(printer, maxUnconfirmed) {
		t, _ := s.Ticket(id.Ticket)
		p, _ := s.Job(id)
		slips = append(slips, UnconfirmedSlip{Job: s.JobRef(id), Ticket: s.Ref(t.ID), Number: t.Number(), State: string(p.State), Reason: p.Reason})
	}
	return slips
}

// OfSlipKind is what a slip is for, as other programs see it.
func OfSlipKind(k queue.SlipKind) string {
	if k == queue.SlipTicket {
		return "ticket"
	}
	return string(k)
}

// SlipKind is the kind of that name; an empty name is a ticket's.
func SlipKind(name string) queue.SlipKind {
	if name == "ticket" {
		return queue.SlipTicket
	}
	return queue.SlipKind(name)
}
