package boltstore

import (
	"bytes"
	"context"
	"slices"

	"go.etcd.io/bbolt"

	"petitionhall/queue/journal"
)

// Check reads everything that is kept and returns nil when all of it is as it was written: every page of the
// file in its place, every record with its sum, revisions without a gap, labels that fit the days, and exactly
// the IDs of the kept records. It returns ErrCorrupt with the first thing that is not so. On a journal that is
// open for writing, appending waits while the pages are looked at, and trimming until the end.
func (s *Store) Check(ctx context.Context) error {
	if err := s.lock(ctx, s.trimming); err != nil {
		return err
	}
	defer s.unlock(s.trimming)
	if err := s.checkPages(ctx); err != nil {
		return err
	}
	days, err := s.Days(ctx)
	if err != nil || len(days) == 0 {
		return err
	}
	return s.checkRecords(ctx, days)
}

func (s *Store) checkPages(ctx context.Context) error {
	if err := s.lockWriting(ctx); err != nil {
		return err
	}
	defer s.unlock(s.writing)
	info, err := s.file.os.Stat()
	if err != nil {
		return named(err)
	}
	return named(walk(s.file.os, info.Size(), true))
}

func (s *Store) checkRecords(ctx context.Context, days journal.Days) error {
	after, end := days.First()-1, days.Head()
	for day := 0; after < end; {
		page, err := s.Read(ctx, after, int(end-after))
		if err != nil {
			return err
		}
		for _, record := range page {
			if record.Revision > days[day].Last {
				day++
			}
			if record.Day != days[day].Label {
				return damaged("record %d is of day %q, not %q", record.Revision, record.Day, days[day].Label)
			}
		}
		if err := s.checkIDs(ctx, page); err != nil {
			return err
		}
		after += journal.Revision(len(page))
	}
	return s.countIDs(ctx, days.First(), end)
}

// checkIDs checks that each record is found by its ID.
func (s *Store) checkIDs(ctx context.Context, page []journal.Record) error {
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	return s.file.view(func(tx *bbolt.Tx) error {
		ids := tx.Bucket(bucketIDs)
		for _, record := range page {
			if !bytes.Equal(ids.Get([]byte(record.ID)), revisionKey(record.Revision)) {
				return damaged("record %d is not found by its ID %s", record.Revision, record.ID)
			}
		}
		return nil
	})
}

// countIDs checks that there are no IDs but those of the records from first to last.
func (s *Store) countIDs(ctx context.Context, first, last journal.Revision) error {
	var end []byte
	for count := journal.Revision(0); ; {
		ids, err := s.idsAfter(ctx, end)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			if want := last - first + 1; count != want {
				return damaged("%d IDs for %d records", count, want)
			}
			return nil
		}
		end = ids[len(ids)-1].id
		ids = slices.DeleteFunc(ids, func(e idEntry) bool { return e.revision > last }) // appended meanwhile
		count += journal.Revision(len(ids))
	}
}
