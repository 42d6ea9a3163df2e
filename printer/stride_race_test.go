//go:build race

package printer

// stride is how far apart the bytes are at which faults come. The race detector
// makes each of them ten times as long.
const stride = 37
