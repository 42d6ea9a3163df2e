package office_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"petitionhall/hall/office"
	"petitionhall/queue"
)

// The county's year that every build must reproduce: 385 receptions, 1360
// people, 169 resolved on the spot, 216 referred.
func TestWorkedExample(t *testing.T) {
	d := newDay(t, "2026-11-23")
	services := d.config.Services
	for i := range services {
		d.open(queue.WindowID(fmt.Sprint(i + 1)))
	}
	for i := range 385 {
		persons := 3
		if i < 1360-385*3 {
			persons = 4
		}
		d.take(services[i%20].ID, persons)
		outcome := queue.Referred
		if i < 169 {
			outcome = queue.Resolved
		}
		d.serve(queue.WindowID(fmt.Sprint(i%20+1)), time.Minute, outcome)
	}
	d.do(queue.CloseDay{})

	got := office.TotalsOf(d.state)
	want := office.Figures{Issued: 385, Done: 385, Served: 385, Persons: 1360, Resolved: 169, Referred: 216}
	if got.Figures != want {
		t.Errorf("got %+v, want %+v", got.Figures, want)
	}
	resolved, some := got.ResolvedRate()
	referred, _ := got.ReferredRate()
	if resolved != 43.9 || referred != 56.1 || !some {
		t.Errorf("got the rates %v and %v, want 43.9 and 56.1", resolved, referred)
	}
	if got.Issued != got.Done+got.Cancelled+got.Left+got.Deferred+got.Open || got.Served != got.Resolved+got.Referred+got.Unrecorded+got.StartedOpen {
		t.Error("a check line does not hold")
	}
	if err := got.Check(); err != nil {
		t.Error(err)
	}
}

// eventful is a day on which everything happens once. Window 2 is for housing, 3 for land.
func eventful(t *testing.T) *day {
	d := newDay(t, "2026-11-23")
	d.open("2", "3")
	d.take("housing", 1) // resolved after 5 minutes, having waited 10
	d.take("housing", 2) // referred at once: the visitor was called 3 minutes before, start was not pressed
	d.pass(10*time.Minute + 59*time.Second)
	d.serve("2", 5*time.Minute+59*time.Second, queue.Resolved)
	d.call("2")
	d.pass(3 * time.Minute)
	d.do(queue.Finish{Window: "2", Outcome: queue.Referred, Persons: 6}) // the clerk counted again

	d.take("housing", 3) // sent on to land, and resolved there after 7 minutes
	d.call("2")
	d.do(queue.Start{Window: "2"})
	d.pass(2 * time.Minute)
	d.do(queue.Transfer{Window: "2", Service: "natural-resources"})
	d.pass(20 * time.Minute)
	d.serve("3", 7*time.Minute, queue.Resolved)

	d.take("housing", 1) // no outcome given
	d.serve("2", time.Minute, queue.Unrecorded)
	d.do(queue.Cancel{Ticket: d.take("housing", 1), Reason: queue.CancelVisitor})
	d.take("natural-resources", 1) // missed
	d.miss("3")
	d.take("natural-resources", 1) // parked at window 3 until midnight
	d.call("3")
	d.do(queue.Start{Window: "3"})
	d.take("natural-resources", 1) // never called
	return d
}

func TestTotalsOfAnOpenDay(t *testing.T) {
	got := office.TotalsOf(eventful(t).state)
	want := office.Figures{Issued: 8, Done: 4, Cancelled: 1, Open: 3, Served: 5, Persons: 1 + 6 + 3 + 1 + 1, Resolved: 2, Referred: 1, Unrecorded: 1, StartedOpen: 1}
	if got.Figures != want {
		t.Errorf("got %+v, want %+v", got.Figures, want)
	}
	if err := got.Check(); err != nil {
		t.Error(err)
	}
}

