package kiosk

import (
	"crypto/sha256"
	"crypto/subtle"
	"sync"
	"time"
)

// longestDelay bounds the wait after wrong passwords.
const longestDelay = time.Minute

// exit guards the way out of the touch window. Whoever stands at the screen can
// type here, so each wrong try doubles the time in which no other is looked at.
type exit struct {
	mayLeave func(password string) bool
	now      func() time.Time

	mu     sync.Mutex
	delay  time.Duration
	closed time.Time // no try counts before this instant
}

// allows tells whether this password opens the way out now.
func (e *exit) allows(password string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.mayLeave == nil || e.now().Before(e.closed) {
		return false
	}
	if e.mayLeave(password) {
		e.delay = 0
		return true
	}
	e.delay = min(max(2*e.delay, time.Second), longestDelay)
	e.closed = e.now().Add(e.delay)
	return false
}

// Password returns a check for Options.MayLeave that accepts this one password.
// The time it takes tells nothing about how much of a guess was right. An empty
// password is never right.
func Password(password string) func(string) bool {
	want := sha256.Sum256([]byte(password))
	return func(guess string) bool {
		got := sha256.Sum256([]byte(guess))
		return guess != "" && subtle.ConstantTimeCompare(want[:], got[:]) == 1
	}
}
