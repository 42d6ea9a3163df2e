package office_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"petitionhall/hall/configuration"
	"petitionhall/hall/office"
	"petitionhall/queue"
	"petitionhall/queue/boltstore"
	"petitionhall/queue/journal"
	"petitionhall/queue/memorystore"
)

// stores are the journals that an office may stand on, each closed and opened again by again.
var stores = map[string]func(t *testing.T) (again func() journal.Journal){
	"memory": func(t *testing.T) func() journal.Journal {
		storage := new(memorystore.Storage)
		return func() journal.Journal { return closing(t, storage.Open()) }
	},
	"bolt": func(t *testing.T) func() journal.Journal {
		path := filepath.Join(t.TempDir(), "office.db")
		var last journal.Journal
		return func() journal.Journal {
			if last != nil {
				if err := last.Close(); err != nil {
					t.Fatal(err)
				}
			}
			j, err := boltstore.Open(path, boltstore.Options{Name: "office"})
			if err != nil {
				t.Fatal(err)
			}
			last = closing(t, j)
			return last
		}
	},
}

func closing(t *testing.T, j journal.Journal) journal.Journal {
	t.Cleanup(func() { j.Close() })
	return j
}

func TestOfficeRemembers(t *testing.T) {
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			again, ctx := store(t), t.Context()
			o := open(t, again())
			if o.Configuration() != nil || len(o.Totals("", "")) != 0 || len(o.ServiceTimes(30)) != 0 {
				t.Fatal("a new office knows something")
			}
			first, second := configuration.Default(), configuration.Default()
			second.Rules.KeepDays = 60
			d := eventful(t)
			d.do(queue.CloseDay{Deferred: []queue.TicketID{7, 8}})
			totals := office.TotalsOf(d.state)
			for _, err := range []error{o.ApplyConfiguration(ctx, first, "setup"), o.RecordDay(ctx, totals), o.ApplyConfiguration(ctx, second, "desk")} {
				if err != nil {
					t.Fatal(err)
				}
			}
			check := func(o *office.Office) {
				t.Helper()
				if got := o.Configuration(); !reflect.DeepEqual(got, second) {
					t.Errorf("got the configuration %+v, want the one that was applied last", got)
				}
				if got := o.Totals("", ""); !reflect.DeepEqual(got, []office.Totals{totals}) {
					t.Errorf("got  %+v\nwant %+v", got, totals)
				}
			}
			check(o)
			check(open(t, again()))
		})
	}
}

func TestConfigurationIsTheOfficesOwn(t *testing.T) {
	o, c := open(t, closing(t, memorystore.New())), configuration.Default()
	if err := o.ApplyConfiguration(t.Context(), c, "setup"); err != nil {
		t.Fatal(err)
	}
	c.Services[0].Name.ZH = "改了"
	if got := o.Configuration().Services[0].Name.ZH; got != "综合" {
		t.Errorf("the office took over a later change: %s", got)
	}
}

func TestConfigurationIsRefused(t *testing.T) {
	j := closing(t, memorystore.New())
	o, bad := open(t, j), configuration.Default()
	bad.Rules.KeepDays = 91
	if err := o.ApplyConfiguration(t.Context(), bad, "setup"); queue.CodeOf(err) != queue.CodeConfiguration {
		t.Errorf("got %v, want a refused configuration", err)
	}
	wantHead(t, j, 0)
}

func TestDayIsRecordedOnce(t *testing.T) {
	j := closing(t, memorystore.New())
	o := open(t, j)
	for _, totals := range []office.Totals{
		sum("2026-11-23", 1, "housing", 5),
		sum("2026-11-23", 1, "housing", 5),
		sum("2026-11-23", 1, "housing", 9, 9), // the first word stands
	} {
		if err := o.RecordDay(t.Context(), totals); err != nil {
			t.Fatal(err)
		}
	}
	wantHead(t, j, 1)
	if err := o.RecordDay(t.Context(), sum("2026-11-23", 2, "housing", 7)); err != nil {
		t.Fatal(err)
	}
	wantDays(t, o.Totals("", ""), sum("2026-11-23", 1, "housing", 5), sum("2026-11-23", 2, "housing", 7))
	if !o.Recorded("2026-11-23", 2) || o.Recorded("2026-11-23", 3) || o.Recorded("2026-11-24", 1) {
		t.Error("it is wrong about what is recorded")
	}
}

func TestDayIsRefused(t *testing.T) {
	wrong, open24 := sum("2026-11-23", 1, "housing", 5), sum("2026-11-23", 1, "housing")
	wrong.Resolved = 2
	open24.Issued, open24.Open = 1, 1
	j := closing(t, memorystore.New())
	o := open(t, j)
	for name, totals := range map[string]office.Totals{"not adding up": wrong, "still open": open24, "no day": {}, "no date": sum("23.11.2026", 1, "housing", 5)} {
		if err := o.RecordDay(t.Context(), totals); err == nil {
			t.Errorf("%s: it was recorded", name)
		}
	}
	wantHead(t, j, 0)
}

