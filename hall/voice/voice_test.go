package voice_test

import (
	"strings"
	"testing"
	"time"

	"petitionhall/hall/view"
	"petitionhall/hall/voice"
	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/shipped"
	"petitionhall/hall/voice/speak"
	"petitionhall/queue"
)

// all says everything that can be said.
func all(c *queue.Configuration) { c.Voice.Announcements = queue.Announcements() }

// A call is said twice after a chime, and lasts as long as the slowest voice takes.
func TestCallIsSaid(t *testing.T) {
	inBubble(t, nil, func(t *testing.T, h *hall) {
		b := h.connect("main")
		h.call("2", "housing")
		b.read()
		if len(b.says) != 1 {
			t.Fatalf("%d things are said", len(b.says))
		}
		s := b.says[0]
		if got := strings.Join(b.names, " "); !strings.HasSuffix(got, "call change say") {
			t.Errorf("told in the order %s", got)
		}
		if s.Kind != "call" || s.Chime == "" || len(s.Parts) != 1 || !s.At.Equal(h.Clock()) {
			t.Fatalf("%+v", s)
		}
		p := s.Parts[0]
		if p.Text != "请B零零幺号，到二号窗口。" || p.Language != "zh" || p.Times != 2 || p.Recorded != "" || p.Synthesised == "" {
			t.Errorf("%+v", p)
		}
		line, err := phrase.Say("zh", phrase.Announcement{Kind: queue.SayCall, Ticket: "B001", Window: 2}, phrase.Options{})
		if err != nil {
			t.Fatal(err)
		}
		zh, _ := shipped.Pack("zh")
		joined, missing, err := zh.Join(line.Clips)
		if err != nil || len(missing) > 0 {
			t.Fatal(missing, err)
		}
		if shortest := 2*joined.Duration() + time.Second + voice.ChimePause; s.Until.Sub(s.At) < shortest {
			t.Errorf("it lasts %v, the sound alone %v", s.Until.Sub(s.At), shortest)
		}
	})
}

// Calls of one instant are all said, one after the other: none begins before the
// one before it and a silence are over.
func TestNeverTwoAtOnce(t *testing.T) {
	inBubble(t, nil, func(t *testing.T, h *hall) {
		b := h.connect("main")
		for w, service := range map[queue.WindowID]queue.ServiceID{"2": "housing", "3": "natural-resources", "4": "civil-affairs", "5": "social-security"} {
			h.do(queue.OpenWindow{Window: w}, h.take(service))
		}
		for _, w := range []queue.WindowID{"4", "2", "5", "3"} {
			h.do(queue.Next{Window: w})
		}
		time.Sleep(2 * time.Minute)
		b.read()
		for i, s := range b.says[1:] {
			if before := b.says[i]; s.At.Before(before.Until.Add(speak.Gap)) {
				t.Errorf("%s begins at %v, while %s lasts until %v", s.ID, s.At, before.ID, before.Until)
			}
		}
		b.expect("call 请D零零幺号，到四号窗口。 x2", "call 请B零零幺号，到二号窗口。 x1", "call 请V零零幺号，到五号窗口。 x2", "call 请C零零幺号，到三号窗口。 x2")
	})
}

// A call whose ticket moves on while it waits is not said, however it moves on.
func TestMovedOn(t *testing.T) {
	late := []queue.Action{queue.Recall{Window: "2"}, queue.Recall{Window: "2"}}
	for name, moves := range map[string][]queue.Action{
		"started":   {queue.Start{Window: "2"}},
		"served":    {queue.Finish{Window: "2", Outcome: queue.Resolved}},
		"missed":    append(late, queue.Miss{Window: "2"}),
		"sent on":   {queue.Start{Window: "2"}, queue.Transfer{Window: "2", Service: "water"}},
		"undone":    {queue.Undo{Window: "2"}},
		"elsewhere": {queue.Undo{Window: "2"}, queue.OpenWindow{Window: "19"}, queue.CallTicket{Window: "19", Ticket: 2, Reason: queue.CallOther}},
		"put off":   {queue.CloseDay{Deferred: []queue.TicketID{1, 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(c *queue.Configuration) {
				c.Rules.RecallSeconds, c.Rules.MissSeconds = 0, 0
				w, _ := c.Window("19")
				w.Services = append(w.Services, "housing")
				c.Voice.CallsOnly = true
			}, func(t *testing.T, h *hall) {
				b := h.connect("main")
				h.call("3", "natural-resources")
				h.call("2", "housing")
				h.do(moves...)
				time.Sleep(time.Minute)
				want := []string{"call 请C零零幺号，到三号窗口。 x2"}
				if name == "elsewhere" {
					want = append(want, "call 请B零零幺号，到十九号窗口。 x2")
				}
				b.expect(want...)
			})
		})
	}
}

