package phrase_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"petitionhall/hall/voice/phrase"
	"petitionhall/queue"
)

// written is a line as one reads it: its clips, with / for the pause inside a number, a
// space between words, a comma and a full stop.
func written(t testing.TB, line phrase.Line) string {
	t.Helper()
	marks := map[time.Duration]string{phrase.Close: "/", phrase.Between: " ", phrase.Comma: ", ", phrase.Stop: ". "}
	var b strings.Builder
	for i, s := range line.Clips {
		if mark, ok := marks[s.Pause]; ok && i > 0 {
			b.WriteString(mark)
		} else if i > 0 || s.Pause != 0 {
			t.Fatalf("a pause of %v before %s", s.Pause, s.Clip)
		}
		b.WriteString(s.Clip)
	}
	return b.String()
}

func TestWords(t *testing.T) {
	a012 := func(kind queue.Announcement, window int) phrase.Announcement {
		return phrase.Announcement{Kind: kind, Ticket: "A012", Window: window}
	}
	room := func(r queue.Room) phrase.Announcement {
		return phrase.Announcement{Kind: queue.SayCall, Ticket: "A012", Room: r}
	}
	only := func(kind queue.Announcement, at queue.Clock) phrase.Announcement {
		return phrase.Announcement{Kind: kind, At: at}
	}
	for _, c := range []struct {
		say                  phrase.Announcement
		zh, zhClips, en, enC string
	}{
		{a012(queue.SayCall, 3), "请A零幺二号，到三号窗口。", "please letter-a/digit-0/digit-yao/digit-2/number, to-window-3",
			"Number A zero one two, please go to window three.", "number/letter-a/digit-0/digit-1/digit-2, to-window-3"},
		{a012(queue.SayRecall, 3), "再叫一遍，请A零幺二号，到三号窗口。", "once-more, please letter-a/digit-0/digit-yao/digit-2/number, to-window-3",
			"Once more: number A zero one two, please go to window three.", "once-more, number/letter-a/digit-0/digit-1/digit-2, to-window-3"},
		{phrase.Announcement{Kind: queue.SayPreCall, Ticket: "A013"}, "请A零幺三号准备，快到您了。", "please letter-a/digit-0/digit-yao/digit-3/number/ready, you-are-next",
			"Number A zero one three, you are next.", "number/letter-a/digit-0/digit-1/digit-3, you-are-next"},
		{a012(queue.SayMissed, 3), "A零幺二号，号给您留着。来了请到三号窗口说一声。", "letter-a/digit-0/digit-yao/digit-2/number, kept. when-back to-window-3 say-so",
			"Number A zero one two, your number is kept. When you are back, please tell window three.", "number/letter-a/digit-0/digit-1/digit-2, kept. when-back window/digit-3"},
		{a012(queue.SayTransfer, 5), "A零幺二号转到五号窗口，请坐着等，不用重新取号。", "letter-a/digit-0/digit-yao/digit-2/number moves/to-window-5, sit-no-new-number",
			"Number A zero one two moves to window five. Please sit; no new number is needed.", "number/letter-a/digit-0/digit-1/digit-2 moves window/digit-5. sit-no-new-number"},
		{room(queue.JointRoom), "请A零幺二号，到联合接访室。", "please letter-a/digit-0/digit-yao/digit-2/number, to-joint",
			"Number A zero one two, please go to the joint reception room.", "number/letter-a/digit-0/digit-1/digit-2, to-joint"},
		{room(queue.LeaderRoom), "请A零幺二号，到领导接访室。", "please letter-a/digit-0/digit-yao/digit-2/number, to-leader",
			"Number A zero one two, please go to the leader's reception room.", "number/letter-a/digit-0/digit-1/digit-2, to-leader"},
		{room(queue.MediationRoom), "请A零幺二号，到人民调解室。", "please letter-a/digit-0/digit-yao/digit-2/number, to-mediation",
			"Number A zero one two, please go to the mediation room.", "number/letter-a/digit-0/digit-1/digit-2, to-mediation"},
		{only(queue.SayLeader, "09:00"), "今天上午有领导接访。想见领导的，请取领导接访号。", "leader-morning",
			"A leader receives visitors this morning. Please take a leader reception number.", "leader-morning"},
		{only(queue.SayLeader, "14:30"), "今天下午有领导接访。想见领导的，请取领导接访号。", "leader-afternoon",
			"A leader receives visitors this afternoon. Please take a leader reception number.", "leader-afternoon"},
		{phrase.Announcement{Kind: queue.SayPause, Window: 3}, "三号窗口暂停服务。号都有效，请坐着等。", "digit-3/window paused. all-valid",
			"Window three is paused. All numbers stay valid; please sit.", "window/digit-3 paused. all-valid"},
		{phrase.Announcement{Kind: queue.SayResume, Window: 3}, "三号窗口恢复服务。", "digit-3/window resumed",
			"Window three is open again.", "window/digit-3 resumed"},
		{phrase.Announcement{Kind: queue.SayOpens, Window: 17}, "十七号窗口开始接待。", "number-10/digit-7/window opened",
			"Window seventeen is now open.", "window/number-17 opened"},
		{only(queue.SayMorning, ""), "各位好，现在开始取号。取了号请坐着等，听叫号，看屏幕。", "morning",
			"Good morning. Numbers are now available. Please sit, listen and watch the screens.", "morning"},
		{only(queue.SayClosingSoon, "17:00"), "各位好，取号到下午五点结束。取了号的，都会接待。", "until/part-afternoon/hour-5/ends. everyone",
			"Numbers are issued until five p.m. Everyone who holds one will be received.", "until/digit-5/pm. everyone"},
		{only(queue.SayClosed, ""), "今天取号已经结束。取了号的请放心，都会接待。", "closed",
			"No more numbers today. Everyone who holds one will be received.", "closed"},
		{phrase.Announcement{Kind: queue.SayStaff, Window: 17}, "请十七号窗口工作人员到窗口。", "please number-10/digit-7/window staff come-to-window",
			"Staff of window seventeen, please come to the window.", "staff window/number-17, come-to-window"},
		{only(queue.SayRecovery, ""), "叫号正在恢复，请稍等，号都有效。", "recovery",
			"Calling resumes shortly. All numbers stay valid.", "recovery"},
	} {
		t.Run(c.zh, func(t *testing.T) {
			for _, l := range []struct{ lang, text, clips string }{{"zh", c.zh, c.zhClips}, {"en", c.en, c.enC}} {
				line, err := phrase.Say(l.lang, c.say, phrase.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if line.Text != l.text {
					t.Errorf("%s says %q, not %q", l.lang, line.Text, l.text)
				}
				if got := written(t, line); got != l.clips {
					t.Errorf("%s has the clips %q, not %q", l.lang, got, l.clips)
				}
			}
		})
	}
}

func TestNumberOfTicket(t *testing.T) {
	for _, c := range []struct{ ticket, one, zh, en string }{
		{"012", "", "零幺二", "zero one two"},
		{"110", "", "幺幺零", "one one zero"},
		{"110", "yao", "幺幺零", "one one zero"},
		{"110", "yi", "一一零", "one one zero"},
		{"A012", "yi", "A零一二", "A zero one two"},
		{"086", "", "零八六", "zero eight six"},
		{"03012", "", "零三零幺二", "zero three zero one two"},
		{"A1000", "", "A幺零零零", "A one zero zero zero"},
		{"W2211", "", "W二二幺幺", "W two two one one"},
		{"Z999", "", "Z九九九", "Z nine nine nine"},
		{"1234", "yi", "一二三四", "one two three four"},
	} {
		a := phrase.Announcement{Kind: queue.SayCall, Ticket: c.ticket, Window: 12}
		for lang, text := range map[string]string{"zh": "请" + c.zh + "号，到十二号窗口。", "en": "Number " + c.en + ", please go to window twelve."} {
			line, err := phrase.Say(lang, a, phrase.Options{One: c.one})
			if err != nil || line.Text != text {
				t.Errorf("%s, 1 as %q: %q, %v; not %q", c.ticket, c.one, line.Text, err, text)
			}
		}
	}
}

// The number on a window's sign is counted: no 幺, and no 两.
func TestNumberOfWindow(t *testing.T) {
	for n, words := range map[int][2]string{
		1: {"一", "one"}, 2: {"二", "two"}, 10: {"十", "ten"}, 11: {"十一", "eleven"}, 12: {"十二", "twelve"}, 20: {"二十", "twenty"},
		21: {"二十一", "twenty-one"}, 22: {"二十二", "twenty-two"}, 30: {"三十", "thirty"}, 99: {"九十九", "ninety-nine"},
		100: {"一百", "one hundred"}, 105: {"一百零五", "one hundred and five"}, 110: {"一百一十", "one hundred and ten"},
		112: {"一百一十二", "one hundred and twelve"}, 120: {"一百二十", "one hundred and twenty"}, 200: {"二百", "two hundred"},
		202: {"二百零二", "two hundred and two"}, 211: {"二百一十一", "two hundred and eleven"}, 999: {"九百九十九", "nine hundred and ninety-nine"},
	} {
		a := phrase.Announcement{Kind: queue.SayResume, Window: n}
		for lang, text := range map[string]string{"zh": words[0] + "号窗口恢复服务。", "en": "Window " + words[1] + " is open again."} {
			for _, one := range []string{"yao", "yi"} {
				if line, err := phrase.Say(lang, a, phrase.Options{One: one}); err != nil || line.Text != text {
					t.Errorf("window %d: %q, %v; not %q", n, line.Text, err, text)
				}
			}
		}
	}
}

// The clips of a composed number are its words, in their order.
func TestComposedWindow(t *testing.T) {
	for n, clips := range map[int]string{
		20:  "please digit-8/number, to-window-20",
		21:  "please digit-8/number, to/number-20/digit-1/window",
		40:  "please digit-8/number, to/number-40/window",
		105: "please digit-8/number, to/number-100/digit-0/digit-5/window",
		110: "please digit-8/number, to/number-100/digit-1/number-10/window",
		999: "please digit-8/number, to/number-900/number-90/digit-9/window",
	} {
		line, err := phrase.Say("zh", phrase.Announcement{Kind: queue.SayCall, Ticket: "8", Window: n}, phrase.Options{})
		if err != nil || written(t, line) != clips {
			t.Errorf("window %d: %s, %v; not %s", n, written(t, line), err, clips)
		}
	}
}

func TestTimes(t *testing.T) {
	for at, words := range map[queue.Clock][2]string{
		"11:30": {"上午十一点半", "eleven thirty a.m."}, "17:00": {"下午五点", "five p.m."}, "17:20": {"下午五点二十分", "five twenty p.m."},
		"14:00": {"下午两点", "two p.m."}, "12:00": {"中午十二点", "noon."}, "12:30": {"中午十二点半", "twelve thirty p.m."},
		"09:05": {"上午九点零五分", "nine oh five a.m."}, "16:45": {"下午四点四十五分", "four forty-five p.m."}, "10:02": {"上午十点零二分", "ten oh two a.m."},
		"18:00": {"晚上六点", "six p.m."}, "05:15": {"凌晨五点十五分", "five fifteen a.m."}, "00:00": {"零点", "midnight."}, "24:00": {"零点", "midnight."},
		"00:10": {"零点十分", "twelve ten a.m."}, "23:59": {"晚上十一点五十九分", "eleven fifty-nine p.m."},
	} {
		a := phrase.Announcement{Kind: queue.SayClosingSoon, At: at}
		for lang, text := range map[string]string{
			"zh": "各位好，取号到" + words[0] + "结束。取了号的，都会接待。",
			"en": "Numbers are issued until " + words[1] + " Everyone who holds one will be received.",
		} {
			if line, err := phrase.Say(lang, a, phrase.Options{}); err != nil || line.Text != text {
				t.Errorf("%s: %q, %v; not %q", at, line.Text, err, text)
			}
		}
	}
}

func TestRooms(t *testing.T) {
	for kind, texts := range map[queue.Announcement][2]string{
		queue.SayMissed:   {"零八六号，号给您留着。来了请到人民调解室说一声。", "Number zero eight six, your number is kept. When you are back, please tell the mediation room."},
		queue.SayTransfer: {"零八六号转到人民调解室，请坐着等，不用重新取号。", "Number zero eight six moves to the mediation room. Please sit; no new number is needed."},
		queue.SayPause:    {"人民调解室暂停服务。号都有效，请坐着等。", "The mediation room is paused. All numbers stay valid; please sit."},
		queue.SayOpens:    {"人民调解室开始接待。", "The mediation room is now open."},
		queue.SayStaff:    {"请人民调解室工作人员到人民调解室。", "Staff of the mediation room, please come to the room."},
	} {
		a := phrase.Announcement{Kind: kind, Ticket: "086", Room: queue.MediationRoom, Window: 4000}
		for i, lang := range []string{"zh", "en"} {
			if line, err := phrase.Say(lang, a, phrase.Options{}); err != nil || line.Text != texts[i] {
				t.Errorf("%s: %q, %v; not %q", kind, line.Text, err, texts[i])
			}
		}
	}
}

// A recorded voice of another language has the Chinese clips, and no text that a
// browser could read aloud in the wrong language.
func TestOtherLanguages(t *testing.T) {
	a := phrase.Announcement{Kind: queue.SayCall, Ticket: "A012", Window: 3}
	zh, err := phrase.Say("zh", a, phrase.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"dong", "zh-guizhou", "yue"} {
		line, err := phrase.Say(lang, a, phrase.Options{})
		if err != nil || line.Text != "" || written(t, line) != written(t, zh) {
			t.Errorf("%s: %s, %q, %v", lang, written(t, line), line.Text, err)
		}
	}
	en, _ := phrase.Say("en", a, phrase.Options{})
	if gb, err := phrase.Say("en-gb", a, phrase.Options{}); err != nil || gb.Text != en.Text {
		t.Errorf("en-gb: %q, %v", gb.Text, err)
	}
	if cn, err := phrase.Say("zh-cn", a, phrase.Options{}); err != nil || cn.Text != zh.Text {
		t.Errorf("zh-cn: %q, %v", cn.Text, err)
	}
}

func TestUnsayable(t *testing.T) {
	for name, a := range map[string]phrase.Announcement{
		"no kind":              {},
		"unknown kind":         {Kind: "advert"},
		"no ticket":            {Kind: queue.SayCall, Window: 1},
		"a letter alone":       {Kind: queue.SayCall, Ticket: "A", Window: 1},
		"two letters":          {Kind: queue.SayCall, Ticket: "AB12", Window: 1},
		"a small letter":       {Kind: queue.SayCall, Ticket: "a12", Window: 1},
		"a hyphen":             {Kind: queue.SayCall, Ticket: "A-12", Window: 1},
		"full-width digits":    {Kind: queue.SayCall, Ticket: "A０１２", Window: 1},
		"digits without end":   {Kind: queue.SayCall, Ticket: "A" + strings.Repeat("1", 13), Window: 1},
		"no window":            {Kind: queue.SayCall, Ticket: "A012"},
		"window 1000":          {Kind: queue.SayCall, Ticket: "A012", Window: 1000},
		"a window below one":   {Kind: queue.SayPause, Window: -1},
		"an unknown room":      {Kind: queue.SayCall, Ticket: "A012", Window: 1, Room: "cellar"},
		"no time":              {Kind: queue.SayClosingSoon},
		"25 o'clock":           {Kind: queue.SayClosingSoon, At: "25:00"},
		"an hour of one digit": {Kind: queue.SayClosingSoon, At: "9:00"},
		"a leader at no time":  {Kind: queue.SayLeader},
	} {
		for _, lang := range []string{"zh", "en", "dong"} {
			if line, err := phrase.Say(lang, a, phrase.Options{}); !errors.Is(err, phrase.ErrUnsayable) || line.Clips != nil || line.Text != "" {
				t.Errorf("%s in %s: %v, %v", name, lang, line, err)
			}
		}
	}
}

// anything is an announcement that can be said.
func anything(t *rapid.T) phrase.Announcement {
	return phrase.Announcement{
		Kind:   rapid.SampledFrom(queue.Announcements()).Draw(t, "kind"),
		Ticket: rapid.StringMatching(`[A-Z]?[0-9]{1,6}`).Draw(t, "ticket"),
		Window: rapid.IntRange(1, 999).Draw(t, "window"),
		Room:   rapid.SampledFrom([]queue.Room{"", "", "", queue.JointRoom, queue.LeaderRoom, queue.MediationRoom}).Draw(t, "room"),
		At:     queue.Clock(fmt.Sprintf("%02d:%02d", rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))),
	}
}

