package view

import (
	"strconv"
	"time"

	"petitionhall/hall/strip"
	"petitionhall/queue"
)

// roomNames are what rooms are called where others read a window's number.
var roomNames = map[string]Text{
	string(queue.JointRoom):     {ZH: "联合接访室", EN: "the joint reception room"},
	string(queue.LeaderRoom):    {ZH: "领导接访室", EN: "the leader's reception room"},
	string(queue.MediationRoom): {ZH: "人民调解室", EN: "the mediation room"},
}

// Place is where a number is called to, in a sentence: 3号窗口, or the name of a room.
func Place(number int, room string) Text {
	if name, ok := roomNames[room]; ok {
		return name
	}
	return Text{ZH: strconv.Itoa(number) + "号窗口", EN: "window " + strconv.Itoa(number)}
}

// hang fills in what the strips above the windows show, from the public hall
// and nothing else: a strip cannot tell what a board may not.
func (h *Hall) hang(c *queue.Configuration) {
	for i := range h.Windows {
		v := &h.Windows[i]
		w, _ := c.Window(queue.WindowID(v.ID))
		v.Strip = strip.Lines(h.above(v, c.Discreet(w)), strip.Of(w.Strip), h.At)
	}
}

// above is what a strip must know of the window it hangs above.
func (h *Hall) above(v *Window, discreet bool) strip.Window {
	w := strip.Window{Status: queue.WindowStatus(v.Status), Place: Place(v.Number, v.Room).ZH, Waiting: v.Waiting, Until: timeOf(v.Until),
		From: timeOf(v.From), Expected: v.Expected && h.Issuing.State != "off", OnCallMinutes: v.OnCallMinutes, HallPaused: h.Pause != nil,
		Stopped: h.Issuing.State == "stopped"}
	if v.Ticket != nil {
		w.Number = *v.Ticket
	}
	if h.Pause != nil {
		w.HallUntil = timeOf(h.Pause.Until)
	}
	if !discreet && v.Room == "" {
		w.Name = v.Name.ZH
	}
	return w
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