// A recall is said once; one of a call that waits makes it no second announcement.
func TestRecall(t *testing.T) {
	inBubble(t, nil, func(t *testing.T, h *hall) {
		b := h.connect("main")
		h.call("3", "natural-resources")
		h.call("2", "housing")
		time.Sleep(10 * time.Second)
		h.do(queue.Recall{Window: "2"})
		time.Sleep(time.Minute)
		b.expect("call 请C零零幺号，到三号窗口。 x2", "call 请B零零幺号，到二号窗口。 x2")
		h.do(queue.Recall{Window: "2"})
		time.Sleep(time.Minute)
		b.expect("recall 再叫一遍，请B零零幺号，到二号窗口。 x1")
	})
}

// At a window where the call is the start, the call is said all the same.
func TestStartAtCall(t *testing.T) {
	inBubble(t, func(c *queue.Configuration) {
		w, _ := c.Window("2")
		w.StartAtCall = true
	}, func(_ *testing.T, h *hall) {
		b := h.connect("main")
		h.call("2", "housing")
		b.expect("call 请B零零幺号，到二号窗口。 x2")
	})
}

// The one who is next is told so once, unless called meanwhile.
func TestPreCall(t *testing.T) {
	inBubble(t, all, func(_ *testing.T, h *hall) {
		b := h.connect("main")
		h.do(queue.OpenWindow{Window: "2"}, h.take("housing"), h.take("housing"), h.take("housing"))
		time.Sleep(time.Minute)
		b.heard() // that the window opened, and numbers are given
		h.do(queue.Next{Window: "2"})
		time.Sleep(time.Minute)
		b.expect("call 请B零零幺号，到二号窗口。 x2", "precall 请B零零二号准备，快到您了。 x1")
	})
}

func TestPreCallOfWhoIsCalled(t *testing.T) {
	inBubble(t, all, func(_ *testing.T, h *hall) {
		b := h.connect("main")
		h.do(queue.OpenWindow{Window: "2"}, h.take("housing"), h.take("housing"), h.take("housing"))
		time.Sleep(time.Minute)
		b.heard()
		h.do(queue.Next{Window: "2"}, queue.Finish{Window: "2", Outcome: queue.Resolved}, queue.Next{Window: "2"})
		time.Sleep(time.Minute)
		b.expect("call 请B零零幺号，到二号窗口。 x2", "call 请B零零二号，到二号窗口。 x2", "precall 请B零零三号准备，快到您了。 x1")
		h.do(queue.Finish{Window: "2", Outcome: queue.Resolved}, queue.Next{Window: "2"})
		time.Sleep(time.Minute)
		b.expect("call 请B零零三号，到二号窗口。 x2")
	})
}

// What else is said, of those that say it.
func TestNotices(t *testing.T) {
	inBubble(t, func(c *queue.Configuration) {
		all(c)
		c.Rules.RecallSeconds, c.Rules.MissSeconds, c.Rules.MissCalls = 0, 0, 1
		w, _ := c.Window("17")
		w.Presence = queue.OnCall
		c.Hours = &queue.Hours{Week: []queue.Span{{Days: []queue.Weekday{"mon"}, From: "08:00", Until: "17:30", IssueUntil: "17:00"}}}
		c.LeaderService = "general"
		c.Leaders = []queue.LeaderTurn{{Date: "2026-11-23", From: "09:00", Until: "11:30", Post: queue.Text{ZH: "副县长"}, Window: "1"}}
	}, func(t *testing.T, h *hall) {
		b := h.connect("main")
		step := func(want string, actions ...queue.Action) {
			t.Helper()
			h.do(actions...)
			time.Sleep(40 * time.Second)
			if want == "" {
				b.expect()
				return
			}
			b.expect(want)
		}
		step("morning 各位好，现在开始取号。取了号请坐着等，听叫号，看屏幕。 x1", queue.OpenDay{})
		step("staff 请十七号窗口工作人员到窗口。 x1", h.take("water"))
		step("", h.take("water")) // they are on their way
		step("opens 十七号窗口开始接待。 x1", queue.OpenWindow{Window: "17"})
		step("", h.take("water"))
		step("pause 十七号窗口暂停服务。号都有效，请坐着等。 x1", queue.PauseWindow{Window: "17", Reason: queue.PauseMeal})
		step("resume 十七号窗口恢复服务。 x1", queue.OpenWindow{Window: "17"})
		h.do(queue.Next{Window: "17"})
		time.Sleep(time.Minute)
		b.heard()
		step("missed S零零幺号，号给您留着。来了请到十七号窗口说一声。 x1", queue.Miss{Window: "17"})
		h.do(queue.Next{Window: "17"}, queue.Start{Window: "17"})
		time.Sleep(time.Minute)
		b.heard()
		step("transfer S零零二号转到二号窗口，请坐着等，不用重新取号。 x1", queue.Transfer{Window: "17", Service: "housing"})
		h.skip(morning.Add(30 * time.Minute).Sub(h.Clock()))
		step("leader 今天上午有领导接访。想见领导的，请取领导接访号。 x1")
		h.skip(morning.Add(8 * time.Hour).Sub(h.Clock()))
		step("closingSoon 各位好，取号到下午五点结束。取了号的，都会接待。 x1")
		h.skip(20 * time.Minute)
		step("")
		h.skip(10 * time.Minute)
		step("closed 今天取号已经结束。取了号的请放心，都会接待。 x1")
	})
}

