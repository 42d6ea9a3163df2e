package api_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/hall/api"
	"petitionhall/hall/configuration"
	"petitionhall/hall/help"
	"petitionhall/hall/languages"
	"petitionhall/hall/ratings"
	"petitionhall/hall/runner"
	"petitionhall/hall/view"
	"petitionhall/hall/voice/pack"
	"petitionhall/printer"
	"petitionhall/queue"
	"petitionhall/queue/check"
	"petitionhall/queue/journal"
	"petitionhall/queue/journal/journaltest"
	"petitionhall/queue/memorystore"
)

// hall is what the API stands on, with a journal that fails on demand and a
// printer that only writes down what it was given.
type hall struct {
	*runner.Runner
	mux     *http.ServeMux
	journal *journaltest.Flaky
	config  *queue.Configuration

	mu      sync.Mutex
	printed []string
}

// newHall runs until the test ends.
func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{mux: http.NewServeMux(), journal: journaltest.NewFlaky(memorystore.New()), config: configuration.Default()}
	var err error
	h.Runner, err = runner.New(t.Context(), runner.Options{Journal: h.journal, Log: slog.New(slog.DiscardHandler), Opening: func(at time.Time) *queue.Opening {
		return &queue.Opening{Date: at.Format(time.DateOnly), Epoch: 1, Configuration: h.config}
	}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	api.New(h, h.mux, "test", slog.New(slog.DiscardHandler))
	return h
}

func (h *hall) Configuration() (*queue.Configuration, uint64) { return h.config, 1 }

func (h *hall) ApplyConfiguration(context.Context, *queue.Configuration, uint64, string) error {
	return nil
}

func (h *hall) Moment(r journal.Revision) view.Moment {
	return view.Moment{Revision: uint64(r), Now: time.Now(), Configuration: h.config}
}
func (h *hall) Rate(string, string, ratings.Score) error    { return nil }
func (h *hall) Rated(string, string) bool                   { return false }
func (h *hall) Ratings(string) view.Ratings                 { return view.Ratings{} }
func (h *hall) Check(context.Context) (check.Report, error) { return check.Report{}, nil }
func (h *hall) Voices() *pack.Shelf                         { return nil }
func (h *hall) Languages() *languages.Shelf {
	return languages.OpenShelf("", slog.New(slog.DiscardHandler))
}
func (h *hall) Help() *help.Desk           { return nil }
func (h *hall) Track(code string) string   { return "HTTP://127.0.0.1/T/" + code }
func (h *hall) AskPrinter(context.Context) {}
func (h *hall) Voice() view.VoiceState     { return view.VoiceState{} }
func (h *hall) PrinterIs(context.Context, view.Printer, bool) error {
	return nil
}
func (h *hall) Slip(s *queue.State, t *queue.Ticket, job queue.JobID) printer.Slip {
	return view.OfSlip(s, t, job, h.Track(t.Code))
}
func (h *hall) Templates() []view.Template                       { return nil }
func (h *hall) SaveTemplate(string, string) error                { return nil }
func (h *hall) Sample(string) (printer.Slip, bool)               { return printer.Slip{}, false }
func (h *hall) PrintDay(context.Context) (printer.Outcome, bool) { return printer.Outcome{}, false }
func (h *hall) Wait(queue.ServiceID, bool) (*queue.Wait, int)    { return nil, 0 }

func (h *hall) HasPrinter() bool { return true }
func (h *hall) Print(job string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.printed = append(h.printed, job)
}

// post does a keyed command and gives the status and the print job of the answer.
func (h *hall) post(ctx context.Context, path, key, body string) (status int, job string) {
	request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/api/v1"+path, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	recorder := httptest.NewRecorder()
	h.mux.ServeHTTP(recorder, request)
	var told struct{ Print view.PrintState }
	_ = json.Unmarshal(recorder.Body.Bytes(), &told) // a refusal has no print
	return recorder.Code, told.Print.Job
}

const visitor = `{"service":"housing","persons":1}`

// A visitor's kiosk loses its line while the number is being recorded: the
// number is issued, and so its slip must come.
func TestSlipOfATakeWhoseCallerLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHall(t)
		arrived, release := h.journal.Hold(1)
		ctx, leave := context.WithCancel(t.Context())
		go h.post(ctx, "/tickets", "key-of-the-take", visitor)
		<-arrived
		leave()
		synctest.Wait()
		release()
		synctest.Wait()
		if len(h.printed) != 1 {
			t.Fatalf("printed %v", h.printed)
		}
		status, job := h.post(t.Context(), "/tickets", "key-of-the-take", visitor)
		if status != http.StatusOK || job != h.printed[0] {
			t.Errorf("asked again: %d, job %s, printed %v", status, job, h.printed)
		}
	})
}

// A second slip that was begun is not handed on again; one that nobody began is.
func TestReprintTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHall(t)
		_, first := h.post(t.Context(), "/tickets", "key-of-the-take", visitor)
		ticket := strings.TrimSuffix(first, "-1")
		status, second := h.post(t.Context(), "/tickets/"+ticket+"/print", "key-of-the-print", "")
		if status != http.StatusOK || second != ticket+"-2" {
			t.Fatalf("the second slip: %d %s", status, second)
		}
		if _, err := h.Do(t.Context(), queue.Command{Action: queue.ReportPrint{Job: queue.JobID{Ticket: 1, Attempt: 1}, State: queue.PrintSending}}); err != nil {
			t.Fatal(err)
		}
		h.post(t.Context(), "/tickets", "key-of-the-take", visitor)
		h.post(t.Context(), "/tickets/"+ticket+"/print", "key-of-the-print", "")
		if got := strings.Join(h.printed, " "); got != strings.Join([]string{first, second, second}, " ") {
			t.Errorf("handed on: %s", got)
		}
	})
}

// What the journal cannot record is told as such, and printed by nobody.
func TestTakeOnAFullDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHall(t)
		h.journal.Spoil(1, journaltest.Full)
		if status, _ := h.post(t.Context(), "/tickets", "key-of-the-take", visitor); status != http.StatusServiceUnavailable || len(h.printed) > 0 {
			t.Errorf("%d, printed %v", status, h.printed)
		}
		if status, _ := h.post(t.Context(), "/tickets", "key-of-the-take", visitor); status != http.StatusCreated || len(h.printed) != 1 {
			t.Errorf("again: %d, printed %v", status, h.printed)
		}
	})
}
