//go:build walk

package walk

import (
	"bytes"
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is the program as it runs, whichever of its commands.
type process struct {
	t       *testing.T
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

// launch starts the program; a test that failed kills it at its end, a good one has
// ended it.
func launch(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	p := &process{t: t, command: exec.CommandContext(context.WithoutCancel(t.Context()), program(t), args...), ended: make(chan error, 1)}
	p.command.Env = env
	p.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	p.command.Stdout, p.command.Stderr = &p.said, &p.said
	p.command.WaitDelay = time.Second // if what drew its page outlives it, that holds its output open
	if err := p.command.Start(); err != nil {
		t.Fatalf("%v; `make build` makes it", err)
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		p.ended <- p.command.Wait()
	}()
	t.Cleanup(func() {
		_ = p.command.Process.Kill()
		<-over
		if t.Failed() {
			t.Logf("%s said:\n%s", strings.Join(args, " "), p.said.String())
		}
	})
	return p
}

// awaitSaid waits until the program's log says something, so many times in all.
func (p *process) awaitSaid(ctx context.Context, text string, times int) {
	p.t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for strings.Count(p.said.String(), text) < times {
		select {
		case <-again.C:
		case err := <-p.ended:
			p.t.Fatalf("the program ended (%v) without saying %q", err, text)
		case <-ctx.Done():
			p.t.Fatalf("the program never said %q", text)
		}
	}
}

// awaitEnd waits until the program ends by itself, with this code.
func (p *process) awaitEnd(ctx context.Context, code int) {
	p.t.Helper()
	select {
	case <-p.ended:
		if got := p.command.ProcessState.ExitCode(); got != code {
			p.t.Errorf("the program ended with %d, want %d", got, code)
		}
	case <-ctx.Done():
		p.t.Fatal("the program never ended")
	}
}

// close ends the program as the system does, and checks that it ends well.
func (p *process) close() {
	p.t.Helper()
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	p.awaitEnd(ctx, 0)
}
