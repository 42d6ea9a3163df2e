package picture

import (
	"image"
	"image/color"

	qrcode "github.com/skip2/go-qrcode"

	"petitionhall/printer/escpos"
)

// The paper around the printable area, in dots.
const (
	topMargin = 40 // blank paper between the knife and the print head
	tooth     = 6  // depth of a tooth of the cut edge
	desk      = 14 // a strip of desk around the paper, so that its edge is seen
)

// sideMargin is the unprinted strip on each side: 80 mm paper is 640 dots wide
// of which 576 are printed, 58 mm paper 464 of which 384.
func sideMargin(columns int) int {
	if columns <= escpos.Columns58 {
		return 40
	}
	return 32
}

// palette: desk, shadow, paper, ink. Four colours keep the file small.
var palette = color.Palette{
	color.RGBA{0xd9, 0xde, 0xe2, 0xff},
	color.RGBA{0xc2, 0xc9, 0xcf, 0xff},
	color.RGBA{0xfd, 0xfc, 0xf9, 0xff},
	color.RGBA{0x1c, 0x1c, 0x20, 0xff},
}

const (
	deskColor = iota
	shadowColor
	paperColor
	inkColor
)

// Draw is the sheet as it would lie on a desk, one pixel a dot.
func (p *Pen) Draw(sheet escpos.Sheet) *image.Paletted {
	side := sideMargin(sheet.Columns)
	width := sheet.Columns*escpos.CellWidth + 2*side
	height := topMargin + sheet.Height + tooth
	img := image.NewPaletted(image.Rect(0, 0, width+2*desk, height+2*desk), palette)
	paper := image.Rect(desk, desk, desk+width, desk+height)
	fillPaper(img, paper.Add(image.Pt(4, 4)), shadowColor)
	fillPaper(img, paper, paperColor)
	for _, item := range sheet.Items {
		origin := image.Pt(desk+side+item.Left, desk+topMargin+item.Top)
		switch {
		case item.Picture != nil:
			drawDots(img, origin, item.Picture.Width, item.Picture.Height, item.Picture.Black)
		case item.Code != nil:
			drawCode(img, origin, item.Code)
		default:
			p.drawLine(img, origin, item)
		}
	}
	return img
}

// fillPaper fills the paper's shape: straight where it left the roll's side,
// toothed where the knife cut it, above and below.
func fillPaper(img *image.Paletted, r image.Rectangle, c uint8) {
	for x := r.Min.X; x < r.Max.X; x++ {
		phase := (x - r.Min.X) % (2 * tooth)
		depth := max(phase-tooth, tooth-phase)
		for y := r.Min.Y + depth; y < r.Max.Y-tooth+depth; y++ {
			img.SetColorIndex(x, y, c)
		}
	}
}

// drawLine draws text with the bottoms of all sizes on one line.
func (p *Pen) drawLine(img *image.Paletted, origin image.Point, item escpos.Item) {
	x := origin.X
	for _, span := range item.Spans {
		height := span.Height * escpos.CellHeight
		y := origin.Y + item.Height - height
		for _, character := range span.Text {
			width := span.Width * escpos.CellWidth
			if character >= 0x80 {
				width *= 2
			}
			mask := p.glyph(cell{character, width, height})
			drawDots(img, image.Pt(x, y), width, height, func(dx, dy int) bool {
				return (mask.AlphaAt(dx, dy).A != 0) != span.Reverse
			})
			x += width
		}
	}
}

// drawCode draws a QR code as the printer would from its text.
func drawCode(img *image.Paletted, origin image.Point, code *escpos.Code) {
	q, err := qrcode.New(code.Text, qrcode.Medium)
	if err != nil {
		return // the machine has refused such a text
	}
	q.DisableBorder = true
	modules := q.Bitmap()
	size := len(modules) * code.ModuleDots
	drawDots(img, origin, size, size, func(x, y int) bool {
		return modules[y/code.ModuleDots][x/code.ModuleDots]
	})
}

func drawDots(img *image.Paletted, origin image.Point, width, height int, black func(x, y int) bool) {
	for y := range height {
		for x := range width {
			if black(x, y) {
				img.SetColorIndex(origin.X+x, origin.Y+y, inkColor)
			}
		}
	}
}
