package queue

import (
	"fmt"
	"regexp"
	"slices"
)

// VoiceConfig is what the hall says aloud, and in which voices. The zero value
// speaks Mandarin in the voice that comes with the program.
type VoiceConfig struct {
	// Off keeps the hall silent.
	Off bool `json:"off,omitempty"`
	// Languages are spoken one after the other, the first of them twice; empty for Mandarin alone; at most 4.
	Languages []VoiceLanguage `json:"languages,omitempty"`
	// One is how the digit 1 of a number is said: yao (幺) or yi (一); empty for yao.
	One string `json:"one,omitempty"`
	// CallsOnly says nothing but calls.
	CallsOnly bool `json:"callsOnly,omitempty"`
	// Announcements are what is said beside calls; empty for DefaultAnnouncements.
	Announcements []Announcement `json:"announcements,omitempty"`
	// NoChime leaves out the chime (叮咚) before an announcement.
	NoChime bool `json:"noChime,omitempty"`
	// ClosingSoonMinutes is how long before issuing stops it is said, 5-120; 0 for 30.
	ClosingSoonMinutes int `json:"closingSoonMinutes,omitempty"`
	// Speaker is the hub's own loudspeaker: a device of the system, such as default; empty when only boards speak.
	Speaker string `json:"speaker,omitempty"`
}

// VoiceLanguage is one language of the voice.
type VoiceLanguage struct {
	// Language is its short tag, such as zh, en, or dong.
	Language string `json:"language"`
	// Pack is the recorded pack to speak it with, the name of its folder; empty for none.
	Pack string `json:"pack,omitempty"`
}

// Announcement is a kind of what the voice says.
type Announcement string

// What the voice says. Calls are always said.
const (
	SayCall        Announcement = "call"
	SayRecall      Announcement = "recall"
	SayPreCall     Announcement = "precall"
	SayMissed      Announcement = "missed"
	SayTransfer    Announcement = "transfer"
	SayPause       Announcement = "pause"
	SayResume      Announcement = "resume"
	SayOpens       Announcement = "opens"
	SayLeader      Announcement = "leader"
	SayMorning     Announcement = "morning"
	SayClosingSoon Announcement = "closingSoon"
	SayClosed      Announcement = "closed"
	SayStaff       Announcement = "staff"
	SayRecovery    Announcement = "recovery"
)

// Announcements are all there are.
func Announcements() []Announcement {
	return []Announcement{SayCall, SayRecall, SayPreCall, SayMissed, SayTransfer, SayPause, SayResume, SayOpens,
		SayLeader, SayMorning, SayClosingSoon, SayClosed, SayStaff, SayRecovery}
}

// DefaultAnnouncements are said when a hall has not chosen: the others cost the
// one loudspeaker four to seven seconds each.
func DefaultAnnouncements() []Announcement {
	return []Announcement{SayRecall, SayClosingSoon, SayClosed}
}

// Says tells whether the hall says this kind aloud.
func (v *VoiceConfig) Says(kind Announcement) bool {
	switch {
	case v == nil:
		v = &VoiceConfig{}
	case v.Off:
		return false
	}
	if kind == SayCall {
		return true
	}
	chosen := v.Announcements
	if len(chosen) == 0 {
		chosen = DefaultAnnouncements()
	}
	return !v.CallsOnly && slices.Contains(chosen, kind)
}

// Room says that a window is no counter but a room, which is called by its name.
type Room string

// The rooms of a hall: 联合接访室, 领导接访室, 人民调解室. The empty Room is a window.
const (
	JointRoom     Room = "joint"
	LeaderRoom    Room = "leader"
	MediationRoom Room = "mediation"
)

var (
	languageTag = regexp.MustCompile(`^[a-z]{2,8}(-[a-z0-9]{1,8})*$`)
	deviceName  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9:,=_.-]{0,63}$`)
)

const (
	maxLanguages   = 4
	minClosingSoon = 5
	maxClosingSoon = 120
)

func (v *VoiceConfig) validate() error {
	if v == nil {
		return nil
	}
	switch {
	case v.One != "" && v.One != "yao" && v.One != "yi":
		return invalid("voice.one", "%q is neither yao nor yi", v.One)
	case len(v.Languages) > maxLanguages:
		return invalid("voice.languages", "more than %d languages", maxLanguages)
	case v.ClosingSoonMinutes != 0 && (v.ClosingSoonMinutes < minClosingSoon || v.ClosingSoonMinutes > maxClosingSoon):
		return invalid("voice.closingSoonMinutes", "%d is not between %d and %d", v.ClosingSoonMinutes, minClosingSoon, maxClosingSoon)
	case v.Speaker != "" && !deviceName.MatchString(v.Speaker):
		return invalid("voice.speaker", "%q is no name of a device, such as default", v.Speaker)
	}
	for i, l := range v.Languages {
		at := fmt.Sprintf("voice.languages[%d]", i)
		switch {
		case !languageTag.MatchString(l.Language):
			return invalid(at+".language", "%q is no language, such as zh, en or dong", l.Language)
		case slices.ContainsFunc(v.Languages[:i], func(o VoiceLanguage) bool { return o.Language == l.Language }):
			return invalid(at+".language", "%q stands twice", l.Language)
		case l.Pack != "" && !slug.MatchString(l.Pack):
			return invalid(at+".pack", "%q is no name of a pack: lower-case letters, digits and hyphens, at most 32", l.Pack)
		}
	}
	for i, kind := range v.Announcements {
		if !slices.Contains(Announcements(), kind) {
			return invalid(fmt.Sprintf("voice.announcements[%d]", i), "%q is nothing that is said", kind)
		}
	}
	return nil
}
