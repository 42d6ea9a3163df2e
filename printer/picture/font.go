// Package picture draws what a thermal printer would have put on paper, dot by
// dot, as an image to look at: for halls without a printer, for previews and
// for tests. It takes the sheets that [escpos.Machine] reads from the printer's
// bytes, so that the picture shows the bytes and not what somebody meant.
//
// The Chinese font comes from the system. Without one, characters show as
// boxes and all else is still right.
package picture

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/image/font/sfnt"
)

// fontFiles are where Debian, Kylin, UOS, Windows and macOS keep a font with
// all of GBK, the best first. Regular weights: a print head's dots are about as
// heavy as that.
var fontFiles = []string{
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
	"/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
	"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
	"/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
	"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
	`C:\Windows\Fonts\simhei.ttf`,
	`C:\Windows\Fonts\msyh.ttc`,
	"/System/Library/Fonts/STHeiti Medium.ttc",
}

// wantedFace is the member of a collection whose Latin letters are half as wide
// as its Chinese ones, as a printer's are.
const wantedFace = "Noto Sans Mono CJK SC"

// ErrNoFont says that no Chinese font is installed. On Debian the package
// fonts-noto-cjk has one.
var ErrNoFont = errors.New("no Chinese font is installed (Debian: fonts-noto-cjk)")

// systemFont opens the first font that is there. The file stays open: glyphs
// are read from it as they are needed, which keeps 20 MB out of memory.
func systemFont() (*sfnt.Font, error) {
	for _, name := range fontFiles {
		file, err := os.Open(name)
		if err != nil {
			continue
		}
		font, err := fontIn(file)
		if err != nil {
			_ = file.Close()
			return nil, fmt.Errorf("read the font %s: %w", name, err)
		}
		return font, nil
	}
	return nil, ErrNoFont
}

func fontIn(file *os.File) (*sfnt.Font, error) {
	collection, err := sfnt.ParseCollectionReaderAt(file)
	if err != nil {
		return nil, err
	}
	for i := range collection.NumFonts() {
		font, err := collection.Font(i)
		if err != nil {
			return nil, err
		}
		name, err := font.Name(nil, sfnt.NameIDFull)
		if err == nil && strings.HasPrefix(name, wantedFace) {
			return font, nil
		}
	}
	return collection.Font(0)
}
