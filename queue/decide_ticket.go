package queue

// maxPersons is the largest party that a ticket may tell.
const maxPersons = 99

func (d *decision) take(a Take) error {
	if err := d.hoursOfNewDay(a); err != nil {
		return err
	}
	if err := d.ensureDay(); err != nil {
		return err
	}
	s := d.state
	service, ok := s.Configuration.Service(a.Service)
	if !ok {
		return &Error{Code: CodeServiceUnknown, Path: "service"}
	}
	if s.Phase == PhaseStopped && !a.ByHand {
		return &Error{Code: CodeDayStopped, RetryAt: s.Configuration.HallAt(d.now).From}
	}
	if err := d.gives(service, a.ByHand); err != nil {
		return err
	}
	if a.Persons < 1 || a.Persons > maxPersons {
		return &Error{Code: CodeTicketPersons, Path: "persons"}
	}
	if _, taken := s.codes[a.Code]; taken || a.Code == "" {
		return refuse(CodeTicketCode)
	}
	arrival := d.now
	if s.lastArrival.After(arrival) {
		arrival = s.lastArrival
	}
	t := &TicketTaken{Ticket: TicketID(len(s.tickets) + 1), Series: service.Series, N: s.series[service.Series] + 1,
		Service: a.Service, Persons: a.Persons, Priority: a.Priority, Language: a.Language, Code: a.Code, Arrival: arrival, Wait: a.Wait, Middle: a.Middle, ByHand: a.ByHand}
	d.emit(t)
	if a.Printer != "" {
		d.emit(&PrintReserved{Ticket: t.Ticket, Attempt: 1, Printer: a.Printer, Large: a.Large})
	}
	return nil
}

func (d *decision) ticket(id TicketID, m Move) (*Ticket, error) {
	if err := d.running(); err != nil {
		return nil, err
	}
	t, ok := d.state.Ticket(id)
	if !ok {
		return nil, refuse(CodeTicketUnknown)
	}
	return t, t.State.check(m)
}

// cancel gives a number back. A ticket that was once started is a reception
// and ends as one, without an outcome.
func (d *decision) cancel(a Cancel) error {
	t, err := d.ticket(a.Ticket, MoveCancel)
	if err != nil {
		return err
	}
	if a.Reason != CancelVisitor && a.Reason != CancelDesk && a.Reason != CancelUnprinted {
		return refuse(CodeReasonUnknown)
	}
	if _, p := t.LastPrint(); a.Reason == CancelUnprinted && p.State != PrintFailed && p.State != PrintUnknown {
		return refuse(CodeTicketPrinted)
	}
	if t.Served() {
		d.emit(&TicketFinished{Ticket: t.ID, Outcome: Unrecorded, Persons: t.Persons})
		return nil
	}
	d.emit(&TicketCancelled{Ticket: t.ID, Reason: a.Reason})
	return nil
}

func (d *decision) rejoin(a Rejoin) error {
	t, err := d.ticket(a.Ticket, MoveRejoin)
	if err != nil {
		return err
	}
	if a.Window != "" {
		if _, _, err := d.window(a.Window); err != nil {
			return err
		}
	}
	d.emit(&TicketRejoined{Ticket: t.ID, Window: t.Window, After: d.state.Configuration.Rules.RejoinAfter})
	return nil
}

func (d *decision) reprint(a Reprint) error {
	if err := d.running(); err != nil {
		return err
	}
	t, ok := d.state.Ticket(a.Ticket)
	switch {
	case !ok:
		return refuse(CodeTicketUnknown)
	case a.Printer == "":
		return &Error{Code: CodeJobState, Path: "printer"}
	}
	if err := d.printable(t, a); err != nil {
		return err
	}
	d.emit(&PrintReserved{Ticket: t.ID, Attempt: len(t.Prints) + 1, Printer: a.Printer, Slip: a.Slip, Large: a.Large, To: a.To})
	return nil
}

// printable tells whether a ticket can have a slip: what it would say must be true.
func (d *decision) printable(t *Ticket, a Reprint) error {
	if a.To != "" && (a.Slip != SlipOutcome || t.Outcome != Referred) {
		return &Error{Code: CodeSlipFalse, Path: "to"}
	}
	if _, ok := d.state.Configuration.Service(a.To); a.To != "" && !ok {
		return &Error{Code: CodeServiceUnknown, Path: "to"}
	}
	switch a.Slip {
	case SlipOutcome:
		if t.State != Done || t.Outcome == Unrecorded {
			return refuse(CodeSlipFalse)
		}
		return nil
	case SlipTransfer:
		if !t.Transferred {
			return refuse(CodeSlipFalse)
		}
	case SlipTicket:
	default:
		return &Error{Code: CodeSlipFalse, Path: "slip"}
	}
	if t.State.Terminal() {
		return refuse(CodeTicketEnded)
	}
	return nil
}

// reportPrint records what became of a slip. An end stays the end: a late or
// repeated report changes nothing, a different one is refused.
func (d *decision) reportPrint(a ReportPrint) error {
	if d.state.Configuration == nil {
		return refuse(CodeJobUnknown)
	}
	p, ok := d.state.Job(a.Job)
	switch {
	case !ok:
		return refuse(CodeJobUnknown)
	case p.State == a.State:
		return nil
	case p.State.Ended():
		return refuse(CodeJobEnded)
	case a.State != PrintSending && !a.State.Ended():
		return refuse(CodeJobState)
	}
	d.emit(&PrintReported{Ticket: a.Job.Ticket, Attempt: a.Job.Attempt, State: a.State, Reason: a.Reason})
	return nil
}
