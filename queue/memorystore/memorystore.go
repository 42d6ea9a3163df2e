// Package memorystore keeps a journal in memory, for tests and for trying things out: it is gone when the
// program ends. It fulfils the contract of queue/journal in every other respect.
//
// A Storage stands for the disk: it outlives the handles that are opened on it, so a test can close a
// journal and open it again. Unlike a file it takes several handles at the same time, as a cluster does.
package memorystore

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"

	"petitionhall/queue/journal"
)

// Storage is what is stored. The zero value is an empty journal.
type Storage struct {
	mu      sync.Mutex
	records []journal.Record // the kept ones
	days    journal.Days
	ids     map[string]journal.Revision
	beacons map[*journal.Beacon]bool // of the open handles
}

// Store is one open handle on a Storage.
type Store struct {
	storage *Storage
	beacon  journal.Beacon
	closed  bool // guarded by storage.mu
}

var _ journal.Journal = (*Store)(nil)

// New opens a handle on a storage of its own.
func New() *Store { return new(Storage).Open() }

// Open opens a handle. Handles are independent of each other, as those of several processes would be.
func (s *Storage) Open() *Store {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.beacons == nil {
		s.beacons = make(map[*journal.Beacon]bool)
		s.ids = make(map[string]journal.Revision)
	}
	store := &Store{storage: s}
	store.beacon.Show(s.days.Head())
	s.beacons[&store.beacon] = true
	return store
}

// Head is described at journal.Journal.
func (s *Store) Head(ctx context.Context) (journal.Revision, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return 0, err
	}
	defer unlock()
	return s.storage.days.Head(), nil
}

// Append is described at journal.Journal.
func (s *Store) Append(ctx context.Context, after journal.Revision, b journal.Batch) (journal.Revision, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return 0, err
	}
	defer unlock()
	if err := b.Validate(); err != nil {
		return 0, err
	}
	return s.storage.append(after, b)
}

func (s *Storage) append(after journal.Revision, b journal.Batch) (journal.Revision, error) {
	if revision, ok := s.ids[b.ID]; ok {
		return 0, &journal.DuplicateError{ID: b.ID, Revision: revision}
	}
	if head := s.days.Head(); head != after {
		return 0, &journal.ConflictError{Head: head}
	}
	if err := s.days.Admit(b.Day); err != nil {
		return 0, err
	}
	b.Data = bytes.Clone(b.Data)
	revision := after + 1
	s.records = append(s.records, journal.Record{Revision: revision, Batch: b})
	s.days = s.days.With(b.Day)
	s.ids[b.ID] = revision
	for beacon := range s.beacons {
		beacon.Show(revision)
	}
	return revision, nil
}

// Read is described at journal.Journal.
func (s *Store) Read(ctx context.Context, after journal.Revision, limit int) ([]journal.Record, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if limit < 1 {
		return nil, fmt.Errorf("%w: a limit of %d records", journal.ErrInvalid, limit)
	}
	return s.storage.read(after, limit)
}

func (s *Storage) read(after journal.Revision, limit int) ([]journal.Record, error) {
	if err := s.days.Follow(after); err != nil {
		return nil, err
	}
	if after >= s.days.Head() {
		return nil, nil
	}
	kept := s.records[after+1-s.days.First():]
	page := slices.Clone(kept[:min(limit, len(kept))])
	for i := range page {
		page[i].Data = bytes.Clone(page[i].Data)
	}
	return page, nil
}

// Wait is described at journal.Journal.
func (s *Store) Wait(ctx context.Context, after journal.Revision) error {
	return s.beacon.Wait(ctx, after)
}

// Days is described at journal.Journal.
func (s *Store) Days(ctx context.Context) ([]journal.Day, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	return slices.Clone(s.storage.days), nil
}

// Trim is described at journal.Journal.
func (s *Store) Trim(ctx context.Context, before string) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	return s.storage.trim(before)
}

func (s *Storage) trim(before string) error {
	n, err := s.days.Before(before)
	if err != nil {
		return err
	}
	days := slices.Clone(s.days[n:])
	dropped := days.First() - s.days.First()
	for _, record := range s.records[:dropped] {
		delete(s.ids, record.ID)
	}
	s.records = slices.Clone(s.records[dropped:])
	s.days = days
	return nil
}

// Close is described at journal.Journal.
func (s *Store) Close() error {
	s.storage.mu.Lock()
	defer s.storage.mu.Unlock()
	s.closed = true
	delete(s.storage.beacons, &s.beacon)
	s.beacon.Close()
	return nil
}

// lock is how every method starts: it returns the function that ends the method.
func (s *Store) lock(ctx context.Context) (unlock func(), err error) {
	s.storage.mu.Lock()
	switch {
	case s.closed:
		err = journal.ErrClosed
	case ctx.Err() != nil:
		err = ctx.Err()
	default:
		return s.storage.mu.Unlock, nil
	}
	s.storage.mu.Unlock()
	return nil, err
}
