package boltstore

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"syscall"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"petitionhall/queue/journal"
)

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", journal.ErrCorrupt, fmt.Sprintf(format, args...))
}

// guard runs what touches the mapped file. A page that the file has no longer, or that holds nonsense, would
// otherwise end the process; here it becomes ErrCorrupt. panicked tells that bbolt was left in the middle of
// something, with its locks held perhaps.
func guard(do func() error) (panicked bool, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if cause := recover(); cause != nil {
			panicked, err = true, damaged("%v", cause)
		}
	}()
	return false, do()
}

// view runs a short read transaction.
func (f *file) view(do func(tx *bbolt.Tx) error) error {
	_, err := guard(func() error { return f.db.View(do) })
	return err
}

// update runs a write transaction. bbolt cannot be used, nor even closed, after a panic in one.
func (f *file) update(do func(tx *bbolt.Tx) error) error {
	panicked, err := guard(func() error { return f.db.Update(do) })
	f.broken = f.broken || panicked
	return err
}

// full tells that an error is about room: of the disk, of a quota, or of what a file may hold.
func full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// explain gives the journal's name to an error that bbolt or the system returned outside a commit.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bolterrors.ErrTimeout), errors.Is(err, syscall.EWOULDBLOCK):
		return fmt.Errorf("%w: %w", journal.ErrLocked, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", journal.ErrReadOnly, err)
	case full(err):
		return fmt.Errorf("%w: %w", journal.ErrFull, err)
	default:
		return err
	}
}