func TestTotalsOfAClosedDay(t *testing.T) {
	d := eventful(t)
	d.pass(24 * time.Hour)
	d.do(queue.CloseDay{System: true})
	got := office.TotalsOf(d.state)
	homes := office.Figures{Issued: 5, Done: 4, Cancelled: 1, Served: 4, Persons: 11, Resolved: 2, Referred: 1, Unrecorded: 1}
	land := office.Figures{Issued: 3, Done: 1, Left: 1, Deferred: 1, Served: 1, Persons: 1, Unrecorded: 1}
	want := office.Totals{Date: "2026-11-23", Epoch: 1,
		Figures: office.Figures{Issued: 8, Done: 5, Cancelled: 1, Left: 1, Deferred: 1, Served: 5, Persons: 12, Resolved: 2, Referred: 1, Unrecorded: 2},
		Services: map[queue.ServiceID]office.ServiceTotals{
			// The ticket that was sent on counts for housing, where it waited; its service ended at land.
			"housing": {Figures: homes, WaitMinutes: histogram(10, 16, 0, 0), ServiceMinutes: histogram(5, 3, 1), OccupiedMinutes: histogram(5, 3, 1)},
			// Nobody knows how long the ticket forgotten until midnight was served. Whoever was missed occupied the window as well.
			"natural-resources": {Figures: land, WaitMinutes: histogram(0, 0), ServiceMinutes: histogram(7), OccupiedMinutes: histogram(7, 1)},
		},
		FirstWindows: map[queue.WindowID]office.Figures{
			"2": {Issued: 4, Done: 4, Served: 4, Persons: 11, Resolved: 2, Referred: 1, Unrecorded: 1},
			"3": {Issued: 2, Done: 1, Left: 1, Served: 1, Persons: 1, Unrecorded: 1},
		}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if err := got.Check(); err != nil {
		t.Error(err)
	}
}

func TestTotalsBeforeTheFirstDay(t *testing.T) {
	got := office.TotalsOf(queue.NewState())
	if got.Figures != (office.Figures{}) || got.Check() != nil {
		t.Errorf("got %+v", got)
	}
	if _, ok := got.ResolvedRate(); ok {
		t.Error("there are rates of nothing")
	}
}

func TestMinutesHaveAnEnd(t *testing.T) {
	d := newDay(t, "2026-11-23")
	d.open("2")
	for range 2 {
		d.take("housing", 1)
	}
	d.pass(240 * time.Minute)
	d.call("2")
	d.do(queue.Finish{Window: "2", Outcome: queue.Resolved})
	d.pass(5 * time.Hour)
	d.call("2")
	h := office.TotalsOf(d.state).Services["housing"].WaitMinutes
	if len(h) != office.Bins || h[office.Bins-1] != 2 {
		t.Errorf("got %v, want both beyond the end", h)
	}
}

// What does not add up is found, whichever figure is wrong.
func TestCheckFindsEveryWrongFigure(t *testing.T) {
	d := eventful(t)
	whole, err := json.Marshal(office.TotalsOf(d.state))
	if err != nil {
		t.Fatal(err)
	}
	for field := range reflect.TypeFor[office.Figures]().NumField() {
		name := reflect.TypeFor[office.Figures]().Field(field).Name
		add := func(f *office.Figures) {
			value := reflect.ValueOf(f).Elem().Field(field)
			value.SetInt(value.Int() + 1)
		}
		for of, spoil := range map[string]func(*office.Totals){
			"the day": func(t *office.Totals) { add(&t.Figures) },
			"a service": func(t *office.Totals) {
				s := t.Services["housing"]
				add(&s.Figures)
				t.Services["housing"] = s
			},
		} {
			var totals office.Totals
			if err := json.Unmarshal(whole, &totals); err != nil {
				t.Fatal(err)
			}
			if err := totals.Check(); err != nil {
				t.Fatal(err)
			}
			if spoil(&totals); totals.Check() == nil {
				t.Errorf("nobody noticed one more %s of %s", name, of)
			}
		}
	}
	totals := office.TotalsOf(d.state)
	delete(totals.FirstWindows, "3")
	if err := totals.Check(); err == nil || !strings.Contains(err.Error(), "first windows") {
		t.Errorf("a window is missing: got %v", err)
	}
}
