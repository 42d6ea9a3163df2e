package phrase

import (
	"fmt"
	"strings"
	"time"

	"petitionhall/queue"
)

// chinese says an announcement by the Chinese grammar.
func chinese(b *builder, a Announcement, o Options) {
	z := zh{b, o}
	switch a.Kind {
	case queue.SayCall, queue.SayRecall:
		z.call(a)
	case queue.SayPreCall:
		z.word(Between, please)
		z.ticket(a.Ticket)
		z.word(Close, ready)
		z.comma(youAreNext)
	case queue.SayMissed:
		z.ticket(a.Ticket)
		z.comma(kept)
		z.stop(whenBack)
		z.to(Between, a)
		z.word(Between, saySo)
	case queue.SayTransfer:
		z.ticket(a.Ticket)
		z.word(Between, moves)
		z.to(Close, a)
		z.comma(sitNoNew)
	case queue.SayPause:
		z.place(Between, a)
		z.word(Between, paused)
		z.stop(allValid)
	case queue.SayResume:
		z.place(Between, a)
		z.word(Between, resumed)
	case queue.SayOpens:
		z.place(Between, a)
		z.word(Between, opened)
	case queue.SayClosingSoon:
		z.word(Between, until)
		z.time(a.At)
		z.word(Close, ends)
		z.stop(everyone)
	case queue.SayStaff:
		z.staff(a)
	default:
		z.word(Between, whole(a))
	}
	b.end("。")
}

// whole is the one clip of what is always said alike.
func whole(a Announcement) string {
	switch a.Kind {
	case queue.SayLeader:
		if afternoon(a.At) {
			return leaderAfternoon
		}
		return leaderMorning
	case queue.SayMorning:
		return morning
	case queue.SayClosed:
		return closed
	default:
		return recovery
	}
}

type zh struct {
	b *builder
	o Options
}

// word says a clip of the list after a pause.
func (z zh) word(pause time.Duration, clip string) {
	z.b.say(pause, clip, chineseTexts[clip])
}

func (z zh) comma(clip string) { z.b.end("，"); z.word(Comma, clip) }

func (z zh) stop(clip string) { z.b.end("。"); z.word(Stop, clip) }

func (z zh) call(a Announcement) {
	if a.Kind == queue.SayRecall {
		z.word(Between, onceMore)
		z.comma(please)
	} else {
		z.word(Between, please)
	}
	z.ticket(a.Ticket)
	z.b.end("，")
	z.to(Comma, a)
}

func (z zh) staff(a Announcement) {
	z.word(Between, please)
	z.place(Between, a)
	z.word(Between, staff)
	if a.Room == "" {
		z.word(Between, come)
	} else {
		z.to(Between, a)
	}
}

// ticket says a ticket's number, digit by digit: A零幺二号.
func (z zh) ticket(ticket string) {
	letter, digits := split(ticket)
	pause := Between
	if letter != "" {
		z.word(pause, letterClip(letter))
		pause = Close
	}
	for _, d := range digits {
		clip := digitClip(int(d - '0'))
		if d == '1' && z.o.One != "yi" {
			clip = digitYao
		}
		z.word(pause, clip)
		pause = Close
	}
	z.word(Close, number)
}

// to says where to go: 到三号窗口, 到联合接访室. Up to window 20 that is one clip.
func (z zh) to(pause time.Duration, a Announcement) {
	switch {
	case a.Room != "":
		z.word(pause, toRoom(a.Room))
	case a.Window <= wholeWindows:
		z.word(pause, toWindow(a.Window))
	default:
		z.word(pause, to)
		z.place(Close, a)
	}
}

// place says a window or room by its name: 三号窗口, 联合接访室.
func (z zh) place(pause time.Duration, a Announcement) {
	if a.Room != "" {
		z.word(pause, string(a.Room))
		return
	}
	z.numeral(pause, a.Window)
	z.word(Close, window)
}

// numeral says a number as it is counted, 1-999: 二, 十二, 二十, 一百零五, 一百一十.
func (z zh) numeral(pause time.Duration, n int) {
	for _, clip := range chineseNumeral(n) {
		z.word(pause, clip)
		pause = Close
	}
}

// chineseNumeral are the clips of a number as it is counted. Tens and hundreds are
// one clip each: 五百 and 一百 change their tones, and pieces would not.
func chineseNumeral(n int) (clips []string) {
	large := n >= 100
	if large {
		clips = append(clips, numberClip(n/100*100))
		n %= 100
		if n > 0 && n < 10 {
			clips = append(clips, digitClip(0))
		}
	}
	if n >= 10 {
		if large && n < 20 {
			clips = append(clips, digitClip(1)) // 一百一十, not 一百十
		}
		clips = append(clips, numberClip(n/10*10))
		n %= 10
	}
	if n > 0 {
		clips = append(clips, digitClip(n))
	}
	return clips
}

// time says a time of day: 下午五点, 上午十一点半, 下午五点二十分.
func (z zh) time(c queue.Clock) {
	hour, minute, err := clock(c)
	if err != nil {
		return // it was checked
	}
	if part := partOfDay(hour); part != "" {
		z.word(Close, part)
	}
	z.word(Close, hourClip(hour12(hour)))
	switch minute {
	case 0:
	case 30:
		z.word(Close, half)
	default:
		if minute < 10 {
			z.word(Close, digitClip(0))
		}
		z.numeral(Close, minute)
		z.word(Close, minutes)
	}
}

// partOfDay goes before the hour as on the screens; midnight is 零点 alone.
func partOfDay(hour int) string {
	switch {
	case hour == 0:
		return ""
	case hour < 6:
		return partNight
	case hour < noon:
		return partMorning
	case hour < noon+1:
		return partNoon
	case hour < 18:
		return partAfternoon
	default:
		return partEvening
	}
}

// hour12 is the hour as a clock face shows it, 0 at midnight and 12 at noon.
func hour12(hour int) int {
	if hour > noon {
		return hour - noon
	}
	return hour
}

func letterClip(letter string) string { return "letter-" + strings.ToLower(letter) }
func digitClip(d int) string          { return fmt.Sprintf("digit-%d", d) }
func numberClip(n int) string         { return fmt.Sprintf("number-%d", n) }
func hourClip(hour int) string        { return fmt.Sprintf("hour-%d", hour) }
func toWindow(n int) string           { return fmt.Sprintf("to-window-%d", n) }
func toRoom(room queue.Room) string   { return "to-" + string(room) }
