package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"petitionhall/frontend"
	"petitionhall/hall"
	"petitionhall/queue"
)

const (
	// paintedBoards are real pages in Chromium, bareReaders beside them only read.
	paintedBoards = 2
	bareReaders   = 48
	// callsPainted are measured in each of the two runs.
	callsPainted = 150
	// callPace keeps to what a board has room for: five calls stand at once, for five seconds each.
	callPace = 1300 * time.Millisecond
	// loadPace is how often a visitor takes a number while the hall is under load.
	loadPace = 20 * time.Millisecond
)

// callPainted holds the time from a clerk's POST to the number being drawn on
// two boards in a browser against the promise, in a calm hall and in one in
// which 50 numbers are taken each second.
func callPainted(ctx context.Context) (_ []figure, err error) {
	dir, err := os.MkdirTemp("", "petitionhall-bench")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	h, err := hall.Open(ctx, hall.Options{Data: dir, Open: true, Listen: "127.0.0.1:0", Printer: "none", Pages: frontend.Assets(), Log: quiet})
	if err != nil {
		return nil, err
	}
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	defer func() {
		cancel()
		err = errors.Join(err, <-done, h.Close())
	}()
	readers, err := audience(ctx, h.Address()+"/api/v1/events", "event: call", bareReaders)
	if err != nil {
		return nil, err
	}
	go func() { // they read as fast as they can, and are not measured here
		for range readers.arrived {
			continue
		}
	}()
	walls, err := openWalls(ctx, h.Address())
	if err != nil {
		return nil, err
	}
	return measurePainted(ctx, h, walls)
}

func measurePainted(ctx context.Context, h *hall.Hall, walls *walls) (_ []figure, err error) {
	defer func() { err = errors.Join(err, walls.close()) }()
	for _, n := range []queue.WindowID{"1", "2", "3", "4"} {
		if _, err := h.Do(ctx, queue.Command{Actor: "bench", Action: queue.OpenWindow{Window: n}}); err != nil {
			return nil, err
		}
	}
	// A browser compiles what it runs for the first time; boards stand for days.
	first, err := walls.calls(ctx, h, 1)
	if err != nil {
		return nil, err
	}
	calm, err := walls.calls(ctx, h, callsPainted)
	if err != nil {
		return nil, err
	}
	loaded, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- takeSteadily(loaded, h) }()
	busy, err := walls.calls(ctx, h, callsPainted)
	cancel()
	if err := errors.Join(err, <-ended); err != nil {
		return nil, err
	}
	with := fmt.Sprintf("%d boards in a browser, %d bare readers", paintedBoards, bareReaders)
	of := func(hall string, spent []time.Duration) figure {
		p50, p99 := percentile(spent, 50), percentile(spent, 99)
		return figure{Name: "a call is painted, " + hall + ", p99", Ours: fmt.Sprintf("%s (p50 %s)", short(p99), short(p50)), Other: "100 ms",
			Against: "the promise; " + with, Value: float64(p99) / float64(time.Millisecond), Limit: 100, Unit: "ms"}
	}
	return []figure{of("calm hall", calm), of("50 takes a second", busy), {
		Name: "the first call after boards have opened is painted", Ours: short(percentile(first, 99)), Other: "1 s",
		Against: "the same second; the slower of " + with, Value: float64(percentile(first, 99)) / float64(time.Millisecond), Limit: 1000, Unit: "ms",
	}}, nil
}

// takeSteadily lets visitors take numbers for other windows until ctx ends.
func takeSteadily(ctx context.Context, h *hall.Hall) error {
	services := []queue.ServiceID{"general", "housing", "civil-affairs"}
	pace := time.NewTicker(loadPace)
	defer pace.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case <-pace.C:
		}
		if _, err := h.Do(context.WithoutCancel(ctx), take(services[n%len(services)])); err != nil {
			return err
		}
	}
}

// walls are boards in a browser that tell when they have drawn a number.
type walls struct {
	process *exec.Cmd
	stdin   io.Closer
	lines   chan string
}

// openWalls returns when the boards stand.
func openWalls(ctx context.Context, address string) (*walls, error) {
	process := exec.CommandContext(ctx, "node", "frontend/scripts/board-painted.mjs", address, strconv.Itoa(paintedBoards))
	process.Stderr = os.Stderr
	stdin, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	w := &walls{process: process, stdin: stdin, lines: make(chan string, 16)}
	go func() {
		defer close(w.lines)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			w.lines <- lines.Text()
		}
	}()
	if line := <-w.lines; line != "ready" {
		return nil, errors.Join(fmt.Errorf("the boards did not open: %q", line), w.close())
	}
	return w, nil
}

func (w *walls) close() error {
	err := w.stdin.Close() // which lets it end
	for range w.lines {
		continue
	}
	return errors.Join(err, w.process.Wait())
}

// calls calls so many numbers one after another, and gives how long each board took to draw each.
func (w *walls) calls(ctx context.Context, h *hall.Hall, count int) ([]time.Duration, error) {
	var all []time.Duration
	pace := time.NewTicker(callPace)
	defer pace.Stop()
	for range count {
		if _, err := h.Do(ctx, take("natural-resources")); err != nil {
			return nil, err
		}
		begin := time.Now()
		number, err := postNext(ctx, h.Address())
		if err != nil {
			return nil, err
		}
		for range paintedBoards {
			at, err := w.painted(ctx, number)
			if err != nil {
				return nil, err
			}
			all = append(all, at.Sub(begin))
		}
		if _, err := h.Do(ctx, queue.Command{Actor: "bench", Action: queue.Finish{Window: "3", Outcome: queue.Resolved}}); err != nil {
			return nil, err
		}
		<-pace.C
	}
	return all, nil
}

// painted waits until one more board has drawn a number. Page and program read
// the same machine's clock.
func (w *walls) painted(ctx context.Context, number string) (time.Time, error) {
	for {
		select {
		case <-ctx.Done():
			return time.Time{}, ctx.Err()
		case <-time.After(20 * time.Second):
			return time.Time{}, fmt.Errorf("%s was not painted", number)
		case line, ok := <-w.lines:
			if !ok {
				return time.Time{}, errors.New("the boards ended")
			}
			drawn, at, _ := strings.Cut(line, " ")
			if drawn != number {
				continue
			}
			micros, err := strconv.ParseInt(at, 10, 64)
			return time.UnixMicro(micros), err
		}
	}
}

// postNext calls the next number at window 3, as a clerk's page does.
func postNext(ctx context.Context, address string) (number string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/api/v1/windows/3/next", nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Idempotency-Key", fmt.Sprintf("0123456789abcdef-next-%d", serial.Add(1)))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	var window struct {
		Ticket struct {
			Number string `json:"number"`
		} `json:"ticket"`
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("next answered %s", response.Status)
	}
	err = json.NewDecoder(response.Body).Decode(&window)
	return window.Ticket.Number, err
}
