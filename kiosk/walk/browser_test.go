//go:build walk

package walk

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// point is a place on the screen, in dots from its upper left corner.
type point struct{ X, Y int }

// browser is Chromium with the pages of the hall, led by pages.mjs: one step
// after the other, each asked for and answered in one line of JSON.
type browser struct {
	t       *testing.T
	asks    io.Writer
	answers *bufio.Reader
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	command := exec.CommandContext(context.WithoutCancel(t.Context()), "node", "pages.mjs", shots, t.TempDir())
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	command.Stderr = os.Stderr
	asks, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	answers, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = asks.Close() // its end is the sign to close Chromium
		if err := command.Wait(); err != nil {
			t.Errorf("the browser's end: %v", err)
		}
	})
	return &browser{t, asks, bufio.NewReader(answers)}
}

// do asks for a step and reads its answer into result.
func (b *browser) do(step string, arguments, result any) {
	b.t.Helper()
	question, err := json.Marshal(map[string]any{"step": step, "with": arguments})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.asks.Write(append(question, '\n')); err != nil {
		b.t.Fatal(err)
	}
	line, err := b.answers.ReadBytes('\n')
	if err != nil {
		b.t.Fatalf("the browser ended during %s: %v", step, err)
	}
	var answer struct {
		Failed string
		Result json.RawMessage
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		b.t.Fatalf("%s: %s", step, line)
	}
	if answer.Failed != "" {
		b.t.Fatalf("%s: %s", step, answer.Failed)
	}
	if err := json.Unmarshal(answer.Result, result); err != nil {
		b.t.Fatalf("%s: %v", step, err)
	}
}
