package hall

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// deadAfter is after how many milliseconds a line counts as dead on which
// nothing that was sent arrives. Without it a board whose cable is pulled would
// count for a quarter of an hour as one that says the calls.
const deadAfter = 8000

// sensitive has a listener's connections noticed soon when their line is dead.
func sensitive(_, _ string, raw syscall.RawConn) (err error) {
	failed := raw.Control(func(fd uintptr) {
		err = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, deadAfter)
	})
	if failed != nil {
		return failed
	}
	return err
}
