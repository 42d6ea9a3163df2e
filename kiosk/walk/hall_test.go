//go:build walk

package walk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// hall is the running program, the touch window with the hall inside.
type hall struct {
	t       *testing.T
	base    string // its address
	data    string // its data directory
	command *exec.Cmd
	ended   chan error
	said    words
}

// words are what a program says, to be read while it goes on.
type words struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *words) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(b)
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// program is what `make build` makes.
func program(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "build", "bin", "petitionhall"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// openHall starts the program on a screen and waits until it is ready.
func openHall(t *testing.T, s *screen, printerURI string) *hall {
	t.Helper()
	return openHallIn(t, s, t.TempDir(), printerURI)
}

// openHallIn does so on the data that an earlier run left.
func openHallIn(t *testing.T, s *screen, data, printerURI string, more ...string) *hall {
	t.Helper()
	address := freeAddress(t)
	h := &hall{t: t, base: "http://" + address, data: data, ended: make(chan error, 1)}
	args := append([]string{"--open", "--data", h.data, "--listen", address, "--printer", printerURI}, more...)
	h.command = exec.CommandContext(context.WithoutCancel(t.Context()), program(t), args...)
	h.command.Env = s.env
	h.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	h.command.Stdout, h.command.Stderr = &h.said, &h.said
	h.command.WaitDelay = time.Second // a frozen process that drew its page outlives it and holds its output open
	if err := h.command.Start(); err != nil {
		t.Fatalf("%v; `make build` makes it", err)
	}
	go func() {
		err := h.command.Wait()
		if errors.Is(err, exec.ErrWaitDelay) {
			err = nil // it ended well; a process of its window, just starting, ends after it
		}
		h.ended <- err
	}()
	t.Cleanup(func() {
		if h.command.ProcessState == nil {
			_ = h.command.Process.Kill() // a failed test; a good one has ended it
			<-h.ended
		}
		if t.Failed() {
			t.Logf("the program said:\n%s", h.said.String())
		}
	})
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

// ticket is what the walk wants to know of a ticket.
type ticket struct{ Number, Print string }

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

// close ends the program as the system does, and checks that it ends well.
func (h *hall) close() {
	h.t.Helper()
	if err := h.command.Process.Signal(syscall.SIGTERM); err != nil {
		h.t.Fatal(err)
	}
	select {
	case err := <-h.ended:
		if err != nil {
			h.t.Errorf("the program's end: %v", err)
		}
	case <-time.After(patience):
		h.t.Errorf("the program did not end within %v", patience)
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