// Whatever is said has a text of whole words, only clips of the list, and pauses as they are meant.
func TestEverythingIsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anything(t)
		o := phrase.Options{One: rapid.SampledFrom([]string{"", "yao", "yi"}).Draw(t, "one")}
		for _, lang := range []string{"zh", "en", "dong"} {
			texts := map[string]string{}
			for _, c := range phrase.Clips(lang) {
				texts[c.Name] = c.Text
			}
			line, err := phrase.Say(lang, a, o)
			if err != nil || len(line.Clips) == 0 {
				t.Fatalf("%s: %v, %v", lang, line, err)
			}
			for i, s := range line.Clips {
				text, known := texts[s.Clip]
				if !known {
					t.Fatalf("%s has no clip %s", lang, s.Clip)
				}
				if lang != "dong" && !strings.Contains(strings.ToLower(line.Text), strings.ToLower(strings.Trim(text, "."))) {
					t.Fatalf("%s: %s (%s) is said, but does not stand in %q", lang, s.Clip, text, line.Text)
				}
				if (i == 0) != (s.Pause == 0) {
					t.Fatalf("%s: a pause of %v before clip %d", lang, s.Pause, i)
				}
			}
			if lang == "zh" && strings.Contains(line.Text, "两") && a.At == "" {
				t.Fatalf("两 in %q", line.Text)
			}
			if strings.ContainsAny(line.Text, "0123456789") || strings.Contains(line.Text, "  ") || strings.Contains(line.Text, "..") {
				t.Fatalf("%q cannot be read aloud", line.Text)
			}
		}
	})
}
