package printer

import (
	"context"

	"petitionhall/printer/escpos"
)

// brokenRaster is how many bytes at most a printer may still wait for that
// another run of the program left in the midst of a slip. The largest picture
// that a slip can contain is its logo, with 7200.
const brokenRaster = 8192

// filling ends whatever a printer may still wait for, and cuts it off: zeros end
// a picture and mean nothing after it.
var filling = append(make([]byte, brokenRaster), escpos.Encode([]escpos.Block{escpos.Cut{}}, escpos.Options{})...)

// owe keeps in mind that a printer may still wait for so many bytes of a slip that
// broke off. It would swallow the next slip's beginning.
func (d *device) owe(bytes int) {
	if bytes == 0 {
		return
	}
	d.owed = max(d.owed, len(filling)-brokenRaster+min(bytes, brokenRaster))
}

// settle fills up what a broken slip left open. That may take longer than the
// caller has: settled is false then, the rest is for the next one, and the session
// lives on. With any other error it ends, and all is owed again.
func (d *device) settle(ctx context.Context) (settled bool, err error) {
	if d.owed == 0 {
		return true, nil
	}
	for whole := d.owed; d.owed > 0; {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		piece := filling[len(filling)-d.owed:]
		piece = piece[:min(len(piece), pieceSize)]
		// A piece is not broken off by its caller's deadline, only by the end of the
		// device: where it stopped would not be known.
		if _, err := d.session.write(d.ctx, piece); err != nil {
			d.owed = whole
			d.drop()
			return false, err
		}
		d.owed -= len(piece)
	}
	d.note()
	return true, nil
}
