package kiosk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/printer"
	"petitionhall/printer/printertest"
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

// slipHub is a hub that issues numbers to one kiosk and notes in their order what
// it was told of printing. It is reached without a network, so that time may be
// virtual.
type slipHub struct {
	mu    sync.Mutex
	told  []string
	taken int
	// answers are what it answers to a request once each, instead of as usual;
	// 0 is no answer though it understood.
	answers map[string][]int
}

func (h *slipHub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	var asked struct {
		State, Printer string
		Started        bool
	}
	_ = json.Unmarshal(body, &asked) // some have no body
	var request string
	job := r.PathValue("job")
	switch {
	case job != "" && r.Method == http.MethodPost:
		request = asked.State + " " + job
	case job != "":
		request = "slip " + job
	case r.PathValue("printer") != "" && asked.Started:
		request = "started"
	case r.PathValue("printer") != "":
		_, _ = io.WriteString(w, "[]")
		return // how it is, now and then
	default:
		request = "take for " + asked.Printer
	}
	status := http.StatusOK
	if answers := h.answers[request]; len(answers) > 0 {
		status, h.answers[request] = answers[0], answers[1:]
	}
	h.told = append(h.told, request)
	switch {
	case status == 0:
		panic(http.ErrAbortHandler)
	case status != http.StatusOK:
		h.told[len(h.told)-1] += fmt.Sprint(" ", status)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"code":"`+map[int]string{409: "job.ended", 404: "job.unknown"}[status]+`"}`)
	case job != "":
		_, _ = io.WriteString(w, `{"slip":{"kind":"ticket","number":"`+job+`"}}`)
	case request == "started":
		_, _ = io.WriteString(w, "[]")
	default:
		h.taken++
		_, _ = io.WriteString(w, fmt.Sprintf(`{"print":{"job":"j%d","state":"reserved"}}`, h.taken))
	}
}

// atHub runs a test of a kiosk whose printer hands the slips on, in virtual time,
// and returns what the hub was told.
func atHub(t *testing.T, answers map[string][]int, test func(t *testing.T, app *App, slips <-chan printer.Slip)) []string {
	t.Helper()
	hub := &slipHub{answers: answers}
	synctest.Test(t, func(t *testing.T) {
		mux := http.NewServeMux()
		for _, pattern := range []string{"POST /api/v1/tickets", "POST /api/v1/printers/{printer}", "GET /api/v1/print-jobs/{job}", "POST /api/v1/print-jobs/{job}/outcome"} {
			mux.Handle(pattern, hub)
		}
		transport, end := inside(mux)
		hall, err := newClient("http://127.0.0.1", transport)
		if err != nil {
			t.Fatal(err)
		}
		slips := make(chan printer.Slip, 10)
		log := slog.New(slog.DiscardHandler)
		printing := newPrinting(&Printer{ID: "kiosk-2", Port: paper{slips, printer.Outcome{State: printer.Sent}}}, hall, log)
		app := &App{reader: &reader{hall: hall, log: log, life: t.Context()}, printing: printing, printer: "kiosk-2"}
		test(t, app, slips)
		printing.close()
		if err := end(); err != nil {
			t.Error(err)
		}
	})
	return hub.told
}

// take takes a ticket by a touch of its own.
func take(t *testing.T, app *App, touch string) {
	t.Helper()
	if _, err := app.Take(nil, touch); err != nil {
		t.Error(err)
	}
}

func wantTold(t *testing.T, told []string, want ...string) {
	t.Helper()
	if !slices.Equal(told, want) {
		t.Errorf("the hub was told\n%q, want\n%q", told, want)
	}
}

// TestOwnPrinter: a kiosk with a printer of its own names it when it takes a
// ticket, prints the slip that the hub holds, once, and tells the hub before the
// first byte and after the last.
func TestOwnPrinter(t *testing.T) {
	told := atHub(t, nil, func(t *testing.T, app *App, slips <-chan printer.Slip) {
		take(t, app, "touch-1")
		if slip := <-slips; slip.Number != "j1" {
			t.Errorf("printed %+v", slip)
		}
		synctest.Wait()
		app.printing.submit([]byte(`{"print":{"job":"j1","state":"reserved"}}`)) // the finger bounced: one touch, one slip
		synctest.Wait()
		status, err := app.Printers()
		if want := `[{"id":"kiosk-2","state":"ok","paper":"near-end","unconfirmed":[]}]`; err != nil || string(status) != want {
			t.Errorf("the page sees %s (%v), want %s", status, err, want)
		}
	})
	wantTold(t, told, "started", "take for kiosk-2", "slip j1", "sending j1", "sent j1")
}

// TestOutcomeAfterItsEnd: the day closes while a slip is being printed, and gives
// it its end. The hub refuses the outcome for ever; the next visitor's slip comes
// all the same.
func TestOutcomeAfterItsEnd(t *testing.T) {
	for _, refusal := range []int{http.StatusConflict, http.StatusNotFound} {
		told := atHub(t, map[string][]int{"sent j1": {refusal, refusal, refusal}}, func(t *testing.T, app *App, slips <-chan printer.Slip) {
			take(t, app, "touch-1")
			<-slips
			take(t, app, "touch-2")
			if slip := <-slips; slip.Number != "j2" {
				t.Errorf("printed %+v", slip)
			}
			synctest.Wait()
		})
		if want := fmt.Sprint("sent j1 ", refusal); !slices.Contains(told, want) || told[len(told)-1] != "sent j2" {
			t.Errorf("the hub was told %q", told)
		}
	}
}

// TestStartIsToldFirst: with the news that the kiosk has started the hub ends the
// slips of an earlier run. It gets through only at the third attempt; what was
// touched meanwhile waits for it.
func TestStartIsToldFirst(t *testing.T) {
	told := atHub(t, map[string][]int{"started": {500, 0}}, func(t *testing.T, app *App, slips <-chan printer.Slip) {
		take(t, app, "touch-1")
		<-slips
		synctest.Wait()
	})
	wantTold(t, told, "started 500", "started", "started", "take for kiosk-2", "slip j1", "sending j1", "sent j1")
}

// TestNothingIsTakenFromAHubThatDoesNotKnow: the visitor learns in time that the
// hub is not there.
func TestNothingIsTakenFromAHubThatDoesNotKnow(t *testing.T) {
	answers := map[string][]int{"started": slices.Repeat([]int{500}, 100)}
	told := atHub(t, answers, func(t *testing.T, app *App, _ <-chan printer.Slip) {
		_, err := app.Take(nil, "touch-1")
		if codeOf(err) != codeUnreachable {
			t.Errorf("error %v", err)
		}
	})
	if slices.Contains(told, "take for kiosk-2") {
		t.Errorf("the hub was told %q", told)
	}
}

// TestSlipThatCannotBeBegun: the hub does not give the slip, or its answer to the
// news that the slip begins is lost. Nothing is printed, and the hub is told so
// until it hears: else it would wait for an end that never comes, and neither
// another slip nor giving the number back would be allowed.
func TestSlipThatCannotBeBegun(t *testing.T) {
	for name, c := range map[string]struct {
		answers map[string][]int
		told    []string
	}{
		"no slip":     {map[string][]int{"slip j1": {500}}, []string{"slip j1 500", "failed j1"}},
		"answer lost": {map[string][]int{"sending j1": {0}, "failed j1": {0, 500}}, []string{"slip j1", "sending j1", "failed j1", "failed j1 500", "failed j1"}},
		"refused":     {map[string][]int{"sending j1": {409}, "failed j1": {409}}, []string{"slip j1", "sending j1 409", "failed j1 409"}},
	} {
		t.Run(name, func(t *testing.T) {
			told := atHub(t, c.answers, func(t *testing.T, app *App, slips <-chan printer.Slip) {
				take(t, app, "touch-1")
				time.Sleep(time.Minute)
				take(t, app, "touch-2")
				if slip := <-slips; slip.Number != "j2" {
					t.Errorf("printed %+v", slip)
				}
				synctest.Wait()
			})
			want := append([]string{"started", "take for kiosk-2"}, c.told...)
			wantTold(t, told, append(want, "take for kiosk-2", "slip j2", "sending j2", "sent j2")...)
		})
	}
}

// TestSlipOfAnEarlierRun: the kiosk was killed in the midst of a slip. Its next run
// lets the printer know, by what the first noted.
func TestSlipOfAnEarlierRun(t *testing.T) {
	for name, killed := range map[string]bool{"after a kill": true, "else": false} {
		t.Run(name, func(t *testing.T) {
			scripted, err := printertest.Listen(t.Context(), printertest.Script{Confirms: true})
			if err != nil {
				t.Fatal(err)
			}
			device, err := printer.New(scripted.URI(""))
			if err != nil {
				t.Fatal(err)
			}
			directory := t.TempDir()
			address := strings.TrimPrefix(scripted.URI(""), "tcp:")
			notes := fmt.Sprintf(`{"device":%q,"open":%t}`, address, killed)
			if err := os.WriteFile(filepath.Join(directory, "kiosk-2.printer.json"), []byte(notes), 0o600); err != nil {
				t.Fatal(err)
			}
			machineOfHub(t, http.NotFoundHandler(), &Printer{ID: "kiosk-2", Port: device, Data: directory})
			if got := device.Status(t.Context()); got.State != printer.OK {
				t.Errorf("status %v", got)
			}
			if n := scripted.SlipBytes(); (n > 8000) != killed {
				t.Errorf("%d bytes ended what the printer waited for", n)
			}
			if err := errors.Join(device.Close(), scripted.Close(), scripted.Err()); err != nil {
				t.Error(err)
			}
		})
	}
}