// Unless a hall wishes more, calls, recalls and the end of issuing are said, and nothing else.
func TestDefaultAnnouncements(t *testing.T) {
	inBubble(t, nil, func(_ *testing.T, h *hall) {
		b := h.connect("main")
		h.do(queue.OpenWindow{Window: "2"}, queue.PauseWindow{Window: "2", Reason: queue.PauseMeal}, queue.OpenWindow{Window: "2"}, queue.StopIssuing{})
		time.Sleep(time.Minute)
		b.expect("closed 今天取号已经结束。取了号的请放心，都会接待。 x1")
	})
}

// A discreet window is said by its number alone, in every language; so is every other.
func TestNoOfficeAloud(t *testing.T) {
	inBubble(t, func(c *queue.Configuration) {
		all(c)
		c.Voice.Languages = []queue.VoiceLanguage{{Language: "zh"}, {Language: "en"}}
	}, func(_ *testing.T, h *hall) {
		b := h.connect("main")
		h.do(queue.OpenWindow{Window: "10"})
		time.Sleep(time.Minute)
		b.heard()
		h.do(queue.Take{Service: "discipline", Persons: 7, Priority: true, Language: "zh", Code: "X"}, queue.Next{Window: "10"})
		b.expect("call 请A零零幺号，到十号窗口。 x2 Number A zero zero one, please go to window ten. x1")
	})
}

// A room is called by its name.
func TestRoom(t *testing.T) {
	inBubble(t, func(c *queue.Configuration) {
		w, _ := c.Window("1")
		w.Room = queue.JointRoom
		c.Voice.One = "yi"
	}, func(_ *testing.T, h *hall) {
		b := h.connect("main")
		h.call("1", "general")
		b.expect("call 请A零零一号，到联合接访室。 x2")
	})
}

// The second language is said once, and stays when calls are said once.
func TestLanguagesUnderLoad(t *testing.T) {
	inBubble(t, func(c *queue.Configuration) {
		c.Voice.Languages = []queue.VoiceLanguage{{Language: "zh"}, {Language: "en"}}
	}, func(t *testing.T, h *hall) {
		b := h.connect("main")
		for _, w := range []struct {
			window  queue.WindowID
			service queue.ServiceID
		}{{"2", "housing"}, {"3", "natural-resources"}, {"4", "civil-affairs"}, {"5", "social-security"}} {
			h.call(w.window, w.service)
		}
		time.Sleep(2 * time.Minute)
		b.read()
		for i, want := range [][2]int{{2, 1}, {1, 1}, {2, 1}, {2, 1}} {
			if p := b.says[i].Parts; p[0].Times != want[0] || p[1].Times != want[1] {
				t.Errorf("call %d is said %d and %d times", i+1, p[0].Times, p[1].Times)
			}
		}
	})
}

// Without anybody to say it a call waits a minute: a board that was cut off for a
// moment still says it, one that comes later does not.
func TestNobodyToHear(t *testing.T) {
	inBubble(t, nil, func(t *testing.T, h *hall) {
		silent := h.connect("")
		stranger := h.connect("not-a-board")
		h.call("2", "housing")
		time.Sleep(30 * time.Second)
		h.call("3", "natural-resources")
		time.Sleep(31 * time.Second)
		silent.expect()
		stranger.expect()
		if s := h.voice.State(); s.Heard || s.Waiting != 1 || len(s.Silent) != 1 || s.Silent[0] != "main" {
			t.Errorf("%+v", s)
		}
		h.connect("main").expect("call 请C零零幺号，到三号窗口。 x2")
		silent.expect("call 请C零零幺号，到三号窗口。 x2")
		if s := h.voice.State(); !s.Heard || s.Waiting != 0 || s.Saying != "call" || s.Dropped != 1 || s.Said != 1 || s.Longest < 30 || len(s.Speakers) != 1 {
			t.Errorf("%+v", s)
		}
	})
}

