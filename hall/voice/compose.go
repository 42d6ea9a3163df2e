package voice

import (
	"slices"
	"sync"
	"time"
	"unicode/utf8"

	"petitionhall/hall/view"
	"petitionhall/hall/voice/chime"
	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/sound"
	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// announcement is what is said, as screens and the loudspeaker get it.
type announcement struct {
	view.Say
	// lasts is how long the slowest of those takes who may say it; 0 when nobody can.
	lasts  time.Duration
	device string
	// wav is for the hub's own loudspeaker; empty when it is to be silent.
	wav []byte
	// length is that of wav.
	length time.Duration
}

// ChimePause is the silence between the chime and the first word.
const ChimePause = 250 * time.Millisecond

// chimeRate is that of the chime which boards play.
const chimeRate = 24000

// ring is the chime which boards play.
var ring = sync.OnceValue(func() sound.Sound { return chime.Sound(chimeRate) })

// part is what is said in one language.
type part struct {
	language, text        string
	times                 int
	recorded, synthesised sound.Sound
}

// compose puts a turn into words and sounds, for whoever can say something now.
func (a *Announcer) compose(turn speak.Turn, settings *queue.VoiceConfig, who hearers) *announcement {
	now := a.Hall.Clock()
	made := &announcement{Say: view.Say{Kind: string(turn.Kind), At: now, Parts: []view.SayPart{}}, device: settings.Speaker}
	what, ok := a.words(turn.Item)
	if !ok {
		return made
	}
	var parts []part
	for n, l := range languages(settings) {
		p := part{language: l.Language, times: 1}
		if n == 0 {
			p.times = turn.Times
		}
		if a.speakIn(&p, l, what, phrase.Options{One: settings.One}); p.lasts(who) > 0 {
			parts = append(parts, p)
		}
	}
	if len(parts) > 0 {
		a.fill(made, parts, settings, who)
	}
	return made
}

// languages are those of the hall, Mandarin when it has not chosen.
func languages(settings *queue.VoiceConfig) []queue.VoiceLanguage {
	if len(settings.Languages) == 0 {
		return []queue.VoiceLanguage{{Language: "zh"}}
	}
	return settings.Languages
}

// words looks up how the hall calls what an item is about. A window is said by
// its number or as a room, never by what it is for.
func (a *Announcer) words(i speak.Item) (w phrase.Announcement, ok bool) {
	w.Kind = i.Kind
	a.Hall.View(func(s *queue.State, _ journal.Revision) {
		if s.Configuration == nil {
			return
		}
		ok = true
		if t, known := s.Ticket(i.Ticket); known {
			w.Ticket = t.Number()
		}
		at := view.Reference(s.Configuration, i.Window)
		w.Window, w.Room = at.Number, queue.Room(at.Room)
		if !i.Since.IsZero() {
			w.At = queue.Clock(i.Since.In(s.Zone()).Format("15:04"))
		}
	})
	return w, ok
}

// speakIn finds the words of a language and the sounds that have all of them.
func (a *Announcer) speakIn(p *part, l queue.VoiceLanguage, what phrase.Announcement, o phrase.Options) {
	line, err := phrase.Say(l.Language, what, o)
	if err != nil {
		a.Log.Warn("this has no words", "kind", what.Kind, "language", l.Language, "cause", err)
		return
	}
	p.text = line.Text
	if l.Pack != "" {
		p.recorded = a.join(a.Packs.Recorded(l.Pack), line)
	}
	p.synthesised = a.join(a.Packs.Synthesised(l.Language), line)
}

// join makes the sound of a line in a voice; none when the voice is not there or
// lacks a clip.
func (a *Announcer) join(voice *pack.Pack, line phrase.Line) sound.Sound {
	if voice == nil {
		return sound.Sound{}
	}
	s, missing, err := voice.Join(line.Clips)
	if err != nil || len(missing) > 0 {
		a.Log.Debug("a voice lacks clips, so another says it", "voice", voice.Manifest.Title, "missing", missing, "cause", err)
		return sound.Sound{}
	}
	return s
}

// lasts is how long the slowest of those takes who may say a part: nobody knows
// which voice a board has, so the others wait for the slowest.
func (p part) lasts(who hearers) time.Duration {
	longest := p.own().Duration()
	if len(who.boards) > 0 {
		longest = max(p.recorded.Duration(), p.synthesised.Duration(), estimate(p.text))
	}
	if longest == 0 {
		return 0
	}
	return time.Duration(p.times)*longest + time.Duration(p.times-1)*phrase.Again
}

// own is what the hub's own loudspeaker says.
func (p part) own() sound.Sound {
	if len(p.recorded.Samples) > 0 {
		return p.recorded
	}
	return p.synthesised
}

// What a browser's own voice takes at most, as far as is known: such voices say
// about four Chinese characters or fourteen English letters in a second.
const (
	perCharacter = 300 * time.Millisecond
	perLetter    = 90 * time.Millisecond
	voiceStarts  = 800 * time.Millisecond
)

// estimate is how long a browser's own voice may take; 0 for no text.
func estimate(text string) (d time.Duration) {
	if text == "" {
		return 0
	}
	for _, r := range text {
		if r < utf8.RuneSelf {
			d += perLetter
		} else {
			d += perCharacter
		}
	}
	return d + voiceStarts
}

// fill makes addresses of the sounds, and adds up how long all takes.
func (a *Announcer) fill(made *announcement, parts []part, settings *queue.VoiceConfig, who hearers) {
	var sounds []repeated
	for _, p := range parts {
		sounds = append(sounds, repeated{p.recorded, p.times}, repeated{p.synthesised, p.times})
		made.lasts += p.lasts(who)
	}
	made.lasts += time.Duration(len(parts)-1) * phrase.Again
	if !settings.NoChime {
		sounds = append(sounds, repeated{ring(), 1})
		made.lasts += ring().Duration() + ChimePause
	}
	addresses := a.sounds.keep(sounds...)
	for n, p := range parts {
		made.Parts = append(made.Parts, view.SayPart{Language: p.language, Text: p.text, Times: p.times,
			Recorded: addresses[2*n], Synthesised: addresses[2*n+1]})
	}
	if !settings.NoChime {
		made.Chime = addresses[len(addresses)-1]
	}
	made.Until = made.At.Add(made.lasts)
	if who.hub {
		whole := joined(parts, !settings.NoChime)
		made.wav, made.length = whole.WAV(), whole.Duration()
		if len(whole.Samples) == 0 {
			made.wav = nil
		}
	}
}

// joined is the whole announcement as one sound, for the hub's own loudspeaker.
func joined(parts []part, withChime bool) (whole sound.Sound) {
	spoken := slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return len(p.own().Samples) == 0 })
	if len(spoken) == 0 {
		return sound.Sound{}
	}
	rate := spoken[0].own().Rate
	gap := ChimePause
	if withChime {
		whole = chime.Sound(rate)
	} else {
		whole, gap = sound.Sound{Rate: rate}, 0
	}
	for _, p := range spoken {
		next := p.own().Resample(rate)
		whole, _ = whole.Then(gap, next.Times(p.times, phrase.Again)) // it has this rate
		gap = phrase.Again
	}
	return whole
}
