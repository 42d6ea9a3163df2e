package kiosk

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// drawer is the process in which WebKit draws the page, as the kernel cuts its
// name short.
const drawer = "(WebKitWebProces"

// endDrawing ends what draws the page of this program. It goes by itself when the
// program ends, unless it is frozen; then it would stay for ever and nobody's. It
// keeps nothing that could be lost: what a page stores is written elsewhere.
//
// A program that lives on aborts when one of these goes while it is starting, so all
// are found first, and nothing is left to do between their end and its own.
func endDrawing() {
	for _, id := range drawing() {
		_ = syscall.Kill(id, syscall.SIGKILL) // it may have ended meanwhile
	}
}

// drawing are the processes that draw for this program.
func drawing() (found []int) {
	own := strconv.Itoa(os.Getpid())
	all, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range all {
		stat, err := os.ReadFile(path) // #nosec G304 -- of the kernel's own
		if err != nil {
			continue // it has ended
		}
		name, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest) // state, parent, …
		if len(fields) < 2 || !strings.HasSuffix(name, drawer) || fields[1] != own {
			continue
		}
		if id, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
			found = append(found, id)
		}
	}
	return found
}
