package queue_test

import (
	"fmt"
	"testing"
	"time"

	"petitionhall/queue"
)

// busyDay is a day of n tickets, each taken, printed, called, started and finished.
func busyDay(tb testing.TB, n int) *hall {
	h := &hall{t: tb, state: queue.NewState(), now: morning, config: configuration()}
	act := func(a queue.Action) {
		h.now = h.now.Add(time.Second)
		opening := &queue.Opening{Date: morning.Format(time.DateOnly), Epoch: 1, Configuration: h.config}
		events, err := queue.Decide(h.state, queue.Command{Actor: "bench", Key: fmt.Sprint("key-", len(h.events)), Opening: opening, Action: a}, h.now)
		if err != nil {
			tb.Fatal(err)
		}
		for _, e := range events {
			if err := queue.Evolve(h.state, e); err != nil {
				tb.Fatal(err)
			}
		}
		h.events = append(h.events, events...)
	}
	act(queue.OpenWindow{Window: "3"})
	for i := range n {
		act(queue.Take{Service: "land", Persons: 3, Language: "zh", Code: fmt.Sprintf("CODE%06d", i), Printer: "hub"})
		act(queue.ReportPrint{Job: queue.JobID{Ticket: queue.TicketID(i + 1), Attempt: 1}, State: queue.PrintConfirmed})
		act(queue.Next{Window: "3"})
		act(queue.Start{Window: "3"})
		act(queue.Finish{Window: "3", Outcome: queue.Resolved})
	}
	return h
}

// BenchmarkReplay reads and replays a day of 5,000 tickets from its bytes.
func BenchmarkReplay(b *testing.B) {
	h := busyDay(b, 5000)
	var batches [][]byte
	for i := 0; i < len(h.events); i += 2 {
		data, err := queue.EncodeEvents(h.events[i:min(i+2, len(h.events))])
		if err != nil {
			b.Fatal(err)
		}
		batches = append(batches, data)
	}
	for b.Loop() {
		s := queue.NewState()
		for _, data := range batches {
			events, err := queue.DecodeEvents(data)
			if err != nil {
				b.Fatal(err)
			}
			for _, e := range events {
				if err := queue.Evolve(s, e); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}

// BenchmarkNext calls the next of 5,000 who wait, and finishes.
func BenchmarkNext(b *testing.B) {
	h := busyDay(b, 0)
	opening := &queue.Opening{}
	apply := func(a queue.Action) {
		h.now = h.now.Add(time.Millisecond)
		h.codes++
		events, err := queue.Decide(h.state, queue.Command{Opening: opening, Action: a}, h.now)
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range events {
			if err := queue.Evolve(h.state, e); err != nil {
				b.Fatal(err)
			}
		}
	}
	take := func() { apply(queue.Take{Service: "land", Persons: 3, Code: fmt.Sprint("N", h.codes)}) }
	for range 5000 {
		take()
	}
	for b.Loop() {
		apply(queue.Next{Window: "3"})
		apply(queue.Finish{Window: "3", Outcome: queue.Resolved})
		take()
	}
}
