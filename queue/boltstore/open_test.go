package boltstore

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"go.etcd.io/bbolt"

	"petitionhall/queue/journal"
)

func withPatience() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), patience)
}

func TestNewFile(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode())
	}
	wantFiles(t, path, "hall.db")
	name, id := s.Name(), s.ID()
	if name != "hall" || id == "" {
		t.Errorf("Name = %q, ID = %q", name, id)
	}
	closeStore(t, s)
	if s = open(t, path); s.ID() != id {
		t.Errorf("ID = %q after reopening, want %q", s.ID(), id)
	}
	if other := open(t, newPath(t)); other.ID() == id {
		t.Errorf("two journals have the ID %q", id)
	}
}

// boltFile makes a bbolt file that the store did not make.
func boltFile(t *testing.T, path string, size int, fill func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: size})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(fill); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// ourFile makes a file with one entry of its header changed.
func ourFile(t *testing.T, path string, key, value string) {
	t.Helper()
	boltFile(t, path, pageSize, func(tx *bbolt.Tx) error {
		if err := writeHeader(tx, origin{name: "hall", id: "some"}); err != nil {
			return err
		}
		return tx.Bucket(bucketHeader).Put([]byte(key), []byte(value))
	})
}

func TestOpenRefuses(t *testing.T) {
	bucket := func(names ...string) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			for _, name := range names {
				if _, err := tx.CreateBucket([]byte(name)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	for _, c := range []struct {
		name    string
		prepare func(t *testing.T, path string)
		options Options
		want    error
	}{
		{"a directory", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, Options{Name: "hall"}, journal.ErrForeign},
		{"an empty file", func(t *testing.T, path string) { write(t, path, nil) }, Options{Name: "hall"}, journal.ErrCorrupt},
		{"a short text", func(t *testing.T, path string) { write(t, path, []byte("tickets")) }, Options{Name: "hall"}, journal.ErrForeign},
		{"a long text", func(t *testing.T, path string) {
			write(t, path, bytes.Repeat([]byte("tickets "), 1<<14))
		}, Options{Name: "hall"}, journal.ErrForeign},
		{"zeros", func(t *testing.T, path string) { write(t, path, make([]byte, 1<<20)) }, Options{Name: "hall"}, journal.ErrForeign},
		{"an empty bbolt file", func(t *testing.T, path string) {
			boltFile(t, path, pageSize, bucket())
		}, Options{Name: "hall"}, journal.ErrForeign},
		{"a bbolt file of something else", func(t *testing.T, path string) {
			boltFile(t, path, pageSize, bucket("users", "records"))
		}, Options{Name: "hall"}, journal.ErrForeign},
		{"a bbolt file with many buckets", func(t *testing.T, path string) {
			boltFile(t, path, pageSize, func(tx *bbolt.Tx) error {
				for i := range 400 {
					if err := bucket("bucket" + strings.Repeat("x", i))(tx); err != nil {
						return err
					}
				}
				return nil
			})
		}, Options{Name: "hall"}, journal.ErrForeign},
		{"a bbolt file with other pages", func(t *testing.T, path string) {
			boltFile(t, path, 4*pageSize, bucket("petitionhall"))
		}, Options{Name: "hall"}, journal.ErrForeign},
		{"the other journal", func(t *testing.T, path string) { closeStore(t, open(t, path)) }, Options{Name: "office"}, journal.ErrForeign},
		{"a newer layout", func(t *testing.T, path string) { ourFile(t, path, "layout", "2") }, Options{Name: "hall"}, journal.ErrNewer},
		{"a layout that is none", func(t *testing.T, path string) { ourFile(t, path, "layout", "x") }, Options{Name: "hall"}, journal.ErrCorrupt},
		{"half of the buckets", func(t *testing.T, path string) {
			boltFile(t, path, pageSize, func(tx *bbolt.Tx) error {
				if err := writeHeader(tx, origin{name: "hall"}); err != nil {
					return err
				}
				return tx.DeleteBucket(bucketIDs)
			})
		}, Options{Name: "hall"}, journal.ErrCorrupt},
		{"a pipe", func(t *testing.T, path string) {
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Fatal(err)
			}
		}, Options{Name: "hall"}, journal.ErrForeign},
		{"a link to nothing", func(t *testing.T, path string) {
			if err := os.Symlink(path+"2", path); err != nil {
				t.Fatal(err)
			}
		}, Options{Name: "hall"}, fs.ErrNotExist},
		{"nothing to look at", func(*testing.T, string) {}, Options{ReadOnly: true}, fs.ErrNotExist},
		{"no name", func(*testing.T, string) {}, Options{}, journal.ErrInvalid},
		{"a wrong name", func(*testing.T, string) {}, Options{Name: "the hall"}, journal.ErrInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := newPath(t)
			c.prepare(t, path)
			before := contents(path)
			s, err := Open(path, c.options)
			if err == nil {
				closeStore(t, s)
			}
			wantError(t, "Open", err, c.want)
			if err != nil && !strings.Contains(err.Error(), path) && !errors.Is(err, journal.ErrInvalid) {
				t.Errorf("the error does not say where: %v", err)
			}
			if !bytes.Equal(before, contents(path)) {
				t.Error("the file was changed")
			}
			wantNoLeftovers(t, path)
		})
	}
}

