package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"petitionhall/hall"
	"petitionhall/queue"
)

const boards = 100

// callToBoards holds the time from a clerk's command to each of 100 boards
// against a bare broadcast of as many bytes to 100 connections.
func callToBoards(ctx context.Context) (_ []figure, err error) {
	dir, err := os.MkdirTemp("", "petitionhall-bench")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	h, err := hall.Open(ctx, hall.Options{Data: dir, Open: true, Listen: "127.0.0.1:0", Printer: "none", Log: quiet})
	if err != nil {
		return nil, err
	}
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	defer func() {
		cancel()
		err = errors.Join(err, <-done, h.Close())
	}()
	plain, err := newBroadcast()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, plain.close()) }()
	ours, err := audience(ctx, h.Address()+"/api/v1/events", "event: call", boards)
	if err != nil {
		return nil, err
	}
	other, err := audience(ctx, plain.address, "data:", boards)
	if err != nil {
		return nil, err
	}
	return raceBoards(ctx, h, plain, ours, other)
}

func raceBoards(ctx context.Context, h *hall.Hall, plain *broadcast, ours, other *crowd) ([]figure, error) {
	const rounds, warm = 220, 20
	if _, err := h.Do(ctx, queue.Command{Actor: "bench", Action: queue.OpenWindow{Window: "3"}}); err != nil {
		return nil, err
	}
	payload := []byte("data: " + strings.Repeat("x", 900) + "\n\n")
	var called, sent []time.Duration
	for round := range rounds {
		if _, err := h.Do(ctx, take("natural-resources")); err != nil {
			return nil, err
		}
		begin := time.Now()
		if _, err := h.Do(ctx, queue.Command{Actor: "bench", Action: queue.Next{Window: "3"}}); err != nil {
			return nil, err
		}
		late := ours.wait(begin)
		if _, err := h.Do(ctx, queue.Command{Actor: "bench", Action: queue.Finish{Window: "3", Outcome: queue.Resolved}}); err != nil {
			return nil, err
		}
		begin = time.Now()
		plain.send(payload)
		bareLate := other.wait(begin)
		if round >= warm {
			called, sent = append(called, late...), append(sent, bareLate...)
		}
	}
	a, o := percentile(called, 99), percentile(sent, 99)
	return []figure{
		{Name: "a call reaches 100 boards, p99", Ours: short(a), Other: short(o), Against: "a bare broadcast to 100 connections", Value: ratio(a, o), Limit: 3, Unit: "x"},
		{Name: "a call reaches 100 boards, p99, from the command on", Ours: short(a), Other: "50 ms", Against: "the promise", Value: float64(a) / float64(time.Millisecond), Limit: 50, Unit: "ms"},
	}, nil
}

// crowd is so many readers of a stream.
type crowd struct{ arrived chan time.Time }

// audience connects the readers and returns when all of them have the first message.
func audience(ctx context.Context, address, mark string, readers int) (*crowd, error) {
	c := &crowd{arrived: make(chan time.Time, readers)}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers}}
	ready := make(chan error, readers)
	for range readers {
		go func() {
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
			if err != nil {
				ready <- err
				return
			}
			response, err := client.Do(request)
			if err != nil {
				ready <- err
				return
			}
			defer func() { _ = response.Body.Close() }()
			lines := bufio.NewScanner(response.Body)
			lines.Buffer(make([]byte, 1<<20), 1<<20)
			for first := true; lines.Scan(); first = false {
				if first {
					ready <- nil
				}
				if strings.HasPrefix(lines.Text(), mark) {
					c.arrived <- time.Now()
				}
			}
		}()
	}
	for range readers {
		if err := <-ready; err != nil {
			return nil, fmt.Errorf("connect a board: %w", err)
		}
	}
	return c, nil
}

// wait collects one arrival of each reader.
func (c *crowd) wait(begin time.Time) []time.Duration {
	var all []time.Duration
	for range cap(c.arrived) {
		all = append(all, (<-c.arrived).Sub(begin))
	}
	return all
}

// broadcast is the least that can send the same bytes to many connections.
type broadcast struct {
	address  string
	server   *http.Server
	mu       sync.Mutex
	channels []chan []byte
}

func newBroadcast() (*broadcast, error) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	b := &broadcast{address: "http://" + listener.Addr().String()}
	b.server = &http.Server{Handler: b, ReadHeaderTimeout: time.Second}
	go func() { _ = b.server.Serve(listener) }()
	return b, nil
}

// ServeHTTP sends whatever is broadcast.
func (b *broadcast) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := make(chan []byte, 8)
	b.mu.Lock()
	b.channels = append(b.channels, c)
	b.mu.Unlock()
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	_, _ = w.Write([]byte(": hello\n\n"))
	_ = control.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case m := <-c:
			_, _ = w.Write(m)
			_ = control.Flush()
		}
	}
}

func (b *broadcast) send(m []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.channels {
		c <- m
	}
}

func (b *broadcast) close() error { return b.server.Close() }