// What the hall changes is so with the next announcement.
func TestSettingsAtOnce(t *testing.T) {
	inBubble(t, nil, func(t *testing.T, h *hall) {
		b := h.connect("main")
		h.call("2", "housing")
		h.call("3", "natural-resources")
		h.configure(queue.VoiceConfig{Off: true})
		time.Sleep(time.Minute)
		h.call("4", "civil-affairs")
		time.Sleep(time.Minute)
		b.expect("call 请B零零幺号，到二号窗口。 x2")
		if s := h.voice.State(); s.On {
			t.Error("the voice is on")
		}
		h.configure(queue.VoiceConfig{NoChime: true, One: "yi", Languages: []queue.VoiceLanguage{{Language: "en"}, {Language: "zh"}, {Language: "dong", Pack: "dong"}}})
		h.call("5", "social-security")
		b.read()
		if b.says[0].Chime != "" {
			t.Error("there is a chime")
		}
		b.expect("call Number V zero zero one, please go to window five. x2 请V零零一号，到五号窗口。 x1")
		if l := h.voice.State().Languages; len(l) != 3 || l[2] != (view.SpokenLanguage{Language: "dong", Pack: "dong", State: "missing"}) || !l[0].Synthesised || !l[0].Text {
			t.Errorf("%+v", l)
		}
	})
}

// A hub that starts again in the middle of a day repeats nothing, and no id.
func TestRestart(t *testing.T) {
	inBubble(t, all, func(t *testing.T, h *hall) {
		b := h.connect("main")
		h.call("3", "natural-resources")
		h.do(h.take("natural-resources"))
		time.Sleep(5 * time.Second)
		h.call("2", "housing")
		b.read()
		first := b.says[0].ID
		b.heard()
		h.stop()
		h.newVoice()
		time.Sleep(time.Minute)
		b.read()
		if len(b.says) == 0 || b.says[0].ID == first {
			t.Fatalf("%d things, the first %v", len(b.says), first)
		}
		b.expect("recovery 叫号正在恢复，请稍等，号都有效。 x1")
		h.do(queue.Recall{Window: "2"})
		b.expect("recall 再叫一遍，请B零零幺号，到二号窗口。 x1")
	})
}

// A voice that loses its seat begins anew: what it has not said yet is said, and nothing again.
func TestFallsBehind(t *testing.T) {
	inBubble(t, nil, func(_ *testing.T, h *hall) {
		b := h.connect("main")
		h.call("2", "housing")
		h.do(queue.OpenWindow{Window: "3"}, h.take("natural-resources"))
		b.expect("call 请B零零幺号，到二号窗口。 x2")
		time.Sleep(time.Minute)
		h.gate.Lock()
		for range 400 {
			if err := h.try(h.take("water")); err != nil {
				h.t.Fatal(err)
			}
		}
		for _, a := range []queue.Action{queue.Next{Window: "3"}, queue.Recall{Window: "2"}} {
			if err := h.try(a); err != nil {
				h.t.Fatal(err)
			}
		}
		h.gate.Unlock()
		time.Sleep(time.Minute)
		b.expect("call 请C零零幺号，到三号窗口。 x2", "recall 再叫一遍，请B零零幺号，到二号窗口。 x1")
	})
}

// A clock that is set by a day, either way, stops nothing that waits; what is told is the hub's.
func TestClockIsSet(t *testing.T) {
	for _, by := range []time.Duration{-24 * time.Hour, -time.Hour, time.Hour} {
		inBubble(t, nil, func(t *testing.T, h *hall) {
			b := h.connect("main")
			h.call("2", "housing")
			h.call("3", "natural-resources")
			h.skip(by)
			time.Sleep(time.Minute)
			b.read()
			if len(b.says) != 2 || b.says[1].At.Sub(b.says[0].At).Round(time.Hour) != by.Round(time.Hour) {
				t.Errorf("set by %v: %d things said", by, len(b.says))
			}
		})
	}
}

// The runner waits for no voice: while the boards cannot be told, commands are decided.
func TestNobodyWaitsForTheVoice(t *testing.T) {
	inBubble(t, nil, func(_ *testing.T, h *hall) {
		h.connect("main")
		h.gate.Lock()
		for range 300 {
			if err := h.try(h.take("water")); err != nil {
				h.t.Fatal(err)
			}
		}
		h.gate.Unlock()
	})
}
