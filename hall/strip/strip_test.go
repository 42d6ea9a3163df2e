package strip_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"petitionhall/hall/strip"
	"petitionhall/queue"
)

var now = time.Date(2026, 11, 23, 9, 41, 0, 0, time.FixedZone("", 8*3600))

func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-11-23 "+clock, now.Location())
	if err != nil {
		panic(err)
	}
	return t
}

// third is window 3 with what a test changes.
func third(change func(w *strip.Window)) strip.Window {
	w := strip.Window{Status: queue.StatusIdle, Place: "3号窗口", Name: "自然资源"}
	change(&w)
	return w
}

// TestLines: what 64 dots say, and what larger strips say more.
func TestLines(t *testing.T) {
	small, two, long, large := queue.StripConfig{HalfWidths: 8, Lines: 1}, queue.StripConfig{HalfWidths: 8, Lines: 2},
		queue.StripConfig{HalfWidths: 16, Lines: 1}, queue.StripConfig{HalfWidths: 16, Lines: 2}
	for name, c := range map[string]struct {
		window                  strip.Window
		small, two, long, large string
	}{
		"called": {third(func(w *strip.Window) { w.Status, w.Number = queue.StatusCalling, "A012" }),
			"请A012号", "请A012号/3号窗口", "请A012号 3号窗口", "请A012号 3号窗口/自然资源"},
		"called, others wait": {third(func(w *strip.Window) { w.Status, w.Number, w.Waiting = queue.StatusCalling, "A012", 5 }),
			"请A012号", "请A012号/3号窗口", "请A012号 3号窗口", "请A012号 3号窗口/后面还有5个号"},
		"called, four digits": {third(func(w *strip.Window) { w.Status, w.Number = queue.StatusCalling, "A1012" }),
			"请A1012", "请A1012/3号窗口", "请A1012号", "请A1012号/3号窗口"},
		"called, by the window's number": {third(func(w *strip.Window) { w.Status, w.Number = queue.StatusCalling, "12012" }),
			"请12012", "请12012/3号窗口", "请12012号", "请12012号/3号窗口"},
		"called to a room": {third(func(w *strip.Window) {
			w.Status, w.Number, w.Place, w.Name = queue.StatusCalling, "A012", "领导接访室", ""
		}), "请A012号", "请A012号/", "请A012号", "请A012号/领导接访室"},
		"received": {third(func(w *strip.Window) { w.Status, w.Number = queue.StatusServing, "A012" }),
			"接待A012", "接待A012/3号窗口", "正在接待A012", "正在接待A012/3号窗口"},
		"received, four digits": {third(func(w *strip.Window) { w.Status, w.Number = queue.StatusServing, "A1012" }),
			"正在接待", "正在接待/3号窗口", "正在接待A1012", "正在接待A1012/3号窗口"},
		"free": {third(func(*strip.Window) {}), "不用等", "不用等/3号窗口", "不用等", "不用等/3号窗口"},
		"between two": {third(func(w *strip.Window) { w.Waiting = 12 }),
			"请坐着等", "请坐着等/3号窗口", "请坐着等", "请坐着等/12个号在等"},
		"paused": {third(func(w *strip.Window) { w.Status = queue.StatusPaused }),
			"暂停服务", "暂停服务/3号窗口", "暂停服务", "暂停服务/3号窗口"},
		"paused until": {third(func(w *strip.Window) { w.Status, w.Until = queue.StatusPaused, at("10:00") }),
			"暂停服务", "暂停服务/到10:00", "暂停到10:00", "暂停到10:00/号都有效"},
		"paused for longer than promised": {third(func(w *strip.Window) { w.Status, w.Until = queue.StatusPaused, at("09:30") }),
			"暂停服务", "暂停服务/3号窗口", "暂停服务", "暂停服务/3号窗口"},
		"the whole hall pauses": {third(func(w *strip.Window) { w.HallPaused, w.HallUntil = true, at("10:00") }),
			"暂停服务", "暂停服务/到10:00", "暂停到10:00", "暂停到10:00/号都有效"},
		"the whole hall pauses, somebody is there": {third(func(w *strip.Window) { w.Status, w.Number, w.HallPaused = queue.StatusServing, "C003", true }),
			"接待C003", "接待C003/3号窗口", "正在接待C003", "正在接待C003/3号窗口"},
		"opens later": {third(func(w *strip.Window) { w.Status, w.Expected, w.From = queue.StatusClosed, true, at("14:30") }),
			"14:30开", "14:30开/3号窗口", "14:30开始", "14:30开始/3号窗口"},
		"should be open": {third(func(w *strip.Window) { w.Status, w.Expected, w.From = queue.StatusClosed, true, at("09:41") }),
			"还没开", "还没开/3号窗口", "还没开", "还没开/3号窗口"},
		"closed today": {third(func(w *strip.Window) { w.Status = queue.StatusClosed }),
			"今天不开", "今天不开/3号窗口", "今天不开", "今天不开/3号窗口"},
		"on call": {third(func(w *strip.Window) { w.Status, w.OnCallMinutes = queue.StatusOnCall, 15 }),
			"随叫随到", "随叫随到/3号窗口", "随叫随到", "随叫随到/取号后15分钟内到"},
		"on call, no more numbers": {third(func(w *strip.Window) { w.Status, w.OnCallMinutes, w.Stopped = queue.StatusOnCall, 15, true }),
			"取号结束", "取号结束/3号窗口", "今天取号已结束", "今天取号已结束/3号窗口"},
		"on call, no more numbers, one waits": {third(func(w *strip.Window) { w.Status, w.Stopped, w.Waiting = queue.StatusOnCall, true, 1 }),
			"随叫随到", "随叫随到/3号窗口", "随叫随到", "随叫随到/3号窗口"},
		"no more numbers": {third(func(w *strip.Window) { w.Stopped = true }),
			"取号结束", "取号结束/3号窗口", "今天取号已结束", "今天取号已结束/3号窗口"},
		"no more numbers, some wait": {third(func(w *strip.Window) { w.Stopped, w.Waiting = true, 2 }),
			"请坐着等", "请坐着等/3号窗口", "请坐着等", "请坐着等/2个号在等"},
		"no more numbers, closed": {third(func(w *strip.Window) { w.Status, w.Stopped, w.Expected = queue.StatusClosed, true, true }),
			"取号结束", "取号结束/3号窗口", "今天取号已结束", "今天取号已结束/3号窗口"},
		"a name that the hall made long": {third(func(w *strip.Window) { w.Place, w.Name = "3号窗口", "农业农村和乡村振兴服务窗口" }),
			"不用等", "不用等/3号窗口", "不用等", "不用等/3号窗口"},
	} {
		for size, want := range map[queue.StripConfig]string{small: c.small, two: c.two, long: c.long, large: c.large} {
			if got := strings.Join(strip.Lines(c.window, size, now), "/"); got != want {
				t.Errorf("%s, %d by %d: %q, want %q", name, size.HalfWidths, size.Lines, got, want)
			}
		}
	}
}

