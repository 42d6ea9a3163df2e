package printer

import (
	"context"
	"errors"
	"maps"
	"sync"
	"time"

	"petitionhall/printer/escpos"
)

const (
	openTime     = 5 * time.Second // for opening a port
	firstBackOff = time.Second     // after the first port that did not open
	lastBackOff  = 30 * time.Second
	confirmTime  = 12 * time.Second // for a printer to say that it finished
	firstConfirm = 5 * time.Second  // the same, for one that has never done so
	confirmSlice = time.Second      // between looks at its status meanwhile

	// askedTwice is how often a slip's end is asked for with GS r: one byte of
	// zeros, which a loose cable makes too, confirms nothing.
	askedTwice = 2

	// answersLost is after how long without trouble answers that are still to come
	// will not come any more.
	answersLost = 30 * time.Second
)

// device is a printer at the end of a line. Whoever holds its turn drives it:
// bytes of two slips, or a question inside a slip, never mix.
type device struct {
	dialer  dialer
	profile Profile
	turn    chan struct{} // holds a token while somebody drives
	ctx     context.Context
	shut    context.CancelFunc

	// For the holder of the turn:
	session *session
	notes   *notebook // nil: nothing outlives the program
	retryAt time.Time // no status opens the port before
	backOff time.Duration
	heard   bool // it is known to answer: it has, or its maker says so
	missed  bool // it has left a question unanswered since the slip left
	sending bool // a slip has begun
	tells   bool // it tells how it is at each slip's beginning (GS a)
	owed    int  // bytes still to go that end what a broken slip left open
	// doubtful is the length of a slip of which a printer in trouble may have lost
	// some; it is owed once the trouble is over, for now that would be lost too.
	doubtful int

	unanswered int       // answers to GS r that may still come
	owedSince  time.Time // when the last of them was asked for, or the printer last stood still
	openFail   Reason
	// ways tells of each way to confirm whether it works with this printer; not
	// tried yet when it is not there.
	ways map[Confirmation]bool
	// reopened: the line was opened again since a slip was confirmed; misses are the
	// slips since then that were not.
	reopened bool
	misses   int

	changed chan struct{} // holds a token when the line has ended

	mu   sync.Mutex
	last Status
}

func newDevice(d dialer, p Profile) *device {
	ctx, shut := context.WithCancel(context.Background())
	return &device{
		dialer: d, profile: p, ctx: ctx, shut: shut, heard: p.Answers,
		turn: make(chan struct{}, 1), changed: make(chan struct{}, 1),
		ways: map[Confirmation]bool{},
		last: Status{State: Uncertain, Paper: PaperUnknown},
	}
}

// take waits for the turn. The context that it returns also ends when the
// device is closed; release gives the turn back.
func (d *device) take(ctx context.Context) (joined context.Context, release func(), err error) {
	joined, cancel := context.WithCancel(ctx)
	unlink := context.AfterFunc(d.ctx, cancel)
	select {
	case d.turn <- struct{}{}:
		release = func() { <-d.turn; unlink(); cancel() }
	case <-joined.Done():
		release = func() { unlink(); cancel() }
	}
	if err := errors.Join(d.ctx.Err(), joined.Err()); err != nil {
		release()
		return nil, nil, err
	}
	return joined, release, nil
}

