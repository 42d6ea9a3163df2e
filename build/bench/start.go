package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"petitionhall/hall"
	"petitionhall/hall/configuration"
	"petitionhall/queue"
)

// startUp measures, as an operator would see it, how long the program takes from
// being started to being ready with a day of 5,000 tickets, and its memory then.
func startUp(ctx context.Context, serve, touch string) (_ []figure, err error) {
	dir, err := os.MkdirTemp("", "petitionhall-bench")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := fillDay(ctx, dir, 5000); err != nil {
		return nil, err
	}
	read, err := readFile(filepath.Join(dir, "hall.db"))
	if err != nil {
		return nil, err
	}
	var starts []time.Duration
	var memory int
	for range 7 {
		spent, kib, err := startOnce(ctx, dir, serve, false, "serve")
		if err != nil {
			return nil, err
		}
		starts, memory = append(starts, spent), max(memory, kib)
	}
	a := percentile(starts, 50)
	figures := []figure{
		{Name: "start to ready, 5,000 tickets in the day, median of 7", Ours: short(a), Other: short(read), Against: "reading the file's bytes (the promise is 300 ms)", Value: float64(a) / float64(time.Millisecond), Limit: 300, Unit: "ms"},
		{Name: "resident memory then, without a window", Ours: fmt.Sprintf("%.1f MB", float64(memory)/1024), Other: "60 MB", Against: "the promise", Value: float64(memory) / 1024, Limit: 60, Unit: "MB"},
	}
	if os.Getenv("DISPLAY") == "" {
		return figures, nil
	}
	_, kib, err := startOnce(ctx, dir, touch, true)
	if err != nil {
		return nil, err
	}
	return append(figures, figure{Name: "resident memory of the touch app's own process, its page shown", Ours: fmt.Sprintf("%.1f MB", float64(kib)/1024), Other: "-",
		Against: "told beside it, without a promise; WebKit's processes come on top", Value: float64(kib) / 1024, Limit: 1e9, Unit: "MB"}), nil
}

func readFile(path string) (time.Duration, error) {
	begin := time.Now()
	_, err := os.ReadFile(path)
	return time.Since(begin), err
}

// fillDay writes a day in which every ticket was taken, printed, called, started and finished.
func fillDay(ctx context.Context, dir string, tickets int) (err error) {
	h, err := hall.Open(ctx, hall.Options{Data: dir, Open: true, Printer: "none", Log: quiet})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	defer func() {
		cancel()
		err = errors.Join(err, <-done, h.Close())
	}()
	var work sync.WaitGroup
	errs := make(chan error, 20)
	windows := configuration.Default().Windows
	for _, w := range windows {
		work.Go(func() {
			if err := workWindow(ctx, h, w, tickets/len(windows)); err != nil {
				errs <- err
			}
		})
	}
	work.Wait()
	close(errs)
	return <-errs
}

func workWindow(ctx context.Context, h *hall.Hall, w queue.WindowConfig, tickets int) error {
	do := func(key string, a queue.Action) error {
		_, err := h.Do(ctx, queue.Command{Actor: "window:" + string(w.ID), Key: key, Hash: "0123456789abcdef0123456789abcdef", Action: a})
		return err
	}
	if err := do("", queue.OpenWindow{Window: w.ID}); err != nil {
		return err
	}
	for n := range tickets {
		r, err := h.Do(ctx, take(w.Services[0]))
		if err != nil {
			return err
		}
		job := queue.JobID{Attempt: 1}
		for _, e := range r.Events {
			if t, ok := e.Data.(*queue.TicketTaken); ok {
				job.Ticket = t.Ticket
			}
		}
		key := fmt.Sprintf("window-%s-%d", w.ID, n)
		err = errors.Join(do("", queue.ReportPrint{Job: job, State: queue.PrintConfirmed}), do(key+"-next", queue.Next{Window: w.ID}),
			do("", queue.Start{Window: w.ID}), do(key+"-finish", queue.Finish{Window: w.ID, Outcome: queue.Resolved}))
		if err != nil {
			return err
		}
	}
	return nil
}

// startOnce starts a program on the data and gives the time to its first 200 of /readyz and its resident memory in KiB,
// taken then, or, of one that shows a page in a window, once that page follows the hall.
func startOnce(ctx context.Context, dir, program string, shows bool, args ...string) (_ time.Duration, _ int, err error) {
	command := exec.CommandContext(ctx, program, append(args, "--open", "--listen", "127.0.0.1:0", "--printer", "none", "--data", dir)...)
	out, err := command.StdoutPipe()
	if err != nil {
		return 0, 0, err
	}
	begin := time.Now()
	if err := command.Start(); err != nil {
		return 0, 0, err
	}
	defer func() {
		_ = command.Process.Signal(os.Interrupt)
		err = errors.Join(err, command.Wait())
	}()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		_, address, ok := strings.Cut(lines.Text(), "ready at ")
		if !ok {
			continue
		}
		if err := getReady(ctx, strings.TrimSpace(address)); err != nil {
			return 0, 0, err
		}
		spent := time.Since(begin)
		if shows {
			if err := awaitPage(ctx, strings.TrimSpace(address)); err != nil {
				return 0, 0, err
			}
		}
		kib, err := resident(command.Process.Pid)
		go func() { _, _ = io.Copy(io.Discard, out) }()
		return spent, kib, err
	}
	return 0, 0, fmt.Errorf("%s ended before it was ready", program)
}

// awaitPage waits until a page follows the hall's events.
func awaitPage(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		followed, err := pageFollows(ctx, address)
		if followed || err != nil {
			return err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return errors.New("the window never showed its page")
		}
	}
}

func pageFollows(ctx context.Context, address string) (bool, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/metrics", nil)
	if err != nil {
		return false, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false, err
	}
	text, err := io.ReadAll(response.Body)
	return strings.Contains(string(text), "\npetitionhall_event_streams 1"), errors.Join(err, response.Body.Close())
}

func getReady(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		err = fmt.Errorf("/readyz answered %s", response.Status)
	}
	return errors.Join(err, response.Body.Close())
}

// resident is a process's resident memory in KiB.
func resident(pid int) (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
		}
	}
	return 0, errors.New("no VmRSS")
}
