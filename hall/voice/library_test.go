package voice_test

import (
	"testing"
	"time"

	"petitionhall/hall/view"
	"petitionhall/hall/voice"
	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/shipped"
	"petitionhall/queue"
)

// own has the hall speak with a recorded pack of the name own.
func own(c *queue.Configuration) {
	c.Voice.Languages = []queue.VoiceLanguage{{Language: "zh", Pack: "own"}}
}

// A recorded pack that has every clip comes first. One that lacks a clip leaves
// the whole phrase to the next voice.
func TestRecordedPack(t *testing.T) {
	inBubble(t, own, func(t *testing.T, h *hall) {
		b := h.connect("main")
		h.packs["own"], _ = shipped.Pack("zh")
		h.call("2", "housing")
		b.read()
		if p := b.says[0].Parts[0]; p.Recorded == "" || p.Synthesised == "" {
			t.Errorf("%+v", p)
		}
		if l := h.voice.State().Languages[0]; l != (view.SpokenLanguage{Language: "zh", Pack: "own", State: "ok", Synthesised: true, Text: true}) {
			t.Errorf("%+v", l)
		}
		time.Sleep(time.Minute)
		h.packs["own"], _ = shipped.Pack("en") // it has some of the names, and no way to window three
		h.call("3", "natural-resources")
		b.read()
		if p := b.says[1].Parts[0]; p.Recorded != "" || p.Synthesised == "" {
			t.Errorf("%+v", p)
		}
	})
}

// What is recorded is heard from the next call on, without starting anything again.
func TestLibraryFollowsTheShelf(t *testing.T) {
	dir := t.TempDir()
	shelf, err := pack.OpenShelf(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shelf.Close() })
	l := voice.NewLibrary(dir, shelf)
	if l.Recorded("own") != nil || l.Recorded("../own") != nil || l.Recorded("") != nil {
		t.Error("there is a voice that nobody recorded")
	}
	zh, _ := shipped.Pack("zh")
	if err := shelf.Create(pack.New{ID: "own", Language: "zh", Title: "本地话", Consent: true, Rate: zh.Manifest.Rate}); err != nil {
		t.Fatal(err)
	}
	if p := l.Recorded("own"); p == nil || p.Usable() {
		t.Error("a voice without clips is usable, or not there")
	}
	please, _ := zh.Clip("please")
	if _, err := shelf.Put("own", "please", please.WAV()); err != nil {
		t.Fatal(err)
	}
	p := l.Recorded("own")
	if p == nil || !p.Usable() {
		t.Fatal("the clip is not there yet")
	}
	if l.Recorded("own") != p {
		t.Error("it is read again although nothing changed")
	}
	if err := shelf.Remove("own"); err != nil {
		t.Fatal(err)
	}
	if l.Recorded("own") != nil {
		t.Error("a voice that was deleted still speaks")
	}
}
