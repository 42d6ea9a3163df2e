package journaltest

import (
	"bytes"
	"strings"

	"petitionhall/queue/journal"
)

var appendTests = []test{
	{name: "an empty journal", run: func(k *kit) {
		k.wantHead(0)
		k.wantDays()
		k.wantRecords(1)
	}},
	{name: "revisions have no gap", run: func(k *kit) {
		for want := journal.Revision(1); want <= 5; want++ {
			if got := k.append(batch("d", string('a'+rune(want)))); got != want {
				k.Errorf("Append = %d, want %d", got, want)
			}
			k.wantHead(want)
		}
	}},
	{name: "a batch is read as it was written", run: func(k *kit) {
		for _, b := range []journal.Batch{
			{ID: "1", Day: "", Data: []byte{0}},
			{ID: strings.Repeat("i", journal.MaxName), Day: strings.Repeat("d", journal.MaxName), Data: []byte("数据")},
			{ID: "!~/..%", Day: "~!", Data: bytes.Repeat([]byte{0xff, 0}, 5000)},
			{ID: "largest", Day: "2026-11-23", Data: bytes.Repeat([]byte("0123456789abcdef"), journal.MaxData/16)},
		} {
			revision := k.append(b)
			got := k.readAll(revision - 1)
			if len(got) != 1 || got[0].ID != b.ID || got[0].Day != b.Day || !bytes.Equal(got[0].Data, b.Data) {
				k.Errorf("batch %.10s was read as another one", b.ID)
			}
		}
	}},
	{name: "what breaks a rule is refused", run: func(k *kit) {
		k.append(batch("d", "first"))
		long := strings.Repeat("x", journal.MaxName+1)
		for _, c := range []struct {
			b    journal.Batch
			want error
		}{
			{journal.Batch{ID: "", Day: "d", Data: []byte("x")}, journal.ErrInvalid},
			{journal.Batch{ID: long, Day: "d", Data: []byte("x")}, journal.ErrInvalid},
			{journal.Batch{ID: "a b", Day: "d", Data: []byte("x")}, journal.ErrInvalid},
			{journal.Batch{ID: "a\x00", Day: "d", Data: []byte("x")}, journal.ErrInvalid},
			{journal.Batch{ID: "号", Day: "d", Data: []byte("x")}, journal.ErrInvalid},
			{journal.Batch{ID: "a", Day: long, Data: []byte("x")}, journal.ErrInvalid},
			{journal.Batch{ID: "a", Day: "a b", Data: []byte("x")}, journal.ErrInvalid},
			{journal.Batch{ID: "a", Day: "d\n", Data: []byte("x")}, journal.ErrInvalid},
			{journal.Batch{ID: "a", Day: "d"}, journal.ErrInvalid},
			{journal.Batch{ID: "a", Day: "d", Data: []byte{}}, journal.ErrInvalid},
			{journal.Batch{ID: "a", Day: "d", Data: make([]byte, journal.MaxData+1)}, journal.ErrTooLarge},
		} {
			k.wantAppendError(1, c.b, c.want)
			k.wantAppendError(7, c.b, c.want) // before it is a conflict
		}
	}},
	{name: "only the head can be appended to", run: func(k *kit) {
		k.wantAppendError(1, batch("d", "early"), &journal.ConflictError{Head: 0})
		k.fill(3, "d")
		for _, after := range []journal.Revision{0, 1, 2, 4, 1 << 40, ^journal.Revision(0)} {
			k.wantAppendError(after, batch("d", "late"), &journal.ConflictError{Head: 3})
		}
		k.append(batch("d", "late"))
		k.wantRecords(1, "d/0", "d/1", "d/2", "late")
	}},
	{name: "an ID is there once", run: func(k *kit) {
		k.fill(2, "d", "e")
		for _, after := range []journal.Revision{4, 1, 0, 9} {
			for _, day := range []string{"d", "e", "f"} {
				k.wantAppendError(after, batch(day, "d/1"), &journal.DuplicateError{ID: "d/1", Revision: 2})
			}
		}
		k.wantAppendError(4, batch("e", "e/1"), &journal.DuplicateError{ID: "e/1", Revision: 4})
		k.append(batch("e", "D/1"))
	}},
	{name: "a refused ID can be used", run: func(k *kit) {
		k.fill(1, "d")
		k.wantAppendError(0, batch("d", "id"), journal.ErrConflict)
		k.wantAppendError(1, journal.Batch{ID: "id", Day: "d"}, journal.ErrInvalid)
		k.append(batch("d", "id"))
	}},
	{name: "the data stay the caller's", run: func(k *kit) {
		b := batch("d", "id")
		want := bytes.Clone(b.Data)
		k.append(b)
		clear(b.Data)
		if got := k.readAll(0)[0].Data; !bytes.Equal(got, want) {
			k.Errorf("data changed in the journal when the caller used them again: %q", got)
		}
	}},
}
