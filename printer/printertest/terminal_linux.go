package printertest

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// Terminal is a scripted printer on a pseudo-terminal.
type Terminal struct {
	Printer
	terminal *os.File // our end
	line     *os.File // the other end, kept open so that drivers may come and go
	done     chan struct{}
	free     chan struct{} // closed by Release
	drops    chan chan error
	// busyUntil is when the line has carried all that was read; the reader's own.
	busyUntil time.Time
	release   sync.Once
}

// Start makes a printer that behaves as script says. Close ends it.
func Start(script Script) (*Terminal, error) {
	blocking, line, err := pty.Open()
	if err != nil {
		return nil, fmt.Errorf("make a pseudo-terminal: %w", err)
	}
	defer func() { _ = blocking.Close() }()
	terminal, err := interruptible(blocking)
	if err == nil {
		err = raw(line)
	}
	if err != nil {
		_ = line.Close()
		_ = terminal.Close()
		return nil, err
	}
	t := &Terminal{terminal: terminal, line: line, done: make(chan struct{}), free: make(chan struct{}), drops: make(chan chan error)}
	t.prepare(script, t.say, func() { _ = terminal.Close() }) // the reader sees it end
	go t.run()
	return t, nil
}

// interruptible is the same file, but closing it ends a read that waits.
func interruptible(blocking *os.File) (*os.File, error) {
	// Not for programs that a test starts: the line hangs up when the last one has
	// closed this end.
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("copy the terminal's descriptor: %w", err)
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		_ = unix.Close(fd)
		return nil, fmt.Errorf("set the terminal non-blocking: %w", err)
	}
	return os.NewFile(uintptr(fd), blocking.Name()), nil
}

// raw keeps the terminal from echoing the printer's own answers back to it.
func raw(line *os.File) error {
	fd := int(line.Fd())
	t, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return fmt.Errorf("read the terminal's settings: %w", err)
	}
	t.Iflag, t.Oflag, t.Lflag = 0, 0, 0
	if err := unix.IoctlSetTermios(fd, unix.TCSETS, t); err != nil {
		return fmt.Errorf("set the terminal raw: %w", err)
	}
	return nil
}

// Path is the port's name, as a driver opens it.
func (t *Terminal) Path() string { return t.line.Name() }

// URI is the printer's URI with options such as "baud=115200&width=58", which
// may be empty.
func (t *Terminal) URI(options string) string {
	uri := "serial:" + t.Path()
	if options != "" {
		uri += "?" + options
	}
	return uri
}

// Close ends the printer and waits until it has ended.
func (t *Terminal) Close() error {
	t.Release()
	t.HangUp()
	<-t.done
	return t.line.Close()
}

// Drop loses what was sent and has not reached the printer, as when whoever sent
// it loses its power: else the system goes on delivering for a program that is
// dead. Of a command that is cut in two the printer makes nothing, and waits for
// a reset; a picture or a character that is cut in two it waits for. Drop is not
// for a line that sticks.
func (t *Terminal) Drop() error {
	// The reader does it itself, lest a byte in its hand arrive afterwards.
	if err := t.terminal.SetReadDeadline(time.Unix(1, 0)); err != nil {
		return fmt.Errorf("drop what waits on the line: %w", err)
	}
	dropped := make(chan error)
	select {
	case t.drops <- dropped:
		return <-dropped
	case <-t.done:
		return os.ErrClosed
	}
}

// drop is the reader's part of Drop.
func (t *Terminal) drop() {
	dropped := <-t.drops
	line, err := t.terminal.SyscallConn()
	if err == nil {
		var flush error
		err = line.Control(func(fd uintptr) { flush = unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCIFLUSH) })
		err = errors.Join(err, flush, t.terminal.SetReadDeadline(time.Time{}))
	}
	t.mu.Lock()
	t.junk = t.junk || isHalfCommand(t.machine.Pending())
	t.mu.Unlock()
	dropped <- err
}

// isHalfCommand tells whether what has arrived begins a command, and no picture
// whose dots are coming.
func isHalfCommand(begun []byte) bool {
	return len(begun) > 0 && begun[0] <= ' ' && !isPicture(begun)
}

// Release ends the sticking of the line.
func (t *Terminal) Release() { t.release.Do(func() { close(t.free) }) }

func (t *Terminal) run() {
	defer close(t.done)
	buffer := make([]byte, 4096)
	for {
		n, err := t.terminal.Read(buffer[:t.portion()])
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.drop()
			continue
		}
		t.dawdle(n) // a byte has arrived once it was on the line
		if err != nil || t.understands() {
			t.arrive(buffer[:n])
		}
		if err != nil {
			return // hung up
		}
		t.stop()
	}
}

// understands tells whether the line has the printer's speed. At another one the
// bytes are noise, which most printers drop.
func (t *Terminal) understands() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.script.Baud == 0 {
		return true
	}
	settings, err := unix.IoctlGetTermios(int(t.line.Fd()), unix.TCGETS)
	if err != nil {
		t.fail(fmt.Errorf("read the line's speed: %w", err))
		return false
	}
	return settings.Cflag&unix.CBAUD == bauds[t.script.Baud]
}

// bauds are the speeds as the terminal has them.
var bauds = map[int]uint32{9600: unix.B9600, 19200: unix.B19200, 38400: unix.B38400, 115200: unix.B115200}

// portion is how much is read at once: a line that sticks or is slow must not
// take the rest of a slip by the way. A slow one takes what fits a millisecond.
func (t *Terminal) portion() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.script.Fault.Kind == LineSticks:
		return 1
	case t.script.Speed > 0:
		return max(t.script.Speed/1000, 1)
	}
	return 4096
}

// dawdle takes the time that n bytes take on the line.
func (t *Terminal) dawdle(n int) {
	t.mu.Lock()
	speed := t.script.Speed
	t.mu.Unlock()
	if speed == 0 {
		return
	}
	// A reader that wakes up a little late has not made the line wait.
	if now := time.Now(); now.Sub(t.busyUntil) > 5*time.Millisecond {
		t.busyUntil = now
	}
	t.busyUntil = t.busyUntil.Add(time.Duration(n) * time.Second / time.Duration(speed))
	time.Sleep(time.Until(t.busyUntil))
}

// stop waits while the line sticks.
func (t *Terminal) stop() {
	t.mu.Lock()
	sticks := t.sticks
	t.mu.Unlock()
	if sticks {
		<-t.free
		t.mu.Lock()
		t.sticks = false
		t.mu.Unlock()
	}
}

func (t *Terminal) say(b []byte) {
	if _, err := t.terminal.Write(b); err != nil {
		t.fail(fmt.Errorf("answer: %w", err))
	}
}
