package check

import (
	"context"
	"fmt"

	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// Source is what the checker reads: any journal.
type Source interface {
	Days(ctx context.Context) ([]journal.Day, error)
	Read(ctx context.Context, after journal.Revision, limit int) ([]journal.Record, error)
}

// readAtOnce is how many batches are read at a time: short reads hold nobody up.
const readAtOnce = 512

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
	c := New()
	for after := first - 1; after < last; {
		records, err := j.Read(ctx, after, readAtOnce)
		if err != nil {
			return c.Report(), fmt.Errorf("read after revision %d: %w", after, err)
		}
		if len(records) == 0 {
			return c.Report(), fmt.Errorf("the journal ends at revision %d, but %d was its last", after, last)
		}
		for _, r := range records {
			events, err := queue.DecodeEvents(r.Data)
			if err != nil {
				return c.Report(), fmt.Errorf("revision %d: %w", r.Revision, err)
			}
			c.Add(uint64(r.Revision), events)
			after = r.Revision
		}
		progress(int(after-first+1), int(last-first+1))
	}
	return c.Report(), nil
}
