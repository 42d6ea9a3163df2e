package escpos

import "fmt"

// Bitmap is a picture in printed dots.
type Bitmap struct {
	Width, Height int
	dots          []bool
}

// NewBitmap makes a picture of so many dots, at least 1 by 1.
func NewBitmap(width, height int, black func(x, y int) bool) *Bitmap {
	b := &Bitmap{Width: width, Height: height, dots: make([]bool, width*height)}
	for i := range b.dots {
		b.dots[i] = black(i%width, i/width)
	}
	return b
}

// rows are the picture's bytes, eight dots each, row by row.
func (b *Bitmap) rows() (width int, data []byte) {
	width = (b.Width + 7) / 8
	data = make([]byte, width*b.Height)
	for y := range b.Height {
		for x := range b.Width {
			if b.Black(x, y) {
				data[y*width+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	return width, data
}

// Black tells whether the dot at x, y is black.
func (b *Bitmap) Black(x, y int) bool { return b.dots[y*b.Width+x] }

// rasterLength is the length of GS v 0 with its data.
func rasterLength(data []byte) int {
	if len(data) < 8 {
		return 0
	}
	if data[2] != '0' {
		return -1
	}
	return 8 + littleEndian(data[4:])*littleEndian(data[6:])
}

func littleEndian(b []byte) int { return int(b[0]) | int(b[1])<<8 }

// raster prints a picture. Its mode doubles the width (1), the height (2) or
// both (3).
func (m *Machine) raster(b []byte) error {
	mode, rowBytes, rows, data := b[3], littleEndian(b[4:]), littleEndian(b[6:]), b[8:]
	if mode > 3 || rowBytes == 0 || rows == 0 {
		return fmt.Errorf("raster of mode %d, %d bytes by %d rows", mode, rowBytes, rows)
	}
	if i := indexRealTime(data); i >= 0 {
		return fmt.Errorf("% X inside a raster would be executed as a command", data[i:i+2])
	}
	scaleX, scaleY := int(mode&1)+1, int(mode>>1)+1
	width := rowBytes * 8 * scaleX
	if width > m.columns*CellWidth {
		return fmt.Errorf("%d dots do not fit on paper of %d", width, m.columns*CellWidth)
	}
	picture := &Bitmap{Width: width, Height: rows * scaleY}
	picture.dots = make([]bool, picture.Width*picture.Height)
	for y := range picture.Height {
		row := data[y/scaleY*rowBytes:]
		for x := range width {
			dot := x / scaleX
			picture.dots[y*width+x] = row[dot/8]&(0x80>>(dot%8)) != 0
		}
	}
	return m.print(Item{Width: picture.Width, Height: picture.Height, Picture: picture})
}
