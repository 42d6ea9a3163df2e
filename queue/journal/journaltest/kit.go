package journaltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"petitionhall/queue/journal"
)

// patience is how long a call may take before the suite calls it stuck.
const patience = time.Minute

// kit is an open journal and what the tests do with it. Its methods fail the test when a call fails that must
// not.
type kit struct {
	*testing.T
	journal.Journal
	subject Subject
	ctx     context.Context
}

func newKit(t *testing.T, subject Subject) *kit {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	k := &kit{T: t, subject: subject, ctx: ctx}
	k.Journal = k.open()
	return k
}

// open opens one more handle, which is closed at the end of the test.
func (k *kit) open() journal.Journal {
	k.Helper()
	j, err := k.subject.Open()
	if err != nil {
		k.Fatalf("Open: %v", err)
	}
	k.Cleanup(func() {
		if err := j.Close(); err != nil {
			k.Errorf("Close: %v", err)
		}
	})
	return j
}

// reopen closes the journal and opens it again.
func (k *kit) reopen() {
	k.Helper()
	if err := k.Close(); err != nil {
		k.Fatalf("Close: %v", err)
	}
	k.Journal = k.open()
}

// batch returns a small batch whose data tell its ID.
func batch(day, id string) journal.Batch {
	return journal.Batch{ID: id, Day: day, Data: []byte("data of " + id)}
}

// append appends a batch after the head and returns its revision.
func (k *kit) append(b journal.Batch) journal.Revision {
	k.Helper()
	head := k.head()
	revision, err := k.Append(k.ctx, head, b)
	if err != nil {
		k.Fatalf("Append(%d, %s): %v", head, b.ID, err)
	}
	if revision != head+1 {
		k.Fatalf("Append(%d, %s) = %d, want %d", head, b.ID, revision, head+1)
	}
	return revision
}

// fill appends n batches to each of the days. The IDs are day/number.
func (k *kit) fill(n int, days ...string) {
	k.Helper()
	for _, day := range days {
		for i := range n {
			k.append(batch(day, fmt.Sprintf("%s/%d", day, i)))
		}
	}
}

func (k *kit) head() journal.Revision {
	k.Helper()
	head, err := k.Head(k.ctx)
	if err != nil {
		k.Fatalf("Head: %v", err)
	}
	return head
}

func (k *kit) days() []journal.Day {
	k.Helper()
	days, err := k.Days(k.ctx)
	if err != nil {
		k.Fatalf("Days: %v", err)
	}
	return days
}

func (k *kit) trim(before string) {
	k.Helper()
	if err := k.Trim(k.ctx, before); err != nil {
		k.Fatalf("Trim(%q): %v", before, err)
	}
}

// readAll reads on after a revision until there is no more, and checks that the revisions have no gap.
func (k *kit) readAll(after journal.Revision) []journal.Record {
	k.Helper()
	var all []journal.Record
	for {
		page, err := k.Read(k.ctx, after, 100)
		if err != nil {
			k.Fatalf("Read(%d): %v", after, err)
		}
		if len(page) == 0 {
			return all
		}
		for _, record := range page {
			if after++; record.Revision != after {
				k.Fatalf("record %d stands where %d belongs", record.Revision, after)
			}
		}
		all = append(all, page...)
	}
}

// wantRecords checks the IDs of all kept records, the first of which has revision first.
func (k *kit) wantRecords(first journal.Revision, want ...string) {
	k.Helper()
	var got []string
	for _, record := range k.readAll(first - 1) {
		got = append(got, record.ID)
	}
	if !slices.Equal(got, want) {
		k.Errorf("records from %d: %v, want %v", first, got, want)
	}
}

func (k *kit) wantHead(want journal.Revision) {
	k.Helper()
	if got := k.head(); got != want {
		k.Errorf("Head = %d, want %d", got, want)
	}
}

func (k *kit) wantDays(want ...journal.Day) {
	k.Helper()
	if got := k.days(); !slices.Equal(got, want) {
		k.Errorf("Days = %v, want %v", got, want)
	}
}

// wantAppendError appends a batch that must be refused, and checks that nothing has changed.
func (k *kit) wantAppendError(after journal.Revision, b journal.Batch, want error) {
	k.Helper()
	head, days := k.head(), k.days()
	revision, err := k.Append(k.ctx, after, b)
	if !sameError(err, want) {
		k.Errorf("Append(%d, %.70s) = %d, %v, want %v", after, b.ID, revision, err, want)
	}
	k.wantHead(head)
	k.wantDays(days...)
}

func (k *kit) wantReadError(after journal.Revision, limit int, want error) {
	k.Helper()
	records, err := k.Read(k.ctx, after, limit)
	if !sameError(err, want) || len(records) != 0 {
		k.Errorf("Read(%d, %d) = %d records, %v, want %v", after, limit, len(records), err, want)
	}
}

// sameError compares sentinels with errors.Is, and the journal's own types by what they say. An error of a
// type must also be its sentinel.
func sameError(err, want error) bool {
	if !errors.Is(err, errors.Unwrap(want)) && errors.Unwrap(want) != nil {
		return false
	}
	switch want := want.(type) { //nolint:errorlint // want is made by the tests and never wrapped
	case *journal.ConflictError:
		got, ok := errors.AsType[*journal.ConflictError](err)
		return ok && *got == *want
	case *journal.DuplicateError:
		got, ok := errors.AsType[*journal.DuplicateError](err)
		return ok && *got == *want
	case *journal.TrimmedError:
		got, ok := errors.AsType[*journal.TrimmedError](err)
		return ok && *got == *want
	case *journal.DayError:
		got, ok := errors.AsType[*journal.DayError](err)
		return ok && *got == *want
	default:
		return errors.Is(err, want)
	}
}
