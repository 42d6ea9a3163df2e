//go:build !linux

package hall

import "syscall"

// sensitive leaves it to the system when a line counts as dead.
func sensitive(string, string, syscall.RawConn) error { return nil }
