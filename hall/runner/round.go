package runner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/journal"
)

const (
	// maxGroup is how many commands are recorded together at most.
	maxGroup = 512
	// fullAt is when a batch is full, in bytes. The rest of a batch has room for
	// any one command, the largest being the first of a day with its configuration.
	fullAt = 64 << 10
	// maxTries is how often a group is decided again before its callers are told to come back.
	maxTries = 8
	// dueEvery is how often the passing of time is looked at.
	dueEvery = time.Second
)

// Run decides commands until ctx ends, and returns nil then. An error says that
// engine, state and journal do not fit together, so that going on would do harm.
func (r *Runner) Run(ctx context.Context) error {
	defer close(r.stopped)
	due := time.NewTicker(dueEvery)
	defer due.Stop()
	for {
		var group []*request
		select {
		case <-ctx.Done():
			return nil
		case q := <-r.requests:
			group = r.gather(q)
		case <-due.C:
		}
		// What was begun is brought to its end, so that whoever waits gets the true answer.
		if err := r.round(context.WithoutCancel(ctx), group); err != nil {
			return err
		}
	}
}

// gather adds what waits already, and waits for nothing.
func (r *Runner) gather(first *request) []*request {
	group := []*request{first}
	for len(group) < maxGroup {
		select {
		case q := <-r.requests:
			group = append(group, q)
		default:
			return group
		}
	}
	return group
}

// round decides, records and answers a group, in as many batches as it takes.
func (r *Runner) round(ctx context.Context, group []*request) error {
	for {
		d, err := r.settle(ctx, group)
		if err != nil {
			return err
		}
		for i, a := range d.answers {
			group[i].answer <- a
		}
		if group = group[len(d.answers):]; len(group) == 0 {
			return nil
		}
	}
}

// draft is a batch before it is recorded, with the answers to the first
// requests of the group that it was decided for.
type draft struct {
	id      string
	day     string
	data    bytes.Buffer
	events  []queue.Event
	answers []answer
}

// settle decides as much of the group as fits into one batch, and sees that
// batch through. When the journal has moved on, or does not know whether it took
// the batch, all is decided again on what the journal has. A batch that did get
// there, however late, is met again on the way and counts.
func (r *Runner) settle(ctx context.Context, group []*request) (*draft, error) {
	var tried []*draft
	for {
		d, err := r.decide(group)
		if err != nil {
			return nil, err
		}
		if len(d.events) == 0 {
			d.stand(r.revision)
			return d, nil
		}
		r.serial++
		d.id = fmt.Sprintf("%s-%d", r.prefix, r.serial)
		tried = append(tried, d)
		revision, err := r.options.Journal.Append(ctx, r.revision, journal.Batch{ID: d.id, Day: d.day, Data: d.data.Bytes()})
		if err == nil {
			d.stand(revision)
			return d, r.commit(Commit{revision, d.events})
		}
		r.options.Log.Warn("the journal did not take a batch", "batch", d.id, "try", len(tried), "cause", err)
		there, unread := r.catchUp(ctx, tried)
		r.working = r.replica.Clone()
		switch {
		case errors.Is(unread, errDiverged):
			return nil, unread
		case there != nil:
			return there, nil
		case unread != nil, !worthAgain(err), len(tried) == maxTries:
			d.fail(errors.Join(err, unread), len(group))
			return d, nil
		}
	}
}

// worthAgain tells whether deciding again can help.
func worthAgain(err error) bool {
	return errors.Is(err, journal.ErrConflict) || errors.Is(err, journal.ErrUnknown) || errors.Is(err, journal.ErrDuplicate)
}

// decide lets the working state live through the group. It stops before a
// command that opens another day, and when the batch is full.
func (r *Runner) decide(group []*request) (*draft, error) {
	d := &draft{}
	now := r.options.Now().Truncate(time.Millisecond)
	if due, ok := queue.Due(r.working, now); ok {
		if _, _, err := r.one(d, due, now); err != nil {
			return nil, fmt.Errorf("close the day that is over: %w", err)
		}
	}
	for _, q := range group {
		if d.data.Len() >= fullAt {
			break
		}
		a, fits, err := r.one(d, q.command, now)
		if err != nil {
			return nil, err
		}
		if !fits {
			break
		}
		d.answers = append(d.answers, a)
	}
	return d, nil
}

// one decides a command and applies it to the working state. It does not fit
// when it opens a day while another day's events are still to be recorded.
func (r *Runner) one(d *draft, c queue.Command, now time.Time) (a answer, fits bool, err error) {
	if request, ok := r.working.Request(c.Key); ok && c.Key != "" && request.Hash == c.Hash {
		return answer{result: Result{Repeated: true, Request: request}}, true, nil
	}
	if c.Opening == nil && r.working.Phase == queue.PhaseClosed {
		c.Opening = r.options.Opening(now)
	}
	events, refusal := queue.Decide(r.working, c, now)
	if refusal != nil {
		return answer{err: refusal}, true, nil //nolint:nilerr // a refusal is the answer to one caller; err would end the round
	}
	if len(events) == 0 {
		return answer{}, true, nil
	}
	if _, opens := events[0].Data.(*queue.DayOpened); opens && len(d.events) > 0 {
		return answer{}, false, nil
	}
	for _, e := range events {
		if err := queue.Evolve(r.working, e); err != nil {
			return answer{}, false, fmt.Errorf("the engine decided what cannot happen: %w", err)
		}
	}
	return answer{result: Result{Events: events}}, true, d.add(events, label(r.working))
}

// add appends events to the batch: the lists of all commands become one list.
func (d *draft) add(events []queue.Event, day string) error {
	data, err := queue.EncodeEvents(events)
	if err != nil {
		return err
	}
	if d.data.Len() > 0 {
		d.data.Truncate(d.data.Len() - 1)
		d.data.WriteByte(',')
		data = data[1:]
	}
	d.data.Write(data)
	d.events, d.day = append(d.events, events...), day
	return nil
}

// label names the day in the journal: its date, and its epoch once a hall was restored.
func label(s *queue.State) string {
	if s.Epoch > 1 {
		return fmt.Sprintf("%s.%d", s.Date, s.Epoch)
	}
	return s.Date
}

// stand says where the decisions stand in the journal.
func (d *draft) stand(revision journal.Revision) {
	for i := range d.answers {
		d.answers[i].result.Revision = revision
	}
}

// fail answers the whole group that nothing is recorded. Refusals too: they may
// rest on what was not.
func (d *draft) fail(cause error, group int) {
	d.answers = make([]answer, group)
	for i := range d.answers {
		d.answers[i].err = fmt.Errorf("%w: %w", ErrUnavailable, cause)
	}
}
