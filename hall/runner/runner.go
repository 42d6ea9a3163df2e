// Package runner runs the queue: it owns the state, decides one command after
// the other, and makes what was decided durable before anybody hears of it.
//
// One goroutine decides. It takes the command that waits, decides it on its own
// working state and applies the events, then takes the next that waits already,
// and so on; then it appends the events of all of them as one batch (one sync
// for all), and only then answers each caller. Readers see a second state, the
// replica, which is changed by committed batches alone.
package runner

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// ErrUnavailable says that the journal did not confirm the command. It is as
// good as not done; sent again with the same request key it acts once at most.
var ErrUnavailable = errors.New("the journal cannot record at present")

// ErrStopped says that the hall is ending.
var ErrStopped = errors.New("the hall is ending")

// Options are what a runner stands on.
type Options struct {
	// Journal keeps the days. The runner does not close it.
	Journal journal.Journal
	// Opening gives what a day starts with, should a command have to open one.
	Opening func(now time.Time) *queue.Opening
	// Now is the clock; nil for the machine's.
	Now func() time.Time
	// Log hears what an operator must know; nil for the default.
	Log *slog.Logger
}

// Result is what a command made happen.
type Result struct {
	// Revision is where it stands; that of the head when nothing had to happen.
	Revision journal.Revision
	// Events are what happened; none when the command changed nothing.
	Events []queue.Event
	// Repeated tells that the request key had acted before, and Request what it did then.
	Repeated bool
	Request  queue.Request
}

// Commit is one committed batch, as readers see it.
type Commit struct {
	Revision journal.Revision
	Events   []queue.Event
}

// Runner runs the queue. All methods may be called from any goroutine.
type Runner struct {
	options  Options
	requests chan *request
	stopped  chan struct{}
	prefix   string
	serial   uint64

	// working belongs to the goroutine of Run.
	working *queue.State

	mu          sync.RWMutex
	replica     *queue.State
	revision    journal.Revision
	subscribers map[*Subscription]struct{}
}

// request is a command that waits for its turn.
type request struct {
	command queue.Command
	answer  chan answer
}

type answer struct {
	result Result
	err    error
}

// New replays the journal and gives a runner that is ready to Run. It reads the
// last day for the state and the one before for the request keys, which are
// remembered for two days.
func New(ctx context.Context, o Options) (*Runner, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	r := &Runner{options: o, requests: make(chan *request, 256), stopped: make(chan struct{}), prefix: rand.Text(), subscribers: map[*Subscription]struct{}{}}
	state, revision, err := replay(ctx, o.Journal)
	if err != nil {
		return nil, err
	}
	r.replica, r.revision, r.working = state, revision, state.Clone()
	return r, nil
}

// Do has a command decided and recorded, and returns when both replica and
// journal have it. Refusals are *queue.Error; ErrUnavailable and ErrStopped
// mean that it is not known to have happened. When ctx ends first the command may happen yet:
// the same request key tells.
func (r *Runner) Do(ctx context.Context, c queue.Command) (Result, error) {
	q := &request{command: c, answer: make(chan answer, 1)}
	select {
	case r.requests <- q:
	case <-ctx.Done():
		return Result{}, ctx.Err()
	case <-r.stopped:
		return Result{}, ErrStopped
	}
	select {
	case a := <-q.answer:
		return a.result, a.err
	case <-ctx.Done():
		return Result{}, ctx.Err()
	case <-r.stopped:
		select {
		case a := <-q.answer:
			return a.result, a.err
		default:
			return Result{}, ErrStopped
		}
	}
}

// View shows the committed state. The function must be short, must not keep
// what it is shown, and must not change it.
func (r *Runner) View(look func(s *queue.State, revision journal.Revision)) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	look(r.replica, r.revision)
}
