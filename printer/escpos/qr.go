package escpos

import (
	"bytes"
	"errors"
	"fmt"

	qrcode "github.com/skip2/go-qrcode"
)

const (
	// moduleDots is the printed size of a QR module: 0.5 mm, enough for phones.
	moduleDots = 4
	// rasterDots is the size of a module in the bytes. The printer doubles it
	// in both directions, which saves three quarters of the bytes; at 9600 baud
	// a byte costs a millisecond.
	rasterDots = moduleDots / 2
	// maxVersion, 61 modules wide, keeps a code narrower than the 58 mm paper and
	// short enough for a printer's buffer.
	maxVersion = 11
)

// FitsQR tells whether text can be printed as a QR code. Addresses do, up to
// 366 capital letters and digits.
func FitsQR(text string) bool {
	_, err := newQR(text)
	return err == nil
}

// newQR makes the code for text at the highest level of correction that costs
// no larger code: slips are folded and carried in pockets.
func newQR(text string) (*qrcode.QRCode, error) {
	if text == "" {
		return nil, errors.New("a QR code needs a text")
	}
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("make a QR code: %w", err)
	}
	if code.VersionNumber > maxVersion {
		return nil, fmt.Errorf("a text of %d bytes makes a QR code too wide for the paper", len(text))
	}
	for _, level := range []qrcode.RecoveryLevel{qrcode.High, qrcode.Highest} {
		if better, err := qrcode.New(text, level); err == nil && better.VersionNumber == code.VersionNumber {
			code = better
		}
	}
	code.DisableBorder = true // must come before the first Bitmap, which caches
	return code, nil
}

// modules are the dark (true) and light squares of the code for text, row by
// row, without a border: the paper around it is white.
func modules(text string) ([][]bool, error) {
	code, err := newQR(text)
	if err != nil {
		return nil, err
	}
	return code.Bitmap(), nil
}

// rasterQR is the code as a raster with so many dots in the bytes for a module:
// the number of bytes in a row, and the rows.
func rasterQR(code [][]bool, module int) (width int, data []byte) {
	dots := len(code) * module
	width = (dots + 7) / 8
	spare := width*8 - dots
	// The middle first, then every other place, then one byte more to move in:
	// some shift leaves no command in the data.
	for try := 0; try <= spare+8; try++ {
		shift, w := (spare/2+try)%(spare+1), width
		if try > spare {
			shift, w = try, width+1
		}
		data = rasterAt(code, w, shift, module)
		if indexRealTime(data) < 0 {
			return w, data
		}
	}
	breakRealTime(data)
	return width + 1, data
}

func rasterAt(code [][]bool, width, shift, module int) []byte {
	data := make([]byte, 0, width*len(code)*module)
	for _, modules := range code {
		row := make([]byte, width)
		for x, dark := range modules {
			if !dark {
				continue
			}
			for i := range module {
				dot := shift + x*module + i
				row[dot/8] |= 0x80 >> (dot % 8)
			}
		}
		data = append(data, bytes.Repeat(row, module)...)
	}
	return data
}

// indexRealTime finds a real-time command (DLE EOT, DLE ENQ, DLE DC4) inside
// data, where many printers execute it instead of taking it for dots. It is -1
// when there is none.
func indexRealTime(data []byte) int {
	for i := range len(data) - 1 {
		if data[i] == dle && (data[i+1] == 0x04 || data[i+1] == 0x05 || data[i+1] == 0x14) {
			return i
		}
	}
	return -1
}

// breakRealTime blackens one dot in each such place. A quarter of a module is
// far below what the code's error correction mends.
func breakRealTime(data []byte) {
	for i := indexRealTime(data); i >= 0; i = indexRealTime(data) {
		data[i] |= 0x01
	}
}
