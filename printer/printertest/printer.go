package printertest

import (
	"context"
	"fmt"
	"image"
	"sync"
	"time"

	"petitionhall/printer/escpos"
	"petitionhall/printer/picture"
)

// Printer is what all scripted printers share, whatever line they are at. Its
// methods may be called by several goroutines at once.
type Printer struct {
	answers func([]byte) // sends bytes back over the line
	cutLine func()       // ends the connection

	mu          sync.Mutex
	script      Script
	machine     *escpos.Machine
	held        []byte // arrived, not yet taken by the machine
	question    []byte // the beginning of a real-time question
	bytes       []byte // all that arrived, questions included
	asked       int    // bytes of it that were questions about the status
	owed        []confirmation
	automatic   bool // it tells by itself what changes
	off         bool // no power
	paused      bool // it sent XOFF
	junk        bool // the beginning of what arrives was lost
	missing     int  // bytes of a picture that was lost in part: it takes what comes for them
	sticks      bool // the line takes no more
	confirmedAt time.Time
	err         error
	gone        bool
	changed     chan struct{} // closed and made anew whenever something arrives
}

// prepare sets up a printer whose line is given by two functions. Both are
// called with the lock held.
func (p *Printer) prepare(script Script, answers func([]byte), cutLine func()) {
	if script.Columns == 0 {
		script.Columns = escpos.Columns80
	}
	p.script, p.answers, p.cutLine = script, answers, cutLine
	p.machine = escpos.NewMachine(script.Columns)
	p.machine.Answer = p.answer
	p.changed = make(chan struct{})
	p.faults()
}

// Change changes the script from the next byte on. A trouble that ends lets the
// printer go on with what it held.
func (p *Printer) Change(change func(*Script)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.script.automatic()
	change(&p.script)
	p.work()
	if string(before) != string(p.script.automatic()) {
		p.tell()
	}
	p.confirm(0)
	p.notify()
}

// HangUp ends the connection, as when the cable is pulled.
func (p *Printer) HangUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hangUp()
}

// Bytes are all that arrived so far, questions included.
func (p *Printer) Bytes() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]byte(nil), p.bytes...)
}

// SlipBytes is how many bytes arrived that were not questions about the status.
func (p *Printer) SlipBytes() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.bytes) - p.asked
}

// Sheets is the paper so far; the last sheet may not be cut yet.
func (p *Printer) Sheets() []escpos.Sheet {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.machine.Sheets()
}

// Clear takes the paper away and forgets what arrived: for long runs. It must not
// be called in the midst of a slip.
func (p *Printer) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.machine = escpos.NewMachine(p.script.Columns)
	p.machine.Answer = p.answer
	p.bytes, p.asked = nil, 0
}

// LastConfirmation is when it last confirmed a slip; zero when it never did.
func (p *Printer) LastConfirmation() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.confirmedAt
}

// Picture draws the nth sheet, from 0, with a Chinese font of the system.
func (p *Printer) Picture(n int) (image.Image, error) {
	sheets := p.Sheets()
	if n < 0 || n >= len(sheets) {
		return nil, fmt.Errorf("printertest: there are %d sheets, not number %d", len(sheets), n)
	}
	pen, err := picture.NewPen()
	if err != nil {
		return nil, err
	}
	return pen.Draw(sheets[n]), nil
}

// Err is the first thing that was done to the printer which must not be: a
// command that it does not know, or a misuse of its line. It is nil otherwise.
func (p *Printer) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// Await waits until the paper is as wanted, and returns it. It ends with an
// error when ctx ends or the printer has an error (see [Printer.Err]).
func (p *Printer) Await(ctx context.Context, wanted func([]escpos.Sheet) bool) ([]escpos.Sheet, error) {
	for {
		p.mu.Lock()
		sheets, err, changed := p.machine.Sheets(), p.err, p.changed
		p.mu.Unlock()
		if err != nil || wanted(sheets) {
			return sheets, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return sheets, ctx.Err()
		}
	}
}

// AwaitCut waits until n slips have been cut off.
func (p *Printer) AwaitCut(ctx context.Context, n int) ([]escpos.Sheet, error) {
	return p.Await(ctx, func(sheets []escpos.Sheet) bool {
		return len(sheets) >= n && sheets[n-1].Cut
	})
}

// arrive takes bytes one by one, so that a fault comes at its exact place.
func (p *Printer) arrive(data []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, b := range data {
		p.faults()
		if p.gone {
			break
		}
		p.take(b)
	}
	p.faults()
	p.notify()
}

func (p *Printer) take(b byte) {
	p.bytes = append(p.bytes, b)
	if p.off {
		return
	}
	p.listen(b)
	if p.script.troubled() && p.script.Forgets {
		p.forget()
		return
	}
	if len(p.held) >= p.room() {
		p.junk = true // what is lost may be half of a command
		return
	}
	p.held = append(p.held, b)
	p.work()
}

// forget loses a byte. A picture that has begun waits for its rest all the same.
func (p *Printer) forget() {
	if begun := p.machine.Pending(); !p.junk && isPicture(begun) {
		p.missing = 8 + (int(begun[4])|int(begun[5])<<8)*(int(begun[6])|int(begun[7])<<8) - len(begun)
	}
	p.junk = true
}

// isPicture tells whether what has arrived is a picture (GS v 0) of which dots are
// to come.
func isPicture(begun []byte) bool { return len(begun) >= 8 && begun[0] == 0x1d && begun[1] == 'v' }

// room is how many bytes it can hold.
func (p *Printer) room() int {
	if p.script.Buffer > 0 {
		return p.script.Buffer
	}
	return 4096
}

