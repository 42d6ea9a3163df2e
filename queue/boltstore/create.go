package boltstore

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"go.etcd.io/bbolt"
)

// create makes an empty journal under another name and gives it its name when it is complete and on the
// disk, so that nobody ever sees half a file. An existing file is left alone, with fs.ErrExist.
func create(path, name string) error {
	f, err := createFile(path, origin{name: name, id: rand.Text()})
	if err != nil {
		return err
	}
	made := f.os.Name()
	defer func() { _ = os.Remove(made) }()
	if err := f.close(); err != nil {
		return err
	}
	if err := settle(made, path); err != nil {
		return err
	}
	return syncDirectory(path)
}

// settle gives a file its name, unless there is a file of that name. A link does that in one step; where the
// file system knows none, two processes that start in the same instant on an empty directory could meet.
func settle(made, path string) error {
	err := os.Link(made, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fs.ErrExist
	}
	return os.Rename(made, path)
}

// createFile makes an empty journal beside path, open and locked.
func createFile(path string, o origin) (*file, error) {
	f := &file{origin: o}
	var err error
	_, err = guard(func() error {
		f.db, err = bbolt.Open(path+leftover+rand.Text(), 0o600, &bbolt.Options{
			PageSize:        pageSize,
			FreelistType:    bbolt.FreelistMapType,
			InitialMmapSize: mapSize(),
			NoStatistics:    true,
			OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
				f.os, err = os.OpenFile(name, flag|os.O_EXCL, mode)
				return f.os, err
			},
		})
		return err
	})
	if err != nil {
		f.discard()
		return nil, err
	}
	f.db.AllocSize = growth
	if err := f.update(func(tx *bbolt.Tx) error { return writeHeader(tx, o) }); err != nil {
		f.discard()
		return nil, err
	}
	return f, nil
}

// discard closes and removes a file that has not got its name.
func (f *file) discard() {
	if f.os == nil {
		return
	}
	name := f.os.Name()
	_ = f.close()
	_ = os.Remove(name)
}

// leftover stands between a journal's name and random letters in the name of a file that is being made.
const leftover = ".new-"

// removeLeftovers removes what a crash has left. It is called with the journal locked, so no other process
// is trimming it. One that is just creating it sees its file vanish and finds the journal instead.
func removeLeftovers(path string) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, entry := range entries {
		letters, ours := strings.CutPrefix(entry.Name(), filepath.Base(path)+leftover)
		if ours && len(letters) == len(rand.Text()) && entry.Type().IsRegular() {
			_ = os.Remove(filepath.Join(filepath.Dir(path), entry.Name())) // tried again at the next opening
		}
	}
}
