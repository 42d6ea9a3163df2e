package kiosk

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/tmaxmax/go-sse"
)

const (
	// silence is how long the stream may bring nothing before it is taken for
	// dead. The hall ticks every 3 s.
	silence = 10 * time.Second
	// firstPause and longestPause bound the wait before the stream is tried again.
	firstPause   = 250 * time.Millisecond
	longestPause = 5 * time.Second
)

// follower keeps one stream of the hall's live events open and hands on what
// arrives. Its own event is connection {live}.
type follower struct {
	client *client
	emit   func(name string, data any)
	log    *slog.Logger
	// pause waits before another try; it returns early when ctx ends.
	pause func(ctx context.Context, d time.Duration)

	mu      sync.Mutex
	stop    context.CancelFunc // of the present run, nil before the first
	stopped chan struct{}      // closed when the present run has ended
}

// begin starts the stream anew, the whole hall first. Nothing of an earlier run
// is emitted after begin has returned.
func (f *follower) begin(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.end()
	ctx, f.stop = context.WithCancel(ctx)
	stopped := make(chan struct{})
	f.stopped = stopped
	go func() {
		defer close(stopped)
		f.run(ctx)
	}()
}

// close ends the stream and waits for its end.
func (f *follower) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.end()
}

func (f *follower) end() {
	if f.stop != nil {
		f.stop()
		<-f.stopped
		f.stop = nil
	}
}

// run follows until ctx ends, resuming after each loss.
func (f *follower) run(ctx context.Context) {
	last, wait, away := "", firstPause, false
	for ctx.Err() == nil {
		seen, err := f.stream(ctx, last)
		if ctx.Err() != nil {
			return
		}
		if seen != "" {
			last = seen
		}
		f.emit("connection", connection{Live: false})
		if seen != "" || !away { // a hub that is off for a night fills no log
			f.log.Warn("the hall's events stopped; trying on", "cause", err)
		}
		away = true
		f.pause(ctx, wait/2+rand.N(wait/2)) // spread, lest all kiosks come back at once
		if wait = min(2*wait, longestPause); seen != "" {
			wait = firstPause
		}
	}
}

// connection is the data of the event of this name.
type connection struct {
	Live bool `json:"live"`
}

// stream follows one connection until it breaks and returns the id of the last
// revision that came whole, or "" if none did.
func (f *follower) stream(ctx context.Context, last string) (seen string, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watchdog := time.AfterFunc(silence, func() { cancel(errSilent) })
	defer watchdog.Stop()
	body, err := f.open(ctx, last)
	if err != nil {
		return "", err
	}
	defer func() { _ = body.Close() }() // the stream is over either way
	f.emit("connection", connection{Live: true})
	for event, err := range sse.Read(body, &sse.ReadConfig{MaxEventSize: answerLimit}) {
		if err != nil {
			if cause := context.Cause(ctx); cause != nil {
				err = cause // why it was given up, and not that it was
			}
			return seen, err
		}
		watchdog.Reset(silence)
		if event.LastEventID != "" {
			seen = event.LastEventID
		}
		f.pass(event)
	}
	return seen, io.EOF
}

var errSilent = fmt.Errorf("nothing came for %s", silence)

// pass hands an event on, its data untouched. Names that a newer hall may add
// are not the page's to handle.
func (f *follower) pass(event sse.Event) {
	switch event.Type {
	case "hall", "change", "call", "tick":
		if json.Valid([]byte(event.Data)) {
			f.emit(event.Type, json.RawMessage(event.Data))
		}
	}
}

// open asks for the stream, after the revision last if that is not empty.
func (f *follower) open(ctx context.Context, last string) (io.ReadCloser, error) {
	request, err := f.client.request(ctx, http.MethodGet, []string{"events"}, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "text/event-stream")
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	response, err := f.client.http.Do(request)
	if err != nil {
		return nil, err
	}
	if err := sse.DefaultValidator(response); err != nil {
		_ = response.Body.Close() // the refusal is what is told
		return nil, err
	}
	return response.Body, nil
}

// pause waits for d or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
