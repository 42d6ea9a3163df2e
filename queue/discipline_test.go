package queue_test

import (
	"slices"
	"testing"
	"time"

	"petitionhall/queue"
)

// TestPreference: a window that prefers land over homes passes a visitor for
// homes over five times, and then calls him whoever else waits for land.
func TestPreference(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "4"})
	h.take("homes")
	for range 8 {
		h.take("land")
	}
	if got, want := serveAll(h, "4"), []string{"C001", "C002", "C003", "C004", "C005", "B001", "C006", "C007", "C008"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	h.kept()
}

// TestPassedOverByClass: a priority visitor for the service that a window likes
// less is passed over by priority visitors only, and a call that follows from
// the bound passes nobody over.
func TestPassedOverByClass(t *testing.T) {
	h := newHall(t)
	h.config.Rules.PassOver = 1
	h.do(queue.OpenWindow{Window: "4"})
	ordinary, first := h.take("homes"), h.take("homes", priority)
	h.take("land", priority)
	h.take("land")
	if got := h.serve("4"); got != "C001" || h.state.Passed(first) != 1 || h.state.Passed(ordinary) != 0 {
		t.Fatalf("called %s, passed %d and %d", got, h.state.Passed(first), h.state.Passed(ordinary))
	}
	if got := h.serve("4"); got != "B002" || h.state.Passed(ordinary) != 0 {
		t.Fatalf("called %s, passed %d", got, h.state.Passed(ordinary))
	}
	h.kept()
}

// TestPassedOverElsewhere: whoever was passed over at one window comes first at
// every window of the service, also at one that serves nothing else. A simulated
// year found it: such windows had not looked.
func TestPassedOverElsewhere(t *testing.T) {
	h := newHall(t)
	h.config.Rules.PassOver = 1
	h.do(queue.OpenWindow{Window: "2"})
	h.do(queue.OpenWindow{Window: "4"})
	passed := h.take("homes")
	h.take("land")
	h.serve("4")
	h.take("homes", priority)
	if got := h.next("2"); got != passed.Number() {
		t.Fatalf("called %s, and %s was passed over", got, passed.Number())
	}
	h.kept()
}

// TestFirstRulesKnowNoPreference: a day that was opened under the first rules goes on by them.
func TestFirstRulesKnowNoPreference(t *testing.T) {
	h := newHall(t)
	h.state = queue.NewState()
	opened := queue.Event{Type: "day.opened", Version: 1, At: h.now, Actor: "test", Data: &queue.DayOpened{Date: "2026-11-23", Epoch: 1, Rules: 1, Configuration: h.config}}
	if err := queue.Evolve(h.state, opened); err != nil {
		t.Fatal(err)
	}
	h.batches++
	h.checker.Add(1, []queue.Event{opened})
	h.do(queue.OpenWindow{Window: "4"})
	h.take("homes")
	h.take("land")
	if got, want := serveAll(h, "4"), []string{"B001", "C001"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	h.kept()
}

// TestUndoCall: a call that is taken back leaves everything as it was, the first window included.
func TestUndoCall(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "4"})
	passed := h.take("homes")
	h.take("homes", priority)
	called := h.take("land", priority)
	before := h.state.Digest()
	h.next("4")
	if called.State != queue.Called || called.FirstWindow != "4" {
		t.Fatalf("%s is %s", called.Number(), called.State)
	}
	h.now = h.now.Add(10 * time.Second)
	h.do(queue.Recall{Window: "4"})
	h.now = h.now.Add(10 * time.Second)
	h.do(queue.Undo{Window: "4"})
	if called.State != queue.Waiting || called.FirstWindow != "" || h.state.Digest() != before || len(h.state.Calls()) != 0 {
		t.Fatalf("it is %s, first window %q, %d calls", called.State, called.FirstWindow, len(h.state.Calls()))
	}
	if h.state.Passed(passed) != 0 {
		t.Fatal("the passing was not taken back")
	}
	h.refused(queue.Undo{Window: "4"}, queue.CodeUndoNothing)
	h.kept()
}

// TestCallsTellEachTicketOnce: a recall takes the place of the call before it.
func TestCallsTellEachTicketOnce(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.do(queue.OpenWindow{Window: "4"})
	recalled, other := h.take("land"), h.take("homes")
	h.next("3")
	h.next("4")
	h.now = h.now.Add(10 * time.Second)
	h.do(queue.Recall{Window: "3"})
	calls := h.state.Calls()
	if len(calls) != 2 || calls[0].Ticket != recalled.ID || calls[0].Times != 2 || calls[1].Ticket != other.ID {
		t.Fatalf("the calls are %+v", calls)
	}
	h.kept()
}

// TestUndoTooLate: after 20 s a call stands.
func TestUndoTooLate(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.take("land")
	h.next("3")
	h.now = h.now.Add(20*time.Second + time.Millisecond)
	h.refused(queue.Undo{Window: "3"}, queue.CodeUndoTooLate)
	h.now = h.now.Add(-time.Hour) // a clock that steps back takes nothing away
	h.do(queue.Undo{Window: "3"})
	h.kept()
}

