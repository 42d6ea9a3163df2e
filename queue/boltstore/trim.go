package boltstore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"runtime"
	"slices"

	"go.etcd.io/bbolt"

	"petitionhall/queue/journal"
)

// piece is how many records or IDs are copied in one transaction.
const piece = 2000

// Trim is described at journal.Journal.
//
// A record that is deleted in a bbolt file stays there until its page is used again. So what is kept is
// copied into a new file, in pieces while appending goes on, and the new file takes the place of the old in
// one step; only the last few records and that step keep a writer waiting. A crash leaves the old file or the
// new one, whole. Trimming needs room for the copy: ErrFull when there is none. What the disk itself keeps of
// the old file's blocks is beyond this.
func (s *Store) Trim(ctx context.Context, before string) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	if s.options.ReadOnly {
		return journal.ErrReadOnly
	}
	if err := s.lock(ctx, s.trimming); err != nil {
		return err
	}
	defer s.unlock(s.trimming)
	days := *s.days.Load()
	n, err := days.Before(before)
	if n == 0 {
		return err
	}
	f, err := createFile(s.path, s.origin)
	if err != nil {
		return named(err)
	}
	c := &copying{from: s, to: f, first: days[n].First}
	err = c.run(ctx)
	if !c.placed {
		f.discard()
	}
	return named(err)
}

// copying moves what is kept of a store into a new file.
type copying struct {
	from  *Store
	to    *file
	first journal.Revision // the oldest to keep
	done  journal.Revision // the last that is copied, with its ID
	// placed is true when the new file has taken the old one's place.
	placed bool
}

func (c *copying) run(ctx context.Context) error {
	c.to.db.NoSync, c.to.db.NoGrowSync = true, true // until finish
	if err := c.copyOld(ctx); err != nil {
		return err
	}
	if err := c.catchUp(ctx, piece); err != nil {
		return err
	}
	if err := c.to.os.Sync(); err != nil { // now, so that finish has little left to sync
		return err
	}
	if err := c.catchUp(ctx, 50); err != nil {
		return err
	}
	return c.finish(ctx)
}

// copyOld copies the records up to the present head, and then their IDs in the order of the IDs, which
// spares the new file from being written all over.
func (c *copying) copyOld(ctx context.Context) error {
	end := c.from.days.Load().Head()
	for c.done = c.first - 1; c.done < end; {
		page, err := c.from.Read(ctx, c.done, int(min(end-c.done, piece)))
		if err != nil {
			return err
		}
		if err := c.to.update(func(tx *bbolt.Tx) error { return putRecords(tx, page) }); err != nil {
			return err
		}
		c.done += journal.Revision(len(page))
	}
	var last []byte
	for {
		ids, err := c.from.idsAfter(ctx, last)
		if err != nil || len(ids) == 0 {
			return err
		}
		last = ids[len(ids)-1].id
		ids = slices.DeleteFunc(ids, func(e idEntry) bool { return e.revision < c.first || e.revision > end })
		if err := c.to.update(func(tx *bbolt.Tx) error { return putIDs(tx, ids) }); err != nil {
			return err
		}
	}
}

// catchUp copies what has been appended meanwhile, until at most so many records are left.
func (c *copying) catchUp(ctx context.Context, left int) error {
	for {
		head := c.from.days.Load().Head()
		if head-c.done <= journal.Revision(left) {
			return nil
		}
		page, err := c.from.Read(ctx, c.done, piece)
		if err != nil {
			return err
		}
		if err := c.add(page); err != nil {
			return err
		}
	}
}

func (c *copying) add(page []journal.Record) error {
	err := c.to.update(func(tx *bbolt.Tx) error {
		for _, record := range page {
			if err := put(tx, record.Revision, record.Batch); err != nil {
				return err
			}
		}
		return nil
	})
	c.done += journal.Revision(len(page))
	return err
}

