package journaltest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"petitionhall/queue/journal"
)

var concurrentTests = []test{
	{name: "one appender wins each revision", run: func(k *kit) {
		race(k, func(int) journal.Journal { return k.Journal })
	}},
	{name: "readers see one history", run: func(k *kit) {
		const last = 200
		var readers sync.WaitGroup
		histories := make([][]journal.Record, 4)
		for i := range histories {
			readers.Go(func() { histories[i] = follow(k, last) })
		}
		k.fill(last, "d")
		readers.Wait()
		for _, history := range histories {
			if len(history) != last {
				k.Fatalf("a reader saw %d records, want %d", len(history), last)
			}
			for i, record := range history {
				if want := fmt.Sprintf("d/%d", i); record.ID != want || string(record.Data) != "data of "+want {
					k.Fatalf("record %d is %s, want %s", record.Revision, record.ID, want)
				}
			}
		}
	}},
	{name: "trimming disturbs nobody", run: func(k *kit) {
		const days, each = 6, 40
		k.fill(1, "0")
		var others sync.WaitGroup
		for range 2 {
			others.Go(func() { follow(k, 1+days*each) })
		}
		var day atomic.Int64
		stop := make(chan struct{})
		others.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				label := fmt.Sprint(day.Load())
				if err := k.Trim(k.ctx, label); err != nil && !errors.Is(err, journal.ErrDay) {
					k.Errorf("Trim(%s) = %v", label, err)
					return
				}
			}
		})
		for d := range days {
			k.fill(each, fmt.Sprint(d+1))
			day.Store(int64(d + 1))
		}
		close(stop)
		others.Wait()
		k.trim(fmt.Sprint(days))
		k.wantHead(1 + days*each)
		k.wantDays(journal.Day{Label: fmt.Sprint(days), First: 2 + (days-1)*each, Last: 1 + days*each})
		k.reopen()
		if got := len(k.readAll((days-1)*each + 1)); got != each {
			k.Errorf("%d records of the last day, want %d", got, each)
		}
	}},
}

var sharedTests = []test{
	{name: "one appender of all handles wins each revision", shared: true, run: func(k *kit) {
		handles := []journal.Journal{k.Journal, k.open(), k.open()}
		race(k, func(i int) journal.Journal { return handles[i%len(handles)] })
	}},
	{name: "a handle sees what another appends and trims", shared: true, run: func(k *kit) {
		mine, other := k.Journal, k.open()
		ended := k.waiting(k.ctx, 3)
		k.Journal = other
		k.fill(2, "a", "b")
		if err := k.ended(ended); err != nil {
			k.Error(err)
		}
		k.Journal = mine
		k.wantRecords(1, "a/0", "a/1", "b/0", "b/1")
		k.Journal = other
		k.trim("b")
		k.Journal = mine
		k.wantReadError(0, 1, &journal.TrimmedError{First: 3})
		k.wantAppendError(0, batch("b", "x"), &journal.ConflictError{Head: 4})
	}},
	{name: "closing one leaves the others", shared: true, run: func(k *kit) {
		other := k.open()
		ended := k.waiting(k.ctx, 0)
		if err := other.Close(); err != nil {
			k.Error(err)
		}
		k.fill(1, "a")
		if err := k.ended(ended); err != nil {
			k.Error(err)
		}
	}},
}

// race has many appenders try to be first at every revision, and checks that each success stands where its
// appender was told, that there is one for each revision, and that nothing else is there.
func race(k *kit, handle func(appender int) journal.Journal) {
	const appenders, last = 8, 60
	var mu sync.Mutex
	won := make(map[journal.Revision]string)
	var all sync.WaitGroup
	for i := range appenders {
		all.Go(func() {
			j := handle(i)
			for n := 0; ; n++ {
				head, err := j.Head(k.ctx)
				if err != nil {
					k.Errorf("Head: %v", err)
					return
				}
				if head >= last {
					return
				}
				id := fmt.Sprintf("%d-%d", i, n)
				revision, err := j.Append(k.ctx, head, batch("d", id))
				switch {
				case errors.Is(err, journal.ErrConflict):
					continue
				case err != nil:
					k.Errorf("Append: %v", err)
					return
				}
				mu.Lock()
				if other := won[revision]; other != "" || revision != head+1 {
					k.Errorf("revision %d was given to %q and to %q", revision, other, id)
				}
				won[revision] = id
				mu.Unlock()
			}
		})
	}
	all.Wait()
	records := k.readAll(0)
	if len(records) != len(won) {
		k.Errorf("%d records are there, %d were acknowledged", len(records), len(won))
	}
	for _, record := range records {
		if won[record.Revision] != record.ID {
			k.Errorf("record %d is %s, want %s", record.Revision, record.ID, won[record.Revision])
		}
	}
}

// follow reads and waits as a board does, until a revision, going on where it is told when it was too slow.
func follow(k *kit, until journal.Revision) (history []journal.Record) {
	var after journal.Revision
	for after < until {
		page, err := k.Read(k.ctx, after, 7)
		if trimmed, ok := errors.AsType[*journal.TrimmedError](err); ok {
			after = trimmed.First - 1
			continue
		}
		if err == nil && len(page) == 0 {
			err = k.Wait(k.ctx, after)
		}
		if err != nil {
			k.Errorf("a reader after %d: %v", after, err)
			return history
		}
		for _, record := range page {
			if after++; record.Revision != after {
				k.Errorf("a reader got record %d where %d belongs", record.Revision, after)
				return history
			}
		}
		history = append(history, page...)
	}
	return history
}
