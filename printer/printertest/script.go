package printertest

// Script is how a printer behaves. The zero value is a healthy printer with 80
// mm paper that answers questions about its status and confirms nothing.
type Script struct {
	// Columns is the width of the paper in half-width characters; 0 is 48.
	Columns int
	// Mute: it prints and answers nothing.
	Mute bool
	// Confirms: it answers the process-id and the queued-status request once it
	// has printed what came before.
	Confirms bool
	// ConfirmsLate is how many questions about the status are asked before it has
	// printed and confirms: a printer takes seconds over a slip.
	ConfirmsLate int
	// PaperOut, PaperLow, CoverOpen, CutterStuck: what it says of itself. With
	// the paper out it confirms nothing.
	PaperOut, PaperLow, CoverOpen, CutterStuck bool
	// HangUpAfter, if above 0, ends the connection once so many bytes arrived;
	// questions about the status are not counted.
	HangUpAfter int
	// PaperOutAfter, if above 0, sets PaperOut once so many bytes arrived, counted
	// in the same way.
	PaperOutAfter int
	// StuckAfter, if above 0, lets the write hang that goes beyond so many bytes.
	// Only a [Memory] can do that.
	StuckAfter int
}

// realTime is the answer to DLE EOT n.
func (s Script) realTime(n byte) byte {
	answer := byte(0x12)
	add := func(when bool, bits byte) {
		if when {
			answer |= bits
		}
	}
	trouble := s.PaperOut || s.CoverOpen || s.CutterStuck
	switch n {
	case 1:
		add(trouble, 0x08)
	case 2:
		add(s.CoverOpen, 0x04)
		add(s.PaperOut, 0x20)
		add(s.CutterStuck, 0x40)
	case 3:
		add(s.CutterStuck, 0x08)
	case 4:
		add(s.PaperLow || s.PaperOut, 0x0c)
		add(s.PaperOut, 0x60)
	}
	return answer
}

// queued is the answer to GS r 1.
func (s Script) queued() byte {
	if s.PaperLow {
		return 0x03
	}
	return 0
}
