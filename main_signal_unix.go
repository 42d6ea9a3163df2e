//go:build unix

package main

import "syscall"

// endSignal asks a process to end in good order.
const endSignal = syscall.SIGTERM
