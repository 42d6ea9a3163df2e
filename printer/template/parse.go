package template

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Error is what is wrong with a template.
type Error struct {
	// Name is the template's, Line counts from 1; 0 is the whole of it.
	Name string
	Line int
	// ZH and EN say in a sentence what is wrong and what would be right.
	ZH, EN string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("slip %s: %s", e.Name, e.EN)
	}
	return fmt.Sprintf("slip %s, line %d: %s", e.Name, e.Line, e.EN)
}

// Chinese is the error for whoever writes the slip.
func (e *Error) Chinese() string {
	if e.Line == 0 {
		return e.ZH
	}
	return fmt.Sprintf("第%d行：%s", e.Line, e.ZH)
}

// fault is what is wrong with a line.
type fault struct{ zh, en string }

func (f *fault) Error() string { return f.en }

func wrong(zh, en string, args ...any) *fault {
	return &fault{zh: fmt.Sprintf(zh, args...), en: fmt.Sprintf(en, args...)}
}

// Template is a slip's layout, read and found right.
type Template struct {
	name  string
	lines []line
}

// line is one line of the file.
type line struct {
	what       op
	number     int // dots of a gap
	english    bool
	conditions []condition
	style      style
	choices    [][]part
}

type op int

const (
	text op = iota
	gap
	qr
	nativeQR
	rasterQR
	logo
	cut
)

type condition struct {
	name string
	not  bool
}

// part is a piece of a line: text, a value, a change of style or a new line.
type part struct {
	text    string
	value   string
	style   *style
	newLine bool
}

// style is how text looks.
type style struct {
	width, height int
	reverse       bool
	bar           bool // reverse right across the paper
	fit           bool // narrower where it would not fit
	align         alignment
}

type alignment int

const (
	center alignment = iota
	left
	right
)

var plain = style{width: 1, height: 1}

const (
	maxSource = 16 << 10 // bytes of a template
	maxGap    = 255
)

// Parse reads a template. Every error is an [*Error].
func Parse(name, source string) (*Template, error) {
	if len(source) > maxSource {
		return nil, &Error{Name: name, ZH: fmt.Sprintf("太长了，最多%d字节", maxSource), EN: fmt.Sprintf("it has %d bytes; a slip's template has at most %d", len(source), maxSource)}
	}
	t := &Template{name: name}
	cuts := 0
	for i, raw := range strings.Split(strings.ReplaceAll(source, "\r\n", "\n"), "\n") {
		if trimmed := strings.TrimSpace(raw); trimmed == "" || trimmed[0] == '#' {
			continue
		}
		if cuts > 0 {
			return nil, &Error{Name: name, Line: i + 1, ZH: "[cut] 后面不能再有别的行", EN: "nothing may stand after [cut]"}
		}
		l, err := parseLine(strings.TrimSpace(raw))
		if err != nil {
			return nil, &Error{Name: name, Line: i + 1, ZH: err.zh, EN: err.en}
		}
		if l.what == cut {
			cuts++
		}
		t.lines = append(t.lines, l)
	}
	if cuts == 0 {
		return nil, &Error{Name: name, ZH: "最后一行要写 [cut]，好切纸", EN: "the last line must be [cut]"}
	}
	return t, nil
}

func parseLine(raw string) (line, *fault) {
	l := line{style: plain}
	for strings.HasPrefix(raw, "[") && !strings.HasPrefix(raw, "[[") {
		words, rest, ok := strings.Cut(raw[1:], "]")
		if !ok {
			return l, wrong("%q 的方括号没有收口，少了 ]", "the bracket in %q is not closed: write ]", raw)
		}
		if err := l.head(strings.Fields(words)); err != nil {
			return l, err
		}
		raw = strings.TrimLeft(rest, " ")
	}
	if l.what == cut && (l.english || len(l.conditions) > 0) {
		return l, wrong("每张小票都要切纸，[cut] 要单独写", "every slip is cut: write [cut] alone")
	}
	return l, l.body(raw)
}

