package printertest

import "petitionhall/printer/escpos"

// bits is a byte made of those bits whose condition holds.
func bits(base byte, conditions map[byte]bool) byte {
	for bit, holds := range conditions {
		if holds {
			base |= bit
		}
	}
	return base
}

// realTime is the answer to DLE EOT n, n = 1 to 4 (Epson TM manuals).
func (s *Script) realTime(n byte) byte {
	const fixed = 0x12
	switch n {
	case 1:
		return bits(fixed, map[byte]bool{0x08: s.troubled()})
	case 2:
		return bits(fixed, map[byte]bool{0x04: s.CoverOpen, 0x20: s.PaperOut, 0x40: s.CutterStuck || s.Jammed || s.Overheated})
	case 3:
		return bits(fixed, map[byte]bool{0x04: s.Jammed, 0x08: s.CutterStuck, 0x40: s.Overheated})
	default:
		return bits(fixed, map[byte]bool{0x0c: s.PaperLow || s.PaperOut, 0x60: s.PaperOut})
	}
}

// automatic is the four bytes of the automatic status.
func (s *Script) automatic() []byte {
	return []byte{
		bits(0x10, map[byte]bool{0x08: s.troubled(), 0x20: s.CoverOpen}),
		bits(0, map[byte]bool{0x04: s.Jammed, 0x08: s.CutterStuck, 0x40: s.Overheated}),
		bits(0, map[byte]bool{0x03: s.PaperLow || s.PaperOut, 0x0c: s.PaperOut}),
		0,
	}
}

// queued is the answer to GS r 1.
func (s *Script) queued() byte { return bits(0, map[byte]bool{0x03: s.PaperLow}) }

// presenter is the six bytes of Custom's full status.
func (s *Script) presenter() []byte {
	return []byte{
		0x10, 0x0f,
		bits(0, map[byte]bool{0x01: s.PaperOut, 0x04: s.PaperLow, 0x20: s.SlipWaiting}),
		bits(0, map[byte]bool{0x02: s.CoverOpen}),
		bits(0, map[byte]bool{0x01: s.Overheated, 0x40: s.Jammed}),
		bits(0, map[byte]bool{0x01: s.CutterStuck}),
	}
}

// listen follows the questions that are answered the moment they arrive, even
// while nothing is printed and even inside a picture, where a driver must not
// ask them. It is called for each byte, with the lock held.
func (p *Printer) listen(b byte) {
	p.question = append(p.question, b)
	if p.question[0] != 0x10 || len(p.question) == 2 && b != 0x04 && b != 0x08 {
		p.question = p.question[:0]
		if b == 0x10 {
			p.question = append(p.question, b)
		}
		return
	}
	if len(p.question) < 3 {
		return
	}
	command, n := p.question[1], b
	p.question = p.question[:0]
	if n < 1 || n > 4 && n != escpos.PresenterStatus {
		return // dots of a picture that look like a question
	}
	p.asked += 3
	p.confirm(1)
	switch {
	case p.script.Mute:
	case command == 0x08:
		p.answers([]byte{byte(p.free() >> 8), byte(p.free())})
	case n != escpos.PresenterStatus:
		p.answers([]byte{p.script.realTime(n)})
	case p.script.Presents:
		p.answers(p.script.presenter())
	}
	p.confirm(0)
}

func (p *Printer) free() int { return p.room() - len(p.held) }

// answer is called by the machine at each request that waits its turn, with the
// lock held. The real-time ones were answered as they arrived.
func (p *Printer) answer(q escpos.Query) {
	if p.script.Mute {
		return
	}
	switch q.Kind {
	case escpos.RealTimeStatus, escpos.FreeBuffer:
	case escpos.QueuedStatus:
		p.owe(p.script.queued())
	case escpos.ProcessID:
		if !p.script.IgnoresIDs {
			p.owe(0x37, 0x22, q.ID[0], q.ID[1], q.ID[2], q.ID[3], 0)
		}
	case escpos.AutomaticStatus:
		p.automatic = q.Number != 0
		p.tell()
	case escpos.Presenter:
		p.script.SlipWaiting = p.script.Presents && q.Number == 3
	}
	p.confirm(0)
}

// tell sends the automatic status, if it was asked for.
func (p *Printer) tell() {
	if p.automatic && !p.script.Mute && !p.off && !p.gone {
		p.answers(p.script.automatic())
	}
}
