package boltstore

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strconv"

	"go.etcd.io/bbolt"

	"petitionhall/queue/journal"
)

// The file has four buckets:
//
//	petitionhall  what this file is: layout, name and id, as text
//	records       revision -> sum, lengths, ID, day, data
//	ids           ID -> revision
//	days          first revision -> label
//
// Revisions are 8 bytes, big-endian, so that keys sort as revisions do. The sum is CRC-32C over the revision
// and all that follows the sum, so a record that stands in the wrong place is found out too.
const layout = 1

// pageSize is fixed, so that a file looks the same on every machine.
const pageSize = 4096

var (
	bucketHeader  = []byte("petitionhall")
	bucketRecords = []byte("records")
	bucketIDs     = []byte("ids")
	bucketDays    = []byte("days")

	keyLayout = []byte("layout")
	keyName   = []byte("name")
	keyID     = []byte("id")
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// origin is what a file was made as.
type origin struct{ name, id string }

func writeHeader(tx *bbolt.Tx, o origin) error {
	header, err := tx.CreateBucket(bucketHeader)
	if err != nil {
		return err
	}
	for _, name := range [][]byte{bucketRecords, bucketIDs, bucketDays} {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	for _, entry := range []struct{ key, value []byte }{
		{keyLayout, strconv.AppendInt(nil, layout, 10)},
		{keyName, []byte(o.name)},
		{keyID, []byte(o.id)},
	} {
		if err := header.Put(entry.key, entry.value); err != nil {
			return err
		}
	}
	return nil
}

func readHeader(tx *bbolt.Tx) (origin, error) {
	header := tx.Bucket(bucketHeader)
	if header == nil {
		return origin{}, fmt.Errorf("%w: a bbolt file of something else", journal.ErrForeign)
	}
	n, err := strconv.Atoi(string(header.Get(keyLayout)))
	switch {
	case err != nil || n < 1:
		return origin{}, damaged("layout version %q", header.Get(keyLayout))
	case n > layout:
		return origin{}, fmt.Errorf("%w: layout %d, this program knows up to %d", journal.ErrNewer, n, layout)
	}
	for _, name := range [][]byte{bucketRecords, bucketIDs, bucketDays} {
		if tx.Bucket(name) == nil {
			return origin{}, damaged("no %s in it", name)
		}
	}
	return origin{name: string(header.Get(keyName)), id: string(header.Get(keyID))}, nil
}

// readDays tells the days and their spans, and that the first and the last record are where they must be.
func readDays(tx *bbolt.Tx) (journal.Days, error) {
	records := tx.Bucket(bucketRecords).Cursor()
	firstKey, _ := records.First()
	lastKey, lastValue := records.Last()
	var days journal.Days
	cursor := tx.Bucket(bucketDays).Cursor()
	for key, label := cursor.First(); key != nil; key, label = cursor.Next() {
		first, err := parseRevision(key)
		if err != nil {
			return nil, err
		}
		if n := len(days); n > 0 {
			days[n-1].Last = first - 1
		}
		days = append(days, journal.Day{Label: string(label), First: first})
	}
	if firstKey == nil && len(days) == 0 {
		return nil, nil
	}
	last, err := decodeRecord(lastKey, lastValue)
	if err != nil {
		return nil, err
	}
	first, err := parseRevision(firstKey)
	if err != nil {
		return nil, err
	}
	if len(days) == 0 || days[0].First != first || days[len(days)-1].First > last.Revision {
		return nil, damaged("records %d to %d do not fit the days", first, last.Revision)
	}
	days[len(days)-1].Last = last.Revision
	return days, nil
}

func revisionKey(r journal.Revision) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(r))
}

func parseRevision(key []byte) (journal.Revision, error) {
	if len(key) != 8 {
		return 0, damaged("a revision of %d bytes", len(key))
	}
	return journal.Revision(binary.BigEndian.Uint64(key)), nil
}

// sumSize is where the summed part of a record's value starts.
const sumSize = 4

func encodeRecord(key []byte, b journal.Batch) []byte {
	value := make([]byte, sumSize, sumSize+2+len(b.ID)+len(b.Day)+len(b.Data))
	value = append(value, byte(len(b.ID)), byte(len(b.Day)))
	value = append(value, b.ID...)
	value = append(value, b.Day...)
	value = append(value, b.Data...)
	binary.BigEndian.PutUint32(value, sum(key, value[sumSize:]))
	return value
}

// decodeRecord copies what it returns.
func decodeRecord(key, value []byte) (journal.Record, error) {
	revision, err := parseRevision(key)
	if err != nil {
		return journal.Record{}, err
	}
	if len(value) < sumSize+2 || binary.BigEndian.Uint32(value) != sum(key, value[sumSize:]) {
		return journal.Record{}, damaged("record %d is not what was written", revision)
	}
	id, day, rest := int(value[sumSize]), int(value[sumSize+1]), value[sumSize+2:]
	if len(rest) <= id+day {
		return journal.Record{}, damaged("record %d is too short", revision)
	}
	return journal.Record{Revision: revision, Batch: journal.Batch{
		ID:   string(rest[:id]),
		Day:  string(rest[id : id+day]),
		Data: append([]byte(nil), rest[id+day:]...),
	}}, nil
}

func sum(key, rest []byte) uint32 {
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, rest)
}
