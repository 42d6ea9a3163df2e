package main

import (
	"context"
	"io"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/kiosk"
)

// played is one run of a supervised program.
type played struct {
	lasts time.Duration
	code  int
}

// TestSupervise: a program that ends badly is started again, later and later
// while it does not last; one that ended well or was called wrongly is not.
func TestSupervise(t *testing.T) {
	const frozen = kiosk.ExitFrozen
	cases := map[string]struct {
		runs   []played
		pauses []time.Duration
		code   int
	}{
		"ended well":     {[]played{{time.Hour, 0}}, nil, 0},
		"called wrongly": {[]played{{0, exitUsage}}, nil, exitUsage},
		"frozen twice a day": {
			[]played{{12 * time.Hour, frozen}, {12 * time.Hour, frozen}, {time.Hour, 0}},
			[]time.Duration{time.Second, time.Second}, 0,
		},
		"cannot start": {
			[]played{{0, 1}, {0, 1}, {0, 1}, {2 * time.Minute, frozen}, {0, 0}},
			[]time.Duration{time.Second, 2 * time.Second, 4 * time.Second, time.Second}, 0,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var pauses []time.Duration
				s := supervisor{log: io.Discard, now: time.Now, pause: func(ctx context.Context, d time.Duration) {
					pauses = append(pauses, d)
					pauseFor(ctx, d)
				}, run: func(context.Context) int {
					run := c.runs[0]
					c.runs = c.runs[1:]
					time.Sleep(run.lasts)
					return run.code
				}}
				if code := s.keep(t.Context()); code != c.code {
					t.Errorf("ended with %d, want %d", code, c.code)
				}
				if !slices.Equal(pauses, c.pauses) {
					t.Errorf("paused %v, want %v", pauses, c.pauses)
				}
			})
		})
	}
}

// TestSuperviseEnds: told to end while the program rests, it is not started again.
func TestSuperviseEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		starts := 0
		s := supervisor{log: io.Discard, now: time.Now, pause: pauseFor, run: func(context.Context) int {
			if starts++; starts == 1 {
				time.AfterFunc(500*time.Millisecond, end)
			}
			return 1
		}}
		if code := s.keep(ctx); code != 1 || starts != 1 {
			t.Errorf("code %d after %d starts", code, starts)
		}
	})
}

// TestWithoutSupervise: the supervised program is called as it was, but for the flag.
func TestWithoutSupervise(t *testing.T) {
	rest, asked := withoutSupervise([]string{"kiosk", "--supervise", "--hall", "http://10.0.0.2:8080"})
	if !asked || !slices.Equal(rest, []string{"kiosk", "--hall", "http://10.0.0.2:8080"}) {
		t.Errorf("%v %q", asked, rest)
	}
	if _, asked := withoutSupervise([]string{"serve"}); asked {
		t.Error("nobody asked for it")
	}
}
