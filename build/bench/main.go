// Command bench measures petitionhall against things a reader knows, each
// figure as a ratio within one run, and writes docs/performance.md with a chart.
//
// Times on another machine are other times; the ratios are what is promised.
// The two sides of a ratio take turns, so that a machine that slows down for a
// moment slows both.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

// figure is one line of the report.
type figure struct {
	Name string
	// Ours and Other are what was measured, with their units; Against says what Other is.
	Ours, Other, Against string
	// Value is held against Limit: at most, or with AtLeast at least.
	Value, Limit float64
	Unit         string
	AtLeast      bool
}

// held tells whether the promise was kept in this run.
func (f figure) held() bool {
	if f.AtLeast {
		return f.Value >= f.Limit
	}
	return f.Value <= f.Limit
}

// part is one measurement; it makes one figure or several.
type part struct {
	name    string
	measure func(ctx context.Context) ([]figure, error)
}

func main() {
	report := flag.String("report", "docs/performance.md", "where the report goes; its chart goes to images/ beside it")
	serve := flag.String("serve", "build/bin/petitionhall-serve", "the window-less build, for start and memory")
	touch := flag.String("touch", "build/bin/petitionhall", "the touch app, for its memory where a screen can be had")
	only := flag.String("only", "", "measure only what has this in its name, and write no report")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx, *report, *only, []part{
		{"the next of many", nextOfMany},
		{"waits of all services", waitsOfAll},
		{"wait errors", waitErrors},
		{"check", func(ctx context.Context) ([]figure, error) { return checkMillion(ctx, *serve) }},
		{"take, one client", takeAlone},
		{"take, 100 clients", takeTogether},
		{"a call to 100 boards", callToBoards},
		{"a call painted on boards", callPainted},
		{"start and memory", func(ctx context.Context) ([]figure, error) { return startUp(ctx, *serve, *touch) }},
		{"a touch to paper", touchToPaper},
		{"bytes of a slip", slipBytes},
		{"many slips", manySlips},
		{"kiosk page", kioskPage},
	}); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(ctx context.Context, report, only string, parts []part) error {
	var all []figure
	for i, p := range parts {
		if !strings.Contains(p.name, only) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%d of %d: %s …\n", i+1, len(parts), p.name)
		figures, err := p.measure(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		for _, f := range figures {
			fmt.Printf("%-52s %-20s %-20s %6.2f %s (limit %.2f) %s\n", f.Name, f.Ours, f.Other, f.Value, f.Unit, f.Limit, word(f.held()))
		}
		all = append(all, figures...)
	}
	if only != "" {
		return nil
	}
	return write(report, all)
}

func word(held bool) string {
	if held {
		return "held"
	}
	return "NOT HELD"
}

// percentile of durations, 0 to 100. It sorts them in place.
func percentile(d []time.Duration, p float64) time.Duration {
	slices.Sort(d)
	return d[min(int(float64(len(d))*p/100), len(d)-1)]
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func short(d time.Duration) string {
	return fmt.Sprintf("%.3f ms", float64(d)/float64(time.Millisecond))
}
