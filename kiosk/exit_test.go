package kiosk

import (
	"testing"
	"time"
)

// TestExitThrottles: guessing gets slower, the right password is not punished
// for what came before, and without a password there is no way out.
func TestExitThrottles(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	door := &exit{mayLeave: Password("1234"), now: func() time.Time { return now }}
	steps := []struct {
		after    time.Duration
		password string
		want     bool
	}{
		{0, "0000", false},
		{0, "1234", false}, // the right one, but too soon after a wrong one
		{time.Second, "1111", false},
		{time.Second, "1234", false}, // two wrong ones cost two seconds
		{time.Second, "1234", true},
		{0, "1234", true},
		{0, "", false},
	}
	for i, step := range steps {
		now = now.Add(step.after)
		if got := door.allows(step.password); got != step.want {
			t.Errorf("step %d: allows(%q) = %v", i, step.password, got)
		}
	}
	for range 20 {
		now = now.Add(longestDelay)
		door.allows("0000")
	}
	now = now.Add(longestDelay)
	if !door.allows("1234") {
		t.Error("the wait after wrong passwords grew beyond its bound")
	}
}

func TestExitWithoutPassword(t *testing.T) {
	door := &exit{now: time.Now}
	if door.allows("") || door.allows("1234") {
		t.Error("a kiosk without a password let somebody out")
	}
	if Password("")("") {
		t.Error("an empty password was right")
	}
}
