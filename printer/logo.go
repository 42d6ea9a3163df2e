package printer

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // what a hall has at hand
	"image/png"

	"golang.org/x/image/draw"

	"petitionhall/printer/escpos"
)

// Logo is a hall's picture above its slips, in black and white. Its JSON is a
// PNG in base64.
type Logo struct{ dots *image.Paletted }

const (
	maxLogoHeight = 200     // dots: 25 mm
	maxLogoSource = 4000    // dots a side of the picture it is made from
	maxLogoFile   = 2 << 20 // bytes
)

// logoColors: paper and ink.
var logoColors = color.Palette{color.White, color.Black}

// NewLogo makes a logo of a PNG or JPEG picture: at most half as wide as the
// paper of 80 mm and 25 mm high, each dot black or white. Every error is an
// [*Error] with the code printer.logo-invalid.
func NewLogo(data []byte) (*Logo, error) {
	wrong := func(text string, err error) error { return &Error{Code: "printer.logo-invalid", Text: text, Err: err} }
	if len(data) > maxLogoFile {
		return nil, wrong("the logo's file is larger than 2 MB", nil)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, wrong("the logo is no PNG or JPEG picture", err)
	}
	if config.Width > maxLogoSource || config.Height > maxLogoSource || config.Width < 8 || config.Height < 8 {
		return nil, wrong(fmt.Sprintf("the logo is %d x %d dots; it may be 8 to %d a side", config.Width, config.Height, maxLogoSource), nil)
	}
	source, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, wrong("the logo's picture is damaged", err)
	}
	return &Logo{dots: blackAndWhite(source)}, nil
}

// blackAndWhite scales a picture into the logo's room and makes each dot one or
// the other, so that the mean darkness of a place stays.
func blackAndWhite(source image.Image) *image.Paletted {
	size := source.Bounds().Size()
	room := image.Pt(escpos.Columns80*escpos.CellWidth/2, maxLogoHeight)
	scale := min(1, float64(room.X)/float64(size.X), float64(room.Y)/float64(size.Y))
	target := image.Rect(0, 0, max(int(float64(size.X)*scale), 8), max(int(float64(size.Y)*scale), 8))
	onPaper := image.NewGray(target) // what is transparent shows the paper
	draw.Draw(onPaper, target, image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(onPaper, target, source, source.Bounds(), draw.Over, nil)
	dots := image.NewPaletted(target, logoColors)
	draw.FloydSteinberg.Draw(dots, target, onPaper, image.Point{})
	return dots
}

// fitting is the logo for paper of so many columns; nil when there is none or it
// is too wide.
func (l *Logo) fitting(columns int) *escpos.Bitmap {
	if l == nil || l.dots == nil {
		return nil
	}
	size := l.dots.Bounds().Size()
	if size.X > columns*escpos.CellWidth {
		return nil
	}
	return escpos.NewBitmap(size.X, size.Y, func(x, y int) bool { return l.dots.ColorIndexAt(x, y) == 1 })
}

// MarshalJSON writes the picture, so that a kiosk gets it with the slip.
func (l *Logo) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	if err := png.Encode(&out, l.dots); err != nil {
		return nil, err
	}
	return json.Marshal(base64.StdEncoding.EncodeToString(out.Bytes()))
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (l *Logo) UnmarshalJSON(data []byte) error {
	var text []byte // base64 in JSON is bytes
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	read, err := NewLogo(text)
	if err != nil {
		return err
	}
	*l = *read
	return nil
}
