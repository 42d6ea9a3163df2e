//go:build desktop && (production || dev) && !linux

package kiosk

// prepareDisplay has nothing to do where the system always has a screen.
func prepareDisplay() error { return nil }
