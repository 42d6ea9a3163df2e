package printer

import (
	"cmp"
	"log/slog"
	"strconv"
	"strings"
	"sync"

	"petitionhall/printer/escpos"
	"petitionhall/printer/picture"
	"petitionhall/printer/template"
)

// layout is what stands on the slip, from top to bottom, for paper of so many
// half-width columns, on a printer with such characters; ok is false for a kind
// of slip that is not known.
func layout(s Slip, columns int, charset Charset) (blocks []escpos.Block, ok bool) {
	name, ok := s.TemplateName()
	if !ok {
		return nil, false
	}
	paper := template.Paper{Columns: columns, English: s.Language == "en", Logo: s.Logo.fitting(columns)}
	blocks = template.Of(name, s.Template).Render(values(s, columns), paper)
	for i, b := range blocks {
		if line, ok := b.(escpos.Line); ok && !printable(line, charset) {
			blocks[i] = drawn(line, columns, charset)
		}
	}
	return blocks, true
}

// TemplateName is the name of the template that a slip is laid out by; ok is
// false for a kind of slip that is not known.
func (s Slip) TemplateName() (name string, ok bool) {
	switch s.Kind {
	case KindTicket:
		if s.Large {
			return "large", true
		}
		return "ticket", true
	case KindTransfer, KindOutcome, KindDay, KindTest:
		return string(s.Kind), true
	}
	return "", false
}

// values are what a template may say of a slip.
func values(s Slip, columns int) template.Values {
	v := template.Values{"time": s.IssuedAt.Format("2006-01-02 15:04"), "seconds": s.IssuedAt.Format("2006-01-02 15:04:05")}
	put := func(name, value string) {
		if value != "" {
			v[name] = value
		}
	}
	flag := func(name string, on bool) {
		if on {
			v[name] = "1"
		}
	}
	put("hall", s.Hall)
	put("number", s.Number)
	put("track", s.Track)
	flag("qr", escpos.FitsQR(s.Track))
	flag("reprint", s.Reprint)
	flag("desk", s.ServiceDesk)
	flag("logo", s.Logo != nil)
	if len(s.Windows) > 0 {
		v["windows"] = windowNumbers(s.Windows)
		v["windowsEn"] = plural(len(s.Windows), "window") + " " + strings.ReplaceAll(v["windows"], "、", ", ")
		v["place"], v["placeEn"] = place(s.Windows), placeEN(s.Windows)
		put("departments", departments(s.Windows))
	}
	v["aheadEn"] = strconv.Itoa(s.Ahead) + " " + plural(s.Ahead, "number")
	for name, n := range map[string]int{"ahead": s.Ahead, "persons": s.Persons, "rejoin": s.RejoinAfter} {
		if n > 0 {
			v[name] = strconv.Itoa(n)
		}
	}
	if s.Ahead <= 0 {
		delete(v, "aheadEn")
	}
	wait(v, s.Wait)
	flag("referred", s.Referred)
	put("referredTo", s.ReferredTo)
	v["ruler"] = strings.Repeat("1234567890", (columns+9)/10)[:columns]
	day(v, s.Day)
	return v
}

func wait(v template.Values, w *Wait) {
	switch {
	case w == nil || w.Low < 0 || w.Low > w.High:
		return
	case w.Low == w.High:
		v["minutes"] = strconv.Itoa(w.Low)
	default:
		v["low"], v["high"] = strconv.Itoa(w.Low), strconv.Itoa(w.High)
	}
	v["wait"] = "1"
}

func day(v template.Values, d *Day) {
	if d == nil {
		return
	}
	v["date"] = d.Date
	for name, n := range map[string]int{
		"issued": d.Issued, "done": d.Done, "resolved": d.Resolved, "referredCount": d.Referred, "unrecorded": d.Unrecorded,
		"cancelled": d.Cancelled, "left": d.Left, "deferred": d.Deferred, "open": d.Open, "visitors": d.Persons,
		"served": d.Served, "startedOpen": d.StartedOpen,
	} {
		v[name] = strconv.Itoa(n)
	}
}

// place is where a number is called to: 3号窗口, 2、3号窗口, or 领导接访室. Windows
// come before rooms, so that they can share their 号窗口.
func place(windows []Window) string {
	counters, rooms := partRooms(windows)
	places := make([]string, 0, len(rooms)+1)
	if len(counters) > 0 {
		places = append(places, windowNumbers(counters)+"号窗口")
	}
	for _, r := range rooms {
		places = append(places, r.Room)
	}
	return strings.Join(places, "、")
}

// placeEN is the same in an English sentence.
func placeEN(windows []Window) string {
	counters, rooms := partRooms(windows)
	places := make([]string, 0, len(rooms)+1)
	if len(counters) > 0 {
		places = append(places, plural(len(counters), "window")+" "+strings.ReplaceAll(windowNumbers(counters), "、", ", "))
	}
	for _, r := range rooms {
		places = append(places, cmp.Or(r.RoomEN, r.Room))
	}
	return strings.Join(places, ", ")
}

func partRooms(windows []Window) (counters, rooms []Window) {
	for _, w := range windows {
		if w.Room == "" {
			counters = append(counters, w)
		} else {
			rooms = append(rooms, w)
		}
	}
	return counters, rooms
}

// windowNumbers is "3" or "2、3".
func windowNumbers(windows []Window) string {
	numbers := make([]string, len(windows))
	for i, w := range windows {
		numbers[i] = strconv.Itoa(w.Number)
	}
	return strings.Join(numbers, "、")
}

// departments are the names of the windows, each once. One discreet window
// among them keeps all names off the paper: the missing one would tell.
func departments(windows []Window) string {
	var names []string
	seen := map[string]bool{}
	for _, w := range windows {
		if w.Name == "" {
			return ""
		}
		if !seen[w.Name] {
			seen[w.Name] = true
			names = append(names, w.Name)
		}
	}
	return strings.Join(names, "、")
}

func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// printable tells whether the printer has a code for every character of a line.
func printable(l escpos.Line, charset Charset) bool {
	for _, span := range l.Spans {
		if !escpos.HasCodes(span.Text) || charset == ASCII && !isASCII(span.Text) {
			return false
		}
	}
	return true
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 }) < 0
}

// pen draws what has no code. Without a font of the system there is none.
var pen = sync.OnceValue(func() *picture.Pen {
	p, err := picture.NewPen()
	if err != nil {
		slog.Warn("rare characters are printed as 〓", "cause", err)
		return nil
	}
	return p
})

// helps tells whether the font has a character of the line that the printer has
// no code for.
func helps(p *picture.Pen, l escpos.Line) bool {
	for _, span := range l.Spans {
		if p.Readable(span.Text) != escpos.Printable(span.Text) {
			return true
		}
	}
	return false
}

// drawn is a line as dots: it takes more bytes, and every character of it is
// there. A character that the font lacks too stays 〓.
func drawn(l escpos.Line, columns int, charset Charset) escpos.Block {
	p := pen()
	if p == nil || charset != ASCII && !helps(p, l) {
		return l
	}
	return escpos.Picture{Bitmap: p.Line(l, columns), Align: l.Align}
}
