package journaltest_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"petitionhall/queue/journal"
	"petitionhall/queue/journal/journaltest"
	"petitionhall/queue/memorystore"
)

// A Flaky without a plan is a journal like any other.
func TestFlakyConformance(t *testing.T) {
	journaltest.Run(t, func(*testing.T) journaltest.Subject {
		var storage memorystore.Storage
		return journaltest.Subject{
			Open:   func() (journal.Journal, error) { return journaltest.NewFlaky(storage.Open()), nil },
			Shared: true,
		}
	})
}

func batch(id string) journal.Batch { return journal.Batch{ID: id, Day: "d", Data: []byte(id)} }

func ids(t *testing.T, j journal.Journal) (ids []string) {
	t.Helper()
	records, err := j.Read(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records {
		ids = append(ids, record.ID)
	}
	return ids
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		fault journaltest.Fault
		want  error
		then  []string // what is read right after the fault
		last  []string // what is read when the writer has read on and appended "next"
	}{
		{journaltest.Conflict, journal.ErrConflict, []string{"first"}, []string{"first", "next"}},
		{journaltest.UnknownWritten, journal.ErrUnknown, []string{"first", "x"}, []string{"first", "x", "next"}},
		{journaltest.UnknownLost, journal.ErrUnknown, []string{"first"}, []string{"first", "next"}},
		{journaltest.UnknownLate, journal.ErrUnknown, []string{"first"}, []string{"first", "x", "next"}},
		{journaltest.Unavailable, journal.ErrUnavailable, []string{"first"}, []string{"first", "next"}},
		{journaltest.Full, journal.ErrFull, []string{"first"}, []string{"first", "next"}},
	} {
		t.Run(c.fault.String(), func(t *testing.T) {
			j := journaltest.NewFlaky(memorystore.New())
			j.Spoil(2, c.fault)
			if _, err := j.Append(t.Context(), 0, batch("first")); err != nil {
				t.Fatal(err)
			}
			if _, err := j.Append(t.Context(), 1, batch("x")); !errors.Is(err, c.want) {
				t.Errorf("Append = %v, want %v", err, c.want)
			}
			if got := ids(t, j); !slices.Equal(got, c.then) {
				t.Errorf("after the fault: %v, want %v", got, c.then)
			}
			for {
				head, err := j.Head(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if _, err = j.Append(t.Context(), head, batch("next")); err == nil {
					break
				}
				if !errors.Is(err, journal.ErrConflict) {
					t.Fatal(err)
				}
			}
			if got := ids(t, j); !slices.Equal(got, c.last) {
				t.Errorf("at the end: %v, want %v", got, c.last)
			}
			if got := j.Appends(); got < 3 {
				t.Errorf("%d appends were counted", got)
			}
		})
	}
}

// A late batch whose place was taken never comes.
func TestLateBatchIsSettled(t *testing.T) {
	storage := new(memorystore.Storage)
	j := journaltest.NewFlaky(storage.Open())
	j.Spoil(1, journaltest.UnknownLate)
	if _, err := j.Append(t.Context(), 0, batch("late")); !errors.Is(err, journal.ErrUnknown) {
		t.Fatal(err)
	}
	if _, err := storage.Open().Append(t.Context(), 0, batch("other")); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Append(t.Context(), 1, batch("next")); err != nil {
		t.Error(err)
	}
	if got := ids(t, j); !slices.Equal(got, []string{"other", "next"}) {
		t.Errorf("the journal holds %v", got)
	}
}

func TestOvertake(t *testing.T) {
	j := journaltest.NewFlaky(memorystore.New())
	j.Overtake(1, batch("rival"))
	_, err := j.Append(t.Context(), 0, batch("x"))
	if conflict, ok := errors.AsType[*journal.ConflictError](err); !ok || conflict.Head != 1 {
		t.Errorf("Append = %v, want a conflict with the head at 1", err)
	}
	if got := ids(t, j); !slices.Equal(got, []string{"rival"}) {
		t.Errorf("the journal holds %v", got)
	}
}

func TestHold(t *testing.T) {
	j := journaltest.NewFlaky(memorystore.New())
	arrived, release := j.Hold(1)
	ended := make(chan error)
	go func() {
		_, err := j.Append(t.Context(), 0, batch("x"))
		ended <- err
	}()
	<-arrived
	if got := ids(t, j); len(got) != 0 {
		t.Errorf("a held append has written %v", got)
	}
	release()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	j.Hold(1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.Append(ctx, 1, batch("y")); !errors.Is(err, context.Canceled) {
		t.Errorf("Append = %v, want context.Canceled", err)
	}
}

func TestFailReads(t *testing.T) {
	j := journaltest.NewFlaky(memorystore.New())
	j.FailReads(journal.ErrUnavailable, journal.ErrCorrupt)
	for _, want := range []error{journal.ErrUnavailable, journal.ErrCorrupt, nil} {
		if _, err := j.Read(t.Context(), 0, 1); !errors.Is(err, want) {
			t.Errorf("Read = %v, want %v", err, want)
		}
	}
}
