package live_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/hall/problem"
	"petitionhall/hall/view"
	"petitionhall/queue"
)

// inBubble runs a test with a hall in a bubble of virtual time.
func inBubble(t *testing.T, test func(t *testing.T, h *hall)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, newHall(t)) })
}

func TestFirstTheWholeHall(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenWindow{Window: "2"}, h.take("housing"))
		board := h.connect("")
		events := board.read()
		if got := names(events); got != "hall#2" {
			t.Fatalf("got %s", got)
		}
		hall := decode[view.Hall](t, events[0])
		if hall.Revision != 2 || hall.Phase != "open" || hall.Day != "2026-11-23" || len(hall.Windows) != 20 || hall.Windows[1].Waiting != 1 {
			t.Errorf("got revision %d, %s, %s, %d windows", hall.Revision, hall.Phase, hall.Day, len(hall.Windows))
		}
		if board.header.Get("Content-Type") != "text/event-stream" || board.status != http.StatusOK {
			t.Errorf("got %d %s", board.status, board.header.Get("Content-Type"))
		}
	})
}

// A hall without a day tells itself too, and its first day comes whole.
func TestBeforeTheFirstDay(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		board := h.connect("")
		if got := names(board.read()); got != "hall" {
			t.Errorf("got %s", got)
		}
		h.do(h.take("housing"))
		if got := names(board.read()); got != "hall#1" {
			t.Errorf("got %s", got)
		}
	})
}

// A change names what changed and nothing else.
func TestChange(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenWindow{Window: "2"})
		board := h.connect("")
		board.read()
		h.do(h.take("housing"))
		events := board.read()
		if got := names(events); got != "change#2" {
			t.Fatalf("got %s", got)
		}
		c := decode[view.Change](t, events[0])
		if c.Revision != 2 || len(c.Windows) != 1 || c.Windows[0].ID != "2" || c.Windows[0].Waiting != 1 ||
			len(c.Services) != 1 || c.Services[0].ID != "housing" || c.Services[0].Waiting != 1 {
			t.Errorf("got %s", events[0].data)
		}
	})
}

// Nothing public changes, yet the revision is told: a window's page reads again by it.
func TestEveryRevisionIsTold(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.Take{Service: "housing", Persons: 1, Code: "CODE", Printer: "hub"})
		board := h.connect("")
		board.read()
		h.do(queue.ReportPrint{Job: queue.JobID{Ticket: 1, Attempt: 1}, State: queue.PrintSent})
		events := board.read()
		if got := names(events); got != "change#2" || events[0].data != `{"revision":2}` {
			t.Errorf("got %s %v", got, events)
		}
	})
}

func TestCalls(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenWindow{Window: "2"}, h.take("housing"))
		board := h.connect("")
		board.read()
		h.do(queue.Next{Window: "2"})
		time.Sleep(10 * time.Second)
		h.do(queue.Recall{Window: "2"})
		var told []event
		for _, e := range board.read() {
			if e.name != "tick" {
				told = append(told, e)
			}
		}
		if got := names(told); got != "call change#3 call change#4" {
			t.Fatalf("got %s", got)
		}
		for i, e := range []event{told[0], told[2]} {
			c := decode[view.Call](t, e)
			if c.Ticket != "B001" || c.Window != "2" || c.WindowNumber != 2 || c.WindowName.ZH != "住建" || c.Times != i+1 || c.Revision != uint64(i+3) {
				t.Errorf("call %d: %s", i+1, e.data)
			}
		}
	})
}

// Calls that are recorded together are all told, and the id stands on the last
// message only: who is cut off before it gets the whole revision again.
func TestCallsOfOneRevision(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenWindow{Window: "2"}, queue.OpenWindow{Window: "3"}, h.take("housing"), h.take("natural-resources"))
		board := h.connect("")
		board.read()
		_, release := h.journal.Hold(1)
		for _, w := range []queue.WindowID{"4", "2", "3"} { // the first is on its way alone, the others go together
			var a queue.Action = queue.Next{Window: w}
			if w == "4" {
				a = queue.OpenWindow{Window: w}
			}
			go h.try(a)
			synctest.Wait()
		}
		release()
		// The hub may tell both revisions at once.
		if got := strings.TrimPrefix(names(board.read()), "change#5 "); got != "call call change#6" {
			t.Errorf("got %s", got)
		}
	})
}

// A discreet window is called by number alone, and its own name stands nowhere in what boards get.
func TestDiscreetWindow(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		board := h.connect("")
		h.do(queue.OpenWindow{Window: "10"}, h.take("discipline"))
		for _, e := range board.read() {
			if e.name == "hall" {
				hall := decode[view.Hall](t, e)
				if name := hall.Windows[9].Name.ZH; name != "接待" {
					t.Errorf("the window is called %s", name)
				}
				if windows := hall.Services[9].Windows; len(windows) != 0 {
					t.Errorf("the service tells its windows %v", windows)
				}
			}
		}
		h.do(queue.Next{Window: "10"})
		events := board.read()
		if c := decode[view.Call](t, events[0]); c.Ticket != "A001" || c.WindowNumber != 10 || c.WindowName != (view.Text{}) {
			t.Errorf("the call: %s", events[0].data)
		}
		for _, e := range events {
			if strings.Contains(e.data, "纪检") || strings.Contains(e.data, "Discipline") {
				t.Errorf("%s tells the office: %s", e.name, e.data)
			}
		}
	})
}

// Phase and configuration are told with the whole hall.
func TestPhase(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenDay{})
		board := h.connect("")
		board.read()
		h.do(queue.StopIssuing{})
		h.do(queue.CloseDay{})
		events := board.read()
		if got := names(events); got != "hall#2 hall#3" {
			t.Fatalf("got %s", got)
		}
		if a, b := decode[view.Hall](t, events[0]).Phase, decode[view.Hall](t, events[1]).Phase; a != "stopped" || b != "closed" {
			t.Errorf("got %s, then %s", a, b)
		}
	})
}

