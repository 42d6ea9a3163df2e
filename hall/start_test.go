package hall_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"petitionhall/hall"
	"petitionhall/hall/configuration"
	"petitionhall/hall/runner"
	"petitionhall/queue"
	"petitionhall/queue/boltstore"
	"petitionhall/queue/journal"
)

// begin runs a hall that the test ends itself, or its cleanup does.
func begin(t *testing.T, o hall.Options) (_ *hall.Hall, end func() error) {
	t.Helper()
	if o.Data == "" {
		o.Data = t.TempDir()
	}
	if o.Printer == "" {
		o.Printer = "none"
	}
	if o.Now == nil {
		o.Now = newClock().read // no day turns in the middle of a test
	}
	o.Open, o.Log = true, slog.New(slog.DiscardHandler)
	h, err := hall.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	done, ready := make(chan error, 1), make(chan struct{})
	h.OnReady(func() { close(ready) })
	go func() { done <- errors.Join(h.Run(ctx), h.Close()) }()
	end = sync.OnceValue(func() error { stop(); return <-done })
	t.Cleanup(func() {
		if err := end(); err != nil {
			t.Error(err)
		}
	})
	<-ready
	return h, end
}

// configured is a configuration file in which a window serves one service more.
func configured(t *testing.T, window queue.WindowID, service queue.ServiceID) (path string) {
	t.Helper()
	c := configuration.Default()
	w, ok := c.Window(window)
	if !ok {
		t.Fatalf("there is no window %s", window)
	}
	w.Services = append(w.Services, service)
	data, err := json.Marshal(c) // JSON is YAML too
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "hall.yaml")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRestart: a hall that starts again goes on where it was.
func TestRestart(t *testing.T) {
	data := t.TempDir()
	var first answer
	for run := range 2 {
		h, end := begin(t, hall.Options{Data: data, Listen: "127.0.0.1:0"})
		s := &served{t: t, address: h.Address(), keys: run * 100}
		if run == 0 {
			first = s.must("/api/v1/tickets", `{"service":"housing","persons":1}`)
		}
		if a := s.ask(http.MethodGet, "/api/v1/print-jobs/"+first.ID+"-1", "", nil); a.status != http.StatusNotFound {
			t.Errorf("a slip that nobody prints: %d", a.status)
		}
		s.must("/api/v1/tickets", `{"service":"housing","persons":1}`)
		s.kept(run + 2)
		if err := end(); err != nil {
			t.Error(err)
		}
	}
}

// TestConfigurationIsImportedOnce: the file of the first start counts, a later one does not.
func TestConfigurationIsImportedOnce(t *testing.T) {
	data := t.TempDir()
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(bad, []byte("nome: x"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := hall.Open(t.Context(), hall.Options{Data: data, Open: true, Printer: "none", Configuration: bad})
	if queue.CodeOf(err) != queue.CodeConfiguration {
		t.Fatalf("a bad file: %v", err)
	}
	for _, file := range []string{configured(t, "3", "housing"), configured(t, "4", "housing")} {
		h, end := begin(t, hall.Options{Data: data, Configuration: file})
		var windows []*queue.WindowConfig
		h.View(func(*queue.State, journal.Revision) { windows = h.Moment(0).Configuration.WindowsOf("housing") })
		if len(windows) != 2 || windows[1].ID != "3" {
			t.Errorf("housing is served by %d windows", len(windows))
		}
		if err := end(); err != nil {
			t.Error(err)
		}
	}
}

// TestSlipsOfAnEarlierRun: what became of a slip that was under way when the
// program died nobody knows, and the hall says so.
func TestSlipsOfAnEarlierRun(t *testing.T) {
	data := t.TempDir()
	store, err := boltstore.Open(filepath.Join(data, "hall.db"), boltstore.Options{Name: "hall"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := runner.New(t.Context(), runner.Options{Journal: store, Now: newClock().read, Opening: func(now time.Time) *queue.Opening {
		return &queue.Opening{Date: now.Format(time.DateOnly), Epoch: 1, Configuration: configuration.Default()}
	}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	for code, printer := range map[string]string{"HUB": "hub", "KIOSK": "kiosk-7"} {
		if _, err := r.Do(ctx, queue.Command{Action: queue.Take{Service: "housing", Persons: 1, Code: code, Printer: printer}}); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	if err := errors.Join(<-done, store.Close()); err != nil {
		t.Fatal(err)
	}

	h, _ := begin(t, hall.Options{Data: data, Printer: "virtual:" + t.TempDir()})
	h.View(func(s *queue.State, _ journal.Revision) {
		for code, want := range map[string]queue.PrintState{"HUB": queue.PrintUnknown, "KIOSK": queue.PrintStateReserved} {
			if ticket, ok := s.TicketByCode(code); !ok || ticket.Prints[0].State != want {
				t.Errorf("the slip of %s is %+v, want %s", code, ticket.Prints, want)
			}
		}
	})
}

// TestEndWhilePrinting: the hall ends while a slip is being printed. What is
// known of it is recorded before the queue ends.
func TestEndWhilePrinting(t *testing.T) {
	line, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = line.Close() }) // a printer that takes everything and says nothing
	begun := make(chan struct{})
	go func() {
		var once sync.Once
		for {
			connection, err := line.Accept()
			if err != nil {
				return
			}
			go func() {
				if _, err := io.CopyN(io.Discard, connection, 300); err == nil { // no question about its state is as long
					once.Do(func() { close(begun) })
				}
				_, _ = io.Copy(io.Discard, connection) // until the hall hangs up
			}()
		}
	}()
	data := t.TempDir()
	h, end := begin(t, hall.Options{Data: data, Listen: "127.0.0.1:0", Printer: "tcp:" + line.Addr().String()})
	s := &served{t: t, address: h.Address()}
	s.must("/api/v1/tickets", `{"service":"housing","persons":1}`)
	<-begun
	if err := end(); err != nil {
		t.Error(err)
	}

	h, _ = begin(t, hall.Options{Data: data}) // without a printer nothing is settled
	h.View(func(s *queue.State, _ journal.Revision) {
		ticket, _ := s.Ticket(1)
		if _, p := ticket.LastPrint(); !p.State.Ended() {
			t.Errorf("the slip is still %s", p.State)
		}
	})
}
