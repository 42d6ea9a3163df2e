package hall

// Foretell has the waits made now, where a test moves the clock.
func (h *Hall) Foretell() { h.waits.foretell() }
