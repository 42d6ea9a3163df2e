package printer

// reply is one answer of a printer.
type reply struct {
	kind   replyKind
	status byte    // realTimeReply, queuedReply
	id     [4]byte // processReply
}

type replyKind int

const (
	realTimeReply replyKind = iota + 1 // to DLE EOT n; which n, it does not say
	queuedReply                        // to GS r 1
	processReply                       // to GS ( H
)

// replies takes a printer's bytes apart. The kinds of answers are told by
// their bits, so that noise between them is skipped.
type replies struct {
	block []byte // a process-id block that has begun
	skip  int    // bytes of an automatic status still to come
}

// take reads the next byte, and returns the reply that it completes, if any.
func (r *replies) take(b byte) (reply, bool) {
	if len(r.block) > 0 {
		return r.inBlock(b)
	}
	switch {
	case r.skip > 0 && b&0x90 == 0:
		r.skip--
	case b == 0x37:
		r.block = append(r.block, b)
	case b&0x93 == 0x12:
		r.skip = 0
		return reply{kind: realTimeReply, status: b}, true
	case b&0x93 == 0x10:
		r.skip = 3 // automatic status that some boards have switched on: four bytes
	case b&0x90 == 0 && (b&3 == 0 || b&3 == 3) && (b&12 == 0 || b&12 == 12):
		// Each sensor has two bits, which agree in a true answer.
		return reply{kind: queuedReply, status: b}, true
	}
	return reply{}, false
}

// inBlock collects 37 22 d1 d2 d3 d4 00. A byte that does not fit ends the
// block and counts by itself.
func (r *replies) inBlock(b byte) (reply, bool) {
	r.block = append(r.block, b)
	n := len(r.block)
	if n == 2 && b != 0x22 || n == 7 && b != 0 {
		r.block = nil
		if b == 0x37 {
			r.block = []byte{b}
			return reply{}, false
		}
		return r.take(b)
	}
	if n < 7 {
		return reply{}, false
	}
	id := [4]byte(r.block[2:6])
	r.block = nil
	return reply{kind: processReply, id: id}, true
}

// status is what the answers to DLE EOT 2, 3 and 4 say together. The cover
// comes before the paper: with the cover open most printers also see no paper.
func statusOf(offline, fault, paper byte) Status {
	s := Status{State: OK, Paper: PaperEnough}
	switch {
	case paper&0x60 != 0 || offline&0x20 != 0:
		s.Paper = PaperGone
	case paper&0x0c != 0:
		s.Paper = PaperNearEnd
	}
	switch {
	case offline&0x04 != 0:
		s.State, s.Reason = CoverOpen, ReasonCoverOpen
	case s.Paper == PaperGone:
		s.State, s.Reason = PaperOut, ReasonPaperOut
	case offline&0x40 != 0:
		s.State, s.Reason = Faulty, faultReason(fault)
	}
	return s
}

func faultReason(fault byte) Reason {
	switch {
	case fault&0x08 != 0:
		return ReasonCutter
	case fault&0x04 != 0:
		return ReasonJam
	case fault&0x40 != 0:
		return ReasonOverheated
	}
	return ReasonError
}