// check opens the port for [Open].
func (d *device) check() error {
	ctx, release, err := d.take(d.ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := d.open(ctx); err != nil {
		return portError(d.dialer.String(), err)
	}
	return nil
}

// open makes sure that there is a session.
func (d *device) open(ctx context.Context) error {
	if d.session != nil && d.session.alive() {
		return nil
	}
	d.drop()
	ctx, cancel := context.WithTimeout(ctx, openTime)
	defer cancel()
	p, err := d.dialer.dial(ctx)
	if err != nil {
		d.backOff = min(max(2*d.backOff, firstBackOff), lastBackOff)
		d.retryAt = time.Now().Add(d.backOff)
		d.openFail = dialReason(err)
		return err
	}
	d.backOff, d.retryAt = 0, time.Time{}
	d.session = newSession(p, d.dialer.perByte(), replies{presenter: d.profile.Presenter})
	d.watch(d.session)
	d.lookAgain()
	return nil
}

// lookAgain is for a line that was opened again: it may be another printer. A way
// to confirm that did not work is tried anew. One that did is believed, for it is
// nearly always the same printer, until some slips in a row were not confirmed.
// What was asked before may still be answered.
func (d *device) lookAgain() {
	maps.DeleteFunc(d.ways, func(_ Confirmation, works bool) bool { return !works })
	d.reopened, d.misses, d.tells = true, 0, false
}

// watch tells whoever listens to Changed of the line's end.
func (d *device) watch(s *session) {
	go func() {
		select {
		case <-s.hungUp:
		case <-s.stop:
			return
		}
		select {
		case d.changed <- struct{}{}:
		default: // told already
		}
	}()
}

// Changed has something to read when the status is worth asking for at once: the
// cable was pulled.
func (d *device) Changed() <-chan struct{} { return d.changed }

// Interrupted says that another run of the program may have stopped in the
// midst of a slip: what the printer still waits for is filled up and cut off
// before anything else, and what it still answers is not for a slip of this run.
func (d *device) Interrupted() {
	_, release, err := d.take(d.ctx)
	if err != nil {
		return // closed
	}
	defer release()
	d.interrupted(askedTwice)
	d.note()
}

// interrupted keeps in mind that an earlier run may have left a slip open, and so
// many questions unanswered.
func (d *device) interrupted(owes int) {
	d.owe(brokenRaster)
	d.unanswered, d.owedSince = max(d.unanswered, owes), time.Now()
}

// Remember keeps what the next run of the program must know in a file of its own:
// that the printer can answer, that a slip was begun. What an earlier run noted
// there is taken up.
func (d *device) Remember(file string) error {
	_, release, err := d.take(d.ctx)
	if err != nil {
		return err
	}
	defer release()
	if d.notes, err = openNotebook(file, d.dialer.String()); err != nil {
		d.notes = nil
		return err
	}
	last := d.notes.last
	d.heard = d.heard || last.Answered
	if last.Open {
		d.interrupted(last.Owes)
	}
	d.unanswered, d.owedSince = max(d.unanswered, last.Owes), time.Now()
	d.note()
	return nil
}

// note writes down what the next run must know, should this one end now.
func (d *device) note() {
	if d.notes == nil {
		return
	}
	n := notes{Answered: d.heard, Open: d.sending || d.owed > 0 || d.doubtful > 0, Owes: d.unanswered}
	if d.sending {
		n.Owes += d.questions() // it is about to be asked
	}
	d.notes.write(n)
}

// drop gives the session up; the next job opens a new one.
func (d *device) drop() {
	if d.session != nil {
		d.session.close()
		d.session = nil
	}
}

// Close ends what is under way and gives the port back.
func (d *device) Close() error {
	d.shut()
	d.turn <- struct{}{} // whoever has it sees the end and lets go
	defer func() { <-d.turn }()
	d.drop()
	if d.notes == nil {
		return nil
	}
	kept := d.notes
	d.notes = nil
	return kept.close()
}

// Status asks the printer. While a slip is being printed, or when ctx ends
// first, it is the last one known.
func (d *device) Status(ctx context.Context) Status {
	ctx, release, err := d.take(ctx)
	switch {
	case err == nil:
		defer release()
		d.setLast(d.look(ctx))
	case d.ctx.Err() != nil:
		return Status{State: Offline, Reason: ReasonClosed, Paper: PaperUnknown}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last
}

// wasSilent tells whether it left its last question unanswered.
func (d *device) wasSilent() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last.State == Silent
}

func (d *device) setLast(s Status) {
	if s.State != OK {
		d.owedSince = time.Now()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last = s
}

// look is the status, with the port opened if it is time to try.
func (d *device) look(ctx context.Context) Status {
	offline := func(r Reason) Status { return Status{State: Offline, Reason: r, Paper: PaperUnknown} }
	if time.Now().Before(d.retryAt) {
		return offline(d.openFail)
	}
	if err := d.open(ctx); err != nil {
		return offline(dialReason(err))
	}
	status, err := d.askStatus(ctx)
	switch {
	case err == nil:
		return status
	case reasonOf(err) == ReasonCancelled:
		return Status{State: Uncertain, Reason: ReasonCancelled, Paper: PaperUnknown}
	}
	return offline(reasonOf(err))
}

// askStatus asks for all that matters. The error, if any, is why the line did
// not carry the questions, and has mostly ended the session; silence is a status.
func (d *device) askStatus(ctx context.Context) (Status, error) {
	unknown := Status{State: Uncertain, Paper: PaperUnknown}
	filled, wasSilent := d.owed, d.wasSilent()
	if settled, err := d.settle(ctx); !settled {
		return unknown, err
	}
	status, err := d.askAll(ctx)
	if err != nil {
		d.drop()
		return status, err
	}
	well := status.State == OK || status.State == Uncertain
	if !well || wasSilent {
		d.doubtful = max(d.doubtful, filled) // it may have lost that too: it was off, say
	}
	if !well {
		return status, nil
	}
	d.owe(d.doubtful)
	d.doubtful = 0
	_, err = d.settle(ctx)
	return status, err
}

func (d *device) askAll(ctx context.Context) (Status, error) {
	unknown := Status{State: Uncertain, Paper: PaperUnknown}
	if !d.profile.Asks {
		return unknown, nil
	}
	var answers [5]byte
	for _, n := range []byte{2, 4, 3} {
		if n == 3 && answers[2]&0x40 == 0 {
			break // the cause of an error only matters when there is one
		}
		answer, err := d.askOne(ctx, n)
		if errors.Is(err, errNoAnswer) {
			return d.silence(), nil
		}
		if err != nil {
			return unknown, err
		}
		if !d.heard {
			d.heard = true
			d.note()
		}
		answers[n] = answer
	}
	status := statusOf(answers[2], answers[3], answers[4])
	return d.withPresenter(ctx, status)
}

// withPresenter adds to the status of a printer that is well whether a slip waits
// to be taken.
func (d *device) withPresenter(ctx context.Context, status Status) (Status, error) {
	if !d.profile.Presenter || status.State != OK {
		return status, nil
	}
	r, err := d.session.ask(ctx, []byte{0x10, 0x04, escpos.PresenterStatus}, answerTime, isKind(presenterReply))
	switch {
	case errors.Is(err, errNoAnswer):
		return status, nil // a model without this question
	case err != nil:
		return status, err
	}
	if r.status&slipWaiting != 0 {
		status.Reason = ReasonSlipWaiting
	}
	return status, nil
}

// slipWaiting is the bit of the third byte of the answer to DLE EOT 20 (KPM210
// manual).
const slipWaiting = 0x20

// askOne asks DLE EOT n. A printer known to answer gets a second chance.
func (d *device) askOne(ctx context.Context, n byte) (byte, error) {
	for tries := 1; ; tries++ {
		r, err := d.session.ask(ctx, []byte{0x10, 0x04, n}, answerTime, isKind(realTimeReply))
		if err == nil || !errors.Is(err, errNoAnswer) {
			return r.status, err
		}
		d.missed = d.heard
		if !d.heard || tries == 2 {
			return 0, err
		}
	}
}

// silence means trouble only from a printer that is known to answer.
func (d *device) silence() Status {
	if d.heard {
		return Status{State: Silent, Reason: ReasonSilent, Paper: PaperUnknown}
	}
	return Status{State: Uncertain, Reason: ReasonSilent, Paper: PaperUnknown}
}

func isKind(k replyKind) func(reply) bool {
	return func(r reply) bool { return r.kind == k }
}

// reasonOf is why a session broke.
func reasonOf(err error) Reason {
	switch {
	case errors.Is(err, errStuck):
		return ReasonStuck
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return ReasonCancelled
	}
	return ReasonUnplugged
}
