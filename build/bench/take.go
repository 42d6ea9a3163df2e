package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"petitionhall/hall/configuration"
	"petitionhall/hall/runner"
	"petitionhall/queue"
	"petitionhall/queue/boltstore"
	"petitionhall/queue/journal"
)

var quiet = slog.New(slog.DiscardHandler)

// queueOnDisk is a runner over a bbolt journal in a directory of its own.
type queueOnDisk struct {
	*runner.Runner
	journal journal.Journal
	sizes   *sizes
	end     func() error
}

// sizes notes how large the batches are, so that the bare store writes the same bytes.
type sizes struct {
	journal.Journal
	last atomic.Int64
}

// Append notes the size and appends.
func (s *sizes) Append(ctx context.Context, after journal.Revision, b journal.Batch) (journal.Revision, error) {
	s.last.Store(int64(len(b.Data)))
	return s.Journal.Append(ctx, after, b)
}

func openQueue(ctx context.Context, dir string) (*queueOnDisk, error) {
	store, err := boltstore.Open(filepath.Join(dir, "hall.db"), boltstore.Options{Name: "hall"})
	if err != nil {
		return nil, err
	}
	noted := &sizes{Journal: store}
	config := configuration.Default()
	zone, err := time.LoadLocation(config.TimeZone) // the hall's day, not this machine's
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	r, err := runner.New(ctx, runner.Options{Journal: noted, Log: quiet, Opening: func(now time.Time) *queue.Opening {
		return &queue.Opening{Date: now.In(zone).Format(time.DateOnly), Epoch: 1, Configuration: config}
	}})
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	running, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- r.Run(running) }()
	return &queueOnDisk{Runner: r, journal: store, sizes: noted, end: func() error {
		cancel()
		return errors.Join(<-done, store.Close())
	}}, nil
}

var serial atomic.Int64

func take(service queue.ServiceID) queue.Command {
	n := serial.Add(1)
	return queue.Command{Actor: "kiosk", Key: fmt.Sprintf("0123456789abcdef-%d", n), Hash: "0123456789abcdef0123456789abcdef",
		Action: queue.Take{Service: service, Persons: 3, Language: "zh", Code: fmt.Sprintf("C%09d", n), Printer: "hub"}}
}

// bare is a bbolt file with one bucket, and nothing else around it.
type bare struct {
	db  *bbolt.DB
	key atomic.Uint64
}

func openBare(dir string) (*bare, error) {
	db, err := bbolt.Open(filepath.Join(dir, "bare.db"), 0o600, &bbolt.Options{InitialMmapSize: 64 << 20})
	if err != nil {
		return nil, err
	}
	return &bare{db: db}, db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists([]byte("records"))
		return err
	})
}

func (b *bare) put(tx *bbolt.Tx, data []byte) error {
	n := b.key.Add(1)
	key := []byte{byte(n >> 56), byte(n >> 48), byte(n >> 40), byte(n >> 32), byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
	return tx.Bucket([]byte("records")).Put(key, data)
}

// pair opens both sides in a temporary directory.
func pair(ctx context.Context, use func(q *queueOnDisk, b *bare) error) (err error) {
	dir, err := os.MkdirTemp("", "petitionhall-bench")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	q, err := openQueue(ctx, dir)
	if err != nil {
		return err
	}
	b, err := openBare(dir)
	if err != nil {
		return errors.Join(err, q.end())
	}
	return errors.Join(use(q, b), q.end(), b.db.Close())
}

// takeAlone holds one client's take against a bare Update of the same bytes.
func takeAlone(ctx context.Context) (figures []figure, err error) {
	const rounds, each = 40, 50
	err = pair(ctx, func(q *queueOnDisk, b *bare) error {
		var ours, other []time.Duration
		for round := range rounds + 2 {
			for range each {
				begin := time.Now()
				if _, err := q.Do(ctx, take("natural-resources")); err != nil {
					return err
				}
				if round >= 2 { // the first rounds warm up
					ours = append(ours, time.Since(begin))
				}
			}
			data := make([]byte, q.sizes.last.Load())
			for range each {
				begin := time.Now()
				if err := b.db.Update(func(tx *bbolt.Tx) error { return b.put(tx, data) }); err != nil {
					return err
				}
				if round >= 2 {
					other = append(other, time.Since(begin))
				}
			}
		}
		a, o := percentile(ours, 50), percentile(other, 50)
		figures = []figure{{Name: "take a ticket, one client, p50", Ours: short(a), Other: short(o),
			Against: "a bare bbolt Update of the same bytes", Value: ratio(a, o), Limit: 1.5, Unit: "x"}}
		return nil
	})
	return figures, err
}

// takeTogether holds 100 clients' takes against bbolt's own Batch of the same bytes.
func takeTogether(ctx context.Context) (figures []figure, err error) {
	const clients, rounds, each = 100, 6, 40
	err = pair(ctx, func(q *queueOnDisk, b *bare) error {
		if _, err := q.Do(ctx, take("water")); err != nil {
			return err
		}
		if _, err := q.Do(ctx, take("water")); err != nil {
			return err
		}
		data := make([]byte, q.sizes.last.Load())
		var ours, other time.Duration
		for range rounds {
			spent, err := together(clients, each, func() error { _, err := q.Do(ctx, take("water")); return err })
			if err != nil {
				return err
			}
			ours += spent
			spent, err = together(clients, each, func() error {
				return b.db.Batch(func(tx *bbolt.Tx) error { return b.put(tx, data) })
			})
			if err != nil {
				return err
			}
			other += spent
		}
		n := float64(clients * rounds * each)
		a, o := n/ours.Seconds(), n/other.Seconds()
		figures = []figure{{Name: "take tickets, 100 clients", Ours: fmt.Sprintf("%.0f a second", a), Other: fmt.Sprintf("%.0f a second", o),
			Against: "a bare bbolt Batch of the same bytes", Value: a / o, Limit: 0.5, Unit: "x", AtLeast: true}}
		return nil
	})
	return figures, err
}

// together lets clients work at once, each a number of times, and tells how long all took.
func together(clients, each int, do func() error) (time.Duration, error) {
	var work sync.WaitGroup
	errs := make(chan error, clients)
	begin := time.Now()
	for range clients {
		work.Go(func() {
			for range each {
				if err := do(); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	work.Wait()
	close(errs)
	return time.Since(begin), <-errs
}
