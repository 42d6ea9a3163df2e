package phrase

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"petitionhall/queue"
)

// The silences inside a line.
const (
	// Close parts the pieces of a number: slow enough to be written down.
	Close = 80 * time.Millisecond
	// Between parts one word or phrase from the next.
	Between = 120 * time.Millisecond
	// Comma stands where the text has a comma.
	Comma = 250 * time.Millisecond
	// Stop stands between two sentences.
	Stop = 400 * time.Millisecond
	// Again parts a call from its repetition, and one language from the next.
	Again = time.Second
)

// ErrUnsayable is why Say refuses: the announcement lacks what its kind needs,
// or holds what has no words. The text of the error says which.
var ErrUnsayable = errors.New("this cannot be said")

// Announcement is what is to be said. Which fields it needs is decided by its kind.
type Announcement struct {
	Kind queue.Announcement
	// Ticket is the number as it is written, such as A012, 086, 03012 or A1000:
	// a letter or none, then digits. Calls, pre-calls, missed and transferred tickets need it.
	Ticket string
	// Window is the number on the sign, 1-999. It is not said of a room.
	Window int
	// Room is what the window is instead of a counter.
	Room queue.Room
	// At is the time of day that is told: when issuing stops (closingSoon), or when
	// the leader begins to receive (leader), of which only the half of the day is said.
	At queue.Clock
}

// Options are what a hall decides about its words.
type Options struct {
	// One is how the digit 1 of a ticket is said in Chinese: yao (幺) or yi (一); empty for yao.
	One string
}

// Step is one clip of a line.
type Step struct {
	// Clip is a name of the language's list.
	Clip string
	// Pause is the silence before it; 0 for the first.
	Pause time.Duration
}

// Line is an announcement put into words.
type Line struct {
	Clips []Step
	// Text is for a browser's own voice, with the numbers spelled out. It is empty for
	// a language of which no text is known: nobody's own voice can say it then.
	Text string
}

// Say puts an announcement into the words of a language, such as zh, en or dong.
// The error wraps ErrUnsayable.
func Say(lang string, a Announcement, o Options) (Line, error) {
	if err := a.check(); err != nil {
		return Line{}, err
	}
	var b builder
	if English(lang) {
		english(&b, a)
	} else {
		chinese(&b, a, o)
	}
	line := Line{Clips: b.steps}
	if English(lang) || mandarin(lang) {
		line.Text = b.text.String()
	}
	return line, nil
}

// English tells whether a language is said by the English grammar: en, or en with a region.
func English(lang string) bool { return lang == "en" || strings.HasPrefix(lang, "en-") }

// mandarin tells whether the Chinese text is a text of this language.
func mandarin(lang string) bool {
	switch lang {
	case "zh", "zh-cn", "zh-hans", "zh-hans-cn", "cmn":
		return true
	}
	return false
}

// builder collects clips and text side by side.
type builder struct {
	steps []Step
	text  strings.Builder
}

// say adds a clip after a pause, and its text.
func (b *builder) say(pause time.Duration, clip, text string) {
	if len(b.steps) == 0 {
		pause = 0
	}
	b.steps = append(b.steps, Step{clip, pause})
	b.text.WriteString(text)
}

// end closes a sentence's text.
func (b *builder) end(mark string) { b.text.WriteString(mark) }

// needs tells what a kind cannot be said without.
type needs struct{ ticket, place, at bool }

var kinds = map[queue.Announcement]needs{
	queue.SayCall:        {ticket: true, place: true},
	queue.SayRecall:      {ticket: true, place: true},
	queue.SayPreCall:     {ticket: true},
	queue.SayMissed:      {ticket: true, place: true},
	queue.SayTransfer:    {ticket: true, place: true},
	queue.SayPause:       {place: true},
	queue.SayResume:      {place: true},
	queue.SayOpens:       {place: true},
	queue.SayLeader:      {at: true},
	queue.SayMorning:     {},
	queue.SayClosingSoon: {at: true},
	queue.SayClosed:      {},
	queue.SayStaff:       {place: true},
	queue.SayRecovery:    {},
}

const (
	maxWindow = 999
	maxDigits = 12
)

func (a Announcement) check() error {
	need, ok := kinds[a.Kind]
	switch {
	case !ok:
		return fmt.Errorf("%w: %q is nothing that is said", ErrUnsayable, a.Kind)
	case need.ticket && !sayable(a.Ticket):
		return fmt.Errorf("%w: %q is no number of a ticket, such as A012 or 086", ErrUnsayable, a.Ticket)
	case need.place && !a.knownRoom():
		return fmt.Errorf("%w: %q is no room", ErrUnsayable, a.Room)
	case need.place && a.Room == "" && (a.Window < 1 || a.Window > maxWindow):
		return fmt.Errorf("%w: window %d is not between 1 and %d", ErrUnsayable, a.Window, maxWindow)
	}
	if need.at {
		if _, _, err := clock(a.At); err != nil {
			return err
		}
	}
	return nil
}

func (a Announcement) knownRoom() bool {
	return a.Room == "" || a.Room == queue.JointRoom || a.Room == queue.LeaderRoom || a.Room == queue.MediationRoom
}

// sayable tells whether a ticket's text is at most one letter A-Z and 1-12 digits.
func sayable(ticket string) bool {
	_, digits := split(ticket)
	if digits == "" || len(digits) > maxDigits {
		return false
	}
	return strings.Trim(digits, "0123456789") == ""
}

// split parts the letter of a ticket, if it has one, from its digits.
func split(ticket string) (letter, digits string) {
	if ticket != "" && ticket[0] >= 'A' && ticket[0] <= 'Z' {
		return ticket[:1], ticket[1:]
	}
	return "", ticket
}

// clock reads a time of day; 24:00 is 0:00.
func clock(c queue.Clock) (hour, minute int, err error) {
	if c == "24:00" {
		return 0, 0, nil
	}
	t, err := time.Parse("15:04", string(c))
	if err != nil || len(c) != len("15:04") {
		return 0, 0, fmt.Errorf("%w: %q is no time of day, such as 17:00", ErrUnsayable, c)
	}
	return t.Hour(), t.Minute(), nil
}

const noon = 12

// afternoon tells whether a time that was checked is at noon or later.
func afternoon(c queue.Clock) bool {
	hour, _, err := clock(c)
	return err == nil && hour >= noon
}
