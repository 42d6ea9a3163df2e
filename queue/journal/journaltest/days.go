package journaltest

import (
	"strconv"

	"petitionhall/queue/journal"
)

var dayTests = []test{
	{name: "each is one span", run: func(k *kit) {
		k.fill(1, "2026-11-23")
		k.wantDays(journal.Day{Label: "2026-11-23", First: 1, Last: 1})
		k.fill(3, "2026-11-24", "2026-11-20")
		k.wantDays(
			journal.Day{Label: "2026-11-23", First: 1, Last: 1},
			journal.Day{Label: "2026-11-24", First: 2, Last: 4},
			journal.Day{Label: "2026-11-20", First: 5, Last: 7},
		)
	}},
	{name: "an ended one stays ended", run: func(k *kit) {
		k.fill(2, "a", "b", "c")
		for _, label := range []string{"a", "b"} {
			k.wantAppendError(6, batch(label, "again"), &journal.DayError{Label: label, Ended: true})
			k.wantAppendError(5, batch(label, "again"), &journal.ConflictError{Head: 6})
		}
		k.append(batch("c", "again"))
		k.append(batch("d", "next"))
		k.wantAppendError(8, batch("c", "more"), &journal.DayError{Label: "c", Ended: true})
	}},
	{name: "a journal need not be divided", run: func(k *kit) {
		for i := range 3 {
			k.append(batch("", strconv.Itoa(i)))
		}
		k.wantDays(journal.Day{Label: "", First: 1, Last: 3})
		k.trim("")
		k.wantRecords(1, "0", "1", "2")
	}},
	{name: "the empty label is one like any other", run: func(k *kit) {
		k.append(batch("a", "1"))
		k.append(batch("", "2"))
		k.append(batch("b", "3"))
		k.wantAppendError(3, batch("", "4"), &journal.DayError{Label: "", Ended: true})
		k.trim("")
		k.wantDays(journal.Day{Label: "", First: 2, Last: 2}, journal.Day{Label: "b", First: 3, Last: 3})
	}},
	{name: "the answer is the caller's", run: func(k *kit) {
		k.fill(1, "a", "b")
		clear(k.days())
		_ = append(k.days()[:1], journal.Day{})
		k.wantDays(journal.Day{Label: "a", First: 1, Last: 1}, journal.Day{Label: "b", First: 2, Last: 2})
	}},
	{name: "one is read alone", run: func(k *kit) {
		k.fill(2, "a", "b", "c")
		day := k.days()[1]
		page, err := k.Read(k.ctx, day.First-1, int(day.Last-day.First+1))
		if err != nil || len(page) != 2 || page[0].ID != "b/0" || page[1].ID != "b/1" {
			k.Errorf("day b = %v, %v", page, err)
		}
	}},
}

var trimTests = []test{
	{name: "whole days go, oldest first", run: func(k *kit) {
		k.fill(2, "a", "b", "c", "d")
		k.trim("c")
		k.wantHead(8)
		k.wantDays(journal.Day{Label: "c", First: 5, Last: 6}, journal.Day{Label: "d", First: 7, Last: 8})
		k.wantRecords(5, "c/0", "c/1", "d/0", "d/1")
	}},
	{name: "the oldest day stays when nothing stands before it", run: func(k *kit) {
		k.fill(2, "a", "b")
		k.trim("a")
		k.trim("a")
		k.wantRecords(1, "a/0", "a/1", "b/0", "b/1")
	}},
	{name: "the last day stays", run: func(k *kit) {
		k.fill(2, "a", "b")
		k.trim("b")
		k.trim("b")
		k.wantHead(4)
		k.wantRecords(3, "b/0", "b/1")
	}},
	{name: "a day that is not kept is refused", run: func(k *kit) {
		wantTrimError := func(before string) {
			k.Helper()
			if err := k.Trim(k.ctx, before); !sameError(err, &journal.DayError{Label: before}) {
				k.Errorf("Trim(%q) = %v, want a DayError", before, err)
			}
		}
		wantTrimError("a")
		wantTrimError("")
		k.fill(1, "a", "b", "c")
		wantTrimError("z")
		k.trim("b")
		wantTrimError("a")
		k.wantRecords(2, "b/0", "c/0")
	}},
	{name: "readers are told where to go on", run: func(k *kit) {
		k.fill(2, "a", "b", "c")
		k.trim("b")
		k.wantReadError(0, 1, &journal.TrimmedError{First: 3})
		k.wantReadError(1, 1, &journal.TrimmedError{First: 3})
		k.wantRecords(3, "b/0", "b/1", "c/0", "c/1")
		k.trim("c")
		k.wantReadError(3, 1, &journal.TrimmedError{First: 5})
		k.wantRecords(5, "c/0", "c/1")
	}},
	{name: "revisions go on", run: func(k *kit) {
		k.fill(2, "a", "b")
		k.trim("b")
		k.wantAppendError(2, batch("b", "x"), &journal.ConflictError{Head: 4})
		if got := k.append(batch("b", "x")); got != 5 {
			k.Errorf("Append = %d, want 5", got)
		}
		k.wantDays(journal.Day{Label: "b", First: 3, Last: 5})
	}},
	{name: "IDs and labels that went are forgotten, others are not", run: func(k *kit) {
		k.fill(2, "a", "b", "c")
		k.trim("b")
		k.wantAppendError(6, batch("c", "b/0"), &journal.DuplicateError{ID: "b/0", Revision: 3})
		k.wantAppendError(6, batch("b", "x"), &journal.DayError{Label: "b", Ended: true})
		k.append(batch("c", "a/0"))
		k.append(batch("a", "a/1"))
		k.wantDays(
			journal.Day{Label: "b", First: 3, Last: 4},
			journal.Day{Label: "c", First: 5, Last: 7},
			journal.Day{Label: "a", First: 8, Last: 8},
		)
		k.wantAppendError(8, batch("a", "a/0"), &journal.DuplicateError{ID: "a/0", Revision: 7})
	}},
	{name: "many records", run: func(k *kit) {
		k.fill(300, "a", "b", "c")
		k.trim("c")
		k.wantHead(900)
		if got := len(k.readAll(600)); got != 300 {
			k.Errorf("%d records, want 300", got)
		}
		k.wantAppendError(900, batch("c", "c/299"), &journal.DuplicateError{ID: "c/299", Revision: 900})
		k.wantAppendError(900, batch("c", "c/0"), &journal.DuplicateError{ID: "c/0", Revision: 601})
		k.append(batch("c", "b/299"))
	}},
}
