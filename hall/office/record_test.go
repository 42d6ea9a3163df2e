package office_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"petitionhall/hall/configuration"
	"petitionhall/hall/office"
	"petitionhall/queue"
	"petitionhall/queue/journal"
	"petitionhall/queue/journal/journaltest"
	"petitionhall/queue/memorystore"
)

// Whatever the journal answers, an entry is there once or its writer hears that it may not be.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		faults []journaltest.Fault // of the first appends
		err    error
	}{
		"conflict":             {[]journaltest.Fault{journaltest.Conflict}, nil},
		"written, no answer":   {[]journaltest.Fault{journaltest.UnknownWritten}, nil},
		"lost":                 {[]journaltest.Fault{journaltest.UnknownLost}, nil},
		"late":                 {[]journaltest.Fault{journaltest.UnknownLate}, nil},
		"one after the other":  {[]journaltest.Fault{journaltest.UnknownLost, journaltest.Conflict, journaltest.UnknownLate}, nil},
		"lost for good":        {repeated(journaltest.UnknownLost, 8), journal.ErrUnknown},
		"overtaken for good":   {repeated(journaltest.Conflict, 8), journal.ErrConflict},
		"not reachable":        {[]journaltest.Fault{journaltest.Unavailable}, journal.ErrUnavailable},
		"full":                 {[]journaltest.Fault{journaltest.Full}, journal.ErrFull},
		"full after an outage": {[]journaltest.Fault{journaltest.UnknownLost, journaltest.Full}, journal.ErrFull},
	} {
		t.Run(name, func(t *testing.T) {
			flaky := journaltest.NewFlaky(closing(t, memorystore.New()))
			for i, fault := range c.faults {
				flaky.Spoil(i+1, fault)
			}
			o, totals := open(t, flaky), sum("2026-11-23", 1, "housing", 5)
			if err := o.RecordDay(t.Context(), totals); !errors.Is(err, c.err) {
				t.Fatalf("got %v, want %v", err, c.err)
			}
			if c.err != nil {
				wantDays(t, o.Totals("", ""))
				wantHead(t, flaky, 0)
				if err := o.RecordDay(t.Context(), totals); err != nil {
					t.Fatalf("again: %v", err)
				}
			}
			wantDays(t, o.Totals("", ""), totals)
			wantDays(t, open(t, flaky).Totals("", ""), totals)
			wantHead(t, flaky, 1)
		})
	}
}

func repeated(f journaltest.Fault, n int) (all []journaltest.Fault) {
	for range n {
		all = append(all, f)
	}
	return all
}

// An answer that got lost, and then nothing can be read: nobody knows. What was
// written shows with the next entry.
func TestUnknownUntilTheJournalCanBeRead(t *testing.T) {
	flaky := journaltest.NewFlaky(closing(t, memorystore.New()))
	o, c := open(t, flaky), configuration.Default()
	flaky.Spoil(1, journaltest.UnknownWritten)
	flaky.FailReads(journal.ErrUnavailable)
	if err := o.ApplyConfiguration(t.Context(), c, "setup"); !errors.Is(err, journal.ErrUnknown) || !errors.Is(err, journal.ErrUnavailable) {
		t.Fatalf("got %v", err)
	}
	if err := o.RecordDay(t.Context(), sum("2026-11-23", 1, "housing", 5)); err != nil {
		t.Fatal(err)
	}
	if o.Configuration() == nil || len(o.Totals("", "")) != 1 {
		t.Error("what had been written does not show")
	}
	wantHead(t, flaky, 2)
}

// Two offices on one journal, as in a cluster.
func TestTwoOffices(t *testing.T) {
	storage := new(memorystore.Storage)
	one, other := open(t, closing(t, storage.Open())), open(t, closing(t, storage.Open()))
	monday, tuesday := sum("2026-11-23", 1, "housing", 5), sum("2026-11-24", 1, "housing", 6)
	if err := one.RecordDay(t.Context(), monday); err != nil {
		t.Fatal(err)
	}
	// The other one does not know of it yet, and finds out when it records the same.
	if err := other.RecordDay(t.Context(), monday); err != nil {
		t.Fatal(err)
	}
	if err := other.RecordDay(t.Context(), tuesday); err != nil {
		t.Fatal(err)
	}
	wantDays(t, other.Totals("", ""), monday, tuesday)
	wantHead(t, storage.Open(), 2)
}

func TestAtTheSameTime(t *testing.T) {
	j := closing(t, memorystore.New())
	o := open(t, j)
	dates := []string{"2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"}
	var all sync.WaitGroup
	for range 4 {
		for _, date := range dates {
			all.Go(func() {
				if err := o.RecordDay(t.Context(), sum(date, 1, "housing", 5)); err != nil {
					t.Error(err)
				}
				if !o.Recorded(date, 1) {
					t.Errorf("%s is not there after it was recorded", date)
				}
				o.ServiceTimes(2)
			})
		}
	}
	all.Wait()
	wantHead(t, j, journal.Revision(len(dates)))
}

// hallJournal keeps days of a hall, each batch of three events.
func hallJournal(t *testing.T, days ...*day) journal.Journal {
	t.Helper()
	j := closing(t, memorystore.New())
	var head journal.Revision
	for _, d := range days {
		for events := d.events; len(events) > 0; {
			n := min(3, len(events))
			data, err := queue.EncodeEvents(events[:n])
			if err != nil {
				t.Fatal(err)
			}
			batch := journal.Batch{ID: fmt.Sprintf("batch-%d", head), Day: d.state.Date, Data: data}
			if head, err = j.Append(t.Context(), head, batch); err != nil {
				t.Fatal(err)
			}
			events = events[n:]
		}
	}
	return j
}

func busy(t *testing.T, date string, persons int, closed bool) *day {
	d := newDay(t, date)
	d.open("2")
	d.take("housing", persons)
	d.serve("2", 0, queue.Resolved)
	if closed {
		d.do(queue.CloseDay{})
	}
	return d
}

// The hall may have ended, or another day begun, before the books were done.
func TestNoClosedDayIsLeftOut(t *testing.T) {
	friday, monday, today := busy(t, "2026-11-20", 2, true), busy(t, "2026-11-23", 3, true), busy(t, "2026-11-24", 4, false)
	hall := hallJournal(t, friday, monday, today)
	j := closing(t, memorystore.New())
	o := open(t, j)
	if err := o.RecordDay(t.Context(), office.TotalsOf(friday.state)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := o.RecordClosedDays(t.Context(), hall); err != nil {
			t.Fatal(err)
		}
		wantDays(t, o.Totals("", ""), office.TotalsOf(friday.state), office.TotalsOf(monday.state))
		wantHead(t, j, 2)
	}
}

func TestADamagedDayKeepsNoOtherOut(t *testing.T) {
	damaged, sound := busy(t, "2026-11-20", 2, true), busy(t, "2026-11-23", 3, true)
	damaged.events = damaged.events[1:]
	o := open(t, closing(t, memorystore.New()))
	if err := o.RecordClosedDays(t.Context(), hallJournal(t, damaged, sound)); queue.CodeOf(err) != queue.CodeEventForeign {
		t.Errorf("got %v", err)
	}
	wantDays(t, o.Totals("", ""), office.TotalsOf(sound.state))
}
