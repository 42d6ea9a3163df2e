package view_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"petitionhall/hall/configuration"
	"petitionhall/hall/view"
	"petitionhall/queue"
)

// hall is the real default hall, driven by the engine alone.
type hall struct {
	t     *testing.T
	state *queue.State
	now   time.Time
	codes int
}

func newHall(t *testing.T) *hall {
	return &hall{t: t, state: queue.NewState(), now: time.Date(2026, 11, 23, 8, 30, 0, 0, time.FixedZone("", 8*3600))}
}

func (h *hall) do(a queue.Action) {
	h.t.Helper()
	h.now = h.now.Add(time.Second)
	opening := &queue.Opening{Date: h.now.Format(time.DateOnly), Epoch: 1, Configuration: configuration.Default()}
	events, err := queue.Decide(h.state, queue.Command{Actor: "test", Opening: opening, Action: a}, h.now)
	if err != nil {
		h.t.Fatalf("%T: %v", a, err)
	}
	for _, e := range events {
		if err := queue.Evolve(h.state, e); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *hall) take(service queue.ServiceID) *queue.Ticket {
	h.t.Helper()
	h.codes++
	h.do(queue.Take{Service: service, Persons: 4, Priority: true, Language: "zh", Code: fmt.Sprint("CODE", h.codes), Printer: "hub"})
	all := h.state.Tickets()
	return all[len(all)-1]
}

func (h *hall) moment() view.Moment {
	return view.Moment{Revision: 7, Now: h.now, Configuration: configuration.Default()}
}

func text(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestDiscreet: nothing public tells what a discreet window is for, or which window takes a discreet matter.
func TestDiscreet(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "10"})
	ticket := h.take("discipline")
	if !strings.HasPrefix(ticket.Number(), "A") {
		t.Errorf("the number %s tells the matter", ticket.Number())
	}
	h.do(queue.Next{Window: "10"})
	public := view.OfHall(h.state, h.moment())
	for _, s := range public.Services {
		if s.Discreet && len(s.Windows) > 0 {
			t.Errorf("%s shows its windows %v", s.ID, s.Windows)
		}
	}
	job, _ := ticket.LastPrint()
	for name, shown := range map[string]any{
		"windows": public.Windows, "calls": public.Calls, "phone": view.OfTicket(h.state, ticket),
		"slip": view.OfSlip(h.state, ticket, job, ""),
	} {
		for _, word := range []string{"纪检", "检察", "discipline", "Discipline", "procuratorate", "反映干部"} {
			if strings.Contains(text(t, shown), word) {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
	if name := public.Calls[0].WindowName; name.ZH != "" || public.Calls[0].WindowNumber != 10 {
		t.Errorf("the call reads %+v", public.Calls[0])
	}
}

// TestPublicSaysNothingOfTheParty: size and priority are for the window that receives them.
func TestPublicSaysNothingOfTheParty(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	ticket := h.take("natural-resources")
	for name, shown := range map[string]any{"hall": view.OfHall(h.state, h.moment()), "phone": view.OfTicket(h.state, ticket)} {
		for _, word := range []string{"persons", "priority", ticket.Code} {
			if strings.Contains(text(t, shown), `"`+word) {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
	clerk, ok := view.OfClerk(h.state, "3", h.moment())
	if !ok || len(clerk.Waiting) != 1 || clerk.Waiting[0].Persons != 4 || !clerk.Waiting[0].Priority {
		t.Errorf("the window sees %+v", clerk.Waiting)
	}
}

// TestTransferredOnThePhone: a phone learns that its number was sent on while it waits there, and not once it is called.
func TestTransferredOnThePhone(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.do(queue.OpenWindow{Window: "2"})
	ticket := h.take("natural-resources")
	moved := func() bool { return view.OfTicket(h.state, ticket).Transferred }
	if moved() {
		t.Error("a new number reads as sent on")
	}
	h.do(queue.Next{Window: "3"})
	h.do(queue.Start{Window: "3"})
	h.do(queue.Transfer{Window: "3", Service: "housing"})
	if shown := view.OfTicket(h.state, ticket); !shown.Transferred || shown.State != "waiting" || len(shown.Windows) != 1 || shown.Windows[0].Number != 2 {
		t.Errorf("after a transfer the phone reads %+v", shown)
	}
	h.do(queue.Next{Window: "2"})
	if moved() {
		t.Error("a number that is called reads as sent on")
	}
}

// TestPhoneKnowsAPause: who holds a number that nobody calls now is told until
// when, and not why; it hears nothing of a pause that does not touch it.
func TestPhoneKnowsAPause(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	ticket := h.take("natural-resources")
	other := h.take("housing")
	until := h.now.Add(time.Hour)
	shown := func(t *queue.Ticket) *view.TicketPause { return view.OfTicket(h.state, t).Paused }
	if p := shown(ticket); p != nil {
		t.Errorf("at an open window: %+v", p)
	}
	h.do(queue.PauseWindow{Window: "3", Reason: queue.PauseMeal, Until: until})
	if p := shown(ticket); p == nil || p.Hall || p.Until == nil || !p.Until.Equal(until) || p.TimeZone != "Asia/Shanghai" {
		t.Errorf("at a paused window: %+v", p)
	}
	if told := text(t, view.OfTicket(h.state, ticket)); strings.Contains(told, "meal") || strings.Contains(told, "reason") {
		t.Errorf("the phone is told why the clerk is away: %s", told)
	}
	if p := shown(other); p != nil {
		t.Errorf("at a window that has not opened yet: %+v", p)
	}
	h.do(queue.OpenWindow{Window: "3"})
	h.do(queue.Next{Window: "3"})
	h.do(queue.PauseHall{Reason: queue.PauseMeeting})
	if p := shown(ticket); p != nil {
		t.Errorf("a number that is called: %+v", p)
	}
	if p := shown(other); p == nil || !p.Hall || p.Until != nil {
		t.Errorf("while the hall pauses: %+v", p)
	}
}

// TestPauseOfSeveralWindows: a number that several windows may call waits for the
// first that is back, and for none while somebody sits at another.
func TestPauseOfSeveralWindows(t *testing.T) {
	h := newHall(t)
	for _, id := range []queue.WindowID{"3", "4"} {
		h.do(queue.OpenWindow{Window: id})
	}
	h.state.Configuration.Windows[3].Services = []queue.ServiceID{"natural-resources"}
	ticket := h.take("natural-resources")
	h.do(queue.PauseWindow{Window: "3", Reason: queue.PauseMeal, Until: h.now.Add(2 * time.Hour)})
	if p := view.OfTicket(h.state, ticket).Paused; p != nil {
		t.Errorf("somebody sits at window 4: %+v", p)
	}
	first := h.now.Add(time.Hour)
	h.do(queue.PauseWindow{Window: "4", Reason: queue.PauseMeal, Until: first})
	if p := view.OfTicket(h.state, ticket).Paused; p == nil || p.Until == nil || !p.Until.Equal(first) {
		t.Errorf("both windows pause: %+v", p)
	}
}

// TestActions: what a window is offered is what the engine would allow, now or from a moment on.
func TestActions(t *testing.T) {
	h := newHall(t)
	offered := func() string {
		clerk, _ := view.OfClerk(h.state, "3", h.moment())
		var names []string
		for _, a := range clerk.Actions {
			name := a.Name
			if a.From != nil {
				name += " later"
			}
			names = append(names, name)
		}
		return strings.Join(names, ", ")
	}
	for _, step := range []struct {
		action queue.Action
		want   string
	}{
		{nil, "open"},
		{queue.OpenWindow{Window: "3"}, "next, pause, close"},
		{queue.PauseWindow{Window: "3", Reason: queue.PauseMeal}, "open, pause, close"},
		{queue.OpenWindow{Window: "3"}, "next, pause, close"},
		{queue.Take{Service: "natural-resources", Persons: 1, Code: "X"}, "next, call, pause, close"},
		{queue.Next{Window: "3"}, "recall later, start, finish, miss later, hold, undo, transfer"},
		{queue.Start{Window: "3"}, "finish, hold, transfer, join"},
		{queue.Finish{Window: "3", Outcome: queue.Resolved}, "next, undo, pause, close"},
	} {
		if step.action != nil {
			h.do(step.action)
		}
		if got := offered(); got != step.want {
			t.Errorf("after %T: offered %q, want %q", step.action, got, step.want)
		}
	}
}

// TestAvailability: a window that is staffed every day is expected, and takes
// numbers before it opens; one by rota that is closed does not open today.
func TestAvailability(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	at := func(id string) view.Service {
		for _, s := range view.OfHall(h.state, h.moment()).Services {
			if s.ID == id {
				return s
			}
		}
		t.Fatalf("no service %s", id)
		return view.Service{}
	}
	if s := at("natural-resources"); s.Availability != "open" || !s.Staffed {
		t.Errorf("an open window: %+v", s.ServiceChange)
	}
	if s := at("housing"); s.Availability != "open" || s.Staffed {
		t.Errorf("a window that is not open yet: %+v", s.ServiceChange)
	}
	h.do(queue.PauseWindow{Window: "3", Reason: queue.PauseMeal, Until: h.now.Add(time.Hour)})
	if s := at("natural-resources"); s.Availability != "paused" || s.Until == nil {
		t.Errorf("a paused window: %+v", s.ServiceChange)
	}
	h.state.Configuration.Windows[1].Presence = queue.Rota
	if s := at("housing"); s.Availability != "closed" {
		t.Errorf("a window by rota that is closed: %+v", s.ServiceChange)
	}
	h.state.Configuration.Windows[1].Presence = queue.OnCall
	if s := at("housing"); s.Availability != "oncall" {
		t.Errorf("a window on call: %+v", s.ServiceChange)
	}
	h.do(queue.CloseDay{})
	if s := at("social-security"); s.Availability != "closed" {
		t.Errorf("after the day: %+v", s.ServiceChange)
	}
}

// TestOnCallInTheMorning: the first number opens the day, but a board hangs there before it.
func TestOnCallInTheMorning(t *testing.T) {
	h := newHall(t)
	m := h.moment()
	m.Configuration.Windows[16].Presence = queue.OnCall
	status := func() string { return view.OfHall(h.state, m).Windows[16].Status }
	if s := status(); s != "oncall" {
		t.Errorf("before the first number it is %s", s)
	}
	m.Configuration.Windows[16].Hours = &queue.Hours{Week: []queue.Span{{Days: []queue.Weekday{"tue"}, From: "08:30", Until: "12:00"}}}
	if s := status(); s != "closed" {
		t.Errorf("on a Monday a window of Tuesdays is %s", s)
	}
	m.Configuration.Windows[16].Hours = nil
	m.Configuration.Hours = &queue.Hours{Dates: []queue.DateHours{{Date: "2026-11-23"}}}
	if s := status(); s != "closed" {
		t.Errorf("on a holiday it is %s", s)
	}
}

func TestBoards(t *testing.T) {
	h := newHall(t)
	m := h.moment()
	boards := view.OfHall(h.state, m).Boards
	if len(boards) != 1 || !boards[0].Speaks || !boards[0].Leader || len(boards[0].Windows) != 20 || boards[0].Name != m.Configuration.Name {
		t.Errorf("without any, the board is %+v", boards)
	}
	m.Configuration.Notices = []queue.Text{{ZH: "请坐着等"}}
	m.Configuration.Boards = []queue.BoardConfig{{ID: "door", Windows: []queue.WindowID{"9", "3"}, HideLeader: true},
		{ID: "far", Name: queue.Text{ZH: "二楼"}, Notices: []queue.Text{{ZH: "请慢走"}}}, {ID: "bare", HideNotices: true}}
	boards = view.OfHall(h.state, m).Boards
	if door := boards[0]; text(t, door.Windows) != `["9","3"]` || door.Leader || door.Speaks || text(t, door.Notices) != `[{"zh":"请坐着等","en":""}]` {
		t.Errorf("the board by the door is %+v", door)
	}
	if far := boards[1]; far.Name.ZH != "二楼" || far.Notices[0].ZH != "请慢走" || far.ScreenInches != 55 {
		t.Errorf("the board upstairs is %+v", far)
	}
	if len(boards[2].Notices) != 0 {
		t.Errorf("a board without notices shows %v", boards[2].Notices)
	}
}

// TestYesterday: what was shown yesterday is nobody's business this morning.
func TestYesterday(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.take("natural-resources")
	h.do(queue.Next{Window: "3"})
	h.do(queue.Finish{Window: "3", Outcome: queue.Resolved})
	h.do(queue.CloseDay{})
	if v := view.OfHall(h.state, h.moment()); v.Day != "2026-11-23" || v.Phase != "closed" || len(v.Calls) != 1 {
		t.Errorf("in the evening: day %q, %s, %d calls", v.Day, v.Phase, len(v.Calls))
	}
	h.now = h.now.Add(24 * time.Hour)
	v := view.OfHall(h.state, h.moment())
	if v.Day != "" || v.Phase != "closed" || len(v.Calls) != 0 {
		t.Errorf("in the morning: day %q, %s, %d calls", v.Day, v.Phase, len(v.Calls))
	}
	clerk, _ := view.OfClerk(h.state, "3", h.moment())
	if clerk.Served.Tickets != 0 || len(clerk.Actions) != 1 || clerk.Actions[0].Name != "open" {
		t.Errorf("the window in the morning: %+v", clerk)
	}
}

// TestPrintStateOfTheTake: a repeated take tells of the slip that came with the number.
func TestPrintStateOfTheTake(t *testing.T) {
	h := newHall(t)
	ticket := h.take("water")
	h.do(queue.ReportPrint{Job: queue.JobID{Ticket: ticket.ID, Attempt: 1}, State: queue.PrintFailed, Reason: "paper-out"})
	h.do(queue.Reprint{Ticket: ticket.ID, Printer: "hub"})
	taken := view.OfTaken(h.state, ticket, "HTTP://HALL/T/X")
	if taken.Print.Job != "20261123-1-1" || taken.Print.State != "failed" || taken.Print.Reason != "paper-out" {
		t.Errorf("the slip stands %+v", taken.Print)
	}
	job, _ := ticket.LastPrint()
	if slip := view.OfSlip(h.state, ticket, job, taken.Track); !slip.Reprint || slip.Number != ticket.Number() {
		t.Errorf("the second slip reads %+v", slip)
	}
}
