package journal

import (
	"errors"
	"fmt"
)

// The ways in which a journal can refuse or fail. A returned error wraps one of them, so ask with errors.Is;
// its text adds where and why and is meant for logs and operators, not for people in the hall.
var (
	// ErrConflict is what a *ConflictError wraps.
	ErrConflict = errors.New("the journal has moved on")
	// ErrDuplicate is what a *DuplicateError wraps.
	ErrDuplicate = errors.New("a batch with this ID is already in the journal")
	// ErrTrimmed is what a *TrimmedError wraps.
	ErrTrimmed = errors.New("these records have been trimmed")
	// ErrDay is what a *DayError wraps.
	ErrDay = errors.New("not a day for this")

	// ErrUnknown says that a batch may or may not have been written. See Journal.Append.
	ErrUnknown = errors.New("it is not known whether the batch was written")
	// ErrUnavailable says that the storage cannot be reached or does not work at present. Nothing was
	// written; trying again later may help.
	ErrUnavailable = errors.New("the journal's storage does not work at present")
	// ErrFull says that there is no room for the batch. Nothing was written, reading still works, and so
	// will appending as soon as there is room again.
	ErrFull = errors.New("no space left for the journal")

	// ErrInvalid says that an argument breaks a rule.
	ErrInvalid = errors.New("not a valid argument")
	// ErrTooLarge says that a batch's Data is longer than MaxData.
	ErrTooLarge = errors.New("the batch is too large")
	// ErrClosed says that the journal was closed.
	ErrClosed = errors.New("the journal is closed")
	// ErrReadOnly says that the journal may only be read: it was opened so, or what it is stored on cannot
	// be written by this user.
	ErrReadOnly = errors.New("the journal can only be read")

	// ErrLocked says that another process has the journal open.
	ErrLocked = errors.New("another process has the journal open")
	// ErrForeign says that what is stored there is not a journal of petitionhall, or not the one asked for.
	ErrForeign = errors.New("not this journal of petitionhall")
	// ErrNewer says that the journal was written by a newer version of the program, which this one does
	// not understand.
	ErrNewer = errors.New("the journal was written by a newer version of petitionhall")
	// ErrCorrupt says that a journal is there but damaged: cut short, overwritten, or with a record that
	// is not what was written.
	ErrCorrupt = errors.New("the journal is damaged")
)

// ConflictError says that a batch was not appended because the head is not where the writer expected it.
type ConflictError struct {
	// Head is the journal's head when the batch was refused.
	Head Revision
}

func (e *ConflictError) Error() string { return fmt.Sprintf("%v: its head is %d", ErrConflict, e.Head) }

// Unwrap returns ErrConflict.
func (e *ConflictError) Unwrap() error { return ErrConflict }

// DuplicateError says that a batch was not appended because its ID is already there.
type DuplicateError struct {
	ID string
	// Revision is where the batch with this ID stands.
	Revision Revision
}

func (e *DuplicateError) Error() string {
	return fmt.Sprintf("%v: %s is record %d", ErrDuplicate, e.ID, e.Revision)
}

// Unwrap returns ErrDuplicate.
func (e *DuplicateError) Unwrap() error { return ErrDuplicate }

// TrimmedError says that the records that a reader asked for are gone.
type TrimmedError struct {
	// First is the oldest revision still kept. A reader can go on after First-1.
	First Revision
}

func (e *TrimmedError) Error() string {
	return fmt.Sprintf("%v: the oldest kept is record %d", ErrTrimmed, e.First)
}

// Unwrap returns ErrTrimmed.
func (e *TrimmedError) Unwrap() error { return ErrTrimmed }

// DayError says that a label does not name a day for what was asked.
type DayError struct {
	Label string
	// Ended is true when a batch was refused because its day has ended, and false when a day was named
	// that the journal does not keep.
	Ended bool
}

func (e *DayError) Error() string {
	if e.Ended {
		return fmt.Sprintf("%v: day %q has ended", ErrDay, e.Label)
	}
	return fmt.Sprintf("%v: no day %q is kept", ErrDay, e.Label)
}

// Unwrap returns ErrDay.
func (e *DayError) Unwrap() error { return ErrDay }

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, args...))
}

func tooLarge(size int) error {
	return fmt.Errorf("%w: %d bytes, at most %d fit", ErrTooLarge, size, MaxData)
}
