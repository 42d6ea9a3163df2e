package journaltest

import (
	"bytes"
	"fmt"
	"slices"

	"petitionhall/queue/journal"
)

var readTests = []test{
	{name: "records come in order", run: func(k *kit) {
		k.fill(3, "d", "e")
		k.wantRecords(1, "d/0", "d/1", "d/2", "e/0", "e/1", "e/2")
		k.wantRecords(4, "e/0", "e/1", "e/2")
		k.wantRecords(7)
	}},
	{name: "at most limit", run: func(k *kit) {
		k.fill(10, "d")
		for _, limit := range []int{1, 2, 9, 10, 11, 1 << 40} {
			for after := range journal.Revision(10) {
				page, err := k.Read(k.ctx, after, limit)
				if err != nil || len(page) == 0 || len(page) > limit || page[0].Revision != after+1 {
					k.Errorf("Read(%d, %d) = %v, %v", after, limit, page, err)
				}
			}
		}
	}},
	{name: "a limit below 1 is refused", run: func(k *kit) {
		k.wantReadError(0, 0, journal.ErrInvalid)
		k.fill(1, "d")
		k.wantReadError(0, 0, journal.ErrInvalid)
		k.wantReadError(0, -1, journal.ErrInvalid)
	}},
	{name: "nothing follows the head", run: func(k *kit) {
		k.fill(2, "d")
		for _, after := range []journal.Revision{2, 3, 1 << 40, ^journal.Revision(0)} {
			if page, err := k.Read(k.ctx, after, 5); err != nil || len(page) != 0 {
				k.Errorf("Read(%d) = %v, %v, want nothing", after, page, err)
			}
		}
	}},
	{name: "more than fits in one page is read on", run: func(k *kit) {
		var want []string
		for i := range 30 {
			b := batch("d", fmt.Sprint(i))
			b.Data = bytes.Repeat(b.Data, journal.MaxData/len(b.Data))
			k.append(b)
			want = append(want, b.ID)
		}
		k.wantRecords(1, want...)
	}},
	{name: "the records are the caller's", run: func(k *kit) {
		k.fill(2, "d")
		first := k.readAll(0)
		for i := range first {
			clear(first[i].Data)
			_ = append(first[i].Data, "and more than there was"...)
		}
		_ = append(first[:1], journal.Record{})
		again := k.readAll(0)
		for i, b := range []journal.Batch{batch("d", "d/0"), batch("d", "d/1")} {
			if !slices.Equal(again[i].Data, b.Data) {
				k.Errorf("record %d changed when a reader wrote into it: %q", i+1, again[i].Data)
			}
		}
	}},
}