// finish copies the rest while nobody appends, and puts the new file in the old one's place.
func (c *copying) finish(ctx context.Context) error {
	s := c.from
	if err := s.lockWriting(ctx); err != nil {
		return err
	}
	defer s.unlock(s.writing)
	days := *s.days.Load()
	for c.done < days.Head() {
		page, err := s.file.read(c.done, int(min(days.Head()-c.done, piece)))
		if err != nil {
			return err
		}
		if err := c.add(page); err != nil {
			return err
		}
	}
	days = slices.Clone(days[slices.IndexFunc(days, func(d journal.Day) bool { return d.First == c.first }):])
	c.to.db.NoSync, c.to.db.NoGrowSync = false, false
	if err := c.to.update(func(tx *bbolt.Tx) error { return putDays(tx, days) }); err != nil {
		return err
	}
	if err := c.to.os.Sync(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if renamesOpenFiles {
		return c.replace(days)
	}
	return c.replaceClosed()
}

// renamesOpenFiles tells that a file may get a new name, and one may lose it, while it is open.
var renamesOpenFiles = runtime.GOOS != "windows"

// replace puts the new file, complete and on the disk, in the place of the old one.
func (c *copying) replace(days journal.Days) error {
	s := c.from
	if err := os.Rename(c.to.os.Name(), s.path); err != nil {
		return err
	}
	c.placed = true
	old := s.file
	s.file = c.to
	s.publish(days)
	if err := syncDirectory(s.path); err != nil {
		// The old file may come back after a power cut, so nothing may be appended to the new one until
		// the directory could be synced; reopening does that.
		s.trouble = err
	}
	_ = old.close() // it has lost its name, and nothing in it is needed
	return s.trouble
}

// replaceClosed does the same where both files must be closed for it. Another process may get the lock in
// between; then the next call of any method tells so.
func (c *copying) replaceClosed() error {
	s := c.from
	made := c.to.os.Name()
	err := errors.Join(c.to.close(), s.file.close())
	s.file, c.placed = nil, true
	s.trouble = errReplaced
	if err == nil {
		err = os.Rename(made, s.path)
	}
	if err != nil {
		_ = os.Remove(made) // or at the next opening
		return err
	}
	return s.reopenLocked()
}

var errReplaced = errors.New("its file was being replaced")

type idEntry struct {
	id       []byte
	revision journal.Revision
}

// idsAfter returns the next IDs, in their order. None means that there are no more.
func (s *Store) idsAfter(ctx context.Context, last []byte) ([]idEntry, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var page []idEntry
	err = s.file.view(func(tx *bbolt.Tx) error {
		page = make([]idEntry, 0, piece)
		cursor := tx.Bucket(bucketIDs).Cursor()
		for id, value := cursor.Seek(append(bytes.Clone(last), 0)); id != nil && len(page) < piece; id, value = cursor.Next() {
			revision, err := parseRevision(value)
			if err != nil {
				return err
			}
			page = append(page, idEntry{bytes.Clone(id), revision})
		}
		return nil
	})
	return page, err
}

func putRecords(tx *bbolt.Tx, page []journal.Record) error {
	records := tx.Bucket(bucketRecords)
	records.FillPercent = 1
	for _, record := range page {
		key := revisionKey(record.Revision)
		if err := records.Put(key, encodeRecord(key, record.Batch)); err != nil {
			return err
		}
	}
	return nil
}

func putIDs(tx *bbolt.Tx, page []idEntry) error {
	ids := tx.Bucket(bucketIDs)
	ids.FillPercent = 0.9
	for _, entry := range page {
		if err := ids.Put(entry.id, revisionKey(entry.revision)); err != nil {
			return err
		}
	}
	return nil
}

func putDays(tx *bbolt.Tx, days journal.Days) error {
	for _, day := range days {
		if err := tx.Bucket(bucketDays).Put(revisionKey(day.First), []byte(day.Label)); err != nil {
			return err
		}
	}
	return nil
}
