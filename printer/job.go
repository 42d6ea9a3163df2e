package printer

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
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
	d.sending = true
	d.note()
	outcome, ok := d.send(ctx, data)
	if ok {
		outcome = d.confirm(ctx, len(data))
	}
	d.sending = false
	d.note()
	return outcome
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
	d.session.heed()
	left, err := d.session.write(ctx, data)
	if err == nil {
		return Outcome{}, true
	}
	d.drop()
	if left == 0 {
		return Outcome{State: Failed, Reason: reasonOf(err)}, false
	}
	d.owe(len(data))
	return Outcome{State: Unknown, Reason: reasonOf(err)}, false
}

// confirm finds out what became of a slip whose bytes have all been written.
func (d *device) confirm(ctx context.Context, length int) Outcome {
	if err := d.session.drain(ctx); err != nil {
		d.drop()
		d.owe(length)
		return Outcome{State: Unknown, Reason: reasonOf(err)}
	}
	d.missed = false
	outcome := d.meanwhile(d.verdict(ctx))
	if outcome == (Outcome{State: Sent}) {
		if w := d.way(); w != nil {
			outcome = d.meanwhile(d.await(ctx, w))
		}
	}
	if outcome.State == Unknown {
		d.doubt(outcome, length)
	}
	return outcome
}

// meanwhile looks at what the printer told by itself while the slip was under way.
// In trouble that was over before anybody asked some boards drop what arrives, and
// confirm the slip all the same.
func (d *device) meanwhile(o Outcome) Outcome {
	if d.session == nil || o.State == Unknown && o.Reason != ReasonUnconfirmed {
		return o
	}
	told, trouble := d.session.heeded()
	if trouble != "" {
		return Outcome{State: Unknown, Reason: trouble}
	}
	if o.State == Confirmed && told == 0 && d.tells {
		// A slip's first bytes make it tell how it is; so they were lost.
		return Outcome{State: Unknown, Reason: ReasonUnconfirmed}
	}
	d.tells = d.tells || told > 0
	return o
}

// doubt keeps in mind that bytes of the slip may be lost. A printer which fell
// silent, or lost what it should have confirmed, may have lost its power; one that
// was in trouble may have dropped what arrived. The half that is out is cut off
// before the next slip, and what it still waits for filled up, once it is well.
func (d *device) doubt(o Outcome, length int) {
	switch o.Reason {
	case ReasonSilent, ReasonUnplugged, ReasonUnconfirmed:
		d.owe(length)
	default:
		d.doubtful = length
	}
}

const (
	mostQuestions = 16 // of GS r for one slip
	mostMisses    = 3  // slips in a row that another printer may leave unconfirmed
)

// way is how a printer may confirm one slip.
type way struct {
	name     Confirmation
	question []byte
	fits     func(reply) bool
	// answers is how many answers make it confirmed.
	answers int
}

// way is the surest one of the profile that is not known to be in vain; nil when
// there is none. A printer that answers nothing is not asked.
func (d *device) way() *way {
	if !d.heard {
		return nil
	}
	for _, name := range d.profile.Confirm {
		if works, tried := d.ways[name]; tried && !works {
			continue
		}
		if name == ByProcessID {
			return byProcessID()
		}
		return d.byQueuedStatus()
	}
	return nil
}

// byProcessID wants a number back. It is drawn by lot: a slip that another run
// of the program left in the printer may be confirmed at any time.
func byProcessID() *way {
	id := [4]byte([]byte(rand.Text()))
	return &way{
		name: ByProcessID, answers: 1,
		question: append([]byte{0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30}, id[:]...),
		fits:     func(r reply) bool { return r.kind == processReply && r.id == id },
	}
}

// byQueuedStatus wants answers that cannot all belong to earlier slips (whose
// answers its paper's end held up, say, or that another run of the program asked
// for), for an answer does not tell its slip. One that may still come was perhaps
// lost; so the slip is asked after once more for each of them.
func (d *device) byQueuedStatus() *way {
	w := &way{name: ByQueuedStatus, fits: isKind(queuedReply)}
	d.unanswered = max(d.unanswered-d.session.forget(w.fits), 0)
	if time.Since(d.owedSince) > answersLost {
		d.unanswered = 0
	}
	w.answers = d.unanswered + askedTwice
	w.question = bytes.Repeat([]byte{0x1d, 0x72, 1}, d.questions())
	d.unanswered, d.owedSince = d.unanswered+d.questions(), time.Now()
	return w
}

// questions is how often a slip's end is asked for with GS r.
func (d *device) questions() int { return min(d.unanswered+askedTwice, mostQuestions) }

// await waits for the printer to confirm, and looks after it meanwhile.
func (d *device) await(ctx context.Context, w *way) Outcome {
	limit := firstConfirm
	if d.ways[w.name] {
		limit = confirmTime
	}
	deadline := time.Now().Add(limit)
	r, err := d.session.ask(ctx, w.question, confirmSlice, w.fits)
	for came := 0; ; r, err = d.session.await(ctx, confirmSlice, w.fits) {
		if err == nil {
			came++
			if o, ok := d.confirmed(r, w, came); ok {
				return o
			}
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
			return d.unconfirmed(w)
		}
	}
}

// confirmed is the outcome by an answer; ok is false when more are to come.
func (d *device) confirmed(r reply, w *way, came int) (o Outcome, ok bool) {
	if r.kind == queuedReply {
		d.unanswered = max(d.unanswered-1, 0)
		if r.status&0x0c != 0 {
			return Outcome{State: Unknown, Reason: ReasonPaperOut}, true
		}
	}
	if came < w.answers {
		return Outcome{}, false
	}
	d.ways[w.name], d.reopened, d.misses = true, false, 0
	return Outcome{State: Confirmed}, true
}

// unconfirmed is the outcome of a slip that the printer, though well, does not
// confirm. From one that has done so before, something was lost; only when the
// line was opened again since, and this happens again and again, is it taken for
// another printer. Any other does perhaps not know the question.
func (d *device) unconfirmed(w *way) Outcome {
	if !d.ways[w.name] {
		d.ways[w.name] = false
		return Outcome{State: Sent, Reason: ReasonUnconfirmed}
	}
	if d.misses++; d.reopened && d.misses >= mostMisses {
		delete(d.ways, w.name)
	}
	return Outcome{State: Unknown, Reason: ReasonUnconfirmed}
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
	switch {
	case status.State != OK && status.State != Uncertain:
		return Outcome{State: Unknown, Reason: status.Reason}
	case d.missed:
		return Outcome{State: Unknown, Reason: ReasonSilent} // for a moment: it may have lost its power
	}
	return Outcome{State: Sent}
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
