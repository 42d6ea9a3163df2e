package hall_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"petitionhall/hall"
	"petitionhall/hall/view"
)

// call asks a hall over its API and reads the answer.
func call(t *testing.T, h *hall.Hall, method, path, key string, body, answer any) int {
	t.Helper()
	var sent bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			t.Fatal(err)
		}
	}
	request, err := http.NewRequestWithContext(t.Context(), method, h.Address()+"/api/v1"+path, &sent)
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // read below
	if answer != nil && response.StatusCode < http.StatusBadRequest {
		if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
			t.Fatal(err)
		}
	}
	return response.StatusCode
}

// TestKioskPrinter: a kiosk tells how its own printer is. After a crash in the
// midst of a slip it starts anew, and the hall offers that slip for a reprint
// until one came out; a number without a slip can be voided.
func TestKioskPrinter(t *testing.T) {
	clock := newClock()
	h, _ := begin(t, hall.Options{Listen: "127.0.0.1:0", Now: clock.read})
	tell := func(state string, started bool) (all []view.Printer) {
		if status := call(t, h, "POST", "/printers/kiosk-1", "", map[string]any{"state": state, "paper": "ok", "started": started}, &all); status != 200 {
			t.Fatalf("telling of the printer: %d", status)
		}
		return all
	}
	tell("ok", true)
	var first, second view.TicketTaken
	for i, ticket := range []*view.TicketTaken{&first, &second} {
		request := map[string]any{"service": "housing", "persons": 1, "printer": "kiosk-1"}
		if status := call(t, h, "POST", "/tickets", []string{"first-touch", "second-touch"}[i], request, ticket); status != 201 {
			t.Fatalf("taking: %d", status)
		}
		outcome := []map[string]string{{"state": "sending"}, {"state": "failed", "reason": "paper-out"}}[i]
		if status := call(t, h, "POST", "/print-jobs/"+ticket.Print.Job+"/outcome", "", outcome, nil); status != 200 {
			t.Fatalf("reporting: %d", status)
		}
	}
	all := tell("ok", true) // it crashed inside the first slip
	if len(all) != 1 || len(all[0].Unconfirmed) != 2 {
		t.Fatalf("after the crash: %+v", all)
	}
	if u := all[0].Unconfirmed[1]; u.Number != first.Number || u.State != "unknown" || u.Reason != "restarted" {
		t.Errorf("the slip that was under way: %+v", u)
	}

	var again struct{ Print view.PrintState }
	if status := call(t, h, "POST", "/tickets/"+first.ID+"/print", "", map[string]any{"printer": "kiosk-1", "slip": "ticket"}, &again); status != 200 {
		t.Fatalf("reprint: %d", status)
	}
	call(t, h, "POST", "/print-jobs/"+again.Print.Job+"/outcome", "", map[string]string{"state": "confirmed"}, nil)
	var job struct{ Slip struct{ Reprint bool } }
	call(t, h, "GET", "/print-jobs/"+again.Print.Job, "", nil, &job)
	if !job.Slip.Reprint || again.Print.Slip != "ticket" {
		t.Errorf("the second slip is %+v, marked: %t", again.Print, job.Slip.Reprint)
	}
	if status := call(t, h, "POST", "/tickets/"+first.ID+"/void", "", nil, nil); status != 409 {
		t.Errorf("voiding a number with a slip: %d", status)
	}
	if status := call(t, h, "POST", "/tickets/"+second.ID+"/void", "", nil, nil); status != 200 {
		t.Errorf("voiding a number without: %d", status)
	}
	if all := tell("ok", false); len(all[0].Unconfirmed) != 0 {
		t.Errorf("in the end: %+v", all)
	}

	var shown view.Hall
	call(t, h, "GET", "/hall", "", nil, &shown)
	if len(shown.Printers) != 1 || shown.Printers[0].ID != "kiosk-1" || shown.Printers[0].State != "ok" {
		t.Errorf("the hall shows %+v", shown.Printers)
	}
	clock.move(time.Minute)
	call(t, h, "GET", "/hall", "", nil, &shown)
	if shown.Printers[0].State != "offline" {
		t.Errorf("a minute later: %+v", shown.Printers)
	}
	for _, name := range []string{"hub", "none", "Kiosk%201"} {
		if status := call(t, h, "POST", "/printers/"+name, "", map[string]any{"state": "ok", "paper": "ok"}, nil); status != 422 && status != 400 {
			t.Errorf("a kiosk's printer named %s: %d", name, status)
		}
	}
}
