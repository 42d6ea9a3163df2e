package runner_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"petitionhall/queue"
	"petitionhall/queue/journal/journaltest"
	"petitionhall/queue/memorystore"
)

// line is the hall as one queue before two windows, in its simplest words: what
// a visitor would call fair.
type line struct {
	issued  queue.TicketID
	waiting string // tickets in the order of arrival, each with a blank after it
	at      [2]string
}

// asked is one request of a history. What is answered is a ticket, a refusal's
// code, or nothing.
type asked struct {
	what   string
	window int
}

// step tells whether the line could have answered so, and how it stands then.
func (l line) step(in asked, answered string) (bool, line) {
	switch {
	case in.what == "take":
		l.issued++
		ticket := fmt.Sprint(l.issued)
		l.waiting += ticket + " "
		return answered == ticket, l
	case in.what == "finish" && l.at[in.window] == "":
		return answered == string(queue.CodeWindowNoTicket), l
	case in.what == "finish":
		l.at[in.window] = ""
		return answered == "", l
	case l.at[in.window] != "":
		return answered == string(queue.CodeWindowBusy), l
	case l.waiting == "":
		return answered == "", l
	}
	first, rest, _ := strings.Cut(l.waiting, " ")
	l.waiting, l.at[in.window] = rest, first
	return answered == first, l
}

// action is the command for a request. Both windows serve housing.
func (in asked) action(key string) queue.Action {
	window := queue.WindowID([]string{"2", "21"}[in.window])
	switch in.what {
	case "take":
		return queue.Take{Service: "housing", Persons: 1, Code: "CODE" + key}
	case "next":
		return queue.Next{Window: window}
	}
	return queue.Finish{Window: window, Outcome: queue.Resolved}
}

// ask does a request and tells what was answered.
func (h *hall) ask(in asked, key string) string {
	r, err := h.insist(queue.Command{Actor: "test", Key: key, Hash: "hash", Action: in.action(key)})
	if err != nil {
		return string(queue.CodeOf(err))
	}
	if in.what == "finish" {
		return ""
	}
	for _, e := range r.Events {
		if called, ok := e.Data.(*queue.TicketCalled); ok {
			return fmt.Sprint(called.Ticket)
		}
	}
	if id := ticket(r); id > 0 {
		return fmt.Sprint(id)
	}
	return ""
}

// TestOneLineForAll: whatever kiosks and clerks ask at the same time, several
// clerks at one window among them, and whatever goes wrong with the journal, the
// answers are those of one line in which everything happens one after the other.
func TestOneLineForAll(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			j := journaltest.NewFlaky(memorystore.New())
			h := start(t, j, newClock().read)
			h.do(at(queue.OpenWindow{Window: "2"}), at(queue.OpenWindow{Window: "21"}))
			faults := []journaltest.Fault{journaltest.Conflict, journaltest.UnknownWritten, journaltest.UnknownLost, journaltest.UnknownLate, journaltest.Full}
			random := rand.New(rand.NewPCG(seed, 2))
			for n := range 60 {
				if random.IntN(3) == 0 {
					j.Spoil(n+1, faults[random.IntN(len(faults))])
				}
			}
			history := h.history(5, 12)
			model := porcupine.Model{Init: func() any { return line{} }, Step: func(state, in, out any) (bool, any) {
				return state.(line).step(in.(asked), out.(string))
			}}
			if !porcupine.CheckOperations(model, history) {
				slices.SortFunc(history, func(a, b porcupine.Operation) int { return int(a.Call - b.Call) })
				for _, o := range history {
					t.Logf("client %d, %6d to %6d µs: %v -> %q", o.ClientId, o.Call/1000, o.Return/1000, o.Input, o.Output)
				}
				t.Error("no order of these requests gives these answers")
			}
			proven(t, j)
		})
	}
}

// history lets clients ask at the same time: the first two take, the others call and finish.
func (h *hall) history(clients, requests int) (history []porcupine.Operation) {
	var mu sync.Mutex
	var work sync.WaitGroup
	began := time.Now()
	for client := range clients {
		work.Go(func() {
			for n := range requests {
				in := asked{"take", 0}
				if client > 1 {
					in = asked{[]string{"next", "finish"}[n%2], client % 2}
				}
				call := time.Since(began)
				answered := h.ask(in, fmt.Sprintf("client-%d-request-%d", client, n))
				back := time.Since(began)
				mu.Lock()
				history = append(history, porcupine.Operation{ClientId: client, Input: in, Call: int64(call), Output: answered, Return: int64(back)})
				mu.Unlock()
			}
		})
	}
	work.Wait()
	return history
}