// reset is what every slip begins with; it makes sense of what follows a loss.
var reset = []byte{0x1b, '@'}

// work prints what is held, unless something keeps it from printing.
func (p *Printer) work() {
	for len(p.held) > 0 && !p.script.troubled() && !p.paused && !p.off {
		if p.junk && !p.resume() {
			return
		}
		b := p.held[0]
		p.held = p.held[1:]
		if p.script.ResetSilences && b == '@' && string(p.machine.Pending()) == "\x1b" {
			p.automatic = false
		}
		if _, err := p.machine.Write([]byte{b}); err != nil {
			p.fail(err)
		}
	}
}

// resume drops what came after a loss up to the next reset: on paper it would be
// junk. It tells whether the reset has arrived. A request to confirm is understood
// even among junk, and answered: a driver must not trust that.
func (p *Printer) resume() bool {
	swallowed := min(p.missing, len(p.held))
	p.held, p.missing = p.held[swallowed:], p.missing-swallowed
	for len(p.held) > 0 {
		n, whole := sense(p.held)
		switch {
		case n == 0:
			p.held = p.held[1:]
		case !whole:
			return false // more is to come
		case n == len(reset):
			p.machine.PowerCycle()
			p.junk = false
			return true
		default:
			request := p.held[:n]
			p.held = p.held[n:]
			p.among(request)
		}
	}
	return false
}

// among reads a request among junk.
func (p *Printer) among(request []byte) {
	m := escpos.NewMachine(p.script.Columns)
	m.Answer = p.answer
	if _, err := m.Write(request); err != nil {
		p.fail(err)
	}
}

// requests are what makes sense among junk, with how long each is.
var requests = []struct {
	lead   []byte
	length int
}{
	{reset, len(reset)},
	{[]byte{0x1d, 'r'}, 3},
	{[]byte{0x1d, '(', 'H', 6, 0, 0x30, 0x30}, 11},
}

// sense tells how long the request is that data begin with, 0 for none, and
// whether all of it is there.
func sense(data []byte) (length int, whole bool) {
	for _, r := range requests {
		n := min(len(data), len(r.lead))
		if string(data[:n]) == string(r.lead[:n]) {
			return r.length, len(data) >= r.length
		}
	}
	return 0, false
}

func (p *Printer) notify() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// faults lets the script's fault happen when its byte has come.
func (p *Printer) faults() {
	f := p.script.Fault
	if f.Kind == None || len(p.bytes)-p.asked-len(p.question) < f.After {
		return
	}
	p.script.Fault = Fault{}
	switch f.Kind {
	case None:
	case PaperEnds:
		p.script.PaperOut = true
	case CoverOpens:
		p.script.CoverOpen = true
	case CutterSticks:
		p.script.CutterStuck = true
	case PaperJams:
		p.script.Jammed = true
	case HeadOverheats:
		p.script.Overheated = true
	case FallsMute:
		p.script.Mute = true
	case LineNoise:
		p.answers(noise)
	case HangsUp:
		p.hangUp()
	case LineSticks:
		p.sticks = true
	case SendsXOFF:
		p.paused = true
		p.answers([]byte{xoff})
		if p.script.Pause > 0 {
			time.AfterFunc(p.script.Pause, p.GoOn)
		}
	case PowerCycles:
		p.powerCycle()
	}
	if p.script.Lasts > 0 && p.script.troubled() {
		time.AfterFunc(p.script.Lasts, func() { p.Change((*Script).Well) })
	}
	p.tell()
}

const xon, xoff = 0x11, 0x13

// GoOn lets a printer that sent XOFF print on.
func (p *Printer) GoOn() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.paused {
		p.paused = false
		p.answers([]byte{xon})
		p.work()
		p.notify()
	}
}

// powerCycle takes the power away for a while. What was held or begun is lost.
func (p *Printer) powerCycle() {
	p.off, p.held, p.question, p.owed, p.automatic, p.missing = true, nil, nil, nil, false, 0
	p.machine.PowerCycle()
	p.junk = true
	off := p.script.Off
	if off == 0 {
		off = 1500 * time.Millisecond
	}
	time.AfterFunc(off, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.off = false
	})
}

func (p *Printer) hangUp() {
	if !p.gone {
		p.gone = true
		p.cutLine()
	}
}

// fail keeps the first error.
func (p *Printer) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// confirmation is the answer to a request to confirm, and how many questions are
// to come before it is given.
type confirmation struct {
	answer []byte
	early  int
	ready  bool // it has been printed
}

func (p *Printer) owe(answer ...byte) {
	p.owed = append(p.owed, confirmation{answer: answer, early: p.script.ConfirmsLate, ready: p.script.PrintTime == 0})
	if p.script.PrintTime > 0 {
		time.AfterFunc(p.script.PrintTime, p.printed)
	}
}

// printed says that the oldest slip which is not ready is.
func (p *Printer) printed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.owed {
		if !p.owed[i].ready {
			p.owed[i].ready = true
			break
		}
	}
	p.confirm(0)
}

// ForgetAnswers lets it never give the confirmations that it owes, as where they
// come while nobody has the line open.
func (p *Printer) ForgetAnswers() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.owed = nil
}

// confirm gives the confirmations whose time has come, in their order. So many
// questions have been asked since the last look.
func (p *Printer) confirm(questions int) {
	for i := range p.owed {
		p.owed[i].early -= questions
	}
	for len(p.owed) > 0 && p.owed[0].early <= 0 && p.owed[0].ready && p.script.Confirms && !p.script.Mute && !p.script.troubled() && !p.off && !p.gone {
		p.answers(p.owed[0].answer)
		p.confirmedAt = time.Now()
		p.owed = p.owed[1:]
	}
}
