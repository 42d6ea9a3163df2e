package runner

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"petitionhall/queue"
	"petitionhall/queue/journal"
)

const (
	// readAtOnce is how many records are read in one piece.
	readAtOnce = 2048
	// decodeAtOnce is how many of them one processor decodes at a time.
	decodeAtOnce = 64
)

// replay makes the state of the last day, which knows the request keys of the
// day before, and tells where the journal stands.
func replay(ctx context.Context, j journal.Journal) (*queue.State, journal.Revision, error) {
	days, err := j.Days(ctx)
	if err != nil {
		return nil, 0, err
	}
	s := queue.NewState()
	if len(days) == 0 {
		return s, 0, nil
	}
	after := days[max(len(days)-2, 0)].First - 1
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for p := range pieces(ctx, j, after) {
		if p.err != nil {
			return nil, 0, p.err
		}
		for _, c := range p.commits {
			if c.Revision != after+1 {
				return nil, 0, fmt.Errorf("%w: revision %d is missing", journal.ErrCorrupt, after+1)
			}
			if err := proved(s, c); err != nil {
				return nil, 0, err
			}
			after = c.Revision
		}
	}
	return s, after, ctx.Err()
}

// proved applies a commit of the past, and holds a day that was closed to the
// digest that it was closed with.
func proved(s *queue.State, c Commit) error {
	for i := range c.Events {
		if closed, ok := c.Events[i].Data.(*queue.DayClosed); ok {
			if got := s.Digest(); got != closed.Digest {
				return fmt.Errorf("%w: revision %d: day %s was closed with the digest %.12s, but what was kept of it gives %.12s", journal.ErrCorrupt, c.Revision, s.Date, closed.Digest, got)
			}
		}
		if err := applyOne(s, c, i); err != nil {
			return err
		}
	}
	return nil
}

// piece is a run of commits, or why there are no more.
type piece struct {
	commits []Commit
	err     error
}

// pieces reads and decodes what follows a revision, a piece ahead of whoever
// applies it. It ends at the head, after an error, or with ctx.
func pieces(ctx context.Context, j journal.Journal, after journal.Revision) <-chan piece {
	ahead := make(chan piece, 2)
	go func() {
		defer close(ahead)
		for {
			records, err := j.Read(ctx, after, readAtOnce)
			if err == nil && len(records) == 0 {
				return
			}
			p := piece{err: err}
			if err == nil {
				p.commits, p.err = decode(records)
				after = records[len(records)-1].Revision
			}
			select {
			case ahead <- p:
			case <-ctx.Done():
				return
			}
			if p.err != nil {
				return
			}
		}
	}()
	return ahead
}

// decode reads the events of records on all processors: a hall has to be ready
// before the first visitor is.
func decode(records []journal.Record) ([]Commit, error) {
	commits := make([]Commit, len(records))
	var work errgroup.Group
	for start := 0; start < len(records); start += decodeAtOnce {
		work.Go(func() error {
			for i, r := range records[start:min(start+decodeAtOnce, len(records))] {
				events, err := queue.DecodeEvents(r.Data)
				if err != nil {
					return fmt.Errorf("revision %d: %w", r.Revision, err)
				}
				commits[start+i] = Commit{r.Revision, events}
			}
			return nil
		})
	}
	return commits, work.Wait()
}

func apply(s *queue.State, c Commit) error {
	for i := range c.Events {
		if err := applyOne(s, c, i); err != nil {
			return err
		}
	}
	return nil
}

func applyOne(s *queue.State, c Commit, i int) error {
	if err := queue.Evolve(s, c.Events[i]); err != nil {
		return fmt.Errorf("revision %d, event %d of %d (%s): %w", c.Revision, i+1, len(c.Events), c.Events[i].Type, err)
	}
	return nil
}

// errDiverged says that the journal holds what the replica cannot follow: the
// journal is damaged, or the program has a fault. Going on would make it worse.
var errDiverged = errors.New("the journal and the state do not fit together")

// commit changes the replica and tells the subscribers.
func (r *Runner) commit(c Commit) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := apply(r.replica, c); err != nil {
		return fmt.Errorf("%w: %w", errDiverged, err)
	}
	r.revision = c.Revision
	for s := range r.subscribers {
		s.tell(c)
	}
	return nil
}

// catchUp reads what the journal has beyond the replica, and finds which of the
// drafts is there, if any.
func (r *Runner) catchUp(ctx context.Context, drafts []*draft) (there *draft, err error) {
	for {
		records, err := r.options.Journal.Read(ctx, r.revision, readAtOnce)
		if err != nil || len(records) == 0 {
			return there, err
		}
		commits, err := decode(records)
		if err != nil {
			return there, fmt.Errorf("%w: %w", errDiverged, err)
		}
		for i, c := range commits {
			if err := r.commit(c); err != nil {
				return there, err
			}
			for _, d := range drafts {
				if d.id == records[i].ID {
					d.stand(c.Revision)
					there = d
				}
			}
		}
	}
}

// Subscription is a reader of what is committed. It is never waited for.
type Subscription struct {
	runner *Runner
	once   sync.Once
	feed   chan Commit
}

// Subscribe begins at the committed state that look is shown, and misses
// nothing after it. A reader that lets room commits pile up loses its seat: its
// feed is closed, and it has to begin again.
func (r *Runner) Subscribe(room int, look func(s *queue.State, revision journal.Revision)) *Subscription {
	s := &Subscription{runner: r, feed: make(chan Commit, room)}
	r.mu.Lock()
	defer r.mu.Unlock()
	look(r.replica, r.revision)
	r.subscribers[s] = struct{}{}
	return s
}

// Feed is what was committed, in order. It is closed when the seat is lost or given up.
func (s *Subscription) Feed() <-chan Commit { return s.feed }

// Close gives the seat up.
func (s *Subscription) Close() {
	s.runner.mu.Lock()
	defer s.runner.mu.Unlock()
	s.leave()
}

func (s *Subscription) tell(c Commit) {
	select {
	case s.feed <- c:
	default:
		s.leave()
	}
}

func (s *Subscription) leave() {
	delete(s.runner.subscribers, s)
	s.once.Do(func() { close(s.feed) })
}
