package check

import (
	"context"
	"fmt"
	"sync"

	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// Source is what the checker reads: any journal.
type Source interface {
	Days(ctx context.Context) ([]journal.Day, error)
	Read(ctx context.Context, after journal.Revision, limit int) ([]journal.Record, error)
}

const (
	// readAtOnce is how many batches are read at a time: short reads hold nobody up.
	readAtOnce = 512
	// decodeAtOnce is how many of them one processor decodes at a time.
	decodeAtOnce = 64
)

// Journal checks all days that a journal still keeps. It tells progress after
// each piece that it read. The error says that the journal could not be read,
// or that a batch is not one of ours, and at which revision; a broken promise is
// no error but a violation in the report.
func Journal(ctx context.Context, j Source, progress func(read, total int)) (Report, error) {
	days, err := j.Days(ctx)
	if err != nil || len(days) == 0 {
		return Report{}, err
	}
	first, last := days[0].First, days[len(days)-1].Last
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := New()
	for p := range pieces(ctx, j, first-1, last) {
		for _, b := range p.batches {
			c.Add(uint64(b.revision), b.events)
			p.last = b.revision
		}
		if p.err != nil {
			return c.Report(), p.err
		}
		progress(int(p.last-first+1), int(last-first+1))
	}
	return c.Report(), ctx.Err()
}

// batch is a record that was read.
type batch struct {
	revision journal.Revision
	events   []queue.Event
	err      error
}

// piece is a run of batches, and why there are no more, if so.
type piece struct {
	batches []batch
	last    journal.Revision
	err     error
}

// pieces reads and decodes on all processors, some pieces ahead of the checker.
func pieces(ctx context.Context, j Source, after, last journal.Revision) <-chan piece {
	ahead := make(chan piece, 2)
	go func() {
		defer close(ahead)
		for after < last {
			p := readPiece(ctx, j, after, last)
			select {
			case ahead <- p:
			case <-ctx.Done():
				return
			}
			if p.err != nil {
				return
			}
			after = p.batches[len(p.batches)-1].revision
		}
	}()
	return ahead
}

// readPiece reads the next records. The batches before one that cannot be read are still given.
func readPiece(ctx context.Context, j Source, after, last journal.Revision) (p piece) {
	records, err := j.Read(ctx, after, readAtOnce)
	switch {
	case err != nil:
		return piece{err: fmt.Errorf("read after revision %d: %w", after, err)}
	case len(records) == 0:
		return piece{err: fmt.Errorf("the journal ends at revision %d, but %d was its last", after, last)}
	}
	p.batches = make([]batch, len(records))
	var work sync.WaitGroup
	for start := 0; start < len(records); start += decodeAtOnce {
		work.Go(func() {
			for i := start; i < min(start+decodeAtOnce, len(records)); i++ {
				events, err := queue.DecodeEvents(records[i].Data)
				p.batches[i] = batch{records[i].Revision, events, err}
			}
		})
	}
	work.Wait()
	for i, b := range p.batches {
		if b.err != nil {
			return piece{batches: p.batches[:i], err: fmt.Errorf("revision %d: %w", b.revision, b.err)}
		}
	}
	return p
}
