package journaltest

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"petitionhall/queue/journal"
)

// checkModel does random things to a journal and to a list in memory, and compares what both say.
func checkModel(t *testing.T, fresh func(t *testing.T) Subject) {
	rapid.Check(t, func(r *rapid.T) {
		m := &model{r: r, kit: newKit(t, fresh(t))}
		defer func() {
			if err := m.kit.Close(); err != nil {
				r.Errorf("Close: %v", err)
			}
		}()
		r.Repeat(map[string]func(*rapid.T){
			"append":  m.append,
			"read":    m.read,
			"trim":    m.trim,
			"reopen":  m.reopen,
			"":        m.compare,
			"append ": m.append, // more often than the others
		})
	})
}

// model is a journal as simple as can be: what is kept, and how many went before.
type model struct {
	r       *rapid.T
	kit     *kit
	trimmed journal.Revision
	kept    []journal.Batch
}

func (m *model) head() journal.Revision { return m.trimmed + journal.Revision(len(m.kept)) }

func (m *model) days() (days []journal.Day) {
	for i, b := range m.kept {
		at := m.trimmed + journal.Revision(i+1)
		if n := len(days); n > 0 && days[n-1].Label == b.Day {
			days[n-1].Last = at
		} else {
			days = append(days, journal.Day{Label: b.Day, First: at, Last: at})
		}
	}
	return days
}

// refusal is what Append must say, nil when it must succeed.
func (m *model) refusal(after journal.Revision, b journal.Batch) error {
	for i, other := range m.kept {
		if other.ID == b.ID {
			return &journal.DuplicateError{ID: b.ID, Revision: m.trimmed + journal.Revision(i+1)}
		}
	}
	if after != m.head() {
		return &journal.ConflictError{Head: m.head()}
	}
	days := m.days()
	for i, day := range days {
		if day.Label == b.Day && i < len(days)-1 {
			return &journal.DayError{Label: b.Day, Ended: true}
		}
	}
	return nil
}

func (m *model) append(r *rapid.T) {
	after := m.head()
	if rapid.IntRange(0, 4).Draw(r, "stale") == 0 {
		after = journal.Revision(rapid.Uint64Range(0, uint64(after)+2).Draw(r, "after"))
	}
	b := journal.Batch{
		ID:   fmt.Sprint("id", rapid.IntRange(0, 200).Draw(r, "id")),
		Day:  rapid.SampledFrom([]string{"", "a", "b", "c", "d"}).Draw(r, "day"),
		Data: rapid.SliceOfN(rapid.Byte(), 1, 3000).Draw(r, "data"),
	}
	want := m.refusal(after, b)
	revision, err := m.kit.Append(m.kit.ctx, after, b)
	switch {
	case want != nil:
		if !sameError(err, want) {
			r.Fatalf("Append(%d, %s) = %v, want %v", after, b.ID, err, want)
		}
	case err != nil || revision != after+1:
		r.Fatalf("Append(%d, %s) = %d, %v", after, b.ID, revision, err)
	default:
		m.kept = append(m.kept, b)
	}
}

func (m *model) read(r *rapid.T) {
	after := journal.Revision(rapid.Uint64Range(0, uint64(m.head())+1).Draw(r, "after"))
	limit := rapid.IntRange(1, 20).Draw(r, "limit")
	page, err := m.kit.Read(m.kit.ctx, after, limit)
	if after < m.trimmed {
		if want := (&journal.TrimmedError{First: m.trimmed + 1}); !sameError(err, want) {
			r.Fatalf("Read(%d) = %v, want %v", after, err, want)
		}
		return
	}
	var want []journal.Batch
	if after < m.head() {
		want = m.kept[after-m.trimmed:]
	}
	if err != nil || len(page) > limit || len(page) > len(want) || (len(page) == 0) != (len(want) == 0) {
		r.Fatalf("Read(%d, %d) = %d records, %v, with %d to come", after, limit, len(page), err, len(want))
	}
	for i, record := range page {
		b := want[i]
		if record.Revision != after+1+journal.Revision(i) || record.ID != b.ID || record.Day != b.Day ||
			!slices.Equal(record.Data, b.Data) {
			r.Fatalf("record %d is not what was appended", record.Revision)
		}
	}
}

func (m *model) trim(r *rapid.T) {
	before := rapid.SampledFrom([]string{"", "a", "b", "c", "d"}).Draw(r, "before")
	err := m.kit.Trim(m.kit.ctx, before)
	days := m.days()
	i := slices.IndexFunc(days, func(d journal.Day) bool { return d.Label == before })
	if i < 0 {
		if want := (&journal.DayError{Label: before}); !sameError(err, want) {
			r.Fatalf("Trim(%q) = %v, want %v", before, err, want)
		}
		return
	}
	if err != nil {
		r.Fatalf("Trim(%q) = %v", before, err)
	}
	gone := days[i].First - 1 - m.trimmed
	m.kept, m.trimmed = m.kept[gone:], m.trimmed+gone
}

func (m *model) reopen(r *rapid.T) {
	if err := m.kit.Close(); err != nil {
		r.Fatalf("Close: %v", err)
	}
	m.kit.Journal = m.kit.open()
}

func (m *model) compare(r *rapid.T) {
	if got := m.kit.head(); got != m.head() {
		r.Fatalf("Head = %d, want %d", got, m.head())
	}
	if got, want := m.kit.days(), m.days(); !slices.Equal(got, want) {
		r.Fatalf("Days = %v, want %v", got, want)
	}
}
