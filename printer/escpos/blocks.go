// Package escpos writes and reads the byte language of thermal slip printers.
//
// [Encode] turns a list of blocks (lines of text, a QR code, feeds, a cut) into
// the bytes that Epson's ESC/POS and its many relatives understand, Chinese
// text in GB18030 included. [Machine] goes the other way: it follows a stream
// of bytes as a printer would and yields what would stand on the paper, in
// dots. The two share no code beyond the sizes below and the making of QR
// codes, so that a test which encodes with one and reads with the other proves
// something. The machine is strict on purpose: a command that this package never writes is an error,
// where a real printer would print it as junk or hang.
//
// Sizes are in dots of 1/8 mm (203 dots per inch, the common print head).
package escpos

const (
	// CellWidth is the width in dots of a half-width character at size 1; a
	// Chinese character is two cells wide.
	CellWidth = 12
	// CellHeight is the height in dots of any character at size 1.
	CellHeight = 24
	// LineSpacing is the advance in dots of a line of size 1: the 1/6 inch that
	// printers start with. A taller line advances by its own height.
	LineSpacing = 34

	// Columns80 is how many half-width characters fit on a line of 80 mm paper.
	Columns80 = 48
	// Columns58 is the same for 58 mm paper.
	Columns58 = 32
)

// Align says where on the paper a block stands.
type Align byte

// The three positions, with the values that the printer gives them.
const (
	Left Align = iota
	Center
	Right
)

// Block is one part of a slip, from top to bottom: a [Line], [QR], [Picture],
// [Feed] or [Cut].
type Block interface{ isBlock() }

// Line is one printed line. Its spans must fit the paper together (see
// [Line.Columns]): whoever makes the line has wrapped it.
type Line struct {
	Align Align
	Spans []Span
}

// Span is a piece of a line in one size. Width and Height are multiples of the
// normal size, 1 to 8; 0 counts as 1. Reverse prints white on black.
type Span struct {
	Text          string
	Width, Height int
	Reverse       bool
}

// QR is a QR code, centred. [FitsQR] tells whether a text can be one.
type QR struct {
	Text string
	// Drawing says who draws it; the zero value leaves it to the options.
	Drawing Drawing
	// Module is the size of a module in dots, 2 to 16; 0 is 4,
	// half a millimetre, enough for phones.
	Module int
}

// Drawing is who draws a QR code.
type Drawing int

// The ways: as the options say, the printer itself, or dot by dot.
const (
	AsOptions Drawing = iota
	Native
	Raster
)

// Picture is a picture in dots, no wider than the paper.
type Picture struct {
	Bitmap *Bitmap
	Align  Align
}

// Feed moves the paper on by so many dots, 0 to 255.
type Feed struct{ Dots int }

// Cut feeds the paper to the knife and cuts it, leaving a point of paper so
// that the slip does not fall to the floor.
type Cut struct{}

func (Line) isBlock()    {}
func (QR) isBlock()      {}
func (Picture) isBlock() {}
func (Feed) isBlock()    {}
func (Cut) isBlock()     {}

// Columns is the width of the line in half-width columns of normal size.
func (l Line) Columns() int {
	sum := 0
	for _, span := range l.Spans {
		sum += Columns(span.Text) * multiple(span.Width)
	}
	return sum
}

// multiple brings a size into the range that printers know.
func multiple(n int) int { return min(max(n, 1), 8) }
