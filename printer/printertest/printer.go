package printertest

import (
	"context"
	"sync"

	"petitionhall/printer/escpos"
)

// Printer is what all scripted printers share, whatever line they are at. Its
// methods may be called by several goroutines at once.
type Printer struct {
	answers func([]byte) // sends bytes back over the line
	cutLine func()       // ends the connection

	mu      sync.Mutex
	script  Script
	machine *escpos.Machine
	bytes   []byte // all that arrived, questions included
	asked   int    // bytes of it that were questions about the status
	owed    []confirmation
	err     error
	gone    bool
	changed chan struct{} // closed and made anew whenever something arrives
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
}

// Change changes the script from the next byte on.
func (p *Printer) Change(change func(*Script)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.script)
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
		if p.gone {
			break
		}
		p.bytes = append(p.bytes, b)
		if _, err := p.machine.Write([]byte{b}); err != nil {
			p.fail(err)
		}
		p.faults()
	}
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *Printer) faults() {
	count := len(p.bytes) - p.asked
	if begun := p.machine.Pending(); len(begun) > 0 && begun[0] == 0x10 {
		count -= len(begun) // of a question
	}
	if n := p.script.PaperOutAfter; n > 0 && count >= n {
		p.script.PaperOut = true
	}
	if n := p.script.HangUpAfter; n > 0 && count >= n {
		p.hangUp()
	}
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

// answer is called by the machine at each question, with the lock held.
func (p *Printer) answer(q escpos.Query) {
	if q.Kind == escpos.RealTimeStatus {
		p.asked += 3
	}
	if p.script.Mute {
		return
	}
	switch q.Kind {
	case escpos.RealTimeStatus:
		p.confirm(1)
		p.answers([]byte{p.script.realTime(q.Number)})
	case escpos.QueuedStatus:
		p.owe(p.script.queued())
	case escpos.ProcessID:
		p.owe(0x37, 0x22, q.ID[0], q.ID[1], q.ID[2], q.ID[3], 0)
	}
	p.confirm(0)
}

// confirmation is the answer to a request to confirm, and how many questions are
// to come before it is given.
type confirmation struct {
	answer []byte
	early  int
}

func (p *Printer) owe(answer ...byte) {
	p.owed = append(p.owed, confirmation{answer, p.script.ConfirmsLate})
}

// confirm gives the confirmations whose time has come, in their order. So many
// questions have been asked since the last look.
func (p *Printer) confirm(questions int) {
	for i := range p.owed {
		p.owed[i].early -= questions
	}
	for len(p.owed) > 0 && p.owed[0].early <= 0 && p.script.Confirms && !p.script.PaperOut {
		p.answers(p.owed[0].answer)
		p.owed = p.owed[1:]
	}
}
