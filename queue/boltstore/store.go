// Package boltstore keeps a journal in one file on a local disk, by means of bbolt. It fulfils the contract
// of queue/journal; one process has the file open at a time.
//
// One Append is one bbolt transaction: the batch is on the disk, by bbolt's two syncs, before Append returns.
// docs/adr/0002-journal.md tells how the file is made, replaced and distrusted, and why.
package boltstore

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"petitionhall/queue/journal"
)

// Options say which journal is meant and how to open it.
type Options struct {
	// Name says which of a hall's journals this is, such as "hall" or "office". It is written into a new
	// file, and a file with another name is refused with ErrForeign. Like a day's label, but not empty;
	// empty is allowed with ReadOnly and then takes any journal.
	Name string
	// ReadOnly opens a file only to look at it. Several processes may do so at once, but none while the
	// file is open for writing. A missing file is not made.
	ReadOnly bool
	// LockTimeout is how long to wait for another process to let go of the file; 0 means 200 ms.
	LockTimeout time.Duration
}

// Store is a journal in a file.
type Store struct {
	path    string
	options Options
	origin  origin
	beacon  journal.Beacon
	days    atomic.Pointer[journal.Days] // what is durable and may be shown
	closing chan struct{}
	once    sync.Once

	// trimming and writing are locks that can be waited for with a context. Who holds writing is alone in
	// changing file, trouble and days.
	trimming, writing chan struct{}

	mu      sync.RWMutex // held by readers while they use file, and while file and trouble are replaced
	file    *file        // nil while it could not be opened again
	trouble error        // why file cannot be trusted until it has been opened again
}

var _ journal.Journal = (*Store)(nil)

// Open opens the journal at path, and makes an empty one when there is none (unless ReadOnly). The directory
// must exist. What a crashed creation or trimming has left beside the file is removed.
//
// Errors: journal.ErrLocked when another process has it open; ErrForeign when it is not a journal of
// petitionhall or has another name; ErrNewer; ErrCorrupt when it is damaged or cut short; ErrReadOnly when
// this user may not write there; ErrFull; ErrInvalid for Options; fs.ErrNotExist when the directory, or with
// ReadOnly the file, is missing. Nothing that was found there is changed when Open fails.
func Open(path string, options Options) (*Store, error) {
	if err := options.complete(); err != nil {
		return nil, err
	}
	f, path, err := openOrCreate(path, options)
	if err != nil {
		return nil, fmt.Errorf("open journal %s: %w", path, err)
	}
	s := &Store{
		path:     path,
		origin:   f.origin,
		options:  options,
		closing:  make(chan struct{}),
		trimming: make(chan struct{}, 1),
		writing:  make(chan struct{}, 1),
		file:     f,
	}
	s.publish(f.days)
	return s, nil
}

func (o *Options) complete() error {
	label := journal.Batch{ID: o.Name, Data: []byte{0}}
	if o.Name == "" && o.ReadOnly {
		label.ID = "any"
	}
	if err := label.Validate(); err != nil {
		return fmt.Errorf("%w: the journal's name %q", journal.ErrInvalid, o.Name)
	}
	if o.LockTimeout == 0 {
		o.LockTimeout = 200 * time.Millisecond
	}
	return nil
}

// Name returns the name that the journal was made with.
func (s *Store) Name() string { return s.origin.name }

// ID returns the random identity that the file was given when it was made. It stays the same when the file
// is trimmed or copied, and tells two journals of the same name apart.
func (s *Store) ID() string { return s.origin.id }

// Head is described at journal.Journal.
func (s *Store) Head(ctx context.Context) (journal.Revision, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	return s.days.Load().Head(), nil
}

// Wait is described at journal.Journal.
func (s *Store) Wait(ctx context.Context, after journal.Revision) error {
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	leave()
	return s.beacon.Wait(ctx, after)
}

// Days is described at journal.Journal.
func (s *Store) Days(ctx context.Context) ([]journal.Day, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	return slices.Clone(*s.days.Load()), nil
}

// Close is described at journal.Journal.
func (s *Store) Close() error {
	var err error
	s.once.Do(func() {
		close(s.closing)
		s.beacon.Close()
		s.trimming <- struct{}{} // never given back: whoever waits for it sees closing
		s.writing <- struct{}{}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.file != nil {
			err = s.file.close()
			s.file = nil
		}
	})
	return err
}

// enter is how every reading method starts. After leave the file may be replaced.
func (s *Store) enter(ctx context.Context) (leave func(), err error) {
	for {
		if err := s.ready(ctx); err != nil {
			return nil, err
		}
		s.mu.RLock()
		if s.file != nil && s.trouble == nil {
			return s.mu.RUnlock, nil
		}
		s.mu.RUnlock()
		if err := s.lockWriting(ctx); err != nil {
			return nil, err
		}
		s.unlock(s.writing)
	}
}

// lockWriting makes the caller the only writer, of a file that can be trusted.
func (s *Store) lockWriting(ctx context.Context) error {
	if err := s.lock(ctx, s.writing); err != nil {
		return err
	}
	if s.trouble == nil {
		return nil
	}
	if err := s.reopen(); err != nil {
		s.unlock(s.writing)
		return err
	}
	return nil
}

func (s *Store) lock(ctx context.Context, lock chan struct{}) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	select {
	case lock <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closing:
		return journal.ErrClosed
	}
	if err := s.ready(ctx); err != nil {
		s.unlock(lock)
		return err
	}
	return nil
}

func (s *Store) unlock(lock chan struct{}) { <-lock }

// ready returns why a method must not start, if so.
func (s *Store) ready(ctx context.Context) error {
	select {
	case <-s.closing:
		return journal.ErrClosed
	default:
		return ctx.Err()
	}
}

// publish shows what is durable now.
func (s *Store) publish(days journal.Days) {
	s.days.Store(&days)
	s.beacon.Show(days.Head())
}