// head reads the words in a bracket at the beginning of a line.
func (l *line) head(words []string) *fault {
	for i := 0; i < len(words); i++ {
		argument := ""
		if i+1 < len(words) {
			argument = words[i+1]
		}
		switch words[i] {
		case "en":
			l.english = true
		case "if":
			not := argument == "not"
			if not {
				i++
				argument = ""
				if i+1 < len(words) {
					argument = words[i+1]
				}
			}
			if err := known(argument); err != nil {
				return err
			}
			l.conditions = append(l.conditions, condition{argument, not})
			i++
		case "gap":
			n, err := strconv.Atoi(argument)
			if err != nil || n < 0 || n > maxGap {
				return wrong("gap %q：要写0到%d的点数，8点是1毫米", "gap %q: write a number of dots from 0 to %d, 8 to the millimetre", argument, maxGap)
			}
			l.what, l.number = gap, n
			i++
		case "qr":
			l.what = qr
			switch argument {
			case "native":
				l.what = nativeQR
				i++
			case "raster":
				l.what = rasterQR
				i++
			}
		case "logo":
			l.what = logo
		case "cut":
			l.what = cut
		default:
			if err := l.style.word(words[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// word changes a style by one word.
func (s *style) word(word string) *fault {
	switch word {
	case "2x", "3x", "4x":
		s.width, s.height = int(word[0]-'0'), int(word[0]-'0')
	case "wide":
		s.width = 2
	case "tall":
		s.height = 2
	case "reverse":
		s.reverse = true
	case "bar":
		s.reverse, s.bar = true, true
	case "fit":
		s.fit = true
	case "left":
		s.align = left
	case "right":
		s.align = right
	default:
		return wrong("没有 [%s] 这种写法；可以写 2x、3x、4x、wide、tall、fit、reverse、bar、left、right、en、if、gap、qr、logo、cut",
			"[%s] is not known: write 2x, 3x, 4x, wide, tall, fit, reverse, bar, left, right, en, if, gap, qr, logo or cut", word)
	}
	return nil
}

// body reads what stands after the brackets.
func (l *line) body(raw string) *fault {
	switch {
	case l.what == text || l.what == qr || l.what == nativeQR || l.what == rasterQR:
	case raw != "":
		return wrong("这个方括号后面不能有字，现在有 %q", "nothing may stand behind this bracket, but %q does", raw)
	default:
		return nil
	}
	if raw == "" {
		return wrong("这一行没有内容；要空一段，写 [gap 12]", "the line says nothing: write [gap 12] for an empty space")
	}
	for choice := range strings.SplitSeq(raw, "||") {
		parts, err := parseParts(strings.TrimSpace(choice))
		if err != nil {
			return err
		}
		l.choices = append(l.choices, parts)
	}
	return nil
}

func parseParts(s string) ([]part, *fault) {
	var parts []part
	var pending strings.Builder
	flush := func() {
		if pending.Len() > 0 {
			parts = append(parts, part{text: pending.String()})
			pending.Reset()
		}
	}
	for len(s) > 0 {
		switch {
		case strings.HasPrefix(s, "[["), strings.HasPrefix(s, "{{"):
			pending.WriteByte(s[0])
			s = s[2:]
		case strings.HasPrefix(s, `\n`):
			flush()
			parts = append(parts, part{newLine: true})
			s = s[2:]
		case s[0] == '{', s[0] == '[':
			flush()
			p, rest, err := parseMark(s)
			if err != nil {
				return nil, err
			}
			parts, s = append(parts, p), rest
		default:
			pending.WriteByte(s[0])
			s = s[1:]
		}
	}
	flush()
	return parts, nil
}

// parseMark reads {value} or [style].
func parseMark(s string) (p part, rest string, err *fault) {
	end := map[byte]string{'{': "}", '[': "]"}[s[0]]
	inside, rest, ok := strings.Cut(s[1:], end)
	if !ok {
		return p, "", wrong("%q 没有收口，少了 %s", "%q is not closed: write %s", s, end)
	}
	if s[0] == '{' {
		return part{value: inside}, rest, known(inside)
	}
	st := plain
	if inside != "/" {
		for _, word := range strings.Fields(inside) {
			if err := st.word(word); err != nil {
				return p, "", err
			}
		}
	}
	return part{style: &st}, rest, nil
}

func known(name string) *fault {
	if slices.Contains(names, name) {
		return nil
	}
	return wrong("没有 {%s} 这个内容；可以用 %s", "there is no value {%s}: known are %s", name, strings.Join(names, ", "))
}
