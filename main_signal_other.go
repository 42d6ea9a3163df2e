//go:build !unix

package main

import "os"

// endSignal ends a process. This system has no way to ask for it; what that
// costs is what a power cut costs: no ticket, and a slip under way is unknown.
var endSignal = os.Kill
