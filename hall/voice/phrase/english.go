package phrase

import (
	"strings"
	"time"

	"petitionhall/queue"
)

// english says an announcement by the English grammar.
func english(b *builder, a Announcement) {
	e := en{b}
	switch a.Kind {
	case queue.SayCall, queue.SayRecall:
		if a.Kind == queue.SayRecall {
			e.word(Between, onceMore)
			b.end(":")
		}
		e.ticket(Comma, a.Ticket)
		e.to(a)
	case queue.SayPreCall:
		e.ticket(Between, a.Ticket)
		e.comma(youAreNext)
	case queue.SayMissed:
		e.ticket(Between, a.Ticket)
		e.comma(kept)
		e.stop(whenBack)
		e.place(a)
	case queue.SayTransfer:
		e.ticket(Between, a.Ticket)
		e.word(Between, moves)
		e.place(a)
		e.stop(sitNoNew)
	case queue.SayPause:
		e.place(a)
		e.word(Between, paused)
		e.stop(allValid)
	case queue.SayResume:
		e.place(a)
		e.word(Between, resumed)
	case queue.SayOpens:
		e.place(a)
		e.word(Between, opened)
	case queue.SayClosingSoon:
		e.word(Between, until)
		e.time(a.At)
		e.stop(everyone)
	case queue.SayStaff:
		e.word(Between, staff)
		e.place(a)
		e.comma(comeTo(a))
	default:
		e.word(Between, whole(a))
	}
	e.end()
}

func comeTo(a Announcement) string {
	if a.Room != "" {
		return comeRoom
	}
	return come
}

type en struct{ b *builder }

// word says a clip of the list after a pause. The text's words are parted by
// spaces, and a sentence begins with a capital.
func (e en) word(pause time.Duration, clip string) {
	e.put(pause, clip, englishTexts[clip])
}

func (e en) put(pause time.Duration, clip, text string) {
	before := e.b.text.String()
	if before == "" || strings.HasSuffix(before, ".") {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if before != "" && !strings.HasPrefix(text, "-") {
		text = " " + text
	}
	e.b.say(pause, clip, text)
}

// end closes a sentence's text; five p.m. has its full stop already.
func (e en) end() {
	if !strings.HasSuffix(e.b.text.String(), ".") {
		e.b.end(".")
	}
}

func (e en) comma(clip string) { e.b.end(","); e.word(Comma, clip) }

func (e en) stop(clip string) { e.end(); e.word(Stop, clip) }

// ticket says a ticket's number, digit by digit: number A zero one two.
func (e en) ticket(pause time.Duration, ticket string) {
	letter, digits := split(ticket)
	e.word(pause, number)
	if letter != "" {
		e.word(Close, letterClip(letter))
	}
	for _, d := range digits {
		e.word(Close, digitClip(int(d-'0')))
	}
}

// to says where to go. Up to window 20 that is one clip.
func (e en) to(a Announcement) {
	switch {
	case a.Room != "":
		e.comma(toRoom(a.Room))
	case a.Window <= wholeWindows:
		e.comma(toWindow(a.Window))
	default:
		e.comma(to)
		e.numeral(a.Window)
	}
}

// place says a window or room by its name: window three, the joint reception room.
func (e en) place(a Announcement) {
	if a.Room != "" {
		e.word(Between, string(a.Room))
		return
	}
	e.word(Between, window)
	e.numeral(a.Window)
}

// numeral says a number as it is counted, 1-999: twenty-one, one hundred and five.
func (e en) numeral(n int) {
	clips := englishNumeral(n)
	for i, clip := range clips {
		text := englishTexts[clip]
		if i > 0 && strings.HasSuffix(englishTexts[clips[i-1]], "ty") {
			text = "-" + text
		}
		e.put(Close, clip, text)
	}
}

func englishNumeral(n int) (clips []string) {
	if n >= 100 {
		clips = append(clips, digitClip(n/100))
		n %= 100
		if n == 0 {
			return append(clips, hundred)
		}
		clips = append(clips, hundredAnd)
	}
	if n >= 20 {
		clips = append(clips, numberClip(n/10*10))
		n %= 10
	}
	switch {
	case n >= 10:
		clips = append(clips, numberClip(n))
	case n > 0:
		clips = append(clips, digitClip(n))
	}
	return clips
}

// time says a time of day: five p.m., eleven thirty a.m., five oh five p.m., noon, midnight.
func (e en) time(c queue.Clock) {
	hour, minute, err := clock(c)
	if err != nil {
		return // it was checked
	}
	switch {
	case minute == 0 && hour == 0:
		e.word(Close, midnight)
		return
	case minute == 0 && hour == noon:
		e.word(Close, atNoon)
		return
	case hour == 0:
		e.numeral(noon)
	default:
		e.numeral(hour12(hour))
	}
	if minute > 0 && minute < 10 {
		e.put(Close, letterClip("O"), "oh") // it sounds like the letter
	}
	e.numeral(minute)
	if hour < noon {
		e.word(Close, forenoon)
	} else {
		e.word(Close, pastNoon)
	}
}
