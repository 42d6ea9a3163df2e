package office

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"

	"petitionhall/queue"
	"petitionhall/queue/journal"
)

const (
	// readAtOnce is how many records are read in one piece.
	readAtOnce = 256
	// maxTries is how often an entry is offered again when the journal moved on or lost its answer.
	maxTries = 8
)

// record appends one event as a batch of its own, and returns when it is
// durable and read back. It does nothing where done tells that another writer
// has done it; nil for never.
//
// The batch keeps its ID through all tries: when the journal did not answer, an
// earlier try may yet arrive, and then it is this very batch.
func (o *Office) record(ctx context.Context, e event, done func() bool) error {
	data, err := encode(e)
	if err != nil {
		return err
	}
	batch := journal.Batch{ID: rand.Text(), Data: data}
	o.writing.Lock()
	defer o.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	// Once it has begun it is not given up, so that the caller hears the truth.
	ctx = context.WithoutCancel(ctx)
	for try := 1; ; try++ {
		if done != nil && done() {
			return nil
		}
		revision, err := o.journal.Append(ctx, o.head(), batch)
		if err == nil {
			return o.apply(journal.Record{Revision: revision, Batch: batch})
		}
		found, readErr := o.catchUp(ctx, batch.ID)
		switch {
		case found:
			return nil
		case readErr != nil, try == maxTries, !errors.Is(err, journal.ErrConflict) && !errors.Is(err, journal.ErrUnknown):
			return fmt.Errorf("the office's journal: %w", errors.Join(err, readErr))
		}
		o.log.Warn("the office's journal did not take an entry; it is offered again", "type", e.Type, "try", try, "cause", err)
	}
}

func (o *Office) head() journal.Revision {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.revision
}

// catchUp reads what the journal has beyond what is known, and tells whether a batch is among it.
func (o *Office) catchUp(ctx context.Context, id string) (found bool, err error) {
	for {
		records, err := o.journal.Read(ctx, o.head(), readAtOnce)
		if err != nil || len(records) == 0 {
			return found, err
		}
		for _, r := range records {
			if err := o.apply(r); err != nil {
				return found, fmt.Errorf("revision %d: %w", r.Revision, err)
			}
			found = found || r.ID == id
		}
	}
}

// apply takes in one record.
func (o *Office) apply(r journal.Record) error {
	events, err := decode(r.Data)
	if err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, e := range events {
		switch d := e.Data.(type) {
		case *configurationApplied:
			if d.Configuration == nil {
				return &queue.Error{Code: queue.CodeEventForeign, Cause: errors.New("configuration.applied without a configuration")}
			}
			o.configuration, o.configuredAt = d.Configuration, r.Revision
		case *dayTotals:
			if i, found := o.find(d.Date, d.Epoch); !found {
				o.days = slices.Insert(o.days, i, d.Totals)
			}
		}
	}
	o.revision = r.Revision
	return nil
}
