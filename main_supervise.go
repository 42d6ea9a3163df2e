package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"
)

// superviseFlag is read before all others: the program that it names is this
// same one without it.
const superviseFlag = "--supervise"

// withoutSupervise takes the flag out of a call and tells whether it was there.
func withoutSupervise(args []string) (rest []string, asked bool) {
	rest = slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return arg == superviseFlag })
	return rest, len(rest) < len(args)
}

// supervise runs the program in a process of its own and starts it anew whenever
// it ends badly, for halls whose system has no service manager. A program that
// ended well, or was called wrongly, is not started again. The exit code is the
// last one. Nothing that the program started is left when it is started again.
func supervise(ctx context.Context, args []string, out, errs io.Writer) int {
	own, err := os.Executable()
	if err != nil {
		_, _ = fmt.Fprintf(errs, "petitionhall: %v\n", err)
		return exitFailed
	}
	s := supervisor{log: errs, now: time.Now, pause: pauseFor, run: func(ctx context.Context) int {
		child := exec.CommandContext(ctx, own, args...) // #nosec G204 -- this very program, as it was called
		child.Stdout, child.Stderr = out, errs
		child.Cancel = func() error { return child.Process.Signal(endSignal) }
		child.WaitDelay = endWithin
		if err := runToTheEnd(child); child.ProcessState == nil {
			_, _ = fmt.Fprintf(errs, "petitionhall: %v\n", err)
		}
		return exitCode(child)
	}}
	return s.keep(ctx)
}

// endWithin is how long the program may take to end once it is told to: a slip
// under way has its time.
const endWithin = 30 * time.Second

// exitCode is the code that a program ended with. One that ended by a signal or
// never began has failed.
func exitCode(child *exec.Cmd) int {
	if state := child.ProcessState; state != nil && state.ExitCode() >= 0 {
		return state.ExitCode()
	}
	return exitFailed
}

// pauseFor waits for d or until ctx ends.
func pauseFor(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// supervisor starts a program again and again.
type supervisor struct {
	log   io.Writer
	now   func() time.Time
	pause func(ctx context.Context, d time.Duration)
	run   func(ctx context.Context) int
}

const (
	// firstPause doubles with each start that did not last for steadyAfter, up to
	// longestPause: a program that cannot start must not keep the machine busy.
	firstPause   = time.Second
	longestPause = time.Minute
	steadyAfter  = time.Minute
)

func (s supervisor) keep(ctx context.Context) int {
	wait := firstPause
	for {
		began := s.now()
		code := s.run(ctx)
		if code == 0 || code == exitUsage || ctx.Err() != nil {
			return code
		}
		if s.now().Sub(began) >= steadyAfter {
			wait = firstPause
		}
		_, _ = fmt.Fprintf(s.log, "petitionhall: ended with %d, starting again in %s\n", code, wait)
		if s.pause(ctx, wait); ctx.Err() != nil {
			return code
		}
		wait = min(2*wait, longestPause)
	}
}
