package voice

import (
	"slices"
	"time"

	"petitionhall/hall/view"
	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
)

// State tells how the voice is, for whoever looks after it.
func (a *Announcer) State() view.VoiceState {
	settings := a.settings()
	v := view.VoiceState{On: !settings.Off, Speakers: []string{}, Silent: []string{}, Languages: a.languages(settings)}
	a.mu.Lock()
	defer a.mu.Unlock()
	who, now := a.hearers(settings), a.elapsed()
	v.Heard, v.Speakers = who.any(), append(v.Speakers, who.boards...)
	for _, id := range a.speaking() {
		if !slices.Contains(who.boards, id) {
			v.Silent = append(v.Silent, id)
		}
	}
	if now < a.over {
		v.Saying = string(a.saying)
	}
	waiting, since := a.queue.Waiting()
	if v.Waiting = waiting; waiting > 0 {
		v.Wait = (now - since).Seconds()
	}
	v.Hub = a.speaker.state(settings.Speaker)
	c := a.queue.Count()
	v.Longest, v.Said, v.Dropped = c.Longest.Seconds(), sum(c.Said), sum(c.Dropped)
	return v
}

func sum[K comparable](counts map[K]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// languages tells in which voices the hall speaks.
func (a *Announcer) languages(settings *queue.VoiceConfig) []view.SpokenLanguage {
	all := []view.SpokenLanguage{}
	for _, l := range languages(settings) {
		v := view.SpokenLanguage{Language: l.Language, Pack: l.Pack, State: "none", Synthesised: a.Packs.Synthesised(l.Language) != nil}
		if line, err := phrase.Say(l.Language, phrase.Announcement{Kind: queue.SayClosed}, phrase.Options{}); err == nil {
			v.Text = line.Text != ""
		}
		if l.Pack != "" {
			v.State, v.Faults = packState(a.Packs, l.Pack)
		}
		all = append(all, v)
	}
	return all
}

func packState(packs Packs, name string) (state string, faults int) {
	p := packs.Recorded(name)
	switch {
	case p == nil:
		return "missing", 0
	case !p.Usable():
		return "missing", len(p.Faults)
	case len(p.Faults) > 0:
		return "faults", len(p.Faults)
	}
	return "ok", 0
}

// Figures are what an operator watches of the voice.
type Figures struct {
	// Said and Dropped count since the hub began, by kind and by reason.
	Said    map[queue.Announcement]int
	Dropped map[speak.Drop]int
	// Longest is the longest that a call waited which was said.
	Longest time.Duration
	// Waiting is how many wait, Wait how long the oldest of them has.
	Waiting int
	Wait    time.Duration
	// Heard tells whether anybody can say something now.
	Heard bool
	// Speakers are the boards whose sound is on.
	Speakers int
	// Failures count how often the hub's loudspeaker failed.
	Failures int
}

// Figures gives the present ones. Every kind and every reason has its count.
func (a *Announcer) Figures() Figures {
	settings := a.settings()
	a.mu.Lock()
	defer a.mu.Unlock()
	who, c := a.hearers(settings), a.queue.Count()
	f := Figures{Said: map[queue.Announcement]int{}, Dropped: map[speak.Drop]int{}, Longest: c.Longest, Heard: who.any() && !settings.Off,
		Speakers: len(who.boards), Failures: a.speaker.failures}
	for _, kind := range queue.Announcements() {
		f.Said[kind] = c.Said[kind]
	}
	for _, why := range speak.Drops() {
		f.Dropped[why] = c.Dropped[why]
	}
	var since time.Duration
	if f.Waiting, since = a.queue.Waiting(); f.Waiting > 0 {
		f.Wait = a.elapsed() - since
	}
	return f
}
