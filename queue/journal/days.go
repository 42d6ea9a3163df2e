package journal

import "slices"

// Days are the spans that a store keeps, oldest first. The rules about days are here once, for every store.
// A Days value is never changed in place, so one may be handed out while another is being made.
type Days []Day

// First returns the oldest kept revision, 0 when nothing is kept.
func (d Days) First() Revision {
	if len(d) == 0 {
		return 0
	}
	return d[0].First
}

// Head returns the last kept revision, 0 when nothing is kept.
func (d Days) Head() Revision {
	if len(d) == 0 {
		return 0
	}
	return d[len(d)-1].Last
}

// Admit returns nil when a record with this label may follow the last one, else a *DayError.
func (d Days) Admit(label string) error {
	if i := d.index(label); i >= 0 && i < len(d)-1 {
		return &DayError{Label: label, Ended: true}
	}
	return nil
}

// With returns the days after one more record with a label that Admit admits.
func (d Days) With(label string) Days {
	head := d.Head() + 1
	if n := len(d); n > 0 && d[n-1].Label == label {
		next := slices.Clone(d)
		next[n-1].Last = head
		return next
	}
	return append(slices.Clone(d), Day{Label: label, First: head, Last: head})
}

// Before returns how many days stand before the one with this label, or a *DayError when it is not kept.
func (d Days) Before(label string) (int, error) {
	i := d.index(label)
	if i < 0 {
		return 0, &DayError{Label: label}
	}
	return i, nil
}

// Follow returns nil when a reader may read on after a revision, else a *TrimmedError.
func (d Days) Follow(after Revision) error {
	if first := d.First(); first > 0 && after < first-1 {
		return &TrimmedError{First: first}
	}
	return nil
}

func (d Days) index(label string) int {
	return slices.IndexFunc(d, func(day Day) bool { return day.Label == label })
}
