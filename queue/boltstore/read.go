package boltstore

import (
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"petitionhall/queue/journal"
)

// A read transaction stays short, whatever limit a reader asks for: at most pageRecords records, and no more
// once pageBytes bytes are reached. While it lasts bbolt cannot use the pages that writers have freed.
const (
	pageRecords = 4096
	pageBytes   = 2 << 20
)

// Read is described at journal.Journal. Every record is checked against its sum.
func (s *Store) Read(ctx context.Context, after journal.Revision, limit int) ([]journal.Record, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if limit < 1 {
		return nil, fmt.Errorf("%w: a limit of %d records", journal.ErrInvalid, limit)
	}
	days := *s.days.Load()
	if err := days.Follow(after); err != nil {
		return nil, err
	}
	if after >= days.Head() {
		return nil, nil
	}
	// bbolt shows a commit before its last sync, so the published head is the end, not that of the file.
	limit = min(limit, pageRecords, int(min(days.Head()-after, pageRecords)))
	return s.file.read(after, limit)
}

func (f *file) read(after journal.Revision, limit int) (page []journal.Record, err error) {
	err = f.view(func(tx *bbolt.Tx) error {
		page = make([]journal.Record, 0, limit)
		cursor := tx.Bucket(bucketRecords).Cursor()
		size := 0
		for key, value := cursor.Seek(revisionKey(after + 1)); len(page) < limit && size < pageBytes; key, value = cursor.Next() {
			record, err := decodeRecord(key, value)
			if err != nil {
				return err
			}
			if want := after + 1 + journal.Revision(len(page)); record.Revision != want {
				return damaged("record %d is missing", want)
			}
			page = append(page, record)
			size += len(value)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}
