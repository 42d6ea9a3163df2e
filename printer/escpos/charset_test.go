package escpos

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestEverySubstituteIsPrinted(t *testing.T) {
	for from, to := range substitutes {
		got := readBack(t, string(from)+"x")
		if got != to+"x" {
			t.Errorf("%q is printed as %q, want %q", from, got, to+"x")
		}
	}
}

// TestEveryCharacter sends all of Unicode's first plane and some beyond: each
// becomes one or two bytes that a GB18030 reader takes for the same character,
// its substitute, or the sign for a missing one.
func TestEveryCharacter(t *testing.T) {
	plain := 0
	for r := rune(0); r < 0x20100; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		code := encodeText(string(r))
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(code)
		if err != nil || string(text) != Printable(string(r)) {
			t.Fatalf("U+%04X is sent as % X, which reads %q", r, code, text)
		}
		if len(code) == 0 || len(code) != columnsOf(string(text)) {
			t.Fatalf("U+%04X takes %d columns and %d bytes", r, columnsOf(string(text)), len(code))
		}
		if string(text) == string(r) {
			plain++
		}
	}
	if plain < 20000 {
		t.Errorf("only %d characters are printed as themselves; GBK alone has over 21,000", plain)
	}
}

func TestWhatHasNoCodeIsSeen(t *testing.T) {
	for _, text := range []string{"𠮷", "㙍", "\x1b", "\u200b", "😀", "\ue000", "\xff", "\x00", "\u0080"} {
		if got := Printable(text); got != "〓" {
			t.Errorf("%q is printed as %q", text, got)
		}
	}
	for _, text := range []string{"芷江侗族自治县", "，。：；？！（）“”、……", "€", "·", "—"} {
		if got := Printable(text); got != text {
			t.Errorf("%q is printed as %q", text, got)
		}
	}
}

func TestNoCommandInText(t *testing.T) {
	data := Encode([]Block{Line{Spans: []Span{{Text: "a\x1b@\x10\x04\x01b"}}}}, Options{})
	if bytes.Contains(data[4:], []byte{esc}) || indexRealTime(data) >= 0 {
		t.Errorf("a command got through: % X", data)
	}
}

// readBack prints text and reads it off the paper.
func readBack(t *testing.T, text string) string {
	t.Helper()
	sheets, err := Read(Encode([]Block{Line{Spans: []Span{{Text: text}}}, Cut{}}, Options{}), Columns80)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return strings.TrimSuffix(sheets[0].Text(), "\n")
}
