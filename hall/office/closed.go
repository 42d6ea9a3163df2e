package office

import (
	"context"
	"errors"
	"fmt"

	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// RecordClosedDays records the totals of every closed day that the hall's
// journal still keeps and that has none yet. Called after a day has closed, at a
// start and before days are purged, it leaves no day out, even if the hall ended
// between the last ticket and the books. A day that cannot be summed up does
// not keep the others from it; the error joins what went wrong.
func (o *Office) RecordClosedDays(ctx context.Context, hall journal.Journal) error {
	days, err := hall.Days(ctx)
	if err != nil {
		return fmt.Errorf("list the days: %w", err)
	}
	var failed []error
	for _, day := range days {
		if err := o.recordClosedDay(ctx, hall, day); err != nil {
			failed = append(failed, fmt.Errorf("day %s: %w", day.Label, err))
		}
	}
	return errors.Join(failed...)
}

func (o *Office) recordClosedDay(ctx context.Context, hall journal.Journal, day journal.Day) error {
	first := journal.Day{Label: day.Label, First: day.First, Last: day.First}
	opening, err := replay(ctx, hall, first)
	if err != nil || o.Recorded(opening.Date, opening.Epoch) {
		return err
	}
	s, err := replay(ctx, hall, day)
	if err != nil || s.Phase != queue.PhaseClosed {
		return err
	}
	return o.RecordDay(ctx, TotalsOf(s))
}

// replay makes the state of one day.
func replay(ctx context.Context, hall journal.Journal, day journal.Day) (*queue.State, error) {
	s := queue.NewState()
	for after := day.First - 1; after < day.Last; {
		records, err := hall.Read(ctx, after, int(min(readAtOnce, day.Last-after)))
		if err != nil {
			return nil, err
		}
		if len(records) == 0 {
			return nil, fmt.Errorf("%w: it ends at revision %d instead of %d", journal.ErrCorrupt, after, day.Last)
		}
		for _, r := range records {
			if err := evolve(s, r); err != nil {
				return nil, fmt.Errorf("revision %d: %w", r.Revision, err)
			}
			after = r.Revision
		}
	}
	return s, nil
}

func evolve(s *queue.State, r journal.Record) error {
	events, err := queue.DecodeEvents(r.Data)
	if err != nil {
		return err
	}
	for _, e := range events {
		if err := queue.Evolve(s, e); err != nil {
			return err
		}
	}
	return nil
}
