package boltstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"
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
	return explain(err)
}

// update runs a write transaction. bbolt cannot be used, nor even closed, after a panic in one.
func (f *file) update(do func(tx *bbolt.Tx) error) error {
	panicked, err := guard(func() error { return f.db.Update(do) })
	f.broken = f.broken || panicked
	return err
}

// full tells that an error is about room: of the disk, of a quota, or of what a file may hold. When bbolt
// cannot make the file longer it keeps only the cause's text.
func full(err error) bool {
	for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, cause) || strings.HasSuffix(err.Error(), ": "+cause.Error()) {
			return true
		}
	}
	return false
}

// explain gives the journal's name to an error that bbolt or the system returned outside a commit.
func explain(err error) error {
	name := error(nil)
	switch {
	case err == nil:
	case errors.Is(err, bolterrors.ErrTimeout), errors.Is(err, syscall.EWOULDBLOCK):
		name = journal.ErrLocked
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		name = journal.ErrReadOnly
	case errors.Is(err, bolterrors.ErrDatabaseNotOpen), errors.Is(err, bolterrors.ErrInvalidMapping), errors.Is(err, syscall.EIO):
		name = journal.ErrUnavailable
	case full(err):
		name = journal.ErrFull
	}
	if name == nil || errors.Is(err, name) {
		return err
	}
	return fmt.Errorf("%w: %w", name, err)
}

// named gives ErrUnavailable to an error that has no name in the contract after explain.
func named(err error) error {
	err = explain(err)
	for _, name := range []error{
		nil, context.Canceled, context.DeadlineExceeded, journal.ErrClosed, journal.ErrUnavailable,
		journal.ErrCorrupt, journal.ErrReadOnly, journal.ErrFull,
	} {
		if errors.Is(err, name) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", journal.ErrUnavailable, err)
}
