package printer

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// openDevice opens a device so that reads and writes of it can time out.
func openDevice(name string) (*os.File, error) {
	return os.OpenFile(name, unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
}

// lockDevice locks an open device against other programs that lock; the lock
// ends with the file.
func lockDevice(file *os.File) error {
	// File.Fd would make the descriptor blocking, and reads could not time out.
	raw, err := file.SyscallConn()
	if err != nil {
		return err
	}
	var locked error
	if err := raw.Control(func(fd uintptr) { locked = unix.Flock(int(fd), unix.LOCK_EX|unix.LOCK_NB) }); err != nil {
		return err
	}
	if errors.Is(locked, unix.EWOULDBLOCK) {
		return errLocked
	}
	return locked
}
