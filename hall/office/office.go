// Package office keeps what a hall decides and what its days came to, in a
// journal of its own: the tickets of a day are purged after a while, this stays.
//
// There are two kinds of entries so far: a configuration that was applied, the
// last of which is in force from the next day on, and the totals of a day that
// has closed. The journal is the truth; an Office is what comes out of reading
// it from the beginning. The journal is not divided into days, and never trimmed.
//
// A newcomer reads in this order: totals.go (what a day comes to), event.go
// (how it is written down), office.go and record.go.
package office

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"sync"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/forecast"
	"petitionhall/queue/journal"
)

// Office is the hall's office. All methods may be called from any goroutine.
type Office struct {
	journal journal.Journal
	log     *slog.Logger
	// writing is held by the one who appends, so that reading never waits for the disk.
	writing sync.Mutex

	mu            sync.RWMutex
	revision      journal.Revision // what is below has been read up to here
	configuration *queue.Configuration
	configuredAt  journal.Revision // of the configuration
	days          []Totals         // by date and epoch
}

// Open reads the office's journal. The office does not close it. The error says
// that the journal cannot be read, or, as a *queue.Error, that an entry is not the
// office's (CodeEventForeign) or that of a newer program (CodeEventNewer). log may be nil for the default.
func Open(ctx context.Context, j journal.Journal, log *slog.Logger) (*Office, error) {
	if log == nil {
		log = slog.Default()
	}
	o := &Office{journal: j, log: log}
	_, err := o.catchUp(ctx, "")
	return o, err
}

// Configuration is what was applied last, nil before the first. Nobody may change it.
func (o *Office) Configuration() *queue.Configuration {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.configuration
}

// ConfigurationAt is what was applied last, with the revision that it was
// recorded with; nil and 0 before the first. Nobody may change it.
func (o *Office) ConfigurationAt() (*queue.Configuration, uint64) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.configuration, uint64(o.configuredAt)
}

// ApplyConfiguration records a configuration, to be in force from the next day
// on. The actor is the place that asks, never a person. The error is that of
// Validate, or the journal's: after journal.ErrUnknown it may have been recorded all the same.
func (o *Office) ApplyConfiguration(ctx context.Context, c *queue.Configuration, actor string) error {
	if err := c.Validate(); err != nil {
		return err
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return err // Validate found it a moment ago
	}
	return o.record(ctx, newEvent(&configurationApplied{c}, now(zone), actor), nil)
}

// RecordDay records the totals of a day that has closed. A day whose totals are
// recorded already is left as it is, so calling again does no harm. The error
// says that the totals are not those of a closed day or contradict themselves, or is the journal's: call again then.
func (o *Office) RecordDay(ctx context.Context, t Totals) error {
	if _, err := time.Parse(time.DateOnly, t.Date); err != nil {
		return fmt.Errorf("totals without a day: %w", err)
	}
	if t.Open > 0 {
		return fmt.Errorf("totals of %s: the day has %d open tickets", t.Date, t.Open)
	}
	if err := t.Check(); err != nil {
		return fmt.Errorf("totals of %s: %w", t.Date, err)
	}
	return o.record(ctx, newEvent(&dayTotals{t}, now(o.zone()), "system"), func() bool { return o.Recorded(t.Date, t.Epoch) })
}

// Recorded tells whether the totals of a day are recorded.
func (o *Office) Recorded(date string, epoch int) bool {
	o.mu.RLock()
	defer o.mu.RUnlock()
	_, found := o.find(date, epoch)
	return found
}

// Totals lists the recorded days of a span, both ends included, by date and
// epoch. An empty end is open. Nobody may change what they refer to.
func (o *Office) Totals(from, to string) []Totals {
	o.mu.RLock()
	defer o.mu.RUnlock()
	span := []Totals{}
	for _, t := range o.days {
		if t.Date >= from && (to == "" || t.Date <= to) {
			span = append(span, t)
		}
	}
	return span
}

// ServiceTimes adds up how long the services occupied a window on the last days
// that were recorded; those without a visitor are left out. A day counts half as
// much for every ten days since: of its observations so many are left, evenly.
func (o *Office) ServiceTimes(days int) map[queue.ServiceID]queue.Histogram {
	o.mu.RLock()
	defer o.mu.RUnlock()
	times := map[queue.ServiceID]queue.Histogram{}
	last := o.days[max(len(o.days)-days, 0):]
	for i, t := range last {
		weight := forecast.Weight(len(last) - 1 - i)
		for id, s := range t.Services {
			minutes := s.OccupiedMinutes
			if len(minutes) == 0 {
				minutes = s.ServiceMinutes
			}
			if len(minutes) == 0 {
				continue
			}
			if times[id] == nil {
				times[id] = make(queue.Histogram, Bins)
			}
			thin(minutes, weight, times[id])
		}
	}
	return times
}

// Waits is what the last recorded day learned of the waits that it told; nil while no day did.
func (o *Office) Waits() *queue.WaitRecord {
	o.mu.RLock()
	defer o.mu.RUnlock()
	for _, t := range slices.Backward(o.days) {
		if t.Waits != nil {
			return t.Waits.Learned
		}
	}
	return nil
}

// thin adds a part of a histogram to another, whole observations only, spread evenly over it.
func thin(from queue.Histogram, weight float64, into queue.Histogram) {
	carry := 0.5
	for minute, n := range from {
		carry += weight * float64(n)
		whole := math.Floor(carry)
		carry -= whole
		into[min(minute, Bins-1)] += int(whole)
	}
}

// find gives the place of a day, or where it would be. The caller holds mu.
func (o *Office) find(date string, epoch int) (int, bool) {
	return slices.BinarySearchFunc(o.days, Totals{Date: date, Epoch: epoch}, func(a, b Totals) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Epoch, b.Epoch))
	})
}

// zone is the hall's, for the times of entries.
func (o *Office) zone() *time.Location {
	if c := o.Configuration(); c != nil {
		if zone, err := time.LoadLocation(c.TimeZone); err == nil {
			return zone
		}
	}
	return time.UTC
}

func now(zone *time.Location) time.Time { return time.Now().In(zone).Truncate(time.Millisecond) }
