package printer

import "slices"

// reply is one answer of a printer.
type reply struct {
	kind   replyKind
	status byte    // realTimeReply, queuedReply; of a presenterReply the third byte
	id     [4]byte // processReply; of an automaticReply all four bytes
}

type replyKind int

const (
	realTimeReply  replyKind = iota + 1 // to DLE EOT n; which n, it does not say
	queuedReply                         // to GS r 1
	processReply                        // to GS ( H
	presenterReply                      // to DLE EOT 20
	automaticReply                      // after GS a, whenever something changes
)

// replies takes a printer's bytes apart. The kinds of answers are told by
// their bits, so that noise between them is skipped.
type replies struct {
	presenter bool   // it may answer to DLE EOT 20, with 10 0F and four bytes
	block     []byte // an answer of several bytes that has begun
}

// take reads the next byte, and returns the replies that it completes: mostly
// none or one; more when a block turns out to be none.
func (r *replies) take(b byte) []reply {
	if len(r.block) == 0 {
		return r.single(b)
	}
	r.block = append(r.block, b)
	kind, length := r.blockKind()
	switch {
	case kind == 0:
		return r.unravel()
	case len(r.block) < length:
		return nil
	}
	block := r.block
	r.block = nil
	switch kind {
	case processReply:
		return []reply{{kind: kind, id: [4]byte(block[2:6])}}
	case automaticReply:
		return []reply{{kind: kind, id: [4]byte(block)}}
	default:
		return []reply{{kind: kind, status: block[2]}}
	}
}

// quiet tells that nothing came for a while: a block that has begun is none.
func (r *replies) quiet() []reply {
	if len(r.block) == 0 {
		return nil
	}
	return r.unravel()
}

const (
	processLead   = 0x37 // of 37 22 d1 d2 d3 d4 00
	presenterLead = 0x10 // of 10 0F and four bytes
)

// blockKind tells what has come may be, and how long that is; 0 when it is none.
func (r *replies) blockKind() (kind replyKind, length int) {
	b := r.block
	switch {
	case b[0] == processLead:
		if b[1] == 0x22 && !slices.ContainsFunc(b[2:min(len(b), 6)], isNoID) && (len(b) < 7 || b[6] == 0) {
			return processReply, 7
		}
	case r.presenter && b[0] == presenterLead && b[1] == 0x0f:
		return presenterReply, 6
	case b[len(b)-1]&0x90 == 0:
		return automaticReply, 4
	}
	return 0, 0
}

// isNoID tells a byte that no process id has (Epson TM manuals, GS ( H).
func isNoID(b byte) bool { return b < 0x20 || b > 0x7e }

// unravel reads the bytes of a block that is none one by one, but for its lead.
// Those of an automatic status that broke off are no answers: they look like one
// to GS r.
func (r *replies) unravel() (found []reply) {
	bytes := r.block
	r.block = nil
	for _, b := range bytes[1:] {
		if isAutomaticLead(bytes[0]) && b&0x90 == 0 {
			continue
		}
		found = append(found, r.take(b)...)
	}
	return found
}

// isAutomaticLead tells an automatic status by its first byte.
func isAutomaticLead(b byte) bool { return b&0x93 == 0x10 }

// single reads a byte outside a block.
func (r *replies) single(b byte) []reply {
	switch {
	case b == processLead, isAutomaticLead(b):
		r.block = append(r.block, b)
	case b&0x93 == 0x12:
		return []reply{{kind: realTimeReply, status: b}}
	case b&0x90 == 0 && (b&3 == 0 || b&3 == 3) && (b&12 == 0 || b&12 == 12):
		// Each sensor has two bits, which agree in a true answer.
		return []reply{{kind: queuedReply, status: b}}
	}
	return nil
}
