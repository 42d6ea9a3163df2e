//go:build !linux

package printer

import (
	"errors"
	"os"
)

// errNoUSB says what only Linux has.
var errNoUSB = errors.New("printers at a device file are there on Linux only")

func openDevice(string) (*os.File, error) { return nil, errNoUSB }

// lockDevice has nothing to lock: no device was opened.
func lockDevice(*os.File) error { return nil }
