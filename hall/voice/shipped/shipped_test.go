package shipped_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/shipped"
	"petitionhall/hall/voice/sound"
	"petitionhall/queue"
)

// A hall speaks out of the box: the voices are whole, and say what today's lists say.
// When this fails, the lists have changed: make voice.
func TestVoicesAreFresh(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		p, ok := shipped.Pack(lang)
		if !ok {
			t.Fatalf("no voice of %s ships (make voice)", lang)
		}
		for _, f := range p.Faults {
			t.Errorf("%s: %s: %s", lang, f.Code, f.Error())
		}
		clips := phrase.Clips(lang)
		if lacks := p.Lacks(clips); len(lacks) > 0 {
			t.Errorf("%s lacks %v (make voice)", lang, lacks)
		}
		if len(p.Manifest.Clips) != len(clips) {
			t.Errorf("%s has %d clips, the list %d (make voice)", lang, len(p.Manifest.Clips), len(clips))
		}
		prompts := map[string]string{}
		for _, e := range p.Manifest.Clips {
			prompts[e.Name] = e.Prompt
		}
		for _, c := range clips {
			if prompts[c.Name] != pack.Prompt(c) {
				t.Errorf("%s: %s says something else than %q (make voice)", lang, c.Name, c.Text)
			}
		}
		if m := p.Manifest; m.Origin != pack.Synthesised || m.Rate != 16000 || m.Licence == "" || m.Language != lang {
			t.Errorf("%s: the manifest says %s, %d Hz, %q", lang, m.Origin, m.Rate, m.Language)
		}
	}
	if _, ok := shipped.Pack("dong"); ok {
		t.Error("a voice of dong ships")
	}
}

// Clips that follow each other are about equally loud, and none has silence at its ends.
func TestVoicesAreEven(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		p, _ := shipped.Pack(lang)
		for _, c := range phrase.Clips(lang) {
			s, _ := p.Clip(c.Name)
			if l := s.Spoken(); math.Abs(l-sound.Loudness) > 2.5 {
				t.Errorf("%s: %s is at %.1f dB", lang, c.Name, l)
			}
			if s.Peak() > sound.Ceiling+0.1 {
				t.Errorf("%s: %s peaks at %.1f dB", lang, c.Name, s.Peak())
			}
			if cut := s.Duration() - s.Trim().Duration(); cut > 20*time.Millisecond {
				t.Errorf("%s: %s has %v of silence", lang, c.Name, cut)
			}
		}
	}
}

// Every announcement of a usual hall is said whole, in a length that a hall can bear.
func TestVoicesSayEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := phrase.Announcement{
			Kind:   rapid.SampledFrom(queue.Announcements()).Draw(t, "kind"),
			Ticket: rapid.StringMatching(`[A-Z]?[0-9]{3,4}`).Draw(t, "ticket"),
			Window: rapid.IntRange(1, 999).Draw(t, "window"),
			Room:   rapid.SampledFrom([]queue.Room{"", "", queue.JointRoom, queue.LeaderRoom, queue.MediationRoom}).Draw(t, "room"),
			At:     queue.Clock(fmt.Sprintf("%02d:%02d", rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))),
		}
		for _, lang := range []string{"zh", "en"} {
			line, err := phrase.Say(lang, a, phrase.Options{One: rapid.SampledFrom([]string{"yao", "yi"}).Draw(t, "one")})
			if err != nil {
				t.Fatal(err)
			}
			p, _ := shipped.Pack(lang)
			s, missing, err := p.Join(line.Clips)
			if err != nil || len(missing) > 0 {
				t.Fatalf("%q lacks %v, %v", line.Text, missing, err)
			}
			if d := s.Duration(); d < time.Second || d > 12*time.Second {
				t.Fatalf("%q takes %v", line.Text, d)
			}
		}
	})
}

// What goes into a packed voice comes out of it, sample for sample.
func TestPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOfN(rapid.Int16(), 0, 2000).Draw(t, "samples")
		s := shipped.Reduce(sound.Sound{Rate: 16000, Samples: raw})
		for i, v := range s.Samples {
			if d := int(v) - int(raw[i]); d < -56 || d > 56 {
				t.Fatalf("%d became %d", raw[i], v)
			}
		}
		m := manifest()
		m.Clips = []pack.Entry{pack.NewEntry(phrase.Clips("zh")[0], "please.wav", s.WAV(), s)}
		file, err := shipped.Write(m, map[string]sound.Sound{"please.wav": s})
		if err != nil {
			t.Fatal(err)
		}
		dir, err := shipped.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		wav, err := dir.Open("please.wav")
		if err != nil {
			t.Fatal(err)
		}
		got := make([]byte, len(s.WAV())+1)
		n, _ := wav.Read(got)
		if string(got[:n]) != string(s.WAV()) {
			t.Fatalf("%d bytes came out, %d went in, or others", n, len(s.WAV()))
		}
	})
}

// The same voice is the same file: a voice that was made again shows no difference.
func TestPackedTwice(t *testing.T) {
	s := sound.Sound{Rate: 16000, Samples: make([]int16, 5000)}
	for i := range s.Samples {
		s.Samples[i] = int16(8000 * math.Sin(float64(i)/9))
	}
	s = shipped.Reduce(s)
	m := manifest()
	m.Clips = []pack.Entry{pack.NewEntry(phrase.Clips("zh")[0], "please.wav", s.WAV(), s)}
	sounds := map[string]sound.Sound{"please.wav": s}
	one, err := shipped.Write(m, sounds)
	if err != nil {
		t.Fatal(err)
	}
	if two, err := shipped.Write(m, sounds); err != nil || string(one) != string(two) {
		t.Errorf("another file, %v", err)
	}
	dir, err := shipped.Open(one)
	if err != nil {
		t.Fatal(err)
	}
	if p := pack.Read(dir); len(p.Faults) > 0 || !p.Usable() {
		t.Errorf("%v", p.Faults)
	}
	if _, err := dir.Open("ready.wav"); err == nil {
		t.Error("a clip that is not there was opened")
	}
}

func TestOpenNothing(t *testing.T) {
	for name, file := range map[string][]byte{"nothing": nil, "text": []byte("no zip"), "a zip of nothing": []byte("PK\x05\x06" + string(make([]byte, 18)))} {
		if _, err := shipped.Open(file); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
}

func manifest() pack.Manifest {
	return pack.Manifest{Format: 1, Language: "zh", Title: "试", Origin: pack.Synthesised, Licence: "none", Made: "2026-11-25", Rate: 16000,
		Consent: pack.Consent{Given: true, Sentence: pack.ConsentSentence(pack.Synthesised).ZH}}
}
