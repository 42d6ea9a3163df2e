package main

import (
	"errors"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// runToTheEnd runs a program, and ends what it leaves behind: a process that draws
// a page and is frozen outlives its program, and would be one more each time. All
// of the program are a group of processes. Should this program itself be killed,
// the other is told to end.
func runToTheEnd(child *exec.Cmd) error {
	// The kernel tells the child of the end of its parent's thread, not of its
	// parent's end; a thread that is locked lasts until its goroutine returns.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	child.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: endSignal}
	if err := child.Start(); err != nil {
		return err
	}
	awaitEnd(child.Process.Pid)
	// The group's number is still the child's own: nobody has waited for it yet.
	_ = unix.Kill(-child.Process.Pid, unix.SIGKILL)
	return child.Wait()
}

// awaitEnd waits until a child has ended, and leaves it to be waited for.
func awaitEnd(child int) {
	for errors.Is(unix.Waitid(unix.P_PID, child, nil, unix.WEXITED|unix.WNOWAIT, nil), unix.EINTR) {
	}
}
