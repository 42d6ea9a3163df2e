package journal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"petitionhall/queue/journal"
	"petitionhall/queue/memorystore"
)

// A writer appends, and reads what is new whenever it was not first or does not know.
func Example() {
	ctx := context.Background()
	j := memorystore.New()
	defer j.Close()

	known := journal.Revision(0)
	for _, b := range []journal.Batch{
		{ID: "1", Day: "2026-11-23", Data: []byte("the day opens")},
		{ID: "2", Day: "2026-11-23", Data: []byte("a ticket is taken")},
	} {
		for {
			revision, err := j.Append(ctx, known, b)
			if err == nil {
				known = revision
				break
			}
			if !errors.Is(err, journal.ErrConflict) && !errors.Is(err, journal.ErrUnknown) {
				fmt.Println("nothing was written:", err)
				return
			}
			records, err := j.Read(ctx, known, 100)
			if err != nil {
				fmt.Println(err)
				return
			}
			known += journal.Revision(len(records)) // and decide again
		}
	}

	records, err := j.Read(ctx, 0, 100)
	for _, record := range records {
		fmt.Printf("%d %s %s\n", record.Revision, record.Day, record.Data)
	}
	fmt.Println(err)
	// Output:
	// 1 2026-11-23 the day opens
	// 2 2026-11-23 a ticket is taken
	// <nil>
}

// What an operator reads names the thing that is meant.
func TestErrorsTell(t *testing.T) {
	for _, c := range []struct {
		err  error
		is   error
		tell string
	}{
		{&journal.ConflictError{Head: 17}, journal.ErrConflict, "17"},
		{&journal.DuplicateError{ID: "a-batch", Revision: 4}, journal.ErrDuplicate, "a-batch is record 4"},
		{&journal.TrimmedError{First: 9}, journal.ErrTrimmed, "record 9"},
		{&journal.DayError{Label: "2026-11-23", Ended: true}, journal.ErrDay, `"2026-11-23" has ended`},
		{&journal.DayError{Label: "2026-11-23"}, journal.ErrDay, `no day "2026-11-23"`},
		{journal.Batch{}.Validate(), journal.ErrInvalid, "without an ID"},
		{journal.Batch{ID: "a", Data: make([]byte, journal.MaxData+1)}.Validate(), journal.ErrTooLarge, "262145 bytes"},
	} {
		wrapped := fmt.Errorf("append: %w", c.err)
		if !errors.Is(wrapped, c.is) || !strings.Contains(wrapped.Error(), c.tell) {
			t.Errorf("%v: want %v that tells %s", wrapped, c.is, c.tell)
		}
	}
}

// A Beacon never shows an older head than it did.
func TestBeacon(t *testing.T) {
	var b journal.Beacon
	b.Show(5)
	b.Show(3)
	if err := b.Wait(t.Context(), 4); err != nil {
		t.Errorf("Wait(4) = %v after Show(5), Show(3)", err)
	}
	b.Close()
	if err := b.Wait(t.Context(), 4); !errors.Is(err, journal.ErrClosed) {
		t.Errorf("Wait = %v after Close", err)
	}
}
