package live_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"petitionhall/hall/view"
	"petitionhall/queue"
)

// A reader that was away gets what it missed, and no more.
func TestResume(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenWindow{Window: "2"})
		board := h.connect("")
		board.read()
		h.do(h.take("housing"))
		board.read()
		board.leave()
		h.do(queue.Next{Window: "2"}, h.take("housing"))
		board = h.connect(board.lastID)
		if got := names(board.read()); got != "call change#3 change#4" {
			t.Errorf("it gets %s", got)
		}
		h.do(h.take("housing"))
		if got := names(board.read()); got != "change#5" {
			t.Errorf("and then %s", got)
		}
		if got := names(h.connect("5").read()); got != "" {
			t.Errorf("who has everything gets %s", got)
		}
	})
}

// What cannot be resumed begins anew: another hub's revision, one of the future, none, or too old.
func TestNoResume(t *testing.T) {
	inBubble(t, func(t *testing.T, h *hall) {
		h.do(queue.OpenDay{})
		h.newHub()
		h.do(h.take("housing"), h.take("housing"))
		for _, last := range []string{"1", "4", "0", "-1", "x", "99999999999999999999"} {
			if got := names(h.connect(last).read()); got != "hall#3" {
				t.Errorf("after %q: %s", last, got)
			}
		}
		for range 600 {
			h.do(h.take("housing"))
		}
		if got := names(h.connect("2").read()); got != "hall#603" {
			t.Errorf("too old: %s", got)
		}
	})
}

// page keeps the hall as a page does: whole at first, news merged in.
type page struct {
	t    *testing.T
	hall view.Hall
}

func (p *page) receive(events []event) {
	for _, e := range events {
		switch e.name {
		case "hall":
			p.hall = decode[view.Hall](p.t, e)
		case "change":
			c := decode[view.Change](p.t, e)
			for _, w := range c.Windows {
				p.hall.Windows[slices.IndexFunc(p.hall.Windows, func(old view.Window) bool { return old.ID == w.ID })] = w
			}
			for _, s := range c.Services {
				p.hall.Services[slices.IndexFunc(p.hall.Services, func(old view.Service) bool { return old.ID == s.ID })].ServiceChange = s
			}
			p.hall.Revision = c.Revision
		case "call":
			c := decode[view.Call](p.t, e)
			others := slices.DeleteFunc(slices.Clone(p.hall.Calls), func(old view.Call) bool { return old.Ticket == c.Ticket })
			p.hall.Calls = append([]view.Call{c}, others...)
		}
	}
}

// compare tells whether the page shows what the hall is.
func (p *page) compare(now view.Hall) {
	p.t.Helper()
	// A page keeps each ticket's newest call, with the revision at which it was told.
	simple := func(h view.Hall) string {
		h.At = time.Time{}
		var calls []string
		for _, c := range h.Calls[:min(len(h.Calls), 10)] {
			calls = append(calls, fmt.Sprint(c.Ticket, c.Window, c.Times, c.At.Unix()))
		}
		h.Calls = nil
		data, err := json.Marshal(h)
		if err != nil {
			p.t.Fatal(err)
		}
		return string(data) + fmt.Sprint(calls)
	}
	if got, want := simple(p.hall), simple(now); !reflect.DeepEqual(got, want) {
		p.t.Errorf("the page shows\n%s\nthe hall is\n%s", got, want)
	}
}

// Whatever happens, and however often its line breaks, a page that merges what
// it gets shows what the hall is.
func TestPagesShowTheHall(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			inBubble(t, func(t *testing.T, h *hall) {
				random := rand.New(rand.NewPCG(seed, 1))
				p, line := page{t: t}, h.connect("")
				for range 100 {
					switch {
					case random.IntN(10) == 0:
						p.receive(line.read())
						last := line.lastID
						line.leave()
						_ = h.try(anything(h, random))
						line = h.connect(last)
						line.lastID = last
					case random.IntN(300) == 0:
						h.skip(24 * time.Hour)
					default:
						time.Sleep(time.Duration(random.IntN(12)) * time.Second)
						_ = h.try(anything(h, random)) // a refusal changes nothing
					}
				}
				time.Sleep(4 * time.Second)
				p.receive(line.read())
				p.compare(h.shown())
			})
		})
	}
}

func anything(h *hall, random *rand.Rand) queue.Action {
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	window := queue.WindowID(pick("2", "3", "10"))
	ticket := queue.TicketID(random.IntN(8) + 1)
	actions := []queue.Action{
		h.take(queue.ServiceID(pick("housing", "natural-resources", "discipline"))), h.take("housing"),
		queue.OpenWindow{Window: window}, queue.Next{Window: window}, queue.Next{Window: window}, queue.Recall{Window: window},
		queue.Start{Window: window}, queue.Finish{Window: window, Outcome: queue.Resolved}, queue.Miss{Window: window},
		queue.Transfer{Window: window, Service: "water"}, queue.PauseWindow{Window: window, Reason: queue.PauseMeal, Until: h.now().Add(time.Hour)},
		queue.CloseWindow{Window: window}, queue.Rejoin{Ticket: ticket}, queue.Cancel{Ticket: ticket, Reason: queue.CancelVisitor},
	}
	return actions[random.IntN(len(actions))]
}
