package office

import (
	"fmt"
	"math"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/forecast"
)

// Figures count tickets, by the definitions that every report prints.
type Figures struct {
	// Issued are the numbers taken (取号量).
	Issued int `json:"issued"`
	// Done, Cancelled, Left and Deferred are how they ended; Open have not ended, which a closed day has none of.
	Done      int `json:"done"`
	Cancelled int `json:"cancelled"`
	Left      int `json:"left"`
	Deferred  int `json:"deferred"`
	Open      int `json:"open,omitempty"`
	// Served are the tickets that were ever started, each once (接待批次), and Persons the people of these (接待人次).
	Served  int `json:"served"`
	Persons int `json:"persons"`
	// Resolved (现场答复解决), Referred (交（转）办) and Unrecorded (未填结果) are the
	// outcomes of the served; StartedOpen are served and have not ended.
	Resolved    int `json:"resolved"`
	Referred    int `json:"referred"`
	Unrecorded  int `json:"unrecorded"`
	StartedOpen int `json:"startedOpen,omitempty"`
}

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

// Bins is the length of a full histogram: minutes 0 to 239, and 240 for as long or longer.
const Bins = 241

// TotalsOf sums up a day, closed or still open.
func TotalsOf(s *queue.State) Totals {
	t := Totals{Date: s.Date, Epoch: s.Epoch, Services: map[queue.ServiceID]ServiceTotals{}, FirstWindows: map[queue.WindowID]Figures{}}
	for _, ticket := range s.Tickets() {
		one := figuresOf(ticket)
		t.Figures = t.plus(one)
		asked := t.Services[ticket.Asked]
		asked.Figures = asked.plus(one)
		if !ticket.FirstCalledAt.IsZero() {
			asked.WaitMinutes = note(asked.WaitMinutes, ticket.FirstCalledAt.Sub(ticket.Arrival))
		}
		t.Services[ticket.Asked] = asked
		if d, ok := serviceTime(s, ticket); ok {
			ended := t.Services[ticket.Service]
			ended.ServiceMinutes = note(ended.ServiceMinutes, d)
			t.Services[ticket.Service] = ended
		}
		if ticket.FirstWindow != "" {
			t.FirstWindows[ticket.FirstWindow] = t.FirstWindows[ticket.FirstWindow].plus(one)
		}
	}
	if r := forecast.RecordOf(s); r.Told+r.AtOnce > 0 || s.Waits != nil {
		t.Waits = &WaitTotals{Told: r.Told, Held: r.Held, AtOnce: r.AtOnce, Learned: r.Learned()}
	}
	for _, o := range forecast.Today(s) {
		service := t.Services[o.Service]
		service.OccupiedMinutes = note(service.OccupiedMinutes, o.Took)
		t.Services[o.Service] = service
	}
	return t
}

// figuresOf are the figures of a single ticket.
func figuresOf(t *queue.Ticket) Figures {
	f := Figures{Issued: 1}
	switch t.State {
	case queue.Done:
		f.Done = 1
	case queue.Cancelled:
		f.Cancelled = 1
	case queue.Left:
		f.Left = 1
	case queue.Deferred:
		f.Deferred = 1
	default:
		f.Open = 1
	}
	if !t.Served() {
		return f
	}
	f.Served, f.Persons = 1, t.Persons
	switch t.Outcome {
	case queue.Resolved:
		f.Resolved = 1
	case queue.Referred:
		f.Referred = 1
	case queue.Unrecorded:
		f.Unrecorded = 1
	default:
		f.StartedOpen = 1
	}
	return f
}

// serviceTime is how long a ticket was last served. It is not known of one that
// was forgotten until midnight closed the day.
func serviceTime(s *queue.State, t *queue.Ticket) (time.Duration, bool) {
	if t.State != queue.Done || t.StartedAt.IsZero() || s.DateOf(t.EndedAt) != s.Date {
		return 0, false
	}
	start := t.StartedAt
	if start.Equal(t.EndedAt) {
		// Nobody pressed start, the finish only implied it: the last call is the best that is known.
		start = t.LastCallAt
	}
	return t.EndedAt.Sub(start), true
}

// note counts a duration; one below zero, which a corrected clock makes, is none.
func note(h queue.Histogram, d time.Duration) queue.Histogram {
	minute := min(max(int(d/time.Minute), 0), Bins-1)
	for len(h) <= minute {
		h = append(h, 0)
	}
	h[minute]++
	return h
}

// Rates are the shares of resolved (现场解决率) and of referred among the served
// tickets with one of these outcomes, in percent with one decimal; ok is false when there are none.
func (f Figures) Rates() (resolved, referred float64, ok bool) {
	n := f.Resolved + f.Referred
	if n == 0 {
		return 0, 0, false
	}
	share := func(part int) float64 { return math.Round(1000*float64(part)/float64(n)) / 10 }
	return share(f.Resolved), share(f.Referred), true
}

// Check holds the figures against each other: the two check lines that stand
// under every report, for the day, each service and each first window, and that
// the parts add up to the day. The error names what does not.
func (t Totals) Check() error {
	if err := t.check("the day"); err != nil {
		return err
	}
	services, windows := Figures{}, 0
	for id, s := range t.Services {
		if err := s.check("service " + string(id)); err != nil {
			return err
		}
		services = services.plus(s.Figures)
	}
	for id, w := range t.FirstWindows {
		if err := w.check("first window " + string(id)); err != nil {
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

func (f Figures) check(of string) error {
	if ended := f.Done + f.Cancelled + f.Left + f.Deferred + f.Open; f.Issued != ended {
		return fmt.Errorf("%s: %d issued, but %d ended or open", of, f.Issued, ended)
	}
	if outcomes := f.Resolved + f.Referred + f.Unrecorded + f.StartedOpen; f.Served != outcomes {
		return fmt.Errorf("%s: %d served, but %d with an outcome or open", of, f.Served, outcomes)
	}
	return nil
}

func (f Figures) plus(g Figures) Figures {
	f.Issued += g.Issued
	f.Done += g.Done
	f.Cancelled += g.Cancelled
	f.Left += g.Left
	f.Deferred += g.Deferred
	f.Open += g.Open
	f.Served += g.Served
	f.Persons += g.Persons
	f.Resolved += g.Resolved
	f.Referred += g.Referred
	f.Unrecorded += g.Unrecorded
	f.StartedOpen += g.StartedOpen
	return f
}
