package strip

import (
	"strings"
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"

	"petitionhall/printer/escpos"
)

// replacement stands where GBK has no character, as on slips: it is visible, so
// nothing is lost in silence.
const replacement = '〓'

// Clean is a text as a panel can show it: one line, each character one of GBK.
// What has a usual stand-in gets it (￥ for ¥); anything else becomes 〓.
func Clean(text string) string {
	if strings.IndexFunc(text, unknown) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unknown(r) {
			return replacement
		}
		return r
	}, escpos.Printable(text))
}

func unknown(r rune) bool { return width(r) == 0 }

// Width is how long a text is, in half-widths, once it is clean.
func Width(text string) (halfWidths int) {
	for _, r := range Clean(text) {
		halfWidths += width(r)
	}
	return halfWidths
}

// Cut is as much of a text, once clean, as fits so many half-widths: whole
// characters only.
func Cut(text string, halfWidths int) string {
	text = Clean(text)
	for at, r := range text {
		if halfWidths -= width(r); halfWidths < 0 {
			return text[:at]
		}
	}
	return text
}

// width is how many half-widths a character takes, which is how many bytes it
// has in GBK; 0 for one that is not sent as it is.
func width(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return 1
	case wide()[r]:
		return 2
	}
	return 0
}

// wide has the characters of two bytes. The table is made once: strips are laid
// out anew whenever anything happens in the hall.
var wide = sync.OnceValue(func() map[rune]bool {
	var codes []byte
	for lead := byte(0x81); lead <= 0xfe; lead++ {
		for trail := byte(0x40); trail <= 0xfe; trail++ {
			if trail != 0x7f {
				codes = append(codes, lead, trail)
			}
		}
	}
	// The decoder never fails: what it does not know becomes U+FFFD, which is no character of a slip.
	decoded, _ := simplifiedchinese.GBK.NewDecoder().Bytes(codes)
	known := map[rune]bool{}
	for _, r := range string(decoded) {
		if r > '~' && r != euro && escpos.Printable(string(r)) == string(r) {
			known[r] = true
		}
	}
	return known
})

// euro has one byte in what one maker calls GBK, two in another's, and none in most panels.
const euro = '€'

// says tells whether a line says some words already.
func says(line, words string) bool { return strings.Contains(line, Clean(words)) }
