package queue

// closeDay ends the day. Nothing that was issued may be without an end: what
// was ever started is done without an outcome, a missed ticket has left, and
// each other open ticket is either named by whoever closes or, at midnight,
// deferred (waiting) or left (called).
func (d *decision) closeDay(a CloseDay) error {
	if d.state.Configuration == nil {
		return refuse(CodeDayNotOpen)
	}
	if d.state.Phase == PhaseClosed {
		return refuse(CodeDayClosed)
	}
	named := map[TicketID]bool{}
	for _, id := range a.Deferred {
		if _, ok := d.state.Ticket(id); !ok {
			return refuse(CodeTicketUnknown)
		}
		named[id] = true
	}
	closed := &DayClosed{Digest: d.state.Digest()}
	var unnamed []TicketID
	for _, t := range d.state.OpenTickets() {
		switch {
		case !a.System && t.State != Missed && !named[t.ID]:
			unnamed = append(unnamed, t.ID)
		case t.Served() || t.State == Serving:
			closed.Unrecorded = append(closed.Unrecorded, t.ID)
		case t.State == Missed, a.System && t.State == Called:
			closed.Left = append(closed.Left, t.ID)
		default:
			closed.Deferred = append(closed.Deferred, t.ID)
		}
	}
	if len(unnamed) > 0 {
		return &Error{Code: CodeDayOpenTickets, Tickets: unnamed}
	}
	d.emit(closed)
	return nil
}
