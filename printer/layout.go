package printer

import (
	"fmt"
	"strconv"
	"strings"

	"petitionhall/printer/escpos"
)

// layout is what stands on the slip, from top to bottom, for paper of so many
// half-width columns.
func layout(s Slip, columns int) []escpos.Block {
	p := &page{columns: columns, english: s.Language == "en"}
	if s.Kind == KindTest {
		p.test(s)
	} else {
		p.ticket(s)
	}
	p.add(escpos.Cut{})
	return p.blocks
}

func (p *page) ticket(s Slip) {
	if s.Reprint {
		p.reprintMark()
	}
	p.title(s.Hall)
	p.number(s.Number)
	p.windows(s.Windows)
	p.add(escpos.Feed{Dots: 12})
	p.waiting(s.Ahead, s.Wait)
	p.add(escpos.Feed{Dots: 8})
	p.arrival(s)
	p.track(s.Track)
	p.advice(s)
}

// reprintMark is a black bar right across: nobody can take the second slip for
// a second number.
func (p *page) reprintMark() {
	const mark = "补打  号码不变"
	left := strings.Repeat(" ", (p.columns/2-escpos.Columns(mark))/2)
	p.line(escpos.Span{Text: left + mark + left, Width: 2, Height: 2, Reverse: true})
	p.add(escpos.Feed{Dots: 8})
	p.inEnglish("REPRINT, same number")
	p.add(escpos.Feed{Dots: 16})
}

func (p *page) title(hall string) {
	p.wrap(hall, escpos.Span{})
	p.add(escpos.Feed{Dots: 20})
}

func (p *page) number(number string) {
	size := 4
	for size > 1 && escpos.Columns(number)*size > p.columns {
		size--
	}
	p.wrap(number, escpos.Span{Width: size, Height: size})
	p.add(escpos.Feed{Dots: 8})
	if number != "" {
		p.inEnglish("Number " + number)
	}
	p.add(escpos.Feed{Dots: 20})
}

// windows tells where to go, once called. The departments stand below, unless
// the windows are discreet.
func (p *page) windows(windows []Window) {
	if len(windows) == 0 {
		return
	}
	numbers := windowNumbers(windows)
	target := escpos.Span{Text: numbers + "号窗口", Width: 2, Height: 2}
	lead := escpos.Span{Text: "叫到号后请到"}
	together := escpos.Line{Align: escpos.Center, Spans: []escpos.Span{lead, {Text: "  "}, target}}
	if together.Columns() <= p.columns {
		p.add(together)
	} else {
		p.line(lead)
		if (escpos.Line{Spans: []escpos.Span{target}}).Columns() > p.columns {
			target.Width = 1
		}
		p.wrap(target.Text, target)
	}
	p.add(escpos.Feed{Dots: 8})
	p.wrap(departments(windows), escpos.Span{})
	p.inEnglish("When called, go to " + inWords(len(windows), "window", numbers))
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

// waiting tells numbers, not persons: one number is often a party of three.
func (p *page) waiting(ahead int, wait *Wait) {
	if ahead > 0 {
		p.say(fmt.Sprintf("前面还有%d个号", ahead), fmt.Sprintf("%d %s before you", ahead, plural(ahead, "number")))
	} else {
		p.say("前面没有别的号", "No numbers before you")
	}
	switch {
	case wait == nil || wait.Low < 0 || wait.Low > wait.High:
	case wait.Low == wait.High:
		p.say(fmt.Sprintf("大约等%d分钟", wait.Low), fmt.Sprintf("about %d min", wait.Low))
	default:
		p.say(fmt.Sprintf("大约等%d到%d分钟", wait.Low, wait.High), fmt.Sprintf("about %d to %d min", wait.Low, wait.High))
	}
}

func (p *page) arrival(s Slip) {
	at := s.IssuedAt.Format("2006-01-02 15:04")
	if s.Persons <= 0 {
		p.say(at, "")
		return
	}
	p.say(fmt.Sprintf("来访%d人  %s", s.Persons, at), fmt.Sprintf("Party of %d", s.Persons))
}

// track is the QR code. An address that makes none stands there as text: it is
// not lost.
func (p *page) track(address string) {
	switch {
	case address == "":
		p.add(escpos.Feed{Dots: 12})
	case !escpos.FitsQR(address):
		p.wrap(address, escpos.Span{})
		p.add(escpos.Feed{Dots: 12})
	default:
		p.add(escpos.Feed{Dots: 16}, escpos.QR{Text: address}, escpos.Feed{Dots: 16})
		p.say("扫一扫，看叫到几号了", "Scan to follow the calls")
		p.add(escpos.Feed{Dots: 12})
	}
}

// advice is the small print: what to do, what stays valid, what is not kept.
func (p *page) advice(s Slip) {
	p.say("请坐着等，听叫号、看屏幕", "Please sit; listen and watch")
	p.say("错过叫号不要紧，号还有效：", "")
	p.say(rejoin(s, p.columns), "Missed your call? Still valid: tell "+tellWhom(s.Windows))
	p.say("小票只用来排队，当天有效", "For queueing only, today only")
	p.say("本机不记姓名、不查证件、不拍照", "No name, ID or photo taken")
	if s.ServiceDesk {
		p.say("要帮忙，请找服务台", "For help, ask the service desk")
	}
}

// rejoin says how a missed number comes up again. Many windows would not fit
// the line, so that they are not named there.
func rejoin(s Slip, columns int) string {
	clause := ""
	if s.RejoinAfter > 0 {
		clause = fmt.Sprintf("，隔%d个号叫您", s.RejoinAfter)
	}
	if len(s.Windows) > 0 {
		named := "到" + windowNumbers(s.Windows) + "号窗口说一声" + clause
		if escpos.Columns(named) <= columns {
			return named
		}
	}
	return "到窗口说一声" + clause
}

func tellWhom(windows []Window) string {
	if len(windows) == 0 {
		return "the window"
	}
	return inWords(len(windows), "window", windowNumbers(windows))
}

// inWords is "window 3" or "windows 2, 3".
func inWords(n int, noun, numbers string) string {
	return plural(n, noun) + " " + strings.ReplaceAll(numbers, "、", ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
