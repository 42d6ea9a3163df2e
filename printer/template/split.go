package template

import (
	"strings"

	"petitionhall/printer/escpos"
)

// split cuts text into lines of at most columns half-widths, after a space
// where there is one in the second half of the line, else between any two
// characters, as Chinese is.
func split(text string, columns int) []string {
	var lines []string
	text = trim(escpos.Substituted(text))
	for end := fitting(text, columns); end < len(text); end = fitting(text, columns) {
		if space := strings.LastIndexByte(text[:end], ' '); space > end/2 {
			end = space + 1
		}
		lines = append(lines, trim(text[:end]))
		text = trim(text[end:])
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

// trim takes the spaces away; what else is white must be seen (as 〓).
func trim(text string) string { return strings.Trim(text, " ") }
