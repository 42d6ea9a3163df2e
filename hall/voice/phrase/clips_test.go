package phrase_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"petitionhall/hall/configuration"
	"petitionhall/hall/voice/phrase"
	"petitionhall/queue"
)

var clipName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// syllable is toned pinyin as the synthesiser reads it; letters stand for themselves.
var syllable = regexp.MustCompile(`^([a-z]+[1-5],?\.?|[A-Z])$`)

func TestClips(t *testing.T) {
	for _, lang := range []string{"zh", "en", "dong"} {
		seen := map[string]bool{}
		said := map[string]string{}
		for _, c := range phrase.Clips(lang) {
			if seen[c.Name] || !clipName.MatchString(c.Name) {
				t.Errorf("%s: %q stands twice or is no name", lang, c.Name)
			}
			seen[c.Name] = true
			if other, taken := said[c.Text]; taken {
				t.Errorf("%s: %s and %s are both %q", lang, other, c.Name, c.Text)
			}
			said[c.Text] = c.Name
			if c.Text == "" || c.Meaning == "" || c.Group == "" || strings.ContainsAny(c.Text+c.Meaning, "()") {
				t.Errorf("%s: %s lacks its text, meaning or group: %+v", lang, c.Name, c)
			}
			if c.MinMillis < 100 || c.MaxMillis <= c.MinMillis || c.MaxMillis > 25000 {
				t.Errorf("%s: %s takes %d to %d ms", lang, c.Name, c.MinMillis, c.MaxMillis)
			}
		}
		if len(seen) < 100 {
			t.Errorf("%s has only %d clips", lang, len(seen))
		}
	}
}

// Every Chinese clip tells how each of its characters sounds.
func TestPinyin(t *testing.T) {
	for _, c := range phrase.Clips("zh") {
		spoken := strings.FieldsFunc(c.Text, unicode.IsPunct)
		characters := len([]rune(strings.Join(spoken, "")))
		syllables := strings.Fields(c.Pinyin)
		if len(syllables) != characters {
			t.Errorf("%s: %q has %d characters, %q has %d syllables", c.Name, c.Text, characters, c.Pinyin, len(syllables))
		}
		for _, s := range syllables {
			if !syllable.MatchString(s) {
				t.Errorf("%s: %q is no toned syllable", c.Name, s)
			}
		}
		sandhi(t, c)
	}
	for _, lang := range []string{"en", "dong"} {
		for _, c := range phrase.Clips(lang) {
			if c.Pinyin != "" {
				t.Errorf("%s: %s has the pinyin %q", lang, c.Name, c.Pinyin)
			}
		}
	}
}