// anyWindow draws a window in any state, with words that a hall might write.
func anyWindow(t *rapid.T) strip.Window {
	words := rapid.OneOf(rapid.SampledFrom([]string{"", "3号窗口", "自然资源", "领导接访室", "𠮷和㙍", "€100 ¥5", "a\x1b[2J\n", "接待"}), rapid.String())
	moment := rapid.Map(rapid.IntRange(-600, 600), func(minutes int) time.Time { return now.Add(time.Duration(minutes) * time.Minute) })
	return strip.Window{
		Status: rapid.SampledFrom([]queue.WindowStatus{queue.StatusCalling, queue.StatusServing, queue.StatusIdle, queue.StatusPaused,
			queue.StatusOnCall, queue.StatusClosed}).Draw(t, "status"),
		Number: rapid.StringMatching(`[A-Z]?[0-9]{3,5}`).Draw(t, "number"), Place: words.Draw(t, "place"), Name: words.Draw(t, "name"),
		Waiting: rapid.IntRange(0, 5000).Draw(t, "waiting"), Until: moment.Draw(t, "until"), From: moment.Draw(t, "from"),
		Expected: rapid.Bool().Draw(t, "expected"), OnCallMinutes: rapid.IntRange(0, 240).Draw(t, "minutes"),
		HallPaused: rapid.Bool().Draw(t, "hall paused"), HallUntil: moment.Draw(t, "hall until"), Stopped: rapid.Bool().Draw(t, "stopped"),
	}
}

