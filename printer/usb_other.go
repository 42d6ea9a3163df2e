//go:build !linux

package printer

import (
	"errors"
	"os"
)

// errNoUSB says what only Linux has.
var errNoUSB = errors.New("printers at a device file are there on Linux only")

func openDevice(string) (*os.File, error) { return nil, errNoUSB }
