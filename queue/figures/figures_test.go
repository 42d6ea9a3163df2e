package figures_test

import (
	"fmt"
	"testing"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/figures"
)

// day is a hall of two windows whose clock the test moves.
type day struct {
	t     *testing.T
	state *queue.State
	book  *figures.Book
	now   time.Time
	codes int
}

func newDay(t *testing.T) *day {
	return &day{t: t, state: queue.NewState(), book: figures.NewBook(), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("", 8*3600))}
}

func (d *day) do(a queue.Action) {
	d.t.Helper()
	service := func(id queue.ServiceID, series string) queue.ServiceConfig {
		return queue.ServiceConfig{ID: id, Name: queue.Text{ZH: string(id)}, Series: series}
	}
	c := &queue.Configuration{Name: queue.Text{ZH: "试用大厅"}, TimeZone: "Asia/Shanghai", Slot: "below", General: "general", LeaderService: "leader",
		Rules:    queue.Rules{MissCalls: 1, RejoinAfter: 3, PriorityRun: 2, KeepDays: 30},
		Leaders:  []queue.LeaderTurn{{Date: "2026-11-23", From: "09:00", Until: "18:00", Post: queue.Text{ZH: "副县长"}, Window: "2"}},
		Services: []queue.ServiceConfig{service("general", "A"), service("leader", "B")},
		Windows: []queue.WindowConfig{{ID: "1", Number: 1, Services: []queue.ServiceID{"general"}, Presence: queue.Resident},
			{ID: "2", Number: 2, Services: []queue.ServiceID{"leader"}, Presence: queue.Rota}}}
	events, err := queue.Decide(d.state, queue.Command{Opening: &queue.Opening{Date: "2026-11-23", Epoch: 1, Configuration: c}, Action: a}, d.now)
	if err != nil {
		d.t.Fatalf("%T: %v", a, err)
	}
	for _, e := range events {
		if err := queue.Evolve(d.state, e); err != nil {
			d.t.Fatal(err)
		}
		d.book.Add(e)
	}
}

func (d *day) pass(minutes int) { d.now = d.now.Add(time.Duration(minutes) * time.Minute) }

func (d *day) take(service queue.ServiceID, persons int) {
	d.t.Helper()
	d.codes++
	d.do(queue.Take{Service: service, Persons: persons, Code: fmt.Sprint(d.codes)})
}

// TestFigures: each figure of a day on which each is more than nothing.
func TestFigures(t *testing.T) {
	d := newDay(t)
	d.do(queue.OpenWindow{Window: "1"})
	d.do(queue.OpenWindow{Window: "2"})
	d.take("general", 3) // A001: 35 min until called, 2 to come, 8 at the window, sent on
	d.pass(35)
	d.do(queue.Next{Window: "1"})
	d.pass(2)
	d.do(queue.Start{Window: "1"})
	d.pass(8)
	d.do(queue.Transfer{Window: "1", Service: "leader"})
	d.pass(5)
	d.do(queue.Next{Window: "2"})
	d.do(queue.Undo{Window: "2"}) // a mistake: it counts as if it had not been
	d.pass(1)
	d.do(queue.Next{Window: "2"})
	d.pass(1)
	d.do(queue.Start{Window: "2"})
	d.pass(12)
	d.do(queue.Finish{Window: "2", Outcome: queue.Resolved})
	d.take("leader", 2) // B001: called at once, finished at once
	d.do(queue.Next{Window: "2"})
	d.pass(4)
	d.do(queue.Finish{Window: "2", Outcome: queue.Referred})
	d.take("general", 1) // A002: missed, never back
	d.do(queue.Next{Window: "1"})
	d.pass(2)
	d.do(queue.Miss{Window: "1"})
	d.take("general", 1) // A003: given back
	d.do(queue.Cancel{Ticket: 4, Reason: queue.CancelVisitor})
	d.take("general", 4) // A004: put off
	d.do(queue.PauseWindow{Window: "1", Reason: queue.PauseMeal})
	d.pass(30)
	d.do(queue.CloseWindow{Window: "2"})
	d.do(queue.CloseDay{Deferred: []queue.TicketID{5}})
	f := d.book.Sum(d.state)
	if want := (figures.Counts{Issued: 5, Done: 2, Cancelled: 1, Left: 1, Deferred: 1, Served: 2, Persons: 5, Resolved: 1, Referred: 1}); f.Counts != want || !f.IssuedAddsUp() || !f.ServedAddsUp() {
		t.Errorf("counts %+v", f.Counts)
	}
	for name, c := range map[string]struct {
		of             figures.Durations
		count, longest int
	}{"wait": {f.Wait, 3, 35}, "legs": {f.Legs, 1, 6}, "arrival": {f.Arrival, 1, 1}, "service": {f.Service, 2, 12}} {
		if c.of.Count != c.count || c.of.Longest != c.longest*60 {
			t.Errorf("%s: %d, longest %d s", name, c.of.Count, c.of.Longest)
		}
	}
	if one, two := f.Windows["1"], f.Windows["2"]; one != (figures.Window{FirstServed: 1, Out: 1, OpenSeconds: 100 * 60, PausedSeconds: 30 * 60}) || two != (figures.Window{FirstServed: 1, In: 1, OpenSeconds: 100 * 60}) {
		t.Errorf("window 1 %+v, window 2 %+v", one, two)
	}
	if f.LongWaits != 1 || f.LeaderMonths["2026-11"] != 1 || f.HalfHours[18] != 1 || f.HalfHours[20] != 4 {
		t.Errorf("%d long waits, leaders %v, half-hours %v", f.LongWaits, f.LeaderMonths, f.HalfHours)
	}
	if rate, _ := f.MissedRate(); rate != 33.3 {
		t.Errorf("过号未回率 %v", rate)
	}
	if rate, _ := f.NoShowRate(); rate != 60 {
		t.Errorf("取号未到率 %v", rate)
	}
	var both figures.Figures
	both.Add(&f)
	both.Add(&f)
	if both.Days != 2 || both.Issued != 10 || both.Wait.Count != 6 || both.Windows["2"].In != 2 || both.LeaderMonths["2026-11"] != 2 {
		t.Errorf("two such days: %+v", both)
	}
	if f.Wait.Count != 3 || f.Wait.Minutes[35] != 1 {
		t.Error("adding changed what was added")
	}
}

// TestQuantiles are those of the durations themselves, to the minute.
func TestQuantiles(t *testing.T) {
	var d figures.Durations
	if _, ok := d.Quantile(0.5); ok {
		t.Error("a median of nothing")
	}
	for i := range 100 {
		d.Note(time.Duration(i) * time.Minute)
	}
	d.Note(-time.Hour)
	d.Note(9 * time.Hour)
	for share, want := range map[float64]time.Duration{0.5: 49 * time.Minute, 0.9: 90 * time.Minute, 1: 9 * time.Hour} {
		if got, _ := d.Quantile(share); got < want-time.Minute || got > want+2*time.Minute {
			t.Errorf("quantile %v: %v, want %v", share, got, want)
		}
	}
}
