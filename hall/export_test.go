package hall

import (
	"petitionhall/hall/office"
	"petitionhall/queue"
)

// Foretell has the waits made now, where a test moves the clock.
func (h *Hall) Foretell() { h.waits.foretell() }

// Learned is what the next day would begin with.
func (h *Hall) Learned() *queue.WaitRecord { return h.office.Waits() }

// Totals are those of all recorded days.
func (h *Hall) Totals() []office.Totals { return h.office.Totals("", "") }
