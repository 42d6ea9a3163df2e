//go:build !linux

package boltstore

// forget does nothing: this system cannot be told to drop what it keeps of a file in memory.
func forget(string) error { return nil }
