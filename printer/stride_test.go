//go:build !race

package printer

// stride is how far apart the bytes are at which faults come.
const stride = 1
