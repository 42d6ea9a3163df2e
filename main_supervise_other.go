//go:build !linux

package main

import "os/exec"

// runToTheEnd runs a program. Where a window's page is drawn in processes of the
// system's own, the system ends them.
func runToTheEnd(child *exec.Cmd) error { return child.Run() }
