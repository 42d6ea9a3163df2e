package boltstore

import (
	"os"

	"golang.org/x/sys/unix"
)

// forget has the system drop what it keeps of the file in memory, so that the next read comes from the disk.
func forget(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}
