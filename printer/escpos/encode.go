package escpos

import "bytes"

// The lead bytes of commands.
const (
	lf  = 0x0a
	dle = 0x10
	esc = 0x1b
	fs  = 0x1c
	gs  = 0x1d
)

// Options are what the bytes depend on beside the blocks.
type Options struct {
	// NativeQR lets the printer draw QR codes from their text: about 75 bytes
	// instead of 370, but some boards print the command as text.
	NativeQR bool
	// Cut are the bytes that cut; empty is GS V 66 0: feed to the knife and leave
	// a point of paper.
	Cut []byte
	// ChineseSize says the size a second time for Chinese (FS !), for boards whose
	// GS ! is for Latin letters only.
	ChineseSize bool
	// Tell lets the printer tell by itself what changes (GS a), from the slip's
	// first bytes on: on some boards the reset before it switches that off.
	Tell bool
	// WholeRaster sends every dot, for boards that do not double a picture: four
	// times the bytes.
	WholeRaster bool
}

// Encode is the bytes that print blocks. It cannot fail: what cannot be printed
// shows as 〓.
func Encode(blocks []Block, o Options) []byte {
	e := encoder{options: o, width: 1, height: 1}
	// Reset, then Chinese on before any text: while a line is begun the printer
	// would ignore it.
	e.bytes(esc, '@', fs, '&')
	if o.Tell {
		e.bytes(gs, 'a', 0xff)
	}
	for _, block := range blocks {
		e.block(block)
	}
	return e.out.Bytes()
}

// encoder remembers what the printer is set to, so that nothing is said twice.
type encoder struct {
	out           bytes.Buffer
	options       Options
	align         Align
	width, height int
	reverse       bool
}

func (e *encoder) bytes(b ...byte) { e.out.Write(b) }

func (e *encoder) block(block Block) {
	switch b := block.(type) {
	case Line:
		e.line(b)
	case QR:
		e.qr(b)
	case Picture:
		e.picture(b)
	case Feed:
		e.bytes(esc, 'J', byte(min(max(b.Dots, 0), 255)))
	case Cut:
		e.cut()
	}
}

// picture sends a picture dot by dot. Where its dots look like a command that
// printers execute inside a picture, one dot is blackened.
func (e *encoder) picture(p Picture) {
	width, data := p.Bitmap.rows()
	breakRealTime(data)
	e.setAlign(p.Align)
	e.bytes(gs, 'v', '0', 0, byte(width), byte(width>>8), byte(p.Bitmap.Height), byte(p.Bitmap.Height>>8))
	e.out.Write(data)
}

func (e *encoder) cut() {
	if len(e.options.Cut) > 0 {
		e.bytes(e.options.Cut...)
		return
	}
	e.bytes(gs, 'V', 0x42, 0)
}

func (e *encoder) line(l Line) {
	e.setAlign(l.Align)
	for _, span := range l.Spans {
		if span.Text == "" {
			continue
		}
		e.setSize(multiple(span.Width), multiple(span.Height))
		e.setReverse(span.Reverse)
		e.out.Write(encodeText(span.Text))
	}
	e.bytes(lf)
}

func (e *encoder) setAlign(a Align) {
	if e.align != a {
		e.align = a
		e.bytes(esc, 'a', byte(a))
	}
}

func (e *encoder) setSize(width, height int) {
	if e.width != width || e.height != height {
		e.width, e.height = width, height
		e.bytes(gs, '!', byte((width-1)<<4|(height-1)))
		if e.options.ChineseSize {
			e.bytes(fs, '!', chineseSize(width, height))
		}
	}
}

// chineseSize doubles, which is all that FS ! can do, with the bits of both
// kinds of boards.
func chineseSize(width, height int) byte {
	size := byte(0)
	if width > 1 {
		size |= 0x14
	}
	if height > 1 {
		size |= 0x28
	}
	return size
}

func (e *encoder) setReverse(on bool) {
	if e.reverse == on {
		return
	}
	e.reverse = on
	if on {
		e.bytes(gs, 'B', 1)
	} else {
		e.bytes(gs, 'B', 0)
	}
}

func (e *encoder) qr(q QR) {
	e.setAlign(Center)
	module := moduleDots
	if q.Module > 0 {
		module = q.Module
	}
	native := e.options.NativeQR && q.Drawing != Raster || q.Drawing == Native
	if native && FitsQR(q.Text) && indexRealTime([]byte(q.Text)) < 0 {
		e.nativeQR(q.Text, module)
		return
	}
	code, err := modules(q.Text)
	if err != nil {
		e.line(Line{Align: Center, Spans: []Span{{Text: q.Text}}})
		return
	}
	mode, dots := byte(3), module/2
	if e.options.WholeRaster || module%2 == 1 {
		mode, dots = 0, module
	}
	width, data := rasterQR(code, dots)
	height := len(data) / width
	e.bytes(gs, 'v', '0', mode, byte(width), byte(width>>8), byte(height), byte(height>>8))
	e.out.Write(data)
}

// nativeQR asks the printer to draw the code: model 2, size of a module, level
// of correction (M), store the text, print.
func (e *encoder) nativeQR(text string, module int) {
	store := len(text) + 3
	e.bytes(gs, '(', 'k', 4, 0, 0x31, 0x41, 0x32, 0)
	e.bytes(gs, '(', 'k', 3, 0, 0x31, 0x43, byte(module))
	e.bytes(gs, '(', 'k', 3, 0, 0x31, 0x45, 0x31)
	e.bytes(gs, '(', 'k', byte(store), byte(store>>8), 0x31, 0x50, 0x30)
	e.out.WriteString(text)
	e.bytes(gs, '(', 'k', 3, 0, 0x31, 0x51, 0x30)
}
