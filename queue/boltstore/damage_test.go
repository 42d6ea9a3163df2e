package boltstore

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"testing"

	"petitionhall/queue/journal"
)

// A journal that lost its end is refused, at whatever length; one that lost only its room to grow is whole.
func TestCutShort(t *testing.T) {
	const records = 300
	whole := sample(t, records)
	lengths := []int{0, 1, 7, 8, 9, 15, 16, 19, 20, 21, 79, 80, 100}
	for at := pageSize; at <= len(whole); at += pageSize {
		lengths = append(lengths, at-1, at, at+1)
	}
	path := newPath(t)
	for _, length := range lengths {
		file := append([]byte(nil), whole[:min(length, len(whole))]...)
		file = append(file, make([]byte, max(length-len(whole), 0))...)
		write(t, path, file)
		s, err := Open(path, Options{Name: "hall"})
		if length < len(whole) {
			if err == nil {
				closeStore(t, s)
			}
			wantError(t, fmt.Sprintf("Open of %d bytes of %d", length, len(whole)), err, journal.ErrCorrupt)
			continue
		}
		if err != nil {
			t.Fatalf("Open of %d bytes of %d: %v", length, len(whole), err)
		}
		if head := check(t, s); head != records {
			t.Errorf("head %d, want %d", head, records)
		}
		fill(t, s, "1", 1)
		closeStore(t, s)
	}
}

// Whatever byte is changed, the store never shows a record that is not what was written, and never crashes.
func TestChangedByte(t *testing.T) {
	whole := sample(t, 120)
	path := newPath(t)
	refused, found := 0, 0
	for at := 0; at < len(whole); at += 61 {
		file := append([]byte(nil), whole...)
		file[at] ^= 0x5a
		write(t, path, file)
		s, err := Open(path, Options{Name: "hall"})
		if err != nil {
			if !errors.Is(err, journal.ErrCorrupt) && !errors.Is(err, journal.ErrForeign) {
				t.Errorf("byte %d: Open: %v", at, err)
			}
			refused++
			continue
		}
		if _, err := readAll(s); err != nil && !errors.Is(err, journal.ErrCorrupt) {
			t.Errorf("byte %d: %v", at, err)
		}
		if err := s.Check(t.Context()); err != nil {
			if !errors.Is(err, journal.ErrCorrupt) {
				t.Errorf("byte %d: Check: %v", at, err)
			}
			found++
		}
		closeStore(t, s)
	}
	if refused == 0 || found == 0 {
		t.Errorf("%d files were refused, damage was found in %d: too little was tried", refused, found)
	}
}

// Every byte of a record is covered by its sum.
func TestChangedRecord(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 3)
	closeStore(t, s)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wrong := []byte(secret(2))
	wrong[3] ^= 1
	write(t, path, bytes.ReplaceAll(file, []byte(secret(2)), wrong))
	s = open(t, path)
	if _, err := s.Read(t.Context(), 0, 1); err != nil {
		t.Errorf("Read of the record before: %v", err)
	}
	_, err = s.Read(t.Context(), 1, 1)
	wantError(t, "Read of a changed record", err, journal.ErrCorrupt)
	wantError(t, "Check", s.Check(t.Context()), journal.ErrCorrupt)
}

// A file that loses its end while it is in use ends in errors, not in the end of the program.
func TestCutShortWhileOpen(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 400)
	if err := os.Truncate(path, 2*pageSize); err != nil {
		t.Fatal(err)
	}
	_, err := s.Read(t.Context(), 0, 1000)
	wantError(t, "Read", err, journal.ErrCorrupt)
	_, err = s.Append(t.Context(), 400, batch("a", 401))
	wantError(t, "Append", err, journal.ErrCorrupt)
	if errors.Is(err, journal.ErrUnknown) {
		t.Errorf("Append does not say that nothing was written: %v", err)
	}
	_, err = s.Read(t.Context(), 0, 1)
	wantError(t, "Read after Append", err, journal.ErrCorrupt)
	_ = s.Close() // it may complain, but must not hang
}

// FuzzOpen changes a journal and uses it. Nothing may crash, hang or show a record that was not written.
func FuzzOpen(f *testing.F) {
	whole := sample(f, 120)
	for page := range len(whole) / pageSize {
		for _, at := range []int{0, 8, 10, 12, 16, 20, 24, 28, 40, 56} {
			f.Add(uint32(page*pageSize+at), []byte{0xff, 0xff}, uint32(len(whole)))
			f.Add(uint32(page*pageSize+at), []byte{byte(page), 0}, uint32(len(whole)))
		}
		// A page that claims to be another one.
		f.Add(uint32(page*pageSize), whole[4*pageSize:5*pageSize], uint32(len(whole)))
	}
	f.Fuzz(func(t *testing.T, at uint32, change []byte, length uint32) {
		file := append([]byte(nil), whole...)
		copy(file[int(at)%len(file):], change)
		path := newPath(t)
		write(t, path, file[:min(int(length), len(file))])
		s, err := Open(path, Options{Name: "hall"})
		if err != nil {
			return
		}
		if _, err := readAll(s); err != nil && !errors.Is(err, journal.ErrCorrupt) {
			t.Errorf("Read: %v", err)
		}
		ctx, cancel := withPatience()
		defer cancel()
		_ = s.Check(ctx) // may find it or not
		if head, err := s.Head(ctx); err == nil {
			_, _ = s.Append(ctx, head, batch("1", head+1))
		}
		_ = s.Trim(ctx, "1")
		_ = s.Close()
	})
}