// TestUndoFinish: a finish that is taken back is no reception yet, or one that goes on.
func TestUndoFinish(t *testing.T) {
	for name, c := range map[string]struct {
		start bool
		want  queue.TicketState
	}{"called": {false, queue.Called}, "serving": {true, queue.Serving}} {
		t.Run(name, func(t *testing.T) {
			h := newHall(t)
			h.do(queue.OpenWindow{Window: "3"})
			ticket := h.take("land")
			h.next("3")
			if c.start {
				h.do(queue.Start{Window: "3"})
			}
			h.do(queue.Finish{Window: "3", Outcome: queue.Referred, Persons: 7})
			h.do(queue.Undo{Window: "3"})
			w, _ := h.state.Window("3")
			if ticket.State != c.want || ticket.Persons != 1 || ticket.Served() != c.start || w.ServedTickets != 0 || w.ServedPersons != 0 || w.Ticket != ticket.ID {
				t.Fatalf("it is %s with %d persons; served here %d", ticket.State, ticket.Persons, w.ServedTickets)
			}
			h.kept()
		})
	}
}

// TestUndoMovedOn: once the window calls somebody else, the finish before stands.
func TestUndoMovedOn(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.take("land")
	second := h.take("land")
	h.serve("3")
	h.next("3")
	h.do(queue.Start{Window: "3"})
	h.refused(queue.Undo{Window: "3"}, queue.CodeUndoMovedOn)
	h.do(queue.Transfer{Window: "3", Service: "homes"})
	h.refused(queue.Undo{Window: "3"}, queue.CodeUndoNothing)
	if second.State != queue.Waiting {
		t.Fatalf("it is %s", second.State)
	}
	h.kept()
}

// TestUndoOnlyFromThoseWhoWereThere: whoever came, by a transfer with an early
// arrival, after the call that is taken back keeps his count.
func TestUndoOnlyFromThoseWhoWereThere(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"1", "4"} {
		h.do(queue.OpenWindow{Window: w})
	}
	early := h.take("general")
	h.next("1")
	there := h.take("homes")
	h.take("land")
	h.take("land")
	h.next("4")
	h.do(queue.Transfer{Window: "1", Service: "homes"})
	if h.state.Passed(there) != 1 || h.state.Passed(early) != 0 {
		t.Fatalf("passed %d and %d", h.state.Passed(there), h.state.Passed(early))
	}
	h.do(queue.Undo{Window: "4"})
	if h.state.Passed(there) != 0 || h.state.Passed(early) != 0 {
		t.Fatalf("after the undo: passed %d and %d", h.state.Passed(there), h.state.Passed(early))
	}
	h.next("4")
	h.kept()
}

// TestHold: a parked visitor belongs to the window, which takes others
// meanwhile; when it closes, he waits for the service again where he stood.
func TestHold(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.do(queue.OpenWindow{Window: "4"})
	parked := into[queue.Held](h)
	other := h.take("land")
	h.refused(queue.Resume{Window: "4", Ticket: parked.ID}, queue.CodeTicketElsewhere)
	h.next("3")
	h.refused(queue.Resume{Window: "3", Ticket: parked.ID}, queue.CodeWindowBusy)
	h.do(queue.Finish{Window: "3", Outcome: queue.Resolved})
	h.do(queue.Resume{Window: "3", Ticket: parked.ID})
	if parked.State != queue.Serving || !parked.Served() {
		t.Fatalf("it is %s", parked.State)
	}
	h.do(queue.Hold{Window: "3"})
	h.take("land")
	h.do(queue.CloseWindow{Window: "3"})
	if parked.State != queue.Waiting || parked.Window != "" {
		t.Fatalf("it is %s at %q", parked.State, parked.Window)
	}
	if got := h.next("4"); got != parked.Number() || other.State != queue.Done {
		t.Fatalf("called %s", got)
	}
	h.kept()
}

// TestCallByNumber: a particular number stands outside the order and counts nothing.
func TestCallByNumber(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"3", "4"} {
		h.do(queue.OpenWindow{Window: w})
	}
	missed := into[queue.Missed](h)
	homes := h.take("homes")
	land := h.take("land")
	h.refused(queue.CallTicket{Window: "3", Ticket: homes.ID, Reason: queue.CallFrail}, queue.CodeTicketElsewhere)
	h.refused(queue.CallTicket{Window: "4", Ticket: missed.ID, Reason: queue.CallFrail}, queue.CodeTicketElsewhere)
	h.refused(queue.CallTicket{Window: "3", Ticket: land.ID, Reason: "friend"}, queue.CodeReasonUnknown)
	h.do(queue.CallTicket{Window: "4", Ticket: land.ID, Reason: queue.CallFrail})
	if h.state.Passed(homes) != 0 {
		t.Fatal("a call outside the order passed somebody over")
	}
	h.do(queue.CallTicket{Window: "3", Ticket: missed.ID, Reason: queue.CallAtWindow})
	if missed.State != queue.Called || missed.Times != 1 {
		t.Fatalf("it is %s, called %d times", missed.State, missed.Times)
	}
	h.do(queue.Undo{Window: "3"})
	if missed.State != queue.Missed {
		t.Fatalf("it is %s", missed.State)
	}
	h.kept()
}