// sandhi checks the tone changes of 一 and 不, which nobody makes for the synthesiser.
func sandhi(t *testing.T, c phrase.Clip) {
	t.Helper()
	tone := func(s string) string { return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz,.") }
	characters, syllables := []rune(strings.Join(strings.FieldsFunc(c.Text, unicode.IsPunct), "")), strings.Fields(c.Pinyin)
	for i, r := range characters {
		next := ""
		if i+1 < len(characters) {
			next = tone(syllables[i+1])
		}
		switch {
		case r == '不' && next == "4" && syllables[i] != "bu2":
			t.Errorf("%s: 不 before a fourth tone is %s", c.Name, syllables[i])
		case r == '一' && strings.ContainsAny(string(characters), "遍") && syllables[i] != "yi2":
			t.Errorf("%s: 一 before a fourth tone is %s", c.Name, syllables[i])
		case r == '一' && i+1 < len(characters) && strings.ContainsRune("声点百", characters[i+1]) && i == 0 && syllables[i] != "yi4":
			t.Errorf("%s: 一 is %s", c.Name, syllables[i])
		case r == '一' && i+1 < len(characters) && characters[i+1] == '号' && syllables[i] != "yi1":
			t.Errorf("%s: 一 of an ordinal is %s", c.Name, syllables[i])
		}
	}
}

func TestClipAsJSON(t *testing.T) {
	text, err := json.Marshal(phrase.Clips("zh")[3])
	want := `{"name":"ready","group":"words","text":"准备","pinyin":"zhun3 bei4","meaning":"get ready","minMillis":180,"maxMillis":2700}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v; not %s", text, err, want)
	}
}

// The list that a caller got is the caller's own.
func TestClipsAreACopy(t *testing.T) {
	phrase.Clips("zh")[0].Text = "changed"
	if text := phrase.Clips("zh")[0].Text; text != "请" {
		t.Errorf("the list says %q", text)
	}
}

// A hall of twenty windows records about 75 clips; all that it may ever say is on the list.
func TestNeededByTheUsualHall(t *testing.T) {
	c := configuration.Default()
	c.Hours = &queue.Hours{Week: []queue.Span{{Days: []queue.Weekday{"mon"}, From: "08:30", Until: "12:00", IssueUntil: "11:30"},
		{Days: []queue.Weekday{"mon"}, From: "14:30", Until: "17:30", IssueUntil: "17:00"}}}
	needed := phrase.Needed("zh", phrase.Of(c))
	if n := len(needed); n < 60 || n > 80 {
		t.Errorf("%d clips", n)
	}
	names := make([]string, len(needed))
	for i, clip := range needed {
		names[i] = clip.Name
	}
	for _, want := range []string{"please", "number", "once-more", "to-window-1", "to-window-20", "digit-0", "digit-yao", "digit-9", "letter-a", "letter-w",
		"part-morning", "hour-11", "half", "hour-5", "closed"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not asked for", want)
		}
	}
	for _, unused := range []string{"letter-i", "letter-o", "digit-1", "number-100", "hour-4", "to-joint", "paused"} {
		if slices.Contains(names, unused) {
			t.Errorf("%s is asked for, and never said", unused)
		}
	}
	c.Voice = &queue.VoiceConfig{Announcements: queue.Announcements(), One: "yi"}
	c.Windows[19].Room = queue.JointRoom
	all := phrase.Needed("zh", phrase.Of(c))
	if n := len(all); n <= len(needed) || n > 110 {
		t.Errorf("%d clips with every announcement", n)
	}
	t.Logf("%d clips for the usual announcements, %d for all", len(needed), len(all))
}

// What a hall may say is made of the clips it was asked to record.
func TestNeeded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anything(t)
		h := phrase.Hall{Kinds: []queue.Announcement{a.Kind}, Windows: []int{a.Window}, Rooms: []queue.Room{a.Room}, Closings: []queue.Clock{a.At},
			Series: []string{strings.Trim(a.Ticket, "0123456789")}, One: rapid.SampledFrom([]string{"", "yao", "yi"}).Draw(t, "one")}
		lang := rapid.SampledFrom([]string{"zh", "en", "dong"}).Draw(t, "language")
		line, err := phrase.Say(lang, a, phrase.Options{One: h.One})
		if err != nil {
			t.Fatal(err)
		}
		needed := phrase.Needed(lang, h)
		for _, s := range line.Clips {
			if !slices.ContainsFunc(needed, func(c phrase.Clip) bool { return c.Name == s.Clip }) {
				t.Fatalf("%s is said and not asked for", s.Clip)
			}
		}
	})
}

// Every clip of the list is said by somebody: nobody records what is never heard.
func TestNoIdleClip(t *testing.T) {
	h := phrase.Hall{Kinds: queue.Announcements(), Rooms: []queue.Room{queue.JointRoom, queue.LeaderRoom, queue.MediationRoom}, Series: []string{""}}
	for n := 1; n <= 999; n++ {
		h.Windows = append(h.Windows, n)
	}
	for l := 'A'; l <= 'Z'; l++ {
		h.Series = append(h.Series, string(l))
	}
	for _, hour := range []string{"00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "15", "20"} {
		for _, minute := range []string{"00", "05", "30", "59"} {
			h.Closings = append(h.Closings, queue.Clock(hour+":"+minute))
		}
	}
	for _, lang := range []string{"zh", "en"} {
		used := map[string]bool{}
		for _, one := range []string{"yao", "yi"} {
			h.One = one
			for _, c := range phrase.Needed(lang, h) {
				used[c.Name] = true
			}
		}
		for _, c := range phrase.Clips(lang) {
			if !used[c.Name] {
				t.Errorf("%s: %s is never said", lang, c.Name)
			}
		}
	}
}
