package printer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// claim opens a port a second time and locks it against other programs that
// lock, this one's second start above all. A serial port has no lock of its own.
func claim(name string) (line, error) {
	file, err := os.OpenFile(name, unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if err := lockDevice(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return ttyLine{file}, nil
}

type ttyLine struct{ *os.File }

func (l ttyLine) setFlow(flow Flow) error {
	if flow == NoFlow {
		return nil
	}
	fd := int(l.Fd())
	t, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return fmt.Errorf("read the port's settings: %w", err)
	}
	switch flow {
	case NoFlow:
	case Hardware:
		t.Cflag |= unix.CRTSCTS
	case XONXOFF:
		t.Iflag |= unix.IXON
		t.Cc[unix.VSTART], t.Cc[unix.VSTOP] = 0x11, 0x13
	}
	if err := unix.IoctlSetTermios(fd, unix.TCSETS, t); err != nil {
		return fmt.Errorf("set the port's flow control: %w", err)
	}
	return nil
}

func (l ttyLine) waiting() int { return outQueue(l.File) }

// outQueue is how many bytes written to a terminal or a connection are still in
// the system.
func outQueue(c syscall.Conn) int {
	raw, err := c.SyscallConn()
	if err != nil {
		return 0
	}
	n := 0
	if err := raw.Control(func(fd uintptr) { n, err = unix.IoctlGetInt(int(fd), unix.TIOCOUTQ) }); err != nil {
		return 0
	}
	if err != nil {
		return 0 // a device that does not say
	}
	return n
}

// drop is best effort all along: the port is given up, and has no one to tell. It
// may be closed in this very moment, and its number be another file's.
func (l ttyLine) drop() {
	raw, err := l.SyscallConn()
	if err != nil {
		return // closed
	}
	_ = raw.Control(func(fd uintptr) {
		_ = unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCOFLUSH)
		_ = unix.IoctlSetInt(int(fd), unix.TCXONC, unix.TCOON)
		_ = unix.Flock(int(fd), unix.LOCK_UN)
	})
}

// byID is where Linux keeps a name for each serial device that stays the same
// wherever it is plugged in.
var byID = "/dev/serial/by-id"

// deviceName is the lasting name of a port's device; empty when there is none,
// or when name is one already.
func deviceName(name string) string {
	if filepath.Dir(name) == byID {
		return ""
	}
	device, err := filepath.EvalSymlinks(name)
	if err != nil {
		return ""
	}
	links, err := os.ReadDir(byID)
	if err != nil {
		return "" // no such devices
	}
	for _, link := range links {
		lasting := filepath.Join(byID, link.Name())
		if target, err := filepath.EvalSymlinks(lasting); err == nil && target == device {
			return lasting
		}
	}
	return ""
}
