package view_test

import (
	"strings"
	"testing"
	"time"

	"petitionhall/hall/view"
	"petitionhall/printer"
	"petitionhall/queue"
)

// above tells what the strip above a window shows, lines parted by a slash.
func (h *hall) above(id string) string {
	h.t.Helper()
	for _, w := range view.OfHall(h.state, h.moment()).Windows {
		if w.ID == id {
			return strings.Join(w.Strip, "/")
		}
	}
	h.t.Fatalf("there is no window %s", id)
	return ""
}

// TestStrip: the strip above a window follows it through the day.
func TestStrip(t *testing.T) {
	h := newHall(t)
	shows := func(want string) {
		t.Helper()
		if got := h.above("3"); got != want {
			t.Errorf("the strip shows %q, want %q", got, want)
		}
	}
	shows("还没开")
	h.do(queue.OpenWindow{Window: "3"})
	shows("不用等")
	h.take("natural-resources")
	shows("请坐着等")
	h.do(queue.Next{Window: "3"})
	shows("请C001号")
	h.do(queue.Start{Window: "3"})
	shows("接待C001")
	h.do(queue.PauseHall{Reason: queue.PauseMeeting})
	shows("接待C001")
	h.do(queue.Finish{Window: "3", Outcome: queue.Resolved})
	shows("暂停服务")
	h.do(queue.ResumeHall{})
	h.do(queue.PauseWindow{Window: "3", Reason: queue.PauseMeal, Until: h.now.Add(time.Hour)})
	shows("暂停服务")
	h.state.Configuration.Windows[2].Strip = &queue.StripConfig{HalfWidths: 16, Lines: 2}
	shows("暂停到" + h.now.Add(time.Hour-time.Second).Format("15:04") + "/号都有效")
	h.do(queue.OpenWindow{Window: "3"})
	h.do(queue.StopIssuing{})
	shows("今天取号已结束/3号窗口")
	h.state.Configuration.Windows[2].Room = queue.LeaderRoom
	shows("今天取号已结束/领导接访室")
	h.do(queue.CloseDay{})
	shows("今天取号已结束/领导接访室")
}

// TestDiscreetStrip: above a discreet window there is a number and nothing of what it is for, on a strip of any size.
func TestDiscreetStrip(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "10"})
	h.take("discipline")
	w, _ := h.state.Configuration.Window("10")
	w.Strip = &queue.StripConfig{HalfWidths: 64, Lines: 2}
	for _, step := range []struct {
		action queue.Action
		want   string
	}{
		{queue.Next{Window: "10"}, "请A001号 10号窗口/"},
		{queue.Start{Window: "10"}, "正在接待A001/10号窗口"},
		{queue.Finish{Window: "10", Outcome: queue.Resolved}, "不用等/10号窗口"},
	} {
		h.do(step.action)
		if got := h.above("10"); got != step.want {
			t.Errorf("the strip shows %q, want %q", got, step.want)
		}
	}
}

// TestPlace: a room is called by its name, a window by its number.
func TestPlace(t *testing.T) {
	for room, want := range map[queue.Room]view.Text{
		"":                  {ZH: "3号窗口", EN: "window 3"},
		queue.JointRoom:     {ZH: "联合接访室", EN: "the joint reception room"},
		queue.LeaderRoom:    {ZH: "领导接访室", EN: "the leader's reception room"},
		queue.MediationRoom: {ZH: "人民调解室", EN: "the mediation room"},
	} {
		if got := view.Place(3, string(room)); got != want {
			t.Errorf("%q is called %+v, want %+v", room, got, want)
		}
	}
}

// TestRoomOnSlip: a number that is called to a room says so on paper, and a reader of numbers has one still.
func TestRoomOnSlip(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	w, _ := h.state.Configuration.Window("3")
	w.Room = queue.MediationRoom
	ticket := h.take("natural-resources")
	job, _ := ticket.LastPrint()
	slip := view.OfSlip(h.state, ticket, job, "")
	if want := (printer.Window{Number: 3, Name: "自然资源", Room: "人民调解室", RoomEN: "the mediation room"}); len(slip.Windows) != 1 || slip.Windows[0] != want {
		t.Errorf("the slip leads to %+v", slip.Windows)
	}
}