// TestAnyStripFits: whatever happens and whatever a hall has written, a strip
// says something, in characters that it has, as wide as it is and no wider.
func TestAnyStripFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWindow(t)
		size := queue.StripConfig{HalfWidths: rapid.IntRange(4, 64).Draw(t, "half-widths"), Lines: rapid.IntRange(1, 2).Draw(t, "lines")}
		lines := strip.Lines(w, size, now)
		if len(lines) != size.Lines || lines[0] == "" {
			t.Fatalf("%d lines, the first %q", len(lines), lines[0])
		}
		for _, line := range lines {
			code, err := simplifiedchinese.GBK.NewEncoder().String(line)
			if err != nil {
				t.Fatalf("%q is not GBK: %v", line, err)
			}
			if len(code) > size.HalfWidths || len(code) != strip.Width(line) {
				t.Errorf("%q takes %d bytes of %d, and is said to be %d wide", line, len(code), size.HalfWidths, strip.Width(line))
			}
			if strings.ContainsFunc(code, func(r rune) bool { return r < ' ' }) {
				t.Errorf("%q has a command in it", line)
			}
		}
	})
}

// TestNumberIsWhole: a number stands there whole or not at all.
func TestNumberIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWindow(t)
		w.Status = rapid.SampledFrom([]queue.WindowStatus{queue.StatusCalling, queue.StatusServing}).Draw(t, "busy")
		w.Place, w.Name, w.Waiting = "窗口", "", 0
		shown := strings.Join(strip.Lines(w, queue.StripConfig{HalfWidths: rapid.IntRange(4, 64).Draw(t, "half-widths"), Lines: 1}, now), "")
		digits := func(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' }
		if strings.ContainsFunc(shown, digits) && !strings.Contains(shown, w.Number) {
			t.Errorf("of %s it shows %q", w.Number, shown)
		}
	})
}

// TestCut: nothing is ever cut inside a character, and as much is left as fits.
func TestCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, room := rapid.String().Draw(t, "text"), rapid.IntRange(0, 20).Draw(t, "room")
		whole, cut := strip.Clean(text), strip.Cut(text, room)
		if strip.Clean(whole) != whole {
			t.Errorf("%q is clean only the second time", text)
		}
		rest, ok := strings.CutPrefix(whole, cut)
		if !ok || strip.Width(cut) > room {
			t.Fatalf("%q to %d: %q", whole, room, cut)
		}
		if next := []rune(rest); len(next) > 0 && strip.Width(cut+string(next[0])) <= room {
			t.Errorf("%q to %d leaves out %q for no reason", whole, room, next[0])
		}
	})
	for text, want := range map[string]string{"住建": "住建", "A012": "A012", "¥5": "￥5", "𠮷": "〓", "€": "〓", "a\tb": "a b", "・": "·"} {
		if got := strip.Clean(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestOf: a hall that has told nothing of its strips has the usual ones.
func TestOf(t *testing.T) {
	if got := strip.Of(nil); got != (queue.StripConfig{HalfWidths: 8, Lines: 1}) {
		t.Errorf("the usual strip is %+v", got)
	}
	own := queue.StripConfig{HalfWidths: 16, Lines: 2}
	if got := strip.Of(&own); got != own {
		t.Errorf("the hall's own strip is %+v", got)
	}
}
