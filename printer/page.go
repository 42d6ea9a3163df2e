package printer

import (
	"strings"

	"petitionhall/printer/escpos"
)

// page gathers the blocks of one slip. All lines are centred.
type page struct {
	columns int
	english bool
	blocks  []escpos.Block
}

func (p *page) add(blocks ...escpos.Block) { p.blocks = append(p.blocks, blocks...) }

func (p *page) line(spans ...escpos.Span) {
	p.add(escpos.Line{Align: escpos.Center, Spans: spans})
}

// say adds a line in Chinese and, on a slip with English, its second line.
func (p *page) say(chinese, english string) {
	p.wrap(chinese, escpos.Span{})
	if p.english && english != "" {
		p.inEnglish(english)
		p.add(escpos.Feed{Dots: 6}) // keeps the pairs together
	}
}

func (p *page) inEnglish(text string) {
	if p.english {
		p.wrap(text, escpos.Span{})
	}
}

// wrap adds text in the style of span, on as many lines as it takes. An empty
// text takes none.
func (p *page) wrap(text string, style escpos.Span) {
	for _, part := range split(text, p.columns/max(style.Width, 1)) {
		style.Text = part
		p.line(style)
	}
}

// split cuts text into lines of at most columns half-widths, after a space
// where there is one in the second half of the line, else between any two
// characters, as Chinese is.
func split(text string, columns int) []string {
	var lines []string
	text = strings.TrimSpace(escpos.Printable(text))
	for escpos.Columns(text) > columns {
		end := fitting(text, columns)
		if space := strings.LastIndexByte(text[:end], ' '); space > end/2 {
			end = space + 1
		}
		lines = append(lines, strings.TrimSpace(text[:end]))
		text = strings.TrimSpace(text[end:])
	}
	if text != "" {
		lines = append(lines, text)
	}
	return lines
}

// fitting is how many bytes of text fit into so many columns.
func fitting(text string, columns int) int {
	used := 0
	for i, r := range text {
		used += escpos.Columns(string(r))
		if used > columns {
			return i
		}
	}
	return len(text)
}