// TestJointReception: windows that help are busy with the ticket until it is finished; it counts once.
func TestJointReception(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"1", "2", "3"} {
		h.do(queue.OpenWindow{Window: w})
	}
	into[queue.Serving](h)
	h.take("homes")
	h.refused(queue.Join{Window: "3", With: "3"}, queue.CodeJoinHere)
	h.do(queue.Join{Window: "3", With: "2"})
	h.do(queue.Join{Window: "3", With: "1"})
	h.refused(queue.Next{Window: "2"}, queue.CodeWindowBusy)
	h.refused(queue.PauseWindow{Window: "2", Reason: queue.PauseMeal}, queue.CodeWindowBusy)
	if h.state.Status("2") != queue.StatusServing {
		t.Fatalf("window 2 is %s", h.state.Status("2"))
	}
	h.do(queue.Part{Window: "2"})
	h.next("2")
	h.do(queue.Finish{Window: "3", Outcome: queue.Resolved})
	if h.state.Status("1") != queue.StatusIdle {
		t.Fatalf("window 1 is %s", h.state.Status("1"))
	}
	if r := h.kept(); r.Served != 1 {
		t.Fatalf("counted %d receptions", r.Served)
	}
}

// TestCover: the general window takes another's visitors by a named decision, after its own.
func TestCover(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "1"})
	h.take("homes")
	h.take("general")
	if got := h.serve("1"); got != "A001" {
		t.Fatalf("called %s", got)
	}
	if got := h.next("1"); got != "" {
		t.Fatalf("called %s", got)
	}
	h.refused(queue.Cover{Window: "1", Services: []queue.ServiceID{"general"}}, queue.CodeCoverOwn)
	h.do(queue.Cover{Window: "1", Services: []queue.ServiceID{"homes"}})
	h.take("general")
	if got, want := serveAll(h, "1"), []string{"A002", "B001"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	h.do(queue.Cover{Window: "1"})
	h.take("homes")
	if got := h.next("1"); got != "" {
		t.Fatalf("called %s", got)
	}
	h.kept()
}

// TestClockStepsBack: a clerk whose clock was put back an hour need not wait an hour to mark a number missed.
func TestClockStepsBack(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.take("land")
	h.next("3")
	h.now = h.now.Add(-time.Hour)
	h.do(queue.Recall{Window: "3"})
	h.refused(queue.Miss{Window: "3"}, queue.CodeMissTooSoon)
	h.now = h.now.Add(20 * time.Second)
	h.do(queue.Recall{Window: "3"})
	h.do(queue.Miss{Window: "3"})
	h.kept()
}

// TestDigestKnowsThePassings: two days that differ only in who was passed over are two days.
func TestDigestKnowsThePassings(t *testing.T) {
	digest := func(by queue.Action) string {
		h := newHall(t)
		h.do(queue.OpenWindow{Window: "4"})
		h.take("homes")
		land := h.take("land")
		h.now = h.now.Add(time.Second)
		if by == nil {
			by = queue.CallTicket{Window: "4", Ticket: land.ID, Reason: queue.CallFrail}
		}
		h.do(by)
		h.do(queue.Finish{Window: "4", Outcome: queue.Resolved})
		return h.state.Digest()
	}
	if digest(queue.Next{Window: "4"}) == digest(nil) {
		t.Fatal("the digest does not tell them apart")
	}
}

// TestRejoinHome: whoever was missed comes up at the window that missed him, not
// at another of his service, as long as that one is open.
func TestRejoinHome(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"3", "4"} {
		h.do(queue.OpenWindow{Window: w})
	}
	missed := into[queue.Missed](h)
	h.do(queue.Rejoin{Ticket: missed.ID})
	if got := h.next("4"); got != "" {
		t.Fatalf("window 4 called %s", got)
	}
	copied := h.state.Clone()
	if got := h.next("3"); got != missed.Number() {
		t.Fatalf("window 3 called %q", got)
	}
	h.do(queue.Transfer{Window: "3", Service: "homes"})
	again, _ := copied.Ticket(missed.ID)
	if again.Rejoin == nil || again.Rejoin.Left != 3 {
		t.Fatalf("the copy lived along: %+v", again.Rejoin)
	}
	h.kept()
}

// TestCloneLivesAlone: what happens in a copy leaves the turns of the original alone.
func TestCloneLivesAlone(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	missed := into[queue.Missed](h)
	h.do(queue.Rejoin{Ticket: missed.ID})
	h.take("land")
	copied := h.state.Clone()
	events, err := queue.Decide(copied, queue.Command{Action: queue.Next{Window: "3"}}, h.now)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if err := queue.Evolve(copied, e); err != nil {
			t.Fatal(err)
		}
	}
	if again, _ := copied.Ticket(missed.ID); again.Rejoin.Left != 2 || missed.Rejoin.Left != 3 {
		t.Fatalf("%d calls left in the copy, %d in the original", again.Rejoin.Left, missed.Rejoin.Left)
	}
}
