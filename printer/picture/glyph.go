package picture

import (
	"image"
	"image/draw"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Pen draws characters into cells of dots. It may be used by several goroutines
// at once.
type Pen struct {
	mu     sync.Mutex
	font   *sfnt.Font // nil: boxes
	buffer sfnt.Buffer
	glyphs map[cell]*image.Alpha
}

// cell is a character in a size, in dots.
type cell struct {
	character     rune
	width, height int
}

// maxGlyphs bounds what is kept: a hall's slips use some hundred.
const maxGlyphs = 2000

// NewPen takes a Chinese font of the system. With an error (see [ErrNoFont]) the
// pen works all the same and draws a box for each character.
func NewPen() (*Pen, error) {
	font, err := systemFont()
	return &Pen{font: font, glyphs: map[cell]*image.Alpha{}}, err
}

// glyph is the character drawn to fill a cell, as a mask of dots that are
// either full or empty.
func (p *Pen) glyph(c cell) *image.Alpha {
	p.mu.Lock()
	defer p.mu.Unlock()
	if mask, ok := p.glyphs[c]; ok {
		return mask
	}
	mask := p.draw(c)
	if len(p.glyphs) >= maxGlyphs {
		clear(p.glyphs)
	}
	p.glyphs[c] = mask
	return mask
}

func (p *Pen) draw(c cell) *image.Alpha {
	mask := image.NewAlpha(image.Rect(0, 0, c.width, c.height))
	if c.character == ' ' || c.character == '\u3000' {
		return mask
	}
	if p.font == nil {
		box(mask)
		return mask
	}
	outline, advance, err := p.outline(c.character)
	if err != nil {
		box(mask)
		return mask
	}
	fill(mask, outline, advance)
	return mask
}

// unit is the size at which outlines are read, in 26.6 fixed point: fine enough
// that scaling them down costs nothing.
const unit = 1024

// outline reads a glyph and its advance at the size of unit.
func (p *Pen) outline(character rune) (sfnt.Segments, float32, error) {
	index, err := p.font.GlyphIndex(&p.buffer, character)
	if err != nil {
		return nil, 0, err
	}
	if index == 0 {
		return nil, 0, sfnt.ErrNotFound
	}
	advance, err := p.font.GlyphAdvance(&p.buffer, index, fixed.I(unit), 0)
	if err != nil {
		return nil, 0, err
	}
	segments, err := p.font.LoadGlyph(&p.buffer, index, fixed.I(unit), nil)
	return segments, float32(advance) / 64, err
}

// ascent is the part of a Chinese character's square above the baseline.
const ascent = 0.88

// fill draws an outline into the cell. The character keeps its place in its em
// square; one that is wider than the cell (Latin letters of a font that is not
// monospaced) is narrowed, a narrower one centred.
func fill(mask *image.Alpha, outline sfnt.Segments, advance float32) {
	width, height := float32(mask.Rect.Dx()), float32(mask.Rect.Dy())
	// At height h a full square is as wide as two half-width cells.
	square := width
	if advance <= unit*0.75 {
		square = 2 * width
	}
	scaleX, scaleY := square/unit, height/unit
	if advance*scaleX > width {
		scaleX = width / advance
	}
	left := (width - advance*scaleX) / 2
	below := squeeze(outline)
	at := func(p fixed.Point26_6) (float32, float32) {
		y := float32(p.Y) / 64 * scaleY
		if y > 0 {
			y *= below
		}
		return left + float32(p.X)/64*scaleX, height*ascent + y
	}
	r := vector.NewRasterizer(mask.Rect.Dx(), mask.Rect.Dy())
	for _, s := range outline {
		x0, y0 := at(s.Args[0])
		x1, y1 := at(s.Args[1])
		x2, y2 := at(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(x0, y0)
		case sfnt.SegmentOpLineTo:
			r.LineTo(x0, y0)
		case sfnt.SegmentOpQuadTo:
			r.QuadTo(x0, y0, x1, y1)
		case sfnt.SegmentOpCubeTo:
			r.CubeTo(x0, y0, x1, y1, x2, y2)
		}
	}
	r.ClosePath()
	r.DrawOp = draw.Src
	r.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	threshold(mask)
}

// squeeze is by how much the part of an outline below the baseline must shrink to
// stay in the cell. Printers' own letters have short tails for the same reason.
func squeeze(outline sfnt.Segments) float32 {
	const room = (1 - ascent) * unit
	lowest := float32(outline.Bounds().Max.Y) / 64
	return room / max(room, lowest)
}

// threshold makes each dot burnt or not. A burnt dot spreads a little, so less
// than half of it is enough.
func threshold(mask *image.Alpha) {
	for i, a := range mask.Pix {
		if a >= 0x68 {
			mask.Pix[i] = 0xff
		} else {
			mask.Pix[i] = 0
		}
	}
}

// box is the sign for a character that cannot be drawn.
func box(mask *image.Alpha) {
	w, h := mask.Rect.Dx(), mask.Rect.Dy()
	for x := 1; x < w-1; x++ {
		mask.Pix[1*mask.Stride+x], mask.Pix[(h-2)*mask.Stride+x] = 0xff, 0xff
	}
	for y := 1; y < h-1; y++ {
		mask.Pix[y*mask.Stride+1], mask.Pix[y*mask.Stride+w-2] = 0xff, 0xff
	}
}
