package picture

import (
	"image"
	"strings"

	"golang.org/x/image/font/sfnt"

	"petitionhall/printer/escpos"
)

// Readable is the text with its substitutes in place, and 〓 for what the font
// lacks: it would be a box.
func (p *Pen) Readable(text string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.font == nil {
		return escpos.Printable(text)
	}
	var buffer sfnt.Buffer
	var out strings.Builder
	for _, character := range escpos.Substituted(text) {
		if index, err := p.font.GlyphIndex(&buffer, character); err != nil || index == 0 {
			character = '〓'
		}
		out.WriteRune(character)
	}
	return out.String()
}

// Line draws one line of text as a printer with all characters would, no wider
// than the text and than the paper.
func (p *Pen) Line(l escpos.Line, columns int) *escpos.Bitmap {
	item := escpos.Item{}
	for _, span := range l.Spans {
		span.Text = p.Readable(span.Text)
		span.Width, span.Height = max(span.Width, 1), max(span.Height, 1)
		for _, character := range span.Text {
			item.Width += cellWidth(character) * span.Width
		}
		item.Height = max(item.Height, span.Height*escpos.CellHeight)
		item.Spans = append(item.Spans, span)
	}
	item.Width = min(item.Width, columns*escpos.CellWidth)
	img := image.NewPaletted(image.Rect(0, 0, item.Width, item.Height), palette)
	p.drawLine(img, image.Point{}, item)
	return escpos.NewBitmap(item.Width, item.Height, func(x, y int) bool { return img.ColorIndexAt(x, y) == inkColor })
}

// cellWidth is how wide a character is, in dots of size 1.
func cellWidth(character rune) int {
	if character >= 0x80 {
		return 2 * escpos.CellWidth
	}
	return escpos.CellWidth
}
