package boltstore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"petitionhall/queue/journal"
)

// Where an open file cannot be renamed, trimming closes it for a moment.
func TestTrimWithClosedFiles(t *testing.T) {
	defer func(was bool) { renamesOpenFiles = was }(renamesOpenFiles)
	renamesOpenFiles = false
	path := newPath(t)
	s := open(t, path)
	for _, day := range []string{"a", "b", "c"} {
		fill(t, s, day, 10)
		if err := s.Trim(t.Context(), day); err != nil {
			t.Fatal(err)
		}
		days, err := s.Days(t.Context())
		if err != nil || len(days) != 1 || days[0].Label != day {
			t.Errorf("Days = %v, %v", days, err)
		}
	}
	wantFiles(t, path, "hall.db")
	fill(t, s, "c", 10)
	if head := check(t, s); head != 40 {
		t.Errorf("head %d, want 40", head)
	}
	_, err := Open(path, Options{Name: "hall"})
	wantError(t, "Open", err, journal.ErrLocked)
}

// What was trimmed is not in the file any more: neither its data nor its IDs, and not its room either.
func TestTrimRemovesBytes(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	s.file.db.NoSync = true // only to have the file made sooner
	fill(t, s, "first-day", 4000)
	fill(t, s, "second-day", 100)
	fill(t, s, "third-day", 100)
	id := s.ID()
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Trim(t.Context(), "second-day"); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(after)) > before.Size()/2 {
		t.Errorf("the file has %d bytes, and had %d", len(after), before.Size())
	}
	for r := journal.Revision(1); r <= 4000; r++ {
		if bytes.Contains(after, []byte(secret(r))) || bytes.Contains(after, []byte(batch("", r).ID)) {
			t.Fatalf("record %d is still in the file", r)
		}
	}
	if strings.Contains(string(after), "first-day") || !strings.Contains(string(after), secret(4001)) {
		t.Error("the file does not hold what it should")
	}
	wantFiles(t, path, "hall.db")
	fill(t, s, "third-day", 10)
	if head := check(t, s); head != 4210 || s.ID() != id {
		t.Errorf("head %d, ID %s", head, s.ID())
	}
	closeStore(t, s)
	if s = open(t, path); check(t, s) != 4210 {
		t.Error("records are missing after reopening")
	}
}

// A cancelled trimming leaves the journal as it was, and no file.
func TestTrimCancelled(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 10)
	fill(t, s, "b", 10)
	ctx, cancel := context.WithCancel(t.Context())
	c := &copying{from: s, first: 11}
	var err error
	if c.to, err = createFile(path, s.origin); err != nil {
		t.Fatal(err)
	}
	cancel()
	wantError(t, "trimming", c.run(ctx), context.Canceled)
	c.to.discard()
	wantFiles(t, path, "hall.db")
	if all, err := readAll(s); err != nil || len(all) != 20 {
		t.Errorf("%d records, %v", len(all), err)
	}
	check(t, s)
}

// A process that waited for the lock of a file that is then replaced must not take the old file for the
// journal.
func TestReplacedWhileWaiting(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 3)
	fill(t, s, "b", 3)
	old, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = old.Close() }()
	if err := s.Trim(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	if err := lock(old, true, patience); err != nil {
		t.Fatalf("the old file is still locked: %v", err)
	}
	wantError(t, "the old file", checkFile(old, path), journal.ErrLocked)
	_, err = Open(path, Options{Name: "hall"})
	wantError(t, "Open", err, journal.ErrLocked)
}

// Trimming goes on beside appending, and both end.
func TestTrimWhileAppending(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 500)
	fill(t, s, "b", 500)
	ended := make(chan error, 1)
	go func() { ended <- s.Trim(t.Context(), "b") }()
	fill(t, s, "b", 500)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if head := check(t, s); head != 1500 {
		t.Errorf("head %d, want 1500", head)
	}
	days, err := s.Days(t.Context())
	if err != nil || len(days) != 1 || days[0].First != 501 {
		t.Errorf("Days = %v, %v", days, err)
	}
}

// Closing does not wait for the end of a long copy.
func TestCloseWhileTrimming(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 300)
	fill(t, s, "b", 300)
	ended := make(chan error, 1)
	go func() { ended <- s.Trim(t.Context(), "b") }()
	closeStore(t, s)
	if err := <-ended; err != nil && !errors.Is(err, journal.ErrClosed) {
		t.Errorf("Trim: %v", err)
	}
	s = open(t, path)
	if check(t, s) != 600 {
		t.Error("records are missing")
	}
	wantFiles(t, path, "hall.db")
}
