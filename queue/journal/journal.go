// Package journal is the contract between the hall and the place where it keeps what has happened.
//
// A journal is the ordered, durable record of batches. The writer appends one batch at a time, and only if
// the journal still stands where the writer believes it stands; everybody else reads on from a revision and
// waits until there is more. The journal never looks into a batch.
//
// The contract is deliberately small. It has no open-ended transaction in it, so that one file
// (queue/boltstore), plain memory (queue/memorystore) and a cluster of machines can each fulfil it.
// queue/journal/journaltest holds the suite that every store must pass; a sentence here that a store cannot
// be tested for does not belong here.
//
// # Keeping records and asking for them
//
// A writer that starts reads from the First revision of the last of Days up to the head, and then appends
// after the head. Whatever Append answers, the writer knows what to do:
//
//   - nil: the batch is durable; answer whoever waits for it.
//   - *ConflictError: somebody else was first. Read what is new, decide again.
//   - ErrUnknown: the batch may or may not be there. Answer nobody, read what is new, decide again; see
//     Append for the one trap in this.
//   - *DuplicateError: a batch with this ID is there already, at the revision that the error names.
//   - anything else: nothing was written.
package journal

import "context"

// MaxData is the largest size of a batch's Data, in bytes.
const MaxData = 256 << 10

// MaxName is the largest length of a batch's ID and of a day's label, in bytes.
const MaxName = 64

// Revision numbers the records of one journal: the first record has revision 1, each next one has one more,
// without a gap, whatever is trimmed. Revision 0 stands before the first record.
type Revision uint64

// Batch is what a writer appends in one piece: it is wholly there or wholly not.
type Batch struct {
	// ID is chosen by the writer, unlike that of any other batch, so that the writer can find its batch
	// again after an unknown outcome. 1 to MaxName printable ASCII characters without a blank.
	ID string
	// Day is the label of the day that the batch belongs to, 0 to MaxName printable ASCII characters
	// without a blank. The empty label is a label like any other; a journal that is not divided into days
	// uses no other.
	Day string
	// Data is opaque to the journal: 1 to MaxData bytes.
	Data []byte
}

// Record is a batch that has its place in the journal.
type Record struct {
	Revision Revision
	Batch
}

// Day is the span of records that carry one label. First and Last are both in the span.
type Day struct {
	Label       string
	First, Last Revision
}

// Journal is the ordered, durable record. All methods may be called from any number of goroutines at once.
//
// Every method but Close returns, in this order of precedence: ErrClosed after Close; the context's error
// (errors.Is context.Canceled or context.DeadlineExceeded) when the context had ended before the call; the
// errors named at the method; ErrUnavailable when the storage cannot be reached or does not work at present;
// ErrCorrupt when what is stored is damaged. With any error but those that say otherwise nothing was changed.
//
// What Head, Read, Days and Wait have shown is durable: it will be there after a crash.
type Journal interface {
	// Head returns the revision of the last record, 0 in an empty journal. Trimming does not change it.
	Head(ctx context.Context) (Revision, error)

	// Append adds b right after revision after, which must be the head, and returns the new revision,
	// always after+1, when the batch is durable. It keeps no reference to b.Data.
	//
	// Errors that say that nothing was written, in order of precedence: ErrInvalid when b breaks a rule of
	// Batch, ErrTooLarge when its Data is longer than MaxData, ErrReadOnly, *DuplicateError when a kept
	// record has b's ID, *ConflictError when the head is not after (also when it is before it), *DayError
	// when b's day has ended, that is, when records of it are kept and those of another day follow them.
	// ErrFull when there is no room, ErrUnavailable, ErrCorrupt, ErrClosed and the context's error too mean
	// that nothing was written.
	//
	// ErrUnknown, which wraps its cause, means that b may be there or not. From then on b can appear at
	// after+1 and nowhere else, and it can still appear there when a Read has not shown it (a cluster may
	// hold it in flight). It is settled as soon as any record stands at after+1: b itself, or another one,
	// and then b never comes. So the writer reads what is new, decides again and appends after the head it
	// found; until that has succeeded it tells nobody that b's contents did not happen. A context that ends
	// while b is being written does not take it back: Append then ends as it would have, or with ErrUnknown.
	Append(ctx context.Context, after Revision, b Batch) (Revision, error)

	// Read returns the records that follow revision after, in order, at most limit of them. It may return
	// fewer than there are, so a reader goes on until it gets none; none means that it has reached the
	// head. The records are the caller's own. ErrInvalid when limit is below 1. *TrimmedError when the
	// record right after after has been trimmed.
	Read(ctx context.Context, after Revision, limit int) ([]Record, error)

	// Wait returns nil as soon as the head is above after, the context's error when that ends first, and
	// ErrClosed when the journal is closed first.
	Wait(ctx context.Context, after Revision) error

	// Days returns the days that are kept, oldest first, each with its label and span. The spans follow
	// each other without a gap, and the last one ends at the head. A day can be read alone, starting after
	// its First-1.
	Days(ctx context.Context) ([]Day, error)

	// Trim drops the days that stand before the day labelled before, whole days only, oldest first, and
	// really removes their bytes from the storage. It never drops the last day. Revisions go on, the head
	// is unchanged, IDs and labels of what was dropped are forgotten. Appending, reading and waiting go on
	// meanwhile. *DayError when no such day is kept; ErrReadOnly. After any other error, the context's
	// included, some or all of the days may be gone: what is left is whole, and Trim may be called again.
	Trim(ctx context.Context, before string) error

	// Close waits for the calls that are at work, makes those in Wait return ErrClosed, and frees the
	// storage. A second Close does nothing and returns nil.
	Close() error
}

// Validate returns nil, ErrInvalid or ErrTooLarge by the rules of Batch. Every store asks it first in Append.
func (b Batch) Validate() error {
	switch {
	case b.ID == "":
		return invalid("a batch without an ID")
	case !isName(b.ID):
		return invalid("a batch's ID must be at most %d printable ASCII characters without a blank", MaxName)
	case !isName(b.Day):
		return invalid("a day's label must be at most %d printable ASCII characters without a blank", MaxName)
	case len(b.Data) == 0:
		return invalid("a batch without data")
	case len(b.Data) > MaxData:
		return tooLarge(len(b.Data))
	}
	return nil
}

// isName keeps IDs and labels to what can stand in a key, in a file and in an error message as it is.
func isName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return len(s) <= MaxName
}
