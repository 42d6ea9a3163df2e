package journaltest

import (
	"context"
	"fmt"
	"sync"

	"petitionhall/queue/journal"
)

// Fault is a way in which an append can go wrong.
type Fault int

// The faults. Each ends in an error that the contract of journal.Journal knows.
const (
	// Conflict answers with a *journal.ConflictError that names the present head. Nothing is written. It
	// is what a writer sees that was overtaken by itself; see Overtake for the rival that writes.
	Conflict Fault = iota + 1
	// UnknownWritten writes the batch and answers journal.ErrUnknown: the reply was lost.
	UnknownWritten
	// UnknownLost answers journal.ErrUnknown and never writes the batch: the request was lost.
	UnknownLost
	// UnknownLate answers journal.ErrUnknown and writes the batch at the next Append, just before that one,
	// if its place is still free: the request was late. Reads in between do not show it.
	UnknownLate
	// Unavailable answers journal.ErrUnavailable. Nothing is written.
	Unavailable
	// Full answers journal.ErrFull. Nothing is written.
	Full
)

var faultNames = map[Fault]string{
	Conflict: "conflict", UnknownWritten: "unknown, written", UnknownLost: "unknown, lost",
	UnknownLate: "unknown, late", Unavailable: "unavailable", Full: "full",
}

// String returns the fault's name.
func (f Fault) String() string { return faultNames[f] }

// Flaky is a journal that goes wrong where a test wants it to, and else passes everything on to another one.
// Appends are counted from 1, over all goroutines, in the order in which they arrive; only what was planned
// before an append arrives is done to it.
type Flaky struct {
	journal.Journal

	mu      sync.Mutex
	appends int
	plans   map[int]*plan
	reads   []error
	late    *late
}

// plan is what is to happen to one append.
type plan struct {
	fault   Fault
	rivals  []journal.Batch
	arrived chan struct{}
	release chan struct{}
}

// late is a batch that is still under way.
type late struct {
	after journal.Revision
	batch journal.Batch
}

// NewFlaky wraps a journal. Until a fault is planned it behaves like that journal.
func NewFlaky(j journal.Journal) *Flaky {
	return &Flaky{Journal: j, plans: make(map[int]*plan)}
}

// Appends returns how many appends have arrived.
func (f *Flaky) Appends() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.appends
}

// Spoil makes the n-th append from now, the next being 1, end with a fault.
func (f *Flaky) Spoil(n int, fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.plan(n).fault = fault
}

// Overtake lets a rival write b just before the n-th append from now, which then ends in a real conflict.
func (f *Flaky) Overtake(n int, b journal.Batch) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.plan(n)
	p.rivals = append(p.rivals, b)
}

// Hold stops the n-th append from now before anything is written. It returns a channel that is closed when
// that append has arrived, and a function, to be called once, that lets it go on. The append goes on by
// itself when its context ends, and then returns the context's error.
func (f *Flaky) Hold(n int) (arrived <-chan struct{}, release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.plan(n)
	p.arrived, p.release = make(chan struct{}), make(chan struct{})
	return p.arrived, func() { close(p.release) }
}

// FailReads makes the next calls of Read end with these errors, one each.
func (f *Flaky) FailReads(errs ...error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads = append(f.reads, errs...)
}

// Read is described at journal.Journal.
func (f *Flaky) Read(ctx context.Context, after journal.Revision, limit int) ([]journal.Record, error) {
	f.mu.Lock()
	var err error
	if len(f.reads) > 0 {
		err, f.reads = f.reads[0], f.reads[1:]
	}
	f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return f.Journal.Read(ctx, after, limit)
}

// Append is described at journal.Journal.
func (f *Flaky) Append(ctx context.Context, after journal.Revision, b journal.Batch) (journal.Revision, error) {
	p, arriving := f.arrive()
	if p.arrived != nil {
		close(p.arrived)
		select {
		case <-p.release:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	if arriving != nil {
		if err := f.deliver(ctx, *arriving); err != nil {
			return 0, err
		}
	}
	for _, rival := range p.rivals {
		head, err := f.Head(ctx)
		if err == nil {
			_, err = f.Journal.Append(ctx, head, rival)
		}
		if err != nil {
			return 0, fmt.Errorf("journaltest: the rival's batch %s: %w", rival.ID, err)
		}
	}
	return f.spoil(ctx, p.fault, after, b)
}

// spoil appends or does not, and tells the truth or does not.
func (f *Flaky) spoil(ctx context.Context, fault Fault, after journal.Revision, b journal.Batch) (journal.Revision, error) {
	switch fault {
	case Conflict:
		head, err := f.Head(ctx)
		if err != nil {
			return 0, err
		}
		return 0, &journal.ConflictError{Head: head}
	case UnknownWritten:
		if revision, err := f.Journal.Append(ctx, after, b); err != nil {
			return revision, err
		}
		return 0, unknown(fault)
	case UnknownLost:
		return 0, unknown(fault)
	case UnknownLate:
		b.Data = append([]byte(nil), b.Data...)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.late = &late{after: after, batch: b}
		return 0, unknown(fault)
	case Unavailable:
		return 0, fmt.Errorf("%w: as the test wanted", journal.ErrUnavailable)
	case Full:
		return 0, fmt.Errorf("%w: as the test wanted", journal.ErrFull)
	default:
		return f.Journal.Append(ctx, after, b)
	}
}

// arrive counts an append, and takes the batch that is still under way, if any.
func (f *Flaky) arrive() (plan, *late) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.appends++
	p := plan{}
	if planned := f.plans[f.appends]; planned != nil {
		p = *planned
		delete(f.plans, f.appends)
	}
	arriving := f.late
	f.late = nil
	return p, arriving
}

// deliver writes a late batch, unless its place is taken by now.
func (f *Flaky) deliver(ctx context.Context, l late) error {
	head, err := f.Head(ctx)
	if err != nil || head != l.after {
		return err
	}
	_, err = f.Journal.Append(ctx, l.after, l.batch)
	return err
}

// plan returns the plan for the n-th append from now. The caller holds mu.
func (f *Flaky) plan(n int) *plan {
	if n < 1 {
		panic("journaltest: the next append is number 1")
	}
	n += f.appends
	if f.plans[n] == nil {
		f.plans[n] = &plan{}
	}
	return f.plans[n]
}

func unknown(fault Fault) error {
	return fmt.Errorf("%w: as the test wanted (%v)", journal.ErrUnknown, fault)
}
