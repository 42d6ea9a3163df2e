package kiosk

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"petitionhall/printer"
)

// paper is a printer that hands each slip to the test and answers with outcome.
type paper struct {
	slips   chan printer.Slip
	outcome printer.Outcome
}

func (p paper) Print(_ context.Context, slip printer.Slip) printer.Outcome {
	p.slips <- slip
	return p.outcome
}

func (paper) Status(context.Context) printer.Status {
	return printer.Status{State: printer.OK, Paper: printer.PaperNearEnd}
}

func (paper) Close() error { return nil }

// TestOwnPrinter: a kiosk with a printer of its own names it when it takes a
// ticket, prints the slip that the hub holds, once, and tells the hub before the
// first byte and after the last.
func TestOwnPrinter(t *testing.T) {
	outcomes := make(chan string, 10) // a kiosk that ends may tell the last one again
	hub := http.NewServeMux()
	answer := func(w http.ResponseWriter, status int, text string) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
	hub.HandleFunc("POST /api/v1/tickets", func(w http.ResponseWriter, r *http.Request) {
		var request struct{ Printer string }
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil || request.Printer != "kiosk-2" {
			t.Errorf("taken for printer %q (%v)", request.Printer, err)
		}
		answer(w, http.StatusCreated, `{"number":"C012","print":{"job":"j1","state":"reserved"}}`)
	})
	hub.HandleFunc("GET /api/v1/print-jobs/j1", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, `{"job":"j1","slip":{"kind":"ticket","number":"C012","ahead":4}}`)
	})
	hub.HandleFunc("POST /api/v1/print-jobs/j1/outcome", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		outcomes <- string(body)
		answer(w, http.StatusOK, `{"job":"j1"}`)
	})
	port := paper{make(chan printer.Slip), printer.Outcome{State: printer.Unknown, Reason: printer.ReasonUnplugged}}
	m := machineOfHub(t, hub, &Printer{ID: "kiosk-2", Port: port})
	for range 2 { // the finger bounced: one touch, one slip
		if _, err := m.app.Take(nil, "touch-1"); err != nil {
			t.Fatal(err)
		}
	}
	if before := <-outcomes; before != `{"state":"sending","reason":""}` {
		t.Errorf("before the first byte the hub was told %s", before)
	}
	if slip := <-port.slips; slip.Number != "C012" || slip.Ahead != 4 {
		t.Errorf("printed %+v", slip)
	}
	if after := <-outcomes; after != `{"state":"unknown","reason":"unplugged"}` {
		t.Errorf("after the last byte the hub was told %s", after)
	}
	status, err := m.app.Printers()
	if want := `[{"id":"kiosk-2","state":"ok","paper":"near-end","unconfirmed":[]}]`; err != nil || string(status) != want {
		t.Errorf("the page sees %s (%v), want %s", status, err, want)
	}
}
