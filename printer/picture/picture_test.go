package picture

import (
	"image"
	"testing"

	"petitionhall/printer/escpos"
)

// paper prints blocks and draws them.
func paper(t *testing.T, pen *Pen, columns int, blocks ...escpos.Block) *image.Paletted {
	t.Helper()
	sheets, err := escpos.Read(escpos.Encode(append(blocks, escpos.Cut{}), escpos.Options{}), columns)
	if err != nil {
		t.Fatal(err)
	}
	return pen.Draw(sheets[0])
}

// systemPen needs a Chinese font, as the program does.
func systemPen(t *testing.T) *Pen {
	t.Helper()
	pen, err := NewPen()
	if err != nil {
		t.Fatal(err)
	}
	return pen
}

// burnt counts the black dots in a part of the printable area.
func burnt(img *image.Paletted, columns int, area image.Rectangle) int {
	origin := image.Pt(desk+sideMargin(columns), desk+topMargin)
	n := 0
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if img.ColorIndexAt(origin.X+x, origin.Y+y) == inkColor {
				n++
			}
		}
	}
	return n
}

func TestWidthIsThePapers(t *testing.T) {
	for columns, dots := range map[int]int{escpos.Columns80: 640, escpos.Columns58: 464} {
		img := paper(t, systemPen(t), columns, escpos.Line{Spans: []escpos.Span{{Text: "芷江"}}})
		if got := img.Rect.Dx() - 2*desk; got != dots {
			t.Errorf("%d columns: paper of %d dots, want %d", columns, got, dots)
		}
	}
}

// TestCharactersStandInTheirCells prints a character in each size and looks
// where its dots are.
func TestCharactersStandInTheirCells(t *testing.T) {
	pen := systemPen(t)
	for _, text := range []string{"芷", "8"} {
		for size := 1; size <= 4; size++ {
			img := paper(t, pen, escpos.Columns80, escpos.Line{Spans: []escpos.Span{{Text: text, Width: size, Height: size}}})
			cell := image.Rect(0, 0, escpos.Columns(text)*escpos.CellWidth*size, escpos.CellHeight*size)
			all := burnt(img, escpos.Columns80, image.Rect(0, 0, escpos.Columns80*escpos.CellWidth, 2*cell.Dy()))
			in := burnt(img, escpos.Columns80, cell)
			if in != all || in < cell.Dx()*cell.Dy()/10 || in > cell.Dx()*cell.Dy()*6/10 {
				t.Errorf("%s at %dx: %d dots in its cell of %v, %d in all", text, size, in, cell.Size(), all)
			}
		}
	}
}

// TestTailsAreNotCutOff: the bowl of a g is closed within the cell. Cut off, its
// last rows would show two strokes with paper between them.
func TestTailsAreNotCutOff(t *testing.T) {
	const width, height = 96, 192
	mask := systemPen(t).glyph(cell{'g', width, height})
	for y := height - 12; y < height; y++ {
		strokes, black := 0, false
		for x := range width {
			now := mask.AlphaAt(x, y).A != 0
			if now && !black {
				strokes++
			}
			black = now
		}
		if strokes == 1 {
			return
		}
	}
	t.Error("the tail of a g is cut off")
}

func TestReverseTurnsBlackAndWhite(t *testing.T) {
	pen := systemPen(t)
	area := image.Rect(0, 0, 2*escpos.CellWidth, escpos.CellHeight)
	plain := burnt(paper(t, pen, escpos.Columns80, escpos.Line{Spans: []escpos.Span{{Text: "号"}}}), escpos.Columns80, area)
	reverse := burnt(paper(t, pen, escpos.Columns80, escpos.Line{Spans: []escpos.Span{{Text: "号", Reverse: true}}}), escpos.Columns80, area)
	if plain+reverse != area.Dx()*area.Dy() {
		t.Errorf("%d dots and %d reversed do not fill %v", plain, reverse, area.Size())
	}
}

// TestWithoutAFontThereAreBoxes: the rest of the slip is drawn all the same.
func TestWithoutAFontThereAreBoxes(t *testing.T) {
	pen := &Pen{glyphs: map[cell]*image.Alpha{}}
	img := paper(t, pen, escpos.Columns80, escpos.Line{Spans: []escpos.Span{{Text: "芷 江"}}})
	box := image.Rect(0, 0, 24, 24)
	if got := burnt(img, escpos.Columns80, box); got != 4*22-4 {
		t.Errorf("a box of %d dots", got)
	}
	if got := burnt(img, escpos.Columns80, image.Rect(24, 0, 36, 24)); got != 0 {
		t.Errorf("%d dots in a space", got)
	}
}

func TestGlyphsAreNotKeptWithoutEnd(t *testing.T) {
	pen := &Pen{glyphs: map[cell]*image.Alpha{}}
	for r := range rune(3 * maxGlyphs) {
		pen.glyph(cell{0x4e00 + r, 24, 24})
	}
	if n := len(pen.glyphs); n > maxGlyphs {
		t.Errorf("%d glyphs kept", n)
	}
}
