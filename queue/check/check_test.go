package check_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/check"
	"petitionhall/queue/journal"
	"petitionhall/queue/memorystore"
)

// day is a whole good day, one event a batch: three tickets, one missed and
// back, one sent on, one priority; closed at the end.
func day(t *testing.T) []queue.Event {
	t.Helper()
	config := &queue.Configuration{Name: queue.Text{ZH: "试用大厅"}, TimeZone: "Asia/Shanghai", Slot: "below", General: "general",
		Rules:    queue.Rules{MissCalls: 1, RejoinAfter: 1, PriorityRun: 2, KeepDays: 30},
		Services: []queue.ServiceConfig{{ID: "general", Name: queue.Text{ZH: "综合"}, Series: "A"}, {ID: "land", Name: queue.Text{ZH: "土地"}, Series: "C"}},
		Windows: []queue.WindowConfig{{ID: "1", Number: 1, Services: []queue.ServiceID{"general"}, Presence: queue.Resident},
			{ID: "3", Number: 3, Services: []queue.ServiceID{"land"}, Presence: queue.Resident}}}
	if err := config.Validate(); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	s := queue.NewState()
	var all []queue.Event
	take := func(n int, service queue.ServiceID, priority bool) queue.Action {
		return queue.Take{Service: service, Persons: n, Priority: priority, Code: fmt.Sprint("CODE", n), Printer: "hub"}
	}
	for i, a := range []queue.Action{
		queue.OpenWindow{Window: "1"}, queue.OpenWindow{Window: "3"}, take(1, "general", false), take(2, "general", false), take(3, "general", true), take(4, "land", false),
		queue.Next{Window: "1"}, queue.Miss{Window: "1"}, queue.Rejoin{Ticket: 3}, queue.Next{Window: "1"}, queue.Start{Window: "1"}, queue.Transfer{Window: "1", Service: "land"},
		queue.Next{Window: "1"}, queue.Finish{Window: "1", Outcome: queue.Resolved}, queue.Next{Window: "1"}, queue.Finish{Window: "1", Outcome: queue.Referred},
		queue.Next{Window: "3"}, queue.Finish{Window: "3", Outcome: queue.Resolved}, queue.Next{Window: "3"}, queue.Finish{Window: "3", Outcome: queue.Unrecorded},
		queue.CloseDay{},
	} {
		now = now.Add(time.Minute)
		events, err := queue.Decide(s, queue.Command{Actor: "test", Key: fmt.Sprint("key-", i), Opening: &queue.Opening{Date: "2026-11-23", Epoch: 1, Configuration: config}, Action: a}, now)
		if err != nil {
			t.Fatalf("%T: %v", a, err)
		}
		for _, e := range events {
			if err := queue.Evolve(s, e); err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, events...)
	}
	return all
}

func read(events []queue.Event) check.Report {
	c := check.New()
	for i := range events {
		c.Add(uint64(i+1), events[i:i+1])
	}
	return c.Report()
}

// TestGoodDay: nothing is found where nothing is wrong, and the counts add up.
func TestGoodDay(t *testing.T) {
	r := read(day(t))
	if !r.OK() {
		t.Fatal(r.Violations)
	}
	want := check.Counts{Issued: 4, Done: 4, Served: 4, Resolved: 2, Referred: 1, Unrecorded: 1}
	if r.Counts != want || r.Days != 1 {
		t.Fatalf("counted %+v", r.Counts)
	}
}

// find gives the place of the n-th event of a type.
func find(t *testing.T, events []queue.Event, kind string, n int) int {
	t.Helper()
	for i, e := range events {
		if e.Type == kind {
			if n--; n == 0 {
				return i
			}
		}
	}
	t.Fatalf("no such %s", kind)
	return 0
}

