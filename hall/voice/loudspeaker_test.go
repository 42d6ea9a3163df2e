package voice_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/hall/voice"
	"petitionhall/queue"
)

func withSpeaker(c *queue.Configuration) { c.Voice.Speaker = "default" }

// The hub's own loudspeaker says it where no board does.
func TestHubSpeaks(t *testing.T) {
	inBubble(t, withSpeaker, func(t *testing.T, h *hall) {
		screen := h.connect("")
		h.call("2", "housing")
		h.call("3", "natural-resources")
		if h.out.times() != 1 {
			t.Errorf("%d sounds at once", h.out.times())
		}
		time.Sleep(time.Minute)
		screen.expect("call 请B零零幺号，到二号窗口。 x2", "call 请C零零幺号，到三号窗口。 x2")
		if h.out.times() != 2 || h.out.played[0] != "default" {
			t.Errorf("played on %v", h.out.played)
		}
		if s := h.voice.State(); !s.Heard || s.Hub.State != "ok" || s.Hub.Reason.ZH != "" {
			t.Errorf("%+v", s)
		}
	})
}

// A device that fails is told of, boards go on meanwhile, and it is tried again.
func TestHubSpeakerFails(t *testing.T) {
	inBubble(t, withSpeaker, func(t *testing.T, h *hall) {
		h.out.fails = errors.New("no such device")
		b := h.connect("main")
		h.call("2", "housing")
		time.Sleep(5 * time.Second)
		h.call("3", "natural-resources")
		time.Sleep(25 * time.Second)
		b.expect("call 请B零零幺号，到二号窗口。 x2", "call 请C零零幺号，到三号窗口。 x2")
		if s := h.voice.State(); s.Hub.State != "failed" || s.Hub.Reason.ZH == "" || s.Hub.Reason.EN == "" || s.Hub.Since == nil {
			t.Errorf("%+v", s.Hub)
		}
		if f := h.voice.Figures(); f.Failures == 0 {
			t.Error("no failure was counted")
		}
		h.out.fails = nil
		time.Sleep(time.Minute)
		h.call("4", "civil-affairs")
		time.Sleep(time.Minute)
		if s := h.voice.State(); s.Hub.State != "ok" {
			t.Errorf("afterwards %+v", s.Hub)
		}
	})
}

// A machine that cannot play at all says what to install; a call is not thrown away on it.
func TestNoPlayer(t *testing.T) {
	inBubble(t, withSpeaker, func(t *testing.T, h *hall) {
		h.out.fails = voice.ErrNoPlayer
		h.call("2", "housing")
		h.call("3", "natural-resources")
		time.Sleep(5 * time.Second)
		if s := h.voice.State(); s.Hub.State != "no-player" || s.Heard || s.Waiting != 1 {
			t.Errorf("%+v", s)
		}
		b := h.connect("main") // which still hears what is being said
		time.Sleep(10 * time.Second)
		b.expect("call 请B零零幺号，到二号窗口。 x2", "call 请C零零幺号，到三号窗口。 x2")
	})
}

// A device that hangs is given up after the length of the sound and a little; the queue goes on.
func TestHubSpeakerHangs(t *testing.T) {
	inBubble(t, withSpeaker, func(t *testing.T, h *hall) {
		h.out.hangs = true
		b := h.connect("main")
		h.call("2", "housing")
		h.call("3", "natural-resources")
		time.Sleep(time.Minute)
		b.expect("call 请B零零幺号，到二号窗口。 x2", "call 请C零零幺号，到三号窗口。 x2")
		if s := h.voice.State(); s.Hub.State != "failed" {
			t.Errorf("%+v", s.Hub)
		}
	})
}

// A voice that ends takes its sound along, and leaves nobody waiting.
func TestEndWhileSpeaking(t *testing.T) {
	inBubble(t, withSpeaker, func(_ *testing.T, h *hall) {
		h.out.hangs = true
		h.call("2", "housing")
		h.stop()
		synctest.Wait()
	})
}
