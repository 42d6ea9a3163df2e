//go:build !linux

package printer

import (
	"errors"
	"syscall"
)

// claim has nothing to do where the system lets only one program open a port,
// as Windows does.
func claim(string) (line, error) { return plainLine{}, nil }

type plainLine struct{}

func (plainLine) Close() error { return nil }

// errNoFlow says what only Linux can do.
var errNoFlow = errors.New("flow control can be set on Linux only")

func (plainLine) setFlow(flow Flow) error {
	if flow != NoFlow {
		return errNoFlow
	}
	return nil
}

func (plainLine) waiting() int { return 0 }

// outQueue is how many bytes written to a connection are still in the system: only
// Linux is asked.
func outQueue(syscall.Conn) int { return 0 }

func (plainLine) drop() {}

// deviceName: a COM port keeps its number.
func deviceName(string) string { return "" }
