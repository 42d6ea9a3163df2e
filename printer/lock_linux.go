package printer

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// lockPort keeps other programs that lock, this one's second start above all,
// from writing into the middle of a slip. A serial port has no lock of its own.
func lockPort(name string) (io.Closer, error) {
	file, err := os.OpenFile(name, unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = errLocked
		}
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
