package printer

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Print sends a slip through the four steps of a job: is the printer well, send,
// does it confirm, is it still well.
func (d *device) Print(ctx context.Context, slip Slip) Outcome {
	data, ok := d.profile.encode(slip)
	if !ok {
		return Outcome{State: Failed, Reason: ReasonInvalidSlip}
	}
	ctx, release, err := d.take(ctx)
	if err != nil {
		return Outcome{State: Failed, Reason: d.refusal()}
	}
	defer release()
	if reason := d.prepare(ctx); reason != "" {
		return Outcome{State: Failed, Reason: reason}
	}
	if outcome, ok := d.send(ctx, data); !ok {
		return outcome
	}
	return d.confirm(ctx)
}

// refusal is why the turn could not be had.
func (d *device) refusal() Reason {
	if d.ctx.Err() != nil {
		return ReasonClosed
	}
	return ReasonCancelled
}

// prepare opens the port and asks the printer; a reason means that the slip
// cannot be begun. Nothing of it has left yet.
func (d *device) prepare(ctx context.Context) Reason {
	if err := d.open(ctx); err != nil {
		return dialReason(err)
	}
	status, err := d.askStatus(ctx)
	if err != nil {
		return reasonOf(err)
	}
	d.setLast(status)
	if status.State == OK || status.State == Uncertain {
		return ""
	}
	return status.Reason
}

// send writes the slip; ok is false when it broke off, with the outcome.
func (d *device) send(ctx context.Context, data []byte) (o Outcome, ok bool) {
	left, err := d.session.write(ctx, data)
	if err == nil {
		return Outcome{}, true
	}
	d.drop()
	if left == 0 {
		return Outcome{State: Failed, Reason: reasonOf(err)}, false
	}
	d.owed = len(data)
	return Outcome{State: Unknown, Reason: reasonOf(err)}, false
}

// confirm finds out what became of a slip whose bytes have all left.
func (d *device) confirm(ctx context.Context) Outcome {
	question, fits := d.confirmation()
	if question == nil {
		return d.verdict(ctx)
	}
	d.unanswered = max(d.unanswered-d.session.forget(fits), 0) + 1
	heard := false
	r, err := d.session.ask(ctx, question, confirmSlice, fits)
	for deadline := time.Now().Add(confirmTime); ; r, err = d.session.await(ctx, confirmSlice, fits) {
		if err == nil {
			if o, ok := d.confirmed(r); ok {
				return o
			}
			heard = true
			continue
		}
		if !errors.Is(err, errNoAnswer) {
			d.drop()
			return broken(err)
		}
		if o := d.verdict(ctx); o != (Outcome{State: Sent}) {
			return o
		}
		if time.Now().After(deadline) {
			if heard {
				d.unanswered = 0 // the earlier answer was lost for good
			}
			return Outcome{State: Sent, Reason: ReasonUnconfirmed}
		}
	}
}

// confirmed is the outcome by an answer. A queued status does not say which slip
// it belongs to: with an earlier one still unanswered (its paper ran out, say)
// the first to come may be that one's, and ok is false.
func (d *device) confirmed(r reply) (o Outcome, ok bool) {
	if r.kind == queuedReply {
		d.unanswered--
		if d.unanswered > 0 {
			return Outcome{}, false
		}
		if r.status&0x0c != 0 {
			return Outcome{State: Unknown, Reason: ReasonPaperOut}, true
		}
	}
	d.unanswered = 0
	return Outcome{State: Confirmed}, true
}

// confirmation is the question that the printer answers when all before it is
// on paper; nil when it knows none.
func (d *device) confirmation() (question []byte, fits func(reply) bool) {
	switch d.profile.Confirm {
	case NoConfirmation:
	case ByProcessID:
		d.prints++
		id := [4]byte([]byte(fmt.Sprintf("%04d", d.prints%10000)))
		question = append([]byte{0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30}, id[:]...)
		return question, func(r reply) bool { return r.kind == processReply && r.id == id }
	case ByQueuedStatus:
		return []byte{0x1d, 0x72, 1}, isKind(queuedReply)
	}
	return nil, nil
}

// verdict asks the printer how it is, after the slip. Well, or not known to
// answer: the slip is sent. In trouble, or silent all at once: who knows how far
// it came; most printers hold the rest and finish once they are well.
func (d *device) verdict(ctx context.Context) Outcome {
	status, err := d.askStatus(ctx)
	if err != nil {
		return broken(err)
	}
	d.setLast(status)
	if status.State == OK || status.State == Uncertain {
		return Outcome{State: Sent}
	}
	return Outcome{State: Unknown, Reason: status.Reason}
}

// broken is the outcome of a slip that left whole before its printer could be
// asked. A caller who has no more time changes nothing about that; a connection
// that ended may have taken the last bytes with it.
func broken(err error) Outcome {
	if reason := reasonOf(err); reason != ReasonCancelled {
		return Outcome{State: Unknown, Reason: reason}
	}
	return Outcome{State: Sent, Reason: ReasonUnconfirmed}
}
