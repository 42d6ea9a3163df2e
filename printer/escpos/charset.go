package escpos

import (
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// replacement stands where a character cannot be printed: the "geta" mark, the
// printers' own sign for a missing type. It is visible, so nothing is lost in
// silence.
const replacement = '〓'

// substitutes are characters without a two-byte code, or whose code cheap
// boards print wrongly, with what a reader takes for the same.
var substitutes = map[rune]string{
	'¥':      "￥",
	'£':      "￡",
	'¢':      "￠",
	'•':      "·",
	'‧':      "·",
	'・':      "·",
	'−':      "-",
	'‐':      "-",
	'‑':      "-",
	'⋯':      "…",
	'〜':      "～",
	'\u00a0': " ",
	'\u2002': " ",
	'\u2003': "　",
	'\u2009': " ",
	'\u202f': " ",
	'\t':     " ",
	'\n':     " ",
	'©':      "(C)",
	'®':      "(R)",
	'™':      "(TM)",
	'₂':      "2",
	'²':      "2",
	'³':      "3",
	'½':      "1/2",
	'«':      "《",
	'»':      "》",
	'ﬁ':      "fi",
	'ﬂ':      "fl",
}

// Columns is the number of half-width columns that text takes at normal size,
// after substitution.
func Columns(text string) int { return len(encodeText(text)) }

// Printable is the text as it will stand on the paper: substitutes in place,
// and 〓 for each character that the printer has no code for. Rare characters
// (𠮷, 㙍) are among these: their four-byte codes come out of cheap boards as
// junk with digits in it.
func Printable(text string) string {
	out := make([]rune, 0, len(text))
	for _, r := range text {
		out = append(out, []rune(printable(r))...)
	}
	return string(out)
}

// HasCodes tells whether every character of a text, or its substitute, has a code.
func HasCodes(text string) bool {
	for _, r := range text {
		if _, ok := substitutes[r]; ok {
			continue
		}
		if _, ok := code(r); !ok {
			return false
		}
	}
	return true
}

// Substituted is the text with its substitutes in place, and what has no code
// left as it is: for whoever draws it.
func Substituted(text string) string {
	var out strings.Builder
	for _, r := range text {
		if s, ok := substitutes[r]; ok {
			out.WriteString(s)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// encodeText is text in GB18030, every character one or two bytes long, so
// that the length of the result is the width in columns.
func encodeText(text string) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		for _, p := range printable(r) {
			code, _ := code(p)
			out = append(out, code...)
		}
	}
	return out
}

func printable(r rune) string {
	if text, ok := substitutes[r]; ok {
		return text
	}
	if _, ok := code(r); ok {
		return string(r)
	}
	return string(replacement)
}

// code is the one- or two-byte code of a character, and whether it has one that
// may be sent. Control characters have none: a hall's name with an escape in it
// must not become a command. Private-use characters have two-byte codes, but
// what a board prints for them is its maker's secret.
func code(r rune) ([]byte, bool) {
	switch {
	case r >= 0x20 && r <= 0x7e:
		return []byte{byte(r)}, true
	case r < 0xa0, r >= 0xe000 && r <= 0xf8ff, r == 0xfffd:
		return nil, false
	}
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(string(r)))
	if err != nil || len(b) != 2 {
		return nil, false
	}
	return b, true
}
