package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
)

var pageSize = regexp.MustCompile(`(\d+)  the kiosk page`)

// kioskPage weighs the kiosk's compressed script and style.
func kioskPage(ctx context.Context) ([]figure, error) {
	out, err := exec.CommandContext(ctx, "node", "frontend/scripts/size.mjs").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	found := pageSize.FindSubmatch(out)
	if found == nil {
		return nil, fmt.Errorf("no size in %q", out)
	}
	size, err := strconv.ParseFloat(string(found[1]), 64)
	size /= 1000
	return []figure{{Name: "kiosk page, compressed script and style", Ours: fmt.Sprintf("%.1f KB", size), Other: "120 KB", Against: "the promise", Value: size, Limit: 120, Unit: "KB"}}, err
}
