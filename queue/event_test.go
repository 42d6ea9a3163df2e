package queue_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"petitionhall/queue"
)

// TestForeignEvents: what this program does not know is refused with a code, never guessed.
func TestForeignEvents(t *testing.T) {
	for name, c := range map[string]struct {
		json string
		code queue.Code
	}{
		"not json":      {`[{`, queue.CodeEventForeign},
		"not a list":    {`{}`, queue.CodeEventForeign},
		"unknown type":  {`[{"type":"visitor.recognised","v":1,"data":{}}]`, queue.CodeEventForeign},
		"newer version": {`[{"type":"ticket.called","v":2,"data":{}}]`, queue.CodeEventNewer},
		"no version":    {`[{"type":"ticket.called","data":{}}]`, queue.CodeEventForeign},
		"wrong data":    {`[{"type":"ticket.called","v":1,"data":{"ticket":"x"}}]`, queue.CodeEventForeign},
		"no data":       {`[{"type":"ticket.called","v":1}]`, queue.CodeEventForeign},
	} {
		if _, err := queue.DecodeEvents([]byte(c.json)); queue.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// TestEventsKeepTheirOffset: a time is read back with the hall's offset.
func TestEventsKeepTheirOffset(t *testing.T) {
	h := newHall(t)
	h.take("land")
	data, err := queue.EncodeEvents(h.events)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), "+08:00") {
		t.Fatalf("no offset in %s", data)
	}
	events, err := queue.DecodeEvents(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, offset := events[0].At.Zone(); offset != int((8 * time.Hour).Seconds()) {
		t.Fatalf("read back with an offset of %d s", offset)
	}
}

// TestEventsInTheWrongPlace: an event that cannot have happened is an error, not a panic.
func TestEventsInTheWrongPlace(t *testing.T) {
	for _, data := range []queue.Data{
		&queue.TicketCalled{Ticket: 9, Window: "3"}, &queue.TicketCalled{Ticket: 1, Window: "99"},
		&queue.TicketTaken{Ticket: 7, Series: "C", N: 7}, &queue.WindowOpened{Window: "99"},
		&queue.PrintReported{Ticket: 1, Attempt: 3}, &queue.TicketFinished{Ticket: 0}, &queue.DayClosed{Left: []queue.TicketID{44}},
	} {
		h := newHall(t)
		h.take("land")
		if err := queue.Evolve(h.state, queue.Event{Data: data}); queue.CodeOf(err) != queue.CodeEventForeign {
			t.Errorf("%T %+v: %v", data, data, err)
		}
		if err := queue.Evolve(queue.NewState(), queue.Event{Data: data}); queue.CodeOf(err) != queue.CodeEventForeign {
			t.Errorf("%T before any day: %v", data, err)
		}
	}
	opened := &queue.DayOpened{Date: "2026-11-23", Rules: queue.RulesVersion + 1, Configuration: configuration()}
	if err := queue.Evolve(queue.NewState(), queue.Event{Data: opened}); queue.CodeOf(err) != queue.CodeEventNewer {
		t.Errorf("rules of the future: %v", err)
	}
}

// FuzzDecodeEvents: no journal, however damaged, makes the program panic.
func FuzzDecodeEvents(f *testing.F) {
	h := newHall(f)
	h.do(queue.OpenWindow{Window: "3"})
	into[queue.Missed](h)
	data, err := queue.EncodeEvents(h.events)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`[{"type":"day.opened","v":1,"data":null}]`))
	f.Add([]byte(`[{"type":"day.opened","v":1,"data":{"configuration":{"timeZone":"Asia/Shanghai","windows":[{"id":"3"}]}}},{"type":"ticket.called","v":1,"data":{"ticket":1,"window":"3"}}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		events, err := queue.DecodeEvents(data)
		if err != nil {
			return
		}
		s := queue.NewState()
		for _, e := range events {
			if err := queue.Evolve(s, e); err != nil {
				return
			}
		}
		s.Digest()
	})
}

// TestNobodyIsNamed holds the list of all that is ever known of a visitor. A
// new field fails here, and whoever adds it reads the refusals of the hall first.
func TestNobodyIsNamed(t *testing.T) {
	for _, c := range []struct {
		value any
		known string
	}{
		{queue.Take{}, "Service Persons Priority Language Code Printer Large Wait Middle ByHand"},
		{queue.TicketTaken{}, "Ticket Series N Service Persons Priority Language Code Arrival Wait Middle ByHand"},
		{queue.Ticket{}, "ID Series N Service Asked State Persons Priority Language Code Wait Middle Arrival Window FirstWindow Times " +
			"FirstCalledAt CalledAt LastCallAt FirstStartedAt StartedAt MissedAt EndedAt Outcome Transferred HeldAt Joined Rejoin Prints"},
	} {
		kind := reflect.TypeOf(c.value)
		var fields []string
		for i := range kind.NumField() {
			fields = append(fields, kind.Field(i).Name)
		}
		if got := strings.Join(fields, " "); got != c.known {
			t.Errorf("%s knows %q", kind, got)
		}
	}
	var taken queue.TicketTaken
	if err := json.Unmarshal([]byte(`{"ticket":1,"visitor":"somebody"}`), &taken); err != nil {
		t.Fatal(err)
	}
	if out, err := json.Marshal(taken); err != nil || strings.Contains(string(out), "somebody") {
		t.Errorf("a name that was put in came out: %s %v", out, err)
	}
}
