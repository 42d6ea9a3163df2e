package escpos

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// anyLine is a line that fits the paper.
func anyLine(t *rapid.T, columns int) Line {
	line := Line{Align: Align(rapid.IntRange(0, 2).Draw(t, "align"))}
	for range rapid.IntRange(0, 4).Draw(t, "spans") {
		span := Span{
			Text:    rapid.StringN(1, 12, -1).Draw(t, "text"),
			Width:   rapid.IntRange(1, 8).Draw(t, "width"),
			Height:  rapid.IntRange(1, 8).Draw(t, "height"),
			Reverse: rapid.Bool().Draw(t, "reverse"),
		}
		with := Line{Align: line.Align, Spans: append(line.Spans, span)}
		if with.Columns() <= columns {
			line = with
		}
	}
	return line
}

// shown is what should stand on the paper for a line: neighbours in one style
// are one span.
func shown(line Line) []Span {
	var spans []Span
	for _, s := range line.Spans {
		s.Text = Printable(s.Text)
		if n := len(spans); n > 0 {
			like := spans[n-1]
			like.Text = s.Text
			if like == s {
				spans[n-1].Text += s.Text
				continue
			}
		}
		spans = append(spans, s)
	}
	return spans
}

// TestLinesReadBack prints any lines and finds each again on the paper, with
// its sizes, at its place.
func TestLinesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.SampledFrom([]int{Columns58, Columns80}).Draw(t, "columns")
		var blocks []Block
		var want []Line
		for range rapid.IntRange(0, 6).Draw(t, "lines") {
			line := anyLine(t, columns)
			blocks = append(blocks, line)
			if len(line.Spans) > 0 {
				want = append(want, line)
			}
		}
		data := Encode(append(blocks, Cut{}), Options{})
		if indexRealTime(data) >= 0 {
			t.Fatalf("a real-time command in % X", data)
		}
		sheets, err := Read(data, columns)
		if err != nil || len(sheets) != 1 || !sheets[0].Cut {
			t.Fatalf("%v, %v", sheets, err)
		}
		if len(sheets[0].Items) != len(want) {
			t.Fatalf("%d lines on paper, want %d", len(sheets[0].Items), len(want))
		}
		for i, item := range sheets[0].Items {
			if !reflect.DeepEqual(item.Spans, shown(want[i])) {
				t.Errorf("on paper %v, want %v", item.Spans, shown(want[i]))
			}
			spare := columns*CellWidth - item.Width
			if left := []int{0, spare / 2, spare}[want[i].Align]; item.Left != left {
				t.Errorf("left edge at %d, want %d", item.Left, left)
			}
		}
	})
}
