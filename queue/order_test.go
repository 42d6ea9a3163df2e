package queue_test

import (
	"slices"
	"testing"
	"time"

	"petitionhall/queue"
)

// TestPriorityRun: with O1 O2 P1 P2 P3 waiting and k = 2, the order is P1 P2 O1 P3 O2.
func TestPriorityRun(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "1"})
	h.take("general")
	h.take("general")
	for range 3 {
		h.take("general", priority)
	}
	if got, want := serveAll(h, "1"), []string{"A003", "A004", "A001", "A005", "A002"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	h.kept()
}

// TestPriorityRunStartsAgain: priority calls made while no ordinary ticket waited count for nothing.
func TestPriorityRunStartsAgain(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "1"})
	for range 3 {
		h.take("general", priority)
	}
	h.serve("1")
	h.serve("1")
	h.take("general")
	h.take("general", priority)
	if got, want := serveAll(h, "1"), []string{"A003", "A005", "A004"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	h.kept()
}

func serveAll(h *hall, w queue.WindowID) []string {
	var got []string
	for n := h.serve(w); n != ""; n = h.serve(w) {
		got = append(got, n)
	}
	return got
}

// TestRejoinAfterThree: A rejoins while B C D E wait, and comes up after three calls.
func TestRejoinAfterThree(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "1"})
	h.take("general")
	missed := h.miss("1")
	for range 4 {
		h.take("general")
	}
	h.do(queue.Rejoin{Ticket: missed.ID})
	if got, want := serveAll(h, "1"), []string{"A002", "A003", "A004", "A001", "A005"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	h.kept()
}

// TestRejoinWithFewer: with only B waiting, A comes up after B.
func TestRejoinWithFewer(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "1"})
	h.take("general")
	missed := h.miss("1")
	h.take("general")
	h.do(queue.Rejoin{Ticket: missed.ID})
	if got, want := serveAll(h, "1"), []string{"A002", "A001"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	h.kept()
}

// TestRejoinWhenItsWindowClosed: the service's other window takes it up.
func TestRejoinWhenItsWindowClosed(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	h.do(queue.OpenWindow{Window: "4"})
	h.take("land")
	missed := h.miss("3")
	h.do(queue.Rejoin{Ticket: missed.ID, Window: "4"})
	if got := h.next("4"); got != "" {
		t.Fatalf("window 4 called %s while window 3 was open", got)
	}
	h.do(queue.CloseWindow{Window: "3"})
	if got := h.next("4"); got != "C001" {
		t.Fatalf("window 4 called %q", got)
	}
	h.kept()
}

// TestTransferKeepsArrival: T of 9:00, sent on at 9:20 to where X of 9:10 waits, comes first.
func TestTransferKeepsArrival(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "1"})
	h.do(queue.OpenWindow{Window: "3"})
	sent := h.take("general")
	h.now = h.now.Add(10 * time.Minute)
	h.take("land")
	h.now = h.now.Add(10 * time.Minute)
	h.next("1")
	h.do(queue.Transfer{Window: "1", Service: "land"})
	if sent.FirstWindow != "1" || sent.Number() != "A001" {
		t.Fatalf("it is %s, first at %s", sent.Number(), sent.FirstWindow)
	}
	if got, want := serveAll(h, "3"), []string{"A001", "C001"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	if sent.FirstWindow != "1" {
		t.Fatal("the first window changed")
	}
	h.kept()
}

// TestBoundTicket: sent to one window, a ticket is called there and nowhere
// else, until that window closes.
func TestBoundTicket(t *testing.T) {
	h := newHall(t)
	for _, w := range []queue.WindowID{"1", "3", "4"} {
		h.do(queue.OpenWindow{Window: w})
	}
	h.take("general")
	h.next("1")
	h.do(queue.Transfer{Window: "1", To: "4"})
	if got := h.next("3"); got != "" {
		t.Fatalf("window 3 called %s, which was sent to window 4", got)
	}
	h.do(queue.CloseWindow{Window: "4"})
	if got := h.next("3"); got != "A001" {
		t.Fatalf("window 3 called %q after window 4 had closed", got)
	}
	h.kept()
}

// TestTransferToClosedWindow: behind a closed window nobody waits for nobody.
func TestTransferToClosedWindow(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "1"})
	h.do(queue.OpenWindow{Window: "3"})
	h.take("general")
	h.next("1")
	h.do(queue.Transfer{Window: "1", To: "4"})
	if got := h.next("3"); got != "A001" {
		t.Fatalf("window 3 called %q", got)
	}
	h.kept()
}

// TestAheadIsWhatHappens: the number of tickets ahead, told at the take, is how
// many are called before it when nobody else comes.
func TestAheadIsWhatHappens(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "1"})
	h.take("general")
	missed := h.miss("1")
	for i := range 9 {
		if i%3 == 1 {
			h.take("general", priority)
		} else {
			h.take("general")
		}
	}
	ahead := map[string]int{}
	for _, t := range h.state.WaitingAt("1") {
		ahead[t.Number()] = h.state.Ahead(t)
	}
	for i, number := range serveAll(h, "1") {
		if ahead[number] != i {
			t.Errorf("%s was told %d ahead, and %d were", number, ahead[number], i)
		}
	}
	if missed.State != queue.Missed {
		t.Fatal("a missed ticket was called without having come back")
	}
	h.kept()
}

// TestClockGoesBack: a clock set back changes nobody's place.
func TestClockGoesBack(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "1"})
	first := h.take("general")
	h.now = h.now.Add(-time.Hour)
	second := h.take("general")
	if second.Arrival.Before(first.Arrival) {
		t.Fatal("the later ticket arrived earlier")
	}
	if got, want := serveAll(h, "1"), []string{"A001", "A002"}; !slices.Equal(got, want) {
		t.Fatalf("called %v, want %v", got, want)
	}
	h.kept()
}
