package template

import (
	"strings"

	"petitionhall/printer/escpos"
)

// Paper is what a slip is laid out for.
type Paper struct {
	// Columns is its width in half-width characters.
	Columns int
	// English prints the lines marked [en] too.
	English bool
	// Logo is the hall's; nil for none.
	Logo *escpos.Bitmap
}

// Render lays a slip out.
func (t *Template) Render(v Values, p Paper) []escpos.Block {
	r := renderer{values: v, paper: p}
	for i := range t.lines {
		r.line(&t.lines[i])
	}
	return r.blocks
}

type renderer struct {
	values Values
	paper  Paper
	blocks []escpos.Block
}

func (r *renderer) line(l *line) {
	if l.english && !r.paper.English {
		return
	}
	for _, c := range l.conditions {
		if r.values.knows(c.name) == c.not {
			return
		}
	}
	switch l.what {
	case gap:
		r.blocks = append(r.blocks, escpos.Feed{Dots: l.number})
	case cut:
		r.blocks = append(r.blocks, escpos.Cut{})
	case logo:
		if r.paper.Logo != nil {
			r.blocks = append(r.blocks, escpos.Picture{Bitmap: r.paper.Logo})
		}
	case qr, nativeQR, rasterQR:
		r.code(l)
	case text:
		r.text(l)
	}
}

// code prints a QR code. A text that makes none stands there as text: it is not
// lost.
func (r *renderer) code(l *line) {
	lines := r.known(l)
	if len(lines) == 0 {
		return
	}
	said := plainText(lines[0])
	switch {
	case said == "":
	case !escpos.FitsQR(said):
		r.print(lines)
	default:
		drawing := map[op]escpos.Drawing{nativeQR: escpos.Native, rasterQR: escpos.Raster}[l.what]
		r.blocks = append(r.blocks, escpos.QR{Text: said, Drawing: drawing})
	}
}

func (r *renderer) text(l *line) { r.print(r.choose(l)) }

// run is text in one style.
type run struct {
	text  string
	style style
}

// choose takes the first alternative that is known and fits, else the first that
// is known, which is then wrapped: its lines of runs.
func (r *renderer) choose(l *line) [][]run {
	var first [][]run
	for _, choice := range l.choices {
		lines, ok := r.fill(choice, l.style)
		if !ok {
			continue
		}
		if r.fits(lines) {
			return lines
		}
		if first == nil {
			first = lines
		}
	}
	return first
}

// known takes the first alternative that is known.
func (r *renderer) known(l *line) [][]run {
	for _, choice := range l.choices {
		if lines, ok := r.fill(choice, l.style); ok {
			return lines
		}
	}
	return nil
}

// fill puts the values in; ok is false when one is not known.
func (r *renderer) fill(parts []part, s style) (lines [][]run, ok bool) {
	first := s
	lines = [][]run{nil}
	for _, p := range parts {
		last := len(lines) - 1
		switch {
		case p.newLine:
			lines, s = append(lines, nil), first
		case p.style != nil:
			s = *p.style
			s.align = first.align
		case p.value != "":
			if !r.values.knows(p.value) {
				return nil, false
			}
			lines[last] = append(lines[last], run{r.values[p.value], s})
		default:
			lines[last] = append(lines[last], run{p.text, s})
		}
	}
	return lines, true
}

func (r *renderer) fits(lines [][]run) bool {
	for _, runs := range lines {
		if width(merged(runs)) > r.paper.Columns {
			return false
		}
	}
	return true
}

func width(runs []run) int {
	sum := 0
	for _, one := range runs {
		times := one.style.width
		if one.style.fit && len(runs) == 1 {
			times = 1 // it can be narrowed
		}
		sum += escpos.Columns(one.text) * times
	}
	return sum
}

func plainText(runs []run) string {
	var all strings.Builder
	for _, one := range runs {
		all.WriteString(one.text)
	}
	return strings.TrimSpace(all.String())
}

func (r *renderer) print(lines [][]run) {
	for _, runs := range lines {
		runs = merged(runs)
		switch {
		case len(runs) == 0: // an alternative that says nothing
		case len(runs) == 1:
			r.wrap(runs[0])
		case width(runs) <= r.paper.Columns:
			r.spans(runs)
		default: // each in its own lines: what is too wide together is seldom too wide alone
			for _, one := range runs {
				r.wrap(one)
			}
		}
	}
}

// merged joins neighbours of one style.
func merged(runs []run) []run {
	var out []run
	for _, one := range runs {
		if n := len(out); n > 0 && out[n-1].style == one.style {
			out[n-1].text += one.text
			continue
		}
		out = append(out, one)
	}
	return out
}

func (r *renderer) spans(runs []run) {
	l := escpos.Line{Align: aligns[runs[0].style.align]}
	for _, one := range runs {
		l.Spans = append(l.Spans, span(one.text, one.style))
	}
	r.blocks = append(r.blocks, l)
}

var aligns = map[alignment]escpos.Align{center: escpos.Center, left: escpos.Left, right: escpos.Right}

func span(text string, s style) escpos.Span {
	return escpos.Span{Text: text, Width: s.width, Height: s.height, Reverse: s.reverse}
}

// wrap prints text in one style on as many lines as it takes; none for an empty
// one.
func (r *renderer) wrap(one run) {
	s := one.style
	if s.fit {
		for s.width > 1 && escpos.Columns(one.text)*s.width > r.paper.Columns {
			s.width--
		}
	}
	columns := r.paper.Columns / s.width
	for _, part := range split(one.text, columns) {
		if s.bar {
			side := strings.Repeat(" ", max(columns-escpos.Columns(part), 0)/2)
			part = side + part + side
		}
		r.blocks = append(r.blocks, escpos.Line{Align: aligns[s.align], Spans: []escpos.Span{span(part, s)}})
	}
}
