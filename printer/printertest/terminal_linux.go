package printertest

import (
	"fmt"
	"os"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// Terminal is a scripted printer on a pseudo-terminal.
type Terminal struct {
	Printer
	terminal *os.File // our end
	line     *os.File // the other end, kept open so that drivers may come and go
	done     chan struct{}
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
	t := &Terminal{terminal: terminal, line: line, done: make(chan struct{})}
	t.prepare(script, t.say, func() { _ = terminal.Close() }) // the reader sees it end
	go t.run()
	return t, nil
}

// interruptible is the same file, but closing it ends a read that waits.
func interruptible(blocking *os.File) (*os.File, error) {
	fd, err := unix.Dup(int(blocking.Fd()))
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
	t.HangUp()
	<-t.done
	return t.line.Close()
}

func (t *Terminal) run() {
	defer close(t.done)
	buffer := make([]byte, 4096)
	for {
		n, err := t.terminal.Read(buffer)
		t.arrive(buffer[:n])
		if err != nil {
			return // hung up
		}
	}
}

func (t *Terminal) say(b []byte) {
	if _, err := t.terminal.Write(b); err != nil {
		t.fail(fmt.Errorf("answer: %w", err))
	}
}
