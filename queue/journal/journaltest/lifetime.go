package journaltest

import (
	"context"
	"errors"
	"fmt"

	"petitionhall/queue/journal"
)

var reopenTests = []test{
	{name: "an empty journal", run: func(k *kit) {
		k.reopen()
		k.wantHead(0)
		k.wantDays()
		k.fill(1, "a")
		k.wantRecords(1, "a/0")
	}},
	{name: "records, days and IDs are still there", run: func(k *kit) {
		k.fill(2, "a", "b")
		k.reopen()
		k.wantHead(4)
		k.wantRecords(1, "a/0", "a/1", "b/0", "b/1")
		k.wantDays(journal.Day{Label: "a", First: 1, Last: 2}, journal.Day{Label: "b", First: 3, Last: 4})
		k.wantAppendError(4, batch("b", "a/0"), &journal.DuplicateError{ID: "a/0", Revision: 1})
		k.wantAppendError(4, batch("a", "x"), &journal.DayError{Label: "a", Ended: true})
		k.append(batch("b", "x"))
		k.reopen()
		k.wantRecords(1, "a/0", "a/1", "b/0", "b/1", "x")
	}},
	{name: "what was trimmed is still gone", run: func(k *kit) {
		k.fill(2, "a", "b", "c")
		k.trim("b")
		k.reopen()
		k.wantHead(6)
		k.wantReadError(0, 1, &journal.TrimmedError{First: 3})
		k.wantDays(journal.Day{Label: "b", First: 3, Last: 4}, journal.Day{Label: "c", First: 5, Last: 6})
		k.append(batch("c", "a/0"))
		k.trim("c")
		k.append(batch("d", "d/0"))
		k.reopen()
		k.wantRecords(5, "c/0", "c/1", "a/0", "d/0")
	}},
	{name: "waiting sees what was there before", run: func(k *kit) {
		k.fill(2, "a")
		k.reopen()
		if err := k.Wait(k.ctx, 1); err != nil {
			k.Error(err)
		}
		ended := k.waiting(k.ctx, 2)
		k.append(batch("a", "x"))
		if err := k.ended(ended); err != nil {
			k.Error(err)
		}
	}},
}

// calls are all methods that take a context, called so that they would succeed on a journal with a record in
// each of the days a and b, and a head of 2.
var calls = []struct {
	name string
	call func(ctx context.Context, j journal.Journal) error
}{
	{"Head", func(ctx context.Context, j journal.Journal) error { _, err := j.Head(ctx); return err }},
	{"Append", func(ctx context.Context, j journal.Journal) error {
		_, err := j.Append(ctx, 2, batch("b", "x"))
		return err
	}},
	{"Append of nonsense", func(ctx context.Context, j journal.Journal) error {
		_, err := j.Append(ctx, 7, journal.Batch{})
		return err
	}},
	{"Read", func(ctx context.Context, j journal.Journal) error { _, err := j.Read(ctx, 0, 1); return err }},
	{"Wait", func(ctx context.Context, j journal.Journal) error { return j.Wait(ctx, 0) }},
	{"Days", func(ctx context.Context, j journal.Journal) error { _, err := j.Days(ctx); return err }},
	{"Trim", func(ctx context.Context, j journal.Journal) error { return j.Trim(ctx, "b") }},
}

var closeTests = []test{
	{name: "twice", run: func(k *kit) {
		for range 2 {
			if err := k.Close(); err != nil {
				k.Error(err)
			}
		}
	}},
	{name: "nothing works after it", run: func(k *kit) {
		k.fill(1, "a", "b")
		closed := k.Journal
		if err := closed.Close(); err != nil {
			k.Fatal(err)
		}
		over, cancel := context.WithCancel(k.ctx)
		cancel()
		for _, c := range calls {
			for _, ctx := range []context.Context{k.ctx, over} {
				if err := c.call(ctx, closed); !errors.Is(err, journal.ErrClosed) {
					k.Errorf("%s = %v, want ErrClosed", c.name, err)
				}
			}
		}
		k.Journal = k.open()
		k.wantRecords(1, "a/0", "b/0")
	}},
	{name: "ends waiting", run: func(k *kit) {
		k.fill(1, "a")
		var waits []<-chan error
		for after := range journal.Revision(10) {
			waits = append(waits, k.waiting(k.ctx, after+1))
		}
		if err := k.Close(); err != nil {
			k.Error(err)
		}
		for _, ended := range waits {
			if err := k.ended(ended); !errors.Is(err, journal.ErrClosed) {
				k.Errorf("Wait = %v, want ErrClosed", err)
			}
		}
	}},
	{name: "in the middle of work", run: func(k *kit) {
		k.fill(1, "a", "b")
		ended := make(chan error, 1)
		go func() {
			for head := journal.Revision(2); ; head++ {
				if _, err := k.Append(k.ctx, head, batch("b", fmt.Sprint("n", head))); err != nil {
					ended <- err
					return
				}
			}
		}()
		if err := k.Wait(k.ctx, 10); err != nil {
			k.Fatal(err)
		}
		if err := k.Close(); err != nil {
			k.Error(err)
		}
		if err := k.ended(ended); !errors.Is(err, journal.ErrClosed) {
			k.Errorf("Append = %v, want ErrClosed", err)
		}
	}},
}

var contextTests = []test{
	{name: "that has ended stops every call", run: func(k *kit) {
		k.fill(1, "a", "b")
		over, cancel := context.WithCancel(k.ctx)
		cancel()
		late, cancel := context.WithTimeout(k.ctx, -1)
		defer cancel()
		for _, c := range calls {
			if err := c.call(over, k); !errors.Is(err, context.Canceled) {
				k.Errorf("%s = %v, want context.Canceled", c.name, err)
			}
			if err := c.call(late, k); !errors.Is(err, context.DeadlineExceeded) {
				k.Errorf("%s = %v, want context.DeadlineExceeded", c.name, err)
			}
		}
		k.wantRecords(1, "a/0", "b/0")
	}},
	{name: "that ends does no harm", run: func(k *kit) {
		// Whatever a cancelled Append says must be true: unless the outcome is unknown, the batch is there
		// if and only if it said so.
		k.fill(1, "a")
		for i := range 50 {
			ctx, cancel := context.WithCancel(k.ctx)
			go cancel()
			head := k.head()
			revision, err := k.Append(ctx, head, batch("a", fmt.Sprint("n", i)))
			cancel()
			if errors.Is(err, journal.ErrUnknown) {
				k.append(batch("a", "settled"+fmt.Sprint(i)))
				continue
			}
			if err != nil && !errors.Is(err, context.Canceled) {
				k.Errorf("Append = %v, want success or context.Canceled", err)
			}
			if want := head + 1; (err == nil) != (k.head() == want) || (err == nil && revision != want) {
				k.Errorf("Append = %d, %v, and the head went from %d to %d", revision, err, head, k.head())
			}
		}
	}},
}
