package boltstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"go.etcd.io/bbolt"

	"petitionhall/queue/journal"
)

// file is an open and checked bbolt file.
type file struct {
	db     *bbolt.DB
	os     *os.File // the one that db uses, which holds the lock
	origin origin
	days   journal.Days // as found when opened
	broken bool         // bbolt panicked in a write transaction
}

// maxTurns bounds what would go on for ever with a link that points to nothing.
const maxTurns = 3

// openOrCreate also returns the absolute path, with links followed.
func openOrCreate(path string, options Options) (*file, string, error) {
	for turn := 0; ; turn++ {
		real, err := absolute(path)
		if err != nil {
			return nil, path, explain(err)
		}
		f, err := openFile(real, options)
		if options.ReadOnly || !errors.Is(err, fs.ErrNotExist) || turn == maxTurns {
			return f, real, err
		}
		// Another process may be making the file at the same time: whoever is first wins, and the other
		// finds a file, locked, on its next turn.
		if err := create(real, options.Name); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, real, explain(err)
		}
	}
}

func absolute(path string) (string, error) {
	// A link is followed here, once: replacing the link instead of the file would leave trimmed records
	// behind where it points.
	real, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		real, err = path, nil
	}
	if err != nil {
		return path, err
	}
	return filepath.Abs(real)
}

// openFile opens an existing file. Nothing in it is changed before all is checked.
func openFile(path string, options Options) (*file, error) {
	f := &file{}
	var refused error // kept apart, for bbolt does not promise to hand it on
	var err error
	_, err = guard(func() error {
		f.db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout:         options.LockTimeout,
			ReadOnly:        options.ReadOnly,
			PageSize:        pageSize,
			FreelistType:    bbolt.FreelistMapType,
			InitialMmapSize: mapSize(),
			NoStatistics:    true,
			OpenFile: func(name string, flag int, _ os.FileMode) (*os.File, error) {
				f.os, refused = openChecked(name, flag&^os.O_CREATE, options.LockTimeout)
				return f.os, refused
			},
		})
		return err
	})
	if refused != nil {
		err = refused
	}
	if err == nil {
		f.db.AllocSize = growth
		err = f.load(options)
	}
	if err != nil {
		_ = f.close() // nothing was written
		return nil, explain(err)
	}
	if !options.ReadOnly {
		removeLeftovers(path)
	}
	return f, nil
}

// openChecked opens, locks and checks a file before bbolt maps it.
func openChecked(path string, flag int, timeout time.Duration) (_ *os.File, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: not a file", journal.ErrForeign)
	}
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
		}
	}()
	if err := lock(f, flag&os.O_RDWR != 0, timeout); err != nil {
		return nil, err
	}
	return f, checkFile(f, path)
}

// load reads what the file is and which days it holds.
func (f *file) load(options Options) error {
	return f.view(func(tx *bbolt.Tx) (err error) {
		if f.origin, err = readHeader(tx); err != nil {
			return err
		}
		if options.Name != "" && f.origin.name != options.Name {
			return fmt.Errorf("%w: it is the journal %q, not %q", journal.ErrForeign, f.origin.name, options.Name)
		}
		f.days, err = readDays(tx)
		return err
	})
}

// close lets go of the file. After a panic in a write transaction bbolt would wait for its own lock, so then
// only the file is unlocked and closed, and its mapping stays until the program ends.
func (f *file) close() error {
	switch {
	case f.os == nil:
		return nil
	case f.broken || f.db == nil:
		unlock(f.os)
		_ = f.os.Close() // bbolt may have closed it
		return nil
	default:
		return f.db.Close()
	}
}

// growth is by how many bytes a file grows at a time.
const growth = 1 << 20

// mapSize is how much address space bbolt takes at first. As long as the file fits in, bbolt need not map it
// anew, for which a writer would wait until all readers have ended. On Windows the file itself gets this size.
func mapSize() int {
	switch {
	case runtime.GOOS == "windows":
		return 1 << 20
	case strconv.IntSize == 32:
		return 128 << 20
	default:
		return 1 << 30
	}
}
