package boltstore

import (
	"errors"
	"io"
	"os"
	"testing"

	"go.etcd.io/bbolt"

	"petitionhall/queue/journal"
)

// failUnknown makes an append fail in the middle of its commit.
func failUnknown(t *testing.T, s *Store, after journal.Revision) {
	t.Helper()
	if err := s.file.os.Close(); err != nil { // every further write and sync fails
		t.Fatal(err)
	}
	_, err := s.Append(t.Context(), after, batch("a", after+1))
	wantError(t, "Append", err, journal.ErrUnknown)
	wantError(t, "its cause", err, os.ErrClosed)
}

// After an unknown outcome the store finds out by itself what the disk has: here, nothing.
func TestUnknownNotWritten(t *testing.T) {
	s := open(t, newPath(t))
	fill(t, s, "a", 3)
	failUnknown(t, s, 3)
	if head := check(t, s); head != 3 {
		t.Errorf("head %d, want 3", head)
	}
	fill(t, s, "a", 3)
	if head := check(t, s); head != 6 {
		t.Errorf("head %d, want 6", head)
	}
}

// Here the record had reached the disk, and waiters learn it too.
func TestUnknownWritten(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 3)
	failUnknown(t, s, 3)
	_ = s.file.close() // so that another can have it
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bbolt.Tx) error { return put(tx, 4, batch("a", 4)) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(t.Context(), 3); err != nil {
		t.Error(err)
	}
	_, err = s.Append(t.Context(), 3, batch("a", 4))
	wantError(t, "Append again", err, journal.ErrDuplicate)
	if head := check(t, s); head != 4 {
		t.Errorf("head %d, want 4", head)
	}
}

// As long as the file cannot be opened again, nothing is said about it; then all goes on.
func TestUnknownAndLocked(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 3)
	failUnknown(t, s, 3)
	_ = s.file.close() // so that another can have it
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Head(t.Context())
	wantError(t, "Head", err, journal.ErrUnavailable)
	wantError(t, "Head", err, journal.ErrLocked)
	_, err = s.Read(t.Context(), 0, 1)
	wantError(t, "Read", err, journal.ErrUnavailable)
	_, err = s.Append(t.Context(), 3, batch("a", 4))
	wantError(t, "Append", err, journal.ErrUnavailable)
	if errors.Is(err, journal.ErrUnknown) {
		t.Error("Append does not say that nothing was written")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	fill(t, s, "a", 1)
	if head := check(t, s); head != 4 {
		t.Errorf("head %d, want 4", head)
	}
}

// A file that has lost a record which was acknowledged is not believed.
func TestLostRecord(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 3)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, "a", 1)
	failUnknown(t, s, 4)
	write(t, path, before)
	_, err = s.Head(t.Context())
	wantError(t, "Head", err, journal.ErrCorrupt)
	closeStore(t, s)
}

// A failure before the commit has begun is told as such.
func TestFailureBeforeCommit(t *testing.T) {
	s := open(t, newPath(t))
	fill(t, s, "a", 3)
	_ = s.file.close()
	err := s.commit(*s.days.Load(), batch("a", 4))
	wantError(t, "commit", err, journal.ErrUnavailable)
	if errors.Is(err, journal.ErrUnknown) {
		t.Error("it does not say that nothing was written")
	}
	fill(t, s, "a", 1)
	if head := check(t, s); head != 4 {
		t.Errorf("head %d, want 4", head)
	}
}

// A panic inside bbolt leaves its locks held; closing must not wait for them, and must free the file.
func TestPanicInUpdate(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 3)
	err := s.file.update(func(*bbolt.Tx) error { panic(io.ErrUnexpectedEOF) })
	wantError(t, "update", err, journal.ErrCorrupt)
	closeStore(t, s)
	if s = open(t, path); check(t, s) != 3 {
		t.Error("records are missing")
	}
}
