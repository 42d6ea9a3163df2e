package kiosk

import (
	"os"
	"sync/atomic"
)

// drew tells that this process has opened a window.
var drew atomic.Bool

// Exit ends the process with a code, and with it what draws its page: a page that
// froze just now would stay. A process that has had a window ends in no other way,
// and has nothing left to do: WebKit aborts when a process that draws goes while it
// is starting.
func Exit(code int) {
	if drew.Load() {
		endDrawing()
	}
	os.Exit(code)
}
