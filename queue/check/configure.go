package check

import (
	"slices"

	"petitionhall/queue"
)

// configure holds that a change of the configuration takes nothing from those
// who hold a number, and that nothing from before is taken back after it: an open ticket of a service that is no more belongs to the
// general one, nobody waits for a window that is no more, and the numbers of the
// rules stay those of the day.
func (d *day) configure(c *Checker, now *queue.Configuration) {
	if now == nil {
		c.violate(Replay, "", "a configuration was applied that is none")
		return
	}
	if now.Rules != d.config.Rules || now.TimeZone != d.config.TimeZone {
		c.violate(Order, "", "the rules or the time zone of a running day were changed")
	}
	for i := range d.config.Windows {
		if id := d.config.Windows[i].ID; !hasWindow(now, id) {
			d.closeWindow(c, id)
		}
	}
	d.config = now
	for id, covered := range d.covers {
		w, _ := now.Window(id)
		d.covers[id] = slices.DeleteFunc(slices.Clone(covered), func(s queue.ServiceID) bool { return !hasService(now, s) || slices.Contains(w.Services, s) })
	}
	clear(d.undoable)
	for _, t := range d.tickets {
		if t.state.Terminal() {
			continue
		}
		if !hasService(now, t.service) {
			t.service = now.General
		}
		if w, ok := now.Window(t.window); t.state == queue.Waiting && (!ok || !slices.Contains(w.Services, t.service)) {
			t.window = ""
		}
	}
}

func hasWindow(c *queue.Configuration, id queue.WindowID) bool {
	_, ok := c.Window(id)
	return ok
}

func hasService(c *queue.Configuration, id queue.ServiceID) bool {
	_, ok := c.Service(id)
	return ok
}
