//go:build !unix

package boltstore

import (
	"os"
	"time"
)

// lock leaves the locking to bbolt.
func lock(*os.File, bool, time.Duration) error { return nil }

// unlock leaves it to the end of the program.
func unlock(*os.File) {}

// syncDirectory does nothing: this system cannot sync a directory.
func syncDirectory(string) error { return nil }