func TestTotalsOfASpan(t *testing.T) {
	o := open(t, closing(t, memorystore.New()))
	days := []office.Totals{sum("2026-11-20", 1, "housing", 1), sum("2026-11-23", 1, "housing", 2), sum("2026-11-24", 1, "court", 3)}
	for _, i := range []int{2, 0, 1} { // a day may be recorded late
		if err := o.RecordDay(t.Context(), days[i]); err != nil {
			t.Fatal(err)
		}
	}
	wantDays(t, o.Totals("", ""), days...)
	wantDays(t, o.Totals("2026-11-21", ""), days[1:]...)
	wantDays(t, o.Totals("", "2026-11-23"), days[:2]...)
	wantDays(t, o.Totals("2026-11-23", "2026-11-23"), days[1])
	wantDays(t, o.Totals("2026-11-21", "2026-11-22"))
}

func TestServiceTimesOfTheLastDays(t *testing.T) {
	o := open(t, closing(t, memorystore.New()))
	for _, totals := range []office.Totals{
		sum("2026-11-20", 1, "veterans", 90), sum("2026-11-23", 1, "housing", 2, 2, 240), sum("2026-11-24", 1, "housing", 2, 5),
	} {
		if err := o.RecordDay(t.Context(), totals); err != nil {
			t.Fatal(err)
		}
	}
	full := func(minutes ...int) queue.Histogram {
		h := make(queue.Histogram, office.Bins)
		copy(h, histogram(minutes...))
		return h
	}
	for days, want := range map[int]map[queue.ServiceID]queue.Histogram{
		0:  {},
		1:  {"housing": full(2, 5)},
		2:  {"housing": full(2, 2, 2, 5, 240)},
		30: {"housing": full(2, 2, 2, 5, 240), "veterans": full(90)},
	} {
		if got := o.ServiceTimes(days); !reflect.DeepEqual(got, want) {
			t.Errorf("%d days: got %v, want %v", days, got, want)
		}
	}
}

// What the office reads may have been written by anybody.
func TestOpenRefusesWhatIsNotTheOffices(t *testing.T) {
	for name, entry := range map[string]struct {
		data string
		code queue.Code
	}{
		"no events":       {"hello", queue.CodeEventForeign},
		"one of a hall":   {`[{"type":"day.stopped","v":1,"at":"2026-11-23T08:30:00+08:00","by":"desk","data":{}}]`, queue.CodeEventForeign},
		"older than 1":    {`[{"type":"day.totals","v":0,"at":"2026-11-23T08:30:00+08:00","by":"system","data":{}}]`, queue.CodeEventForeign},
		"newer":           {`[{"type":"day.totals","v":2,"at":"2026-11-23T08:30:00+08:00","by":"system","data":{}}]`, queue.CodeEventNewer},
		"nothing applied": {`[{"type":"configuration.applied","v":1,"at":"2026-11-23T08:30:00+08:00","by":"desk","data":{}}]`, queue.CodeEventForeign},
		"wrong data":      {`[{"type":"day.totals","v":1,"at":"2026-11-23T08:30:00+08:00","by":"system","data":{"issued":"many"}}]`, queue.CodeEventForeign},
	} {
		t.Run(name, func(t *testing.T) {
			j := closing(t, memorystore.New())
			if _, err := j.Append(t.Context(), 0, journal.Batch{ID: "1", Data: []byte(entry.data)}); err != nil {
				t.Fatal(err)
			}
			if _, err := office.Open(t.Context(), j, quiet); queue.CodeOf(err) != entry.code {
				t.Errorf("got %v, want %s", err, entry.code)
			}
		})
	}
}

// Whatever bytes a journal holds, the office opens or says why not.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(`[{"type":"configuration.applied","v":1,"at":"2026-11-23T08:30:00+08:00","by":"desk","data":{"configuration":{"timeZone":"Asia/Shanghai"}}}]`))
	f.Add([]byte(`[{"type":"day.totals","v":1,"at":"2026-11-23T18:30:00+08:00","by":"system","data":{"date":"2026-11-23","epoch":1,"issued":1,"services":{"court":{"serviceMinutes":[1]}}}}]`))
	f.Add([]byte(`[null,{}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		j := closing(t, memorystore.New())
		if _, err := j.Append(t.Context(), 0, journal.Batch{ID: "1", Data: data}); err != nil {
			return // no journal holds that
		}
		o, err := office.Open(t.Context(), j, quiet)
		if err != nil {
			if code := queue.CodeOf(err); code != queue.CodeEventForeign && code != queue.CodeEventNewer {
				t.Fatalf("got %v", err)
			}
			return
		}
		for id, h := range o.ServiceTimes(30) {
			if len(h) != office.Bins {
				t.Errorf("%s: a histogram of %d minutes", id, len(h))
			}
		}
	})
}

func TestNothingIsRecordedForWhoHasGone(t *testing.T) {
	j := closing(t, memorystore.New())
	o := open(t, j)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := o.ApplyConfiguration(gone, configuration.Default(), "setup"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	wantHead(t, j, 0)
}

func wantDays(t *testing.T, got []office.Totals, want ...office.Totals) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d days, want %d", len(got), len(want))
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("day %d: got %+v, want %+v", i+1, got[i], want[i])
		}
	}
}

func wantHead(t *testing.T, j journal.Journal, want journal.Revision) {
	t.Helper()
	if head, err := j.Head(t.Context()); err != nil || head != want {
		t.Errorf("the journal's head is %d (%v), want %d", head, err, want)
	}
}
