//go:build walk

package walk

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os/exec"
	"testing"
	"time"

	"petitionhall/printer/printertest"
)

// hall is a running program with the hall in it, and where that is asked.
type hall struct {
	*process
	base string // its address
	data string // its data directory
}

// openHall starts the touch window with the hall inside on a screen and waits until
// it is ready.
func openHall(t *testing.T, s *screen, printerURI string) *hall {
	t.Helper()
	return openHallIn(t, s, t.TempDir(), printerURI)
}

// openHallIn does so on the data that an earlier run left.
func openHallIn(t *testing.T, s *screen, data, printerURI string, more ...string) *hall {
	t.Helper()
	return startHall(t, s.env, data, freeAddress(t), append([]string{"--printer", printerURI}, more...)...)
}

// startHall starts the program with the hall in it and waits until that is ready.
func startHall(t *testing.T, env []string, data, address string, more ...string) *hall {
	t.Helper()
	args := append([]string{"--open", "--data", data, "--listen", address}, more...)
	h := &hall{process: launch(t, env, args...), base: "http://" + address, data: data}
	h.awaitReady()
	return h
}

// freeAddress finds a port that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }() // it was only to find the port
	return listener.Addr().String()
}

func (h *hall) awaitReady() {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		if status, _ := h.get(ctx, "/readyz", nil); status == http.StatusOK {
			return
		}
		select {
		case <-again.C:
		case err := <-h.ended:
			h.t.Fatalf("the program ended: %v\n%s", err, h.said.String())
		case <-ctx.Done():
			h.t.Fatal("the hall never got ready")
		}
	}
}

// get asks the hall and reads a JSON answer into result, if that is not nil.
func (h *hall) get(ctx context.Context, path string, result any) (status int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.base+path, nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }() // read or not wanted
	if result != nil {
		err = json.NewDecoder(response.Body).Decode(result)
	}
	return response.StatusCode, err
}

// do sends the hall a command and reads its answer into result, if that is not nil.
func (h *hall) do(ctx context.Context, path string, command, result any) {
	h.t.Helper()
	body, err := json.Marshal(command)
	if err != nil {
		h.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, h.base+path, bytes.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", rand.Text())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // read, or only its status is wanted
	if response.StatusCode >= http.StatusBadRequest {
		said, _ := io.ReadAll(response.Body)
		h.t.Fatalf("%s: status %d: %s", path, response.StatusCode, said)
	}
	if result != nil {
		if err := json.NewDecoder(response.Body).Decode(result); err != nil {
			h.t.Fatalf("%s: %v", path, err)
		}
	}
}

// take takes a number of window 3 over the hall's API.
func (h *hall) take(ctx context.Context) (number string) {
	h.t.Helper()
	var taken struct{ Number string }
	h.do(ctx, "/api/v1/tickets", map[string]any{"service": "natural-resources", "persons": 1}, &taken)
	return taken.Number
}

// ticket is what the walk wants to know of a ticket.
type ticket struct {
	Number, Print string
	Persons       int
	Priority      bool
}

// waiting are the tickets that wait for a window.
func (h *hall) waiting(ctx context.Context, window string) []ticket {
	h.t.Helper()
	var view struct{ Waiting []ticket }
	if status, err := h.get(ctx, "/api/v1/windows/"+window, &view); err != nil || status != http.StatusOK {
		h.t.Fatalf("window %s: status %d, %v", window, status, err)
	}
	return view.Waiting
}

// awaitPrinted waits until the printer has confirmed the slip of the ticket that
// waits for a window.
func (h *hall) awaitPrinted(ctx context.Context, window string) {
	h.t.Helper()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		waiting := h.waiting(ctx, window)
		if len(waiting) == 1 && waiting[0].Print == "confirmed" {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			h.t.Fatalf("the slip was never confirmed: %+v", waiting)
		}
	}
}

// check runs `petitionhall check` over the data that the program left.
func (h *hall) check() {
	h.t.Helper()
	output, err := exec.CommandContext(h.t.Context(), program(h.t), "check", "--data", h.data).CombinedOutput()
	if err != nil {
		h.t.Errorf("check: %v", err)
	}
	h.t.Logf("check: %s", output)
}

// newPaper is a printer on a serial port that confirms what it has printed, until
// the test ends.
func newPaper(t *testing.T) *printertest.Terminal {
	t.Helper()
	paper, err := printertest.Start(printertest.Script{Confirms: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := paper.Close(); err != nil {
			t.Error(err)
		}
	})
	return paper
}
