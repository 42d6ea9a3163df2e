package hall

import (
	"context"
	"time"

	"petitionhall/hall/runner"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// followed is how many commits the keeper of books may be behind before it begins again.
const followed = 256

// purgeEvery is how often old days are looked for.
const purgeEvery = time.Hour

// keepBooks records the totals of each day that has closed, and drops the days
// that the hall no longer keeps. It follows the journal like any other reader.
func (h *Hall) keepBooks(ctx context.Context) error {
	for ctx.Err() == nil {
		news := h.runner.Subscribe(followed, func(*queue.State, journal.Revision) {})
		h.recordDays(ctx)
		h.purge(ctx)
		h.follow(ctx, news)
		news.Close()
	}
	return ctx.Err()
}

func (h *Hall) follow(ctx context.Context, news *runner.Subscription) {
	purge := time.NewTicker(purgeEvery)
	defer purge.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-purge.C: // also of a hall that opens no new day for weeks
			h.purge(ctx)
			h.forgetRaters()
		case c, ok := <-news.Feed():
			if !ok {
				return
			}
			for _, e := range c.Events {
				switch e.Data.(type) {
				case *queue.DayClosed:
					h.recordDays(ctx)
				case *queue.DayOpened:
					h.recordDays(ctx)
					h.purge(ctx)
					h.forgetRaters()
				}
			}
		}
	}
}

// recordDays writes the totals of closed days into the office's journal, each once.
func (h *Hall) recordDays(ctx context.Context) {
	if err := h.office.RecordClosedDays(ctx, h.journal); err != nil && ctx.Err() == nil {
		h.options.Log.Error("the totals of closed days could not be recorded; it is tried again with the next day", "cause", err)
	}
}

// purge drops the days that are older than the hall keeps, always leaving the
// day before: its request keys are remembered.
func (h *Hall) purge(ctx context.Context) {
	days, err := h.journal.Days(ctx)
	if err != nil {
		h.options.Log.Error("the days could not be listed", "cause", err)
		return
	}
	keep := h.office.Configuration().Rules.KeepDays
	limit := h.now().In(h.zone()).AddDate(0, 0, -keep).Format("2006-01-02")
	for i, d := range days {
		if d.Label >= limit || i >= len(days)-2 {
			if i == 0 {
				return
			}
			if err := h.journal.Trim(ctx, d.Label); err != nil {
				h.options.Log.Error("old days could not be dropped", "cause", err)
			}
			return
		}
	}
}