// contents returns what is in a file, nothing when it is none.
func contents(path string) []byte {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	data, _ := os.ReadFile(path)
	return data
}

func wantNoLeftovers(t *testing.T, path string) {
	t.Helper()
	if left, err := filepath.Glob(path + leftover + "*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestOpenWithoutDirectory(t *testing.T) {
	_, err := Open(filepath.Join(t.TempDir(), "no", "hall.db"), Options{Name: "hall"})
	wantError(t, "Open", err, fs.ErrNotExist)
}

func TestOpenReadOnly(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 3)
	fill(t, s, "b", 3)
	_, err := Open(path, Options{ReadOnly: true})
	wantError(t, "Open while it is in use", err, journal.ErrLocked)
	closeStore(t, s)
	for range 2 { // at the same time
		r, err := Open(path, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeStore(t, r) })
		if check(t, r) != 6 || r.Name() != "hall" {
			t.Error("it reads another journal")
		}
		_, err = r.Append(t.Context(), 6, batch("b", 7))
		wantError(t, "Append", err, journal.ErrReadOnly)
		_, err = r.Append(t.Context(), 6, journal.Batch{})
		wantError(t, "Append of nonsense", err, journal.ErrInvalid)
		wantError(t, "Trim", r.Trim(t.Context(), "b"), journal.ErrReadOnly)
	}
	_, err = Open(path, Options{Name: "hall"})
	wantError(t, "Open while it is looked at", err, journal.ErrLocked)
}

// Of many that start in the same instant, one makes the journal and has it; the others are told so.
func TestOpenAtOnce(t *testing.T) {
	path := newPath(t)
	var all sync.WaitGroup
	stores := make([]*Store, 8)
	for i := range stores {
		all.Go(func() {
			var err error
			if stores[i], err = Open(path, Options{Name: "hall"}); err != nil && !errors.Is(err, journal.ErrLocked) {
				t.Errorf("Open: %v", err)
			}
		})
	}
	all.Wait()
	opened := 0
	for _, s := range stores {
		if s != nil {
			opened++
			closeStore(t, s)
		}
	}
	if opened != 1 {
		t.Errorf("%d have the journal, want 1", opened)
	}
	closeStore(t, open(t, path))
	wantFiles(t, path, "hall.db")
}

func TestLeftoversAreRemoved(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 3)
	half, err := createFile(path, s.origin)
	if err != nil {
		t.Fatal(err)
	}
	if err := half.close(); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	for _, others := range []string{"hall.db.new-", "hall.db.new-notes", "office.db", "hall.db.bak"} {
		write(t, filepath.Join(filepath.Dir(path), others), []byte("keep"))
	}
	s, err = Open(path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	wantFiles(t, path, "hall.db", "hall.db.bak", "hall.db.new-", filepath.Base(half.os.Name()), "hall.db.new-notes", "office.db")
	s = open(t, path)
	wantFiles(t, path, "hall.db", "hall.db.bak", "hall.db.new-", "hall.db.new-notes", "office.db")
	if check(t, s) != 3 {
		t.Error("records are missing")
	}
}

// A link is followed, so that trimming does not leave the records behind where it points.
func TestLink(t *testing.T) {
	path := newPath(t)
	link := filepath.Join(t.TempDir(), "link.db")
	closeStore(t, open(t, path))
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	s := open(t, link)
	fill(t, s, "a", 3)
	fill(t, s, "b", 3)
	if err := s.Trim(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	wantFiles(t, path, "hall.db")
	wantFiles(t, link, "link.db")
	if s = open(t, path); check(t, s) != 6 {
		t.Error("the link's records are elsewhere")
	}
}
