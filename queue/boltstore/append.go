package boltstore

import (
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"petitionhall/queue/journal"
)

// Append is described at journal.Journal.
//
// ErrUnknown comes from a failed write or sync of the file. The next call of any method then closes the
// file, has the system forget what it holds of it in memory, opens and checks it again and writes to it once
// more; it returns ErrUnavailable as long as that fails. So after ErrUnknown, what a Read shows is what the
// disk has, and a batch that it does not show will not appear later.
func (s *Store) Append(ctx context.Context, after journal.Revision, b journal.Batch) (journal.Revision, error) {
	if err := s.ready(ctx); err != nil {
		return 0, err
	}
	if err := b.Validate(); err != nil {
		return 0, err
	}
	if s.options.ReadOnly {
		return 0, journal.ErrReadOnly
	}
	if err := s.lockWriting(ctx); err != nil {
		return 0, err
	}
	defer s.unlock(s.writing)
	days := *s.days.Load()
	if err := s.admit(days, after, b); err != nil {
		return 0, err
	}
	if err := s.commit(days, b); err != nil {
		return 0, err
	}
	s.publish(days.With(b.Day))
	return after + 1, nil
}

// admit checks what the contract asks for, in its order.
func (s *Store) admit(days journal.Days, after journal.Revision, b journal.Batch) error {
	var there []byte
	err := s.file.view(func(tx *bbolt.Tx) error {
		there = append(there, tx.Bucket(bucketIDs).Get([]byte(b.ID))...)
		return nil
	})
	if err != nil {
		return err
	}
	if there != nil {
		revision, err := parseRevision(there)
		if err != nil {
			return err
		}
		return &journal.DuplicateError{ID: b.ID, Revision: revision}
	}
	if head := days.Head(); head != after {
		return &journal.ConflictError{Head: head}
	}
	return days.Admit(b.Day)
}

// commit writes one record. Whatever goes wrong, either the record is surely not there, or the file is
// distrusted from now on.
func (s *Store) commit(days journal.Days, b journal.Batch) error {
	began := false
	err := s.file.update(func(tx *bbolt.Tx) error {
		if err := put(tx, days.Head()+1, b); err != nil {
			return err
		}
		if len(days) == 0 || days[len(days)-1].Label != b.Day {
			if err := tx.Bucket(bucketDays).Put(revisionKey(days.Head()+1), []byte(b.Day)); err != nil {
				return err
			}
		}
		began = true
		return nil
	})
	switch {
	case err == nil:
		return nil
	case s.file.broken && !began: // damage, met before anything was written
		s.distrust(err)
		return err
	case full(err) && s.file.headIs(days.Head()):
		return fmt.Errorf("%w: %w", journal.ErrFull, err)
	case !began:
		s.distrust(err)
		return fmt.Errorf("%w: %w", journal.ErrUnavailable, err)
	default:
		s.distrust(err)
		return fmt.Errorf("%w: %w", journal.ErrUnknown, err)
	}
}

// put adds a record and its ID. Records are only ever added at the end, so pages are filled to the brim.
func put(tx *bbolt.Tx, revision journal.Revision, b journal.Batch) error {
	key := revisionKey(revision)
	records := tx.Bucket(bucketRecords)
	records.FillPercent = 1
	if err := records.Put(key, encodeRecord(key, b)); err != nil {
		return err
	}
	return tx.Bucket(bucketIDs).Put([]byte(b.ID), key)
}

// headIs tells that the last commit, which has failed, did not get as far as to change what the file says.
func (f *file) headIs(head journal.Revision) bool {
	if f.broken {
		return false
	}
	err := f.view(func(tx *bbolt.Tx) error {
		days, err := readDays(tx)
		if err == nil && days.Head() != head {
			err = journal.ErrConflict
		}
		return err
	})
	return err == nil
}

// distrust makes the next call open the file anew.
func (s *Store) distrust(cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = cause
}

// reopen finds out what the disk really has. After a failed sync the system may show pages that it could not
// write; so it has to forget them, and the file must take a write again before it is believed.
func (s *Store) reopen() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reopenLocked()
}

// reopenLocked is reopen for who holds mu.
func (s *Store) reopenLocked() error {
	if s.file != nil {
		_ = s.file.close() // what it could not write is not wanted any more
		s.file = nil
	}
	f, err := s.reopened()
	if err != nil {
		return fmt.Errorf("%w: %w (after: %w)", journal.ErrUnavailable, err, s.trouble)
	}
	s.file, s.trouble = f, nil
	s.publish(f.days)
	return nil
}

func (s *Store) reopened() (*file, error) {
	if err := forget(s.path); err != nil {
		return nil, explain(err)
	}
	f, err := openFile(s.path, s.options)
	if err != nil {
		return nil, err
	}
	if known := s.days.Load().Head(); f.origin != s.origin || f.days.Head() < known {
		_ = f.close()
		return nil, damaged("record %d was there before", known)
	}
	if err = f.update(func(*bbolt.Tx) error { return nil }); err == nil {
		err = syncDirectory(s.path)
	}
	if err != nil {
		_ = f.close()
		return nil, explain(err)
	}
	return f, nil
}
