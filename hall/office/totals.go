package office

import (
	"fmt"

	"petitionhall/queue"
	"petitionhall/queue/figures"
	"petitionhall/queue/forecast"
)

// Figures count tickets, by the definitions that every report prints.
type Figures = figures.Counts

// Totals sum up a day. They stay when its tickets are purged, so they hold all
// that a report of that day, or of its year, may ever need.
type Totals struct {
	// Date is the day's, as 2006-01-02.
	Date string `json:"date"`
	// Epoch tells apart the days of that date before and after the hall was restored from a backup.
	Epoch int `json:"epoch"`
	Figures
	// Services are the same figures by the service that the number was taken for.
	Services map[queue.ServiceID]ServiceTotals `json:"services"`
	// FirstWindows are the same figures by the window that called first (首接); a
	// ticket that was never called is in none, so the sum of their Served, not of their Issued, is the day's.
	FirstWindows map[queue.WindowID]Figures `json:"firstWindows"`
	// Waits is how often the told ranges held. Days of earlier programs have none.
	Waits *WaitTotals `json:"waits,omitempty"`
}

// WaitTotals say what became of the waits that visitors were told.
type WaitTotals struct {
	// Told are the ranges whose waits are known, Held those that held: 80 of 100 are promised.
	Told int `json:"told"`
	Held int `json:"held"`
	// AtOnce were told that it is their turn as good as at once; they are in neither.
	AtOnce int `json:"atOnce"`
	// Learned is what the next day begins with.
	Learned *queue.WaitRecord `json:"learned,omitempty"`
}

// ServiceTotals are the figures of one service, and how long it took. Empty
// minutes at the end of a histogram are left off; Bins-1 is its last possible index.
type ServiceTotals struct {
	Figures
	// WaitMinutes are from the issue to the first call (等候时长).
	WaitMinutes queue.Histogram `json:"waitMinutes"`
	// ServiceMinutes are from the start to the close (办理时长), of the tickets
	// that ended here, also of those sent on from another service.
	ServiceMinutes queue.Histogram `json:"serviceMinutes"`
	// OccupiedMinutes are from the call until the window could call the next one,
	// from which waits are foretold. Days of earlier programs have none.
	OccupiedMinutes queue.Histogram `json:"occupiedMinutes,omitempty"`
}

// Bins is the length of a full histogram.
const Bins = figures.Bins

// TotalsOf sums up a day, closed or still open.
func TotalsOf(s *queue.State) Totals {
	t := Totals{Date: s.Date, Epoch: s.Epoch, Services: map[queue.ServiceID]ServiceTotals{}, FirstWindows: map[queue.WindowID]Figures{}}
	for _, ticket := range s.Tickets() {
		one := figures.CountsOf(ticket)
		t.Figures = t.Plus(one)
		asked := t.Services[ticket.Asked]
		asked.Figures = asked.Plus(one)
		if !ticket.FirstCalledAt.IsZero() {
			asked.WaitMinutes = figures.NoteMinutes(asked.WaitMinutes, ticket.FirstCalledAt.Sub(ticket.Arrival))
		}
		t.Services[ticket.Asked] = asked
		if d, ok := figures.ServiceTime(s, ticket); ok {
			ended := t.Services[ticket.Service]
			ended.ServiceMinutes = figures.NoteMinutes(ended.ServiceMinutes, d)
			t.Services[ticket.Service] = ended
		}
		if ticket.FirstWindow != "" {
			t.FirstWindows[ticket.FirstWindow] = t.FirstWindows[ticket.FirstWindow].Plus(one)
		}
	}
	if r := forecast.RecordOf(s); r.Told+r.AtOnce > 0 || s.Waits != nil {
		t.Waits = &WaitTotals{Told: r.Told, Held: r.Held, AtOnce: r.AtOnce, Learned: r.Learned()}
	}
	for _, o := range forecast.Today(s) {
		service := t.Services[o.Service]
		service.OccupiedMinutes = figures.NoteMinutes(service.OccupiedMinutes, o.Took)
		t.Services[o.Service] = service
	}
	return t
}

// Check holds the figures against each other: the two check lines that stand
// under every report, for the day, each service and each first window, and that
// the parts add up to the day. The error names what does not.
func (t Totals) Check() error {
	if err := addUp(t.Figures, "the day"); err != nil {
		return err
	}
	services, windows := Figures{}, 0
	for id, s := range t.Services {
		if err := addUp(s.Figures, "service "+string(id)); err != nil {
			return err
		}
		services = services.Plus(s.Figures)
	}
	for id, w := range t.FirstWindows {
		if err := addUp(w, "first window "+string(id)); err != nil {
			return err
		}
		windows += w.Served
	}
	switch {
	case services != t.Figures:
		return fmt.Errorf("the services add up to %+v, the day is %+v", services, t.Figures)
	case windows != t.Served:
		return fmt.Errorf("the first windows add up to %d served, the day has %d", windows, t.Served)
	}
	return nil
}

func addUp(f Figures, of string) error {
	switch {
	case !f.IssuedAddsUp():
		return fmt.Errorf("%s: %d issued, but %d ended or open", of, f.Issued, f.Done+f.Cancelled+f.Left+f.Deferred+f.Open)
	case !f.ServedAddsUp():
		return fmt.Errorf("%s: %d served, but %d with an outcome or open", of, f.Served, f.Resolved+f.Referred+f.Unrecorded+f.StartedOpen)
	}
	return nil
}
