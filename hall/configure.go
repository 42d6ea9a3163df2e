package hall

import (
	"context"

	"petitionhall/hall/configuration"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// Configuration is the one in force, with its revision. Nobody may change it.
func (h *Hall) Configuration() (*queue.Configuration, uint64) { return h.office.ConfigurationAt() }

// ApplyConfiguration puts a configuration in force: it is recorded in the
// office, and the running day follows at once, but for the numbers of the rules and the time zone,
// which wait for the next day. It must be made from the revision in force. The
// error is a *queue.Error with the path of what is wrong, or a *configuration.ChangedError.
func (h *Hall) ApplyConfiguration(ctx context.Context, c *queue.Configuration, from uint64, actor string) error {
	h.configuring.Lock()
	defer h.configuring.Unlock()
	now, revision := h.office.ConfigurationAt()
	if from != revision {
		return &configuration.ChangedError{Revision: revision, Differences: configuration.Differ(c, now)}
	}
	if err := configuration.Check(c); err != nil {
		return err
	}
	if err := h.fits(c); err != nil {
		return err
	}
	if err := h.office.ApplyConfiguration(ctx, c, actor); err != nil {
		return err
	}
	h.fitDay(context.WithoutCancel(ctx), actor)
	return nil
}

// fits asks the engine whether the running day could take a configuration.
func (h *Hall) fits(c *queue.Configuration) (err error) {
	h.View(func(s *queue.State, _ journal.Revision) {
		_, err = queue.Decide(s, queue.Command{Action: queue.ApplyConfiguration{Configuration: c}}, h.now())
	})
	if noDay(err) {
		return nil
	}
	return err
}

// fitDay gives the running day the configuration of the office. What fails now, because a
// window that goes was called to in this very moment or the program ended in between,
// is tried again at the next start and comes with the next day at the latest.
func (h *Hall) fitDay(ctx context.Context, actor string) {
	c, _ := h.office.ConfigurationAt()
	_, err := h.Do(ctx, queue.Command{Actor: actor, Action: queue.ApplyConfiguration{Configuration: c}})
	if err != nil && !noDay(err) {
		h.options.Log.Warn("the configuration waits for the next day", "cause", err)
	}
}

// noDay tells whether a command was refused because no day runs.
func noDay(err error) bool {
	code := queue.CodeOf(err)
	return code == queue.CodeDayNotOpen || code == queue.CodeDayClosed || code == queue.CodeDayOver
}
