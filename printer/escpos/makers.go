package escpos

import "fmt"

// PresenterStatus is n of the real-time status request that Custom's printers
// with a presenter answer with six bytes (KPM210 manual, DLE EOT 20).
const PresenterStatus = 0x14

// setChineseSize is FS !, which some boards need beside GS ! for Chinese. Makers
// do not agree which bits double the width and the height (2 and 3, or 4 and 5),
// so both pairs are sent; the size that counts is that of GS !.
func (m *Machine) setChineseSize(b []byte) error {
	wide, high := b[2]&0x04 != 0, b[2]&0x08 != 0
	if b[2]&^0x3c != 0 || wide != (b[2]&0x10 != 0) || high != (b[2]&0x20 != 0) {
		return fmt.Errorf("size of Chinese %02X", b[2])
	}
	return nil
}

// cutHere is ESC i and ESC m: a cut without feeding to the knife first.
func (m *Machine) cutHere([]byte) error {
	m.cut()
	return nil
}

// automaticStatus is GS a: from then on the printer tells by itself what changes.
func (m *Machine) automaticStatus(b []byte) error {
	m.answer(Query{Kind: AutomaticStatus, Number: b[2]})
	return nil
}

// freeBuffer is DLE BS 1 of SNBC: how much the printer can still take.
func (m *Machine) freeBuffer(b []byte) error {
	if b[2] != 1 {
		return fmt.Errorf("free buffer %d", b[2])
	}
	m.answer(Query{Kind: FreeBuffer})
	return nil
}

// presenterLength: GS e 3 says how far the slip is pushed out, the others have
// no argument (KPM210 manual).
func presenterLength(data []byte) int {
	switch {
	case len(data) < 3:
		return 0
	case data[2] == 3:
		return 4
	case data[2] >= 1 && data[2] <= 6:
		return 3
	}
	return -1
}

// presenter is GS e: take back (2), present (3) or let go of (5) the slip.
func (m *Machine) presenter(b []byte) error {
	m.answer(Query{Kind: Presenter, Number: b[2]})
	return nil
}

// PowerCycle is the power going off and on: what the printer held is lost, what
// stands on the paper stays.
func (m *Machine) PowerCycle() {
	m.rest = nil
	m.reset()
}