// What changes without a revision is told too: the printer, and at midnight the date.
func TestWithoutARevision(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenDay{}, queue.CloseDay{})
		board := h.connect("")
		board.read()
		h.mu.Lock()
		h.printer.State = "paper-out"
		h.mu.Unlock()
		time.Sleep(3 * time.Second)
		events := board.read()
		if got := names(events); got != "hall#2 tick" || decode[view.Hall](t, events[0]).Printers[0].State != "paper-out" {
			t.Errorf("the printer: %s", got)
		}
		h.skip(16 * time.Hour)
		time.Sleep(3 * time.Second)
		var halls []event
		for _, e := range board.read() {
			if e.name == "hall" {
				halls = append(halls, e)
			}
		}
		if len(halls) != 1 || decode[view.Hall](t, halls[0]).Day != "" {
			t.Errorf("after midnight: %s", names(halls))
		}
		// Who comes back with the revision before it gets it all the same.
		if got := names(h.connect("2").read()); got != "hall#2 hall#2" {
			t.Errorf("who comes back gets %s", got)
		}
	})
}

// Who asks for a person at a kiosk is told at once, and no longer once somebody knows.
func TestHelp(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenDay{})
		window := h.connect("")
		window.read()
		for _, open := range [][]view.Help{{{ID: "0123", From: "kiosk-1", At: h.now()}}, nil} {
			h.mu.Lock()
			h.help = open
			h.mu.Unlock()
			h.Look()
			events := window.read()
			if got := names(events); got != "hall#1" || len(decode[view.Hall](t, events[0]).Help) != len(open) {
				t.Errorf("with %d it is told %s", len(open), got)
			}
		}
	})
}

// What a strip says changes by the clock alone when a promised time has passed.
func TestStripByTheClock(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.config.Windows[2].Strip = &queue.StripConfig{HalfWidths: 16, Lines: 1}
		h.do(queue.OpenWindow{Window: "3"}, queue.PauseWindow{Window: "3", Reason: queue.PauseMeal, Until: morning.Add(time.Hour)})
		board := h.connect("")
		whole := decode[view.Hall](t, board.read()[0])
		if got := strings.Join(whole.Windows[2].Strip, "/"); got != "暂停到09:30" {
			t.Fatalf("before, the strip says %q", got)
		}
		h.skip(time.Hour)
		time.Sleep(3 * time.Second)
		events := board.read()
		if got := names(events); got != "change#2 tick" {
			t.Fatalf("got %s", got)
		}
		told := decode[view.Change](t, events[0])
		if len(told.Windows) != 1 || strings.Join(told.Windows[0].Strip, "/") != "暂停服务" {
			t.Errorf("after, it is told %+v", told.Windows)
		}
	})
}

func TestTick(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenDay{})
		board := h.connect("")
		board.read()
		time.Sleep(6 * time.Second)
		events := board.read()
		if got := names(events); got != "tick tick" {
			t.Fatalf("got %s", got)
		}
		if tick := decode[view.Tick](t, events[1]); tick.Revision != 1 || !tick.At.Equal(morning.Add(6*time.Second)) {
			t.Errorf("got %s", events[1].data)
		}
	})
}

// A reader that does not read is cut off; the others get everything meanwhile.
func TestSlowReader(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenDay{})
		slow := h.open(&reader{stuck: make(chan struct{})}, "")
		good := h.connect("")
		good.read()
		if n := h.Connections(); n != 2 {
			t.Fatalf("%d connections", n)
		}
		for range 100 {
			h.do(h.take("housing"))
			if got := len(good.read()); got != 1 {
				t.Fatalf("the good reader got %d messages for a revision", got)
			}
		}
		if n := h.Connections(); n != 1 {
			t.Errorf("%d connections", n)
		}
		close(slow.stuck)
		<-slow.done
		slow.read()
		if slow.lastID != "1" {
			t.Errorf("the slow reader got as far as %q", slow.lastID)
		}
		if got := len(h.connect(slow.lastID).read()); got != 100 {
			t.Errorf("it resumes with %d messages", got)
		}
	})
}

// The hub itself may fall behind; then everybody begins anew.
func TestHubFallsBehind(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenDay{})
		board := h.connect("")
		board.read()
		h.gate.Lock()
		for range 400 {
			if err := h.try(h.take("housing")); err != nil {
				t.Fatal(err)
			}
		}
		h.gate.Unlock()
		events := board.read()
		last := events[len(events)-1]
		if last.name != "hall" || decode[view.Hall](t, last).Revision != 401 {
			t.Errorf("got %s", names(events))
		}
		h.do(h.take("housing"))
		if got := names(board.read()); got != "change#402" {
			t.Errorf("then %s", got)
		}
	})
}

// At the end all are let go, and who comes later is told so.
func TestEnd(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		board := h.connect("")
		board.read()
		h.stop()
		<-board.done
		late := h.connect("")
		<-late.done
		var p problem.Problem
		if err := json.Unmarshal(late.buffer.Bytes(), &p); err != nil || late.status != http.StatusServiceUnavailable || p.Code != "hall.ending" {
			t.Errorf("who comes late gets %d %s: %v", late.status, p.Code, err)
		}
		if n := h.Connections(); n != 0 {
			t.Errorf("%d connections", n)
		}
	})
}

// Who leaves is forgotten.
func TestLeave(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		board := h.connect("")
		board.read()
		board.leave()
		<-board.done
		if n := h.Connections(); n != 0 {
			t.Errorf("%d connections", n)
		}
	})
}
