package printer

// reply is one answer of a printer.
type reply struct {
	kind   replyKind
	status byte    // realTimeReply, queuedReply; of a presenterReply the third byte
	id     [4]byte // processReply
}

type replyKind int

const (
	realTimeReply  replyKind = iota + 1 // to DLE EOT n; which n, it does not say
	queuedReply                         // to GS r 1
	processReply                        // to GS ( H
	presenterReply                      // to DLE EOT 20
)

// replies takes a printer's bytes apart. The kinds of answers are told by
// their bits, so that noise between them is skipped.
type replies struct {
	presenter bool   // it may answer to DLE EOT 20, with 10 0F and four bytes
	block     []byte // an answer of several bytes that has begun
	skip      int    // bytes of an automatic status still to come
}

// take reads the next byte, and returns the replies that it completes: mostly
// none or one; more when a block turns out to be none.
func (r *replies) take(b byte) []reply {
	if len(r.block) == 0 {
		return r.single(b)
	}
	r.block = append(r.block, b)
	fits, length := r.blockFits()
	switch {
	case !fits:
		return r.unravel()
	case len(r.block) < length:
		return nil
	}
	block := r.block
	r.block = nil
	if block[0] == processLead {
		return []reply{{kind: processReply, id: [4]byte(block[2:6])}}
	}
	return []reply{{kind: presenterReply, status: block[2]}}
}

// quiet tells that nothing came for a while: a block that has begun is none.
func (r *replies) quiet() []reply {
	r.skip = 0
	if len(r.block) == 0 {
		return nil
	}
	return r.unravel()
}

const (
	processLead   = 0x37 // of 37 22 d1 d2 d3 d4 00
	presenterLead = 0x10 // of 10 0F and four bytes
)

// blockFits tells whether what has come may be a block, and how long it is then.
func (r *replies) blockFits() (fits bool, length int) {
	b := r.block
	if b[0] == processLead {
		return b[1] == 0x22 && (len(b) < 7 || b[6] == 0), 7
	}
	return b[1] == 0x0f, 6
}

// unravel reads the bytes of a block that is none one by one, but for its lead.
func (r *replies) unravel() (found []reply) {
	bytes := r.block
	r.block = nil
	if bytes[0] == presenterLead {
		r.skip = 3 // then it led an automatic status
	}
	for _, b := range bytes[1:] {
		found = append(found, r.take(b)...)
	}
	return found
}

// single reads a byte outside a block.
func (r *replies) single(b byte) []reply {
	switch {
	case r.skip > 0 && b&0x90 == 0:
		r.skip--
	case b == processLead, b == presenterLead && r.presenter:
		r.block = append(r.block, b)
	case b&0x93 == 0x12:
		r.skip = 0
		return []reply{{kind: realTimeReply, status: b}}
	case b&0x93 == 0x10:
		r.skip = 3 // automatic status that some boards have switched on: four bytes
	case b&0x90 == 0 && (b&3 == 0 || b&3 == 3) && (b&12 == 0 || b&12 == 12):
		// Each sensor has two bits, which agree in a true answer.
		return []reply{{kind: queuedReply, status: b}}
	}
	return nil
}
