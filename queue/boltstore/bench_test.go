package boltstore

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"petitionhall/queue/journal"
)

// BenchmarkAppend appends a batch and makes a bare bbolt Update of the same bytes, by turns, so that both see
// the same disk. It reports the median of each and their ratio.
func BenchmarkAppend(b *testing.B) {
	for _, size := range []int{400, 4000, 40000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			bare, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, nil)
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = bare.Close() }()
			name := []byte("records")
			if err := bare.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket(name); return err }); err != nil {
				b.Fatal(err)
			}
			s, err := Open(filepath.Join(b.TempDir(), "hall.db"), Options{Name: "hall"})
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = s.Close() }()
			data := make([]byte, size)
			var updates, appends []time.Duration
			for r := journal.Revision(0); b.Loop(); r++ {
				id := fmt.Sprintf("%016x", uint64(r)*0x9e3779b97f4a7c15) // not in order, as random IDs are
				start := time.Now()
				if err := bare.Update(func(tx *bbolt.Tx) error { return tx.Bucket(name).Put(revisionKey(r), data) }); err != nil {
					b.Fatal(err)
				}
				middle := time.Now()
				if _, err := s.Append(b.Context(), r, journal.Batch{ID: id, Day: "2026-11-23", Data: data}); err != nil {
					b.Fatal(err)
				}
				updates, appends = append(updates, middle.Sub(start)), append(appends, time.Since(middle))
			}
			update, took := median(updates), median(appends)
			b.ReportMetric(float64(update), "bare-p50-ns")
			b.ReportMetric(float64(took), "append-p50-ns")
			b.ReportMetric(float64(took)/float64(update), "ratio")
		})
	}
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// BenchmarkReadDay opens a journal and reads a day of 30,000 records, the last of ten days.
func BenchmarkReadDay(b *testing.B) {
	const days, each = 10, 30000
	path := filepath.Join(b.TempDir(), "hall.db")
	s, err := Open(path, Options{Name: "hall"})
	if err != nil {
		b.Fatal(err)
	}
	s.file.db.NoSync = true // only to have the file made sooner
	data := make([]byte, 400)
	for r := range journal.Revision(days * each) {
		if _, err := s.Append(b.Context(), r, journal.Batch{ID: fmt.Sprintf("%026d", r), Day: fmt.Sprint(r / each), Data: data}); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := Open(path, Options{Name: "hall"})
		if err != nil {
			b.Fatal(err)
		}
		read := 0
		for after := journal.Revision((days - 1) * each); ; {
			page, err := s.Read(b.Context(), after, each)
			if err != nil {
				b.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			read += len(page)
			after += journal.Revision(len(page))
		}
		if read != each {
			b.Fatalf("read %d records, want %d", read, each)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