// TestBrokenPromises: each planted fault is found, under its rule.
func TestBrokenPromises(t *testing.T) {
	drop := func(kind string, n int) func(*testing.T, []queue.Event) []queue.Event {
		return func(t *testing.T, e []queue.Event) []queue.Event {
			i := find(t, e, kind, n)
			return append(e[:i:i], e[i+1:]...)
		}
	}
	for name, c := range map[string]struct {
		rule  check.Rule
		plant func(*testing.T, []queue.Event) []queue.Event
	}{
		"a number twice": {check.Numbers, func(t *testing.T, e []queue.Event) []queue.Event {
			e[find(t, e, "ticket.taken", 2)].Data.(*queue.TicketTaken).N = 1
			return e
		}},
		"a gap in the series": {check.Numbers, func(t *testing.T, e []queue.Event) []queue.Event {
			e[find(t, e, "ticket.taken", 2)].Data.(*queue.TicketTaken).N = 3
			return e
		}},
		"a lost take": {check.Numbers, drop("ticket.taken", 2)},
		"called while it was being served": {check.OnePlace, func(t *testing.T, e []queue.Event) []queue.Event {
			i := find(t, e, "ticket.started", 1)
			again := e[find(t, e, "ticket.called", 2)]
			again.Key = ""
			again.Data = &queue.TicketCalled{Ticket: 1, Window: "3", Mode: "next"}
			return append(e[:i+1:i+1], append([]queue.Event{again}, e[i+1:]...)...)
		}},
		"two tickets at a window": {check.OneTicket, drop("ticket.missed", 1)},
		"the wrong one called": {check.Order, func(t *testing.T, e []queue.Event) []queue.Event {
			e[find(t, e, "ticket.called", 1)].Data.(*queue.TicketCalled).Ticket = 2
			return e
		}},
		"an arrival in the past": {check.Order, func(t *testing.T, e []queue.Event) []queue.Event {
			d := e[find(t, e, "ticket.taken", 3)].Data.(*queue.TicketTaken)
			d.Arrival = d.Arrival.Add(-time.Hour)
			return e
		}},
		"called at a closed window":      {check.OnePlace, drop("window.opened", 1)},
		"finished without being started": {check.OnePlace, drop("ticket.started", 2)},
		"closed with a ticket open":      {check.AllEnded, drop("ticket.finished", 4)},
		"an event after the close": {check.AllEnded, func(t *testing.T, e []queue.Event) []queue.Event {
			late := e[find(t, e, "window.opened", 1)]
			late.Key = ""
			return append(e, late)
		}},
		"a key that acted twice": {check.OneKey, func(t *testing.T, e []queue.Event) []queue.Event {
			e[find(t, e, "ticket.taken", 2)].Key = e[find(t, e, "ticket.taken", 1)].Key
			return e
		}},
		"a changed code": {check.Replay, func(t *testing.T, e []queue.Event) []queue.Event {
			e[find(t, e, "ticket.taken", 1)].Data.(*queue.TicketTaken).Code = "OTHER"
			return e
		}},
		"a received visitor who is counted as cancelled": {check.CheckLines, func(t *testing.T, e []queue.Event) []queue.Event {
			i := find(t, e, "ticket.transferred", 1)
			gone := e[i]
			gone.Key, gone.Type = "", "ticket.cancelled"
			gone.Data = &queue.TicketCancelled{Ticket: e[i].Data.(*queue.TicketTransferred).Ticket, Reason: queue.CancelVisitor}
			return append(e[:i+1:i+1], append([]queue.Event{gone}, e[i+1:]...)...)
		}},
		"a day that does not begin": {check.Replay, drop("day.opened", 1)},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(c.plant(t, day(t)))
			for _, v := range r.Violations {
				if v.Rule == c.rule {
					if v.String() == "" || !strings.Contains(v.String(), "rule") {
						t.Errorf("no sentence: %q", v)
					}
					return
				}
			}
			t.Fatalf("not found; found %v", r.Violations)
		})
	}
}

// TestMissingBatch: a batch that is not there is told.
func TestMissingBatch(t *testing.T) {
	c := check.New()
	e := day(t)
	c.Add(1, e[:2])
	c.Add(3, e[2:])
	if r := c.Report(); r.OK() {
		t.Fatal("a missing revision was not told")
	}
}

// TestJournal: a journal is read in pieces to its end, and foreign bytes in it are told with their revision.
func TestJournal(t *testing.T) {
	j := memorystore.New()
	events := day(t)
	put := func(n int, data []byte) {
		t.Helper()
		if _, err := j.Append(t.Context(), journal.Revision(n-1), journal.Batch{ID: fmt.Sprint("batch-", n), Day: "2026-11-23", Data: data}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range events {
		data, err := queue.EncodeEvents(events[i : i+1])
		if err != nil {
			t.Fatal(err)
		}
		put(i+1, data)
	}
	told := 0
	r, err := check.Journal(t.Context(), j, func(read, total int) {
		if total != len(events) {
			t.Errorf("total %d", total)
		}
		told = read
	})
	if err != nil || !r.OK() || r.Batches != len(events) || told != len(events) {
		t.Fatalf("%v, %d batches, %d told, %v", err, r.Batches, told, r.Violations)
	}
	put(len(events)+1, []byte("not ours"))
	if _, err := check.Journal(t.Context(), j, func(int, int) {}); err == nil || !strings.Contains(err.Error(), fmt.Sprint("revision ", len(events)+1)) {
		t.Fatalf("foreign bytes gave %v", err)
	}
}
