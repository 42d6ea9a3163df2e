package printer

import (
	"os"

	"golang.org/x/sys/unix"
)

// openDevice opens a device so that reads and writes of it can time out.
func openDevice(name string) (*os.File, error) {
	return os.OpenFile(name, unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
}
