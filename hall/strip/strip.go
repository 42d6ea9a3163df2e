// Package strip says what the small screen above a window shows (窗口小屏).
//
// It knows nothing of pages or cables: a window's state goes in, one line or two
// come out, and whoever shows them (the page /strip/3, a panel of LEDs on a
// serial line) adds nothing of its own. Lengths are in half-widths, as makers of
// panels count: a Chinese character is two, an ASCII character one, so that 64
// dots of 8 to a half-width are 8. What comes out has only characters of GBK,
// which is what panels speak.
//
// For each state there are several wordings, the fullest first. A line takes the
// first that fits. The last one always fits or is cut between two characters; a
// number is never cut, because half a number is another visitor's.
package strip

import (
	"slices"
	"strconv"
	"time"

	"petitionhall/queue"
)

// Window is what a strip must know of its window. The zero value is a closed one.
type Window struct {
	Status queue.WindowStatus
	// Number is of the ticket that is called or received there; empty for none.
	Number string
	// Place is what visitors call the window, such as 3号窗口 or 领导接访室.
	Place string
	// Name is what is written on it, such as 自然资源; empty for a discreet window.
	Name string
	// Waiting is how many numbers wait for it.
	Waiting int
	// Until is the promised end of a pause; zero when none is promised.
	Until time.Time
	// From is when a closed window opens, later today; zero when that is not known.
	From time.Time
	// Expected says of a closed window that it will open today.
	Expected bool
	// OnCallMinutes is how soon somebody comes to a window on call; 0 when not told.
	OnCallMinutes int
	// HallPaused says that nobody is called anywhere for a while, until HallUntil.
	HallPaused bool
	HallUntil  time.Time
	// Stopped says that no more numbers are given today.
	Stopped bool
}

// usual is the strip of which a hall has told nothing: 64 dots, one line.
var usual = queue.StripConfig{HalfWidths: 8, Lines: 1}

// Of is the strip of a window's configuration; nil is 64 dots and one line.
func Of(c *queue.StripConfig) queue.StripConfig {
	if c == nil {
		return usual
	}
	return *c
}

// Lines is what a strip shows at a moment: one line or two of at most
// s.HalfWidths, the first never empty. Times of day are told in the zone of now.
func Lines(w Window, s queue.StripConfig, now time.Time) []string {
	say := wordings(w, now)
	first := fitting(say.first, s.HalfWidths)
	if first == "" {
		first = Cut(say.first[len(say.first)-1], s.HalfWidths)
	}
	if s.Lines < 2 {
		return []string{first}
	}
	second := slices.DeleteFunc(say.second, func(words string) bool { return says(first, words) })
	return []string{first, fitting(second, s.HalfWidths)}
}

// fitting is the first of some wordings that fits; empty when none does.
func fitting(wordings []string, halfWidths int) string {
	for _, words := range wordings {
		if words = Clean(words); words != "" && Width(words) <= halfWidths {
			return words
		}
	}
	return ""
}

// saying is what may stand on the first line and on the second, the fullest first.
type saying struct{ first, second []string }

func wordings(w Window, now time.Time) saying {
	switch w.Status {
	case queue.StatusCalling:
		return called(w)
	case queue.StatusServing:
		return receiving(w)
	case queue.StatusIdle:
		return idle(w, now)
	case queue.StatusPaused:
		return paused(w.Until, w, now)
	case queue.StatusOnCall:
		return onCall(w)
	case queue.StatusClosed:
	}
	return closed(w, now)
}

func called(w Window) saying {
	come := "请" + w.Number + "号"
	return saying{
		first:  []string{come + " " + w.Place, come, "请" + w.Number, w.Number, "叫号"},
		second: []string{behind(w), w.Place, w.Name},
	}
}

func receiving(w Window) saying {
	first := []string{"正在接待" + w.Number, "接待" + w.Number, "正在接待", "接待"}
	return saying{first: first, second: []string{behind(w), w.Place, w.Name}}
}

// behind tells how many numbers wait behind the one that is there; empty for none.
func behind(w Window) string {
	if w.Waiting == 0 {
		return ""
	}
	return "后面还有" + strconv.Itoa(w.Waiting) + "个号"
}

// idle says that nobody need wait only where nobody does.
func idle(w Window, now time.Time) saying {
	switch {
	case w.HallPaused:
		return paused(w.HallUntil, w, now)
	case w.Waiting > 0:
		return saying{
			first:  []string{"请坐着等", "请稍等", "稍等"},
			second: []string{strconv.Itoa(w.Waiting) + "个号在等", w.Place, w.Name},
		}
	case w.Stopped:
		return noMore(w)
	}
	return saying{first: []string{"不用等", "有空"}, second: here(w)}
}

// noMore says that nobody who comes now is given a number.
func noMore(w Window) saying {
	return saying{first: []string{"今天取号已结束", "取号结束", "结束"}, second: here(w)}
}

// paused says until when, as long as that is still to come.
func paused(until time.Time, w Window, now time.Time) saying {
	if !until.After(now) {
		return saying{first: []string{"暂停服务", "暂停"}, second: here(w)}
	}
	at := clock(until, now)
	return saying{
		first:  []string{"暂停到" + at, "暂停服务", "暂停"},
		second: append([]string{"号都有效，请坐着等", "到" + at, "号都有效"}, here(w)...),
	}
}

func onCall(w Window) saying {
	if w.Stopped && w.Waiting == 0 { // a number is what somebody would come for
		return noMore(w)
	}
	second := here(w)
	if w.OnCallMinutes > 0 {
		minutes := strconv.Itoa(w.OnCallMinutes) + "分钟内到"
		second = append([]string{"取号后" + minutes, minutes}, second...)
	}
	return saying{first: []string{"随叫随到", "随到"}, second: second}
}

func closed(w Window, now time.Time) saying {
	switch {
	case w.From.After(now):
		at := clock(w.From, now)
		return saying{first: []string{at + "开始", at + "开", "没开"}, second: here(w)}
	case w.Stopped:
		return noMore(w)
	case w.Expected:
		return saying{first: []string{"还没开", "没开"}, second: here(w)}
	}
	return saying{first: []string{"今天不开", "不开"}, second: here(w)}
}

// here is the window itself, for a second line that has nothing else to say.
func here(w Window) []string { return []string{w.Place, w.Name} }

// clock is a time of day as 14:30, in the zone of now.
func clock(at, now time.Time) string { return at.In(now.Location()).Format("15:04") }
