package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
)

var kilobytes = regexp.MustCompile(`([0-9.]+) KB`)

// kioskPage weighs the kiosk's compressed script and style.
func kioskPage(ctx context.Context) ([]figure, error) {
	out, err := exec.CommandContext(ctx, "node", "build/pagesize.mjs").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	found := kilobytes.FindSubmatch(out)
	if found == nil {
		return nil, fmt.Errorf("no size in %q", out)
	}
	size, err := strconv.ParseFloat(string(found[1]), 64)
	return []figure{{Name: "kiosk page, compressed script and style", Ours: string(found[1]) + " KB", Other: "120 KB", Against: "the promise", Value: size, Limit: 120, Unit: "KB"}}, err
}
