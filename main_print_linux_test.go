package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"petitionhall/hall/view"
	"petitionhall/printer/escpos"
	"petitionhall/printer/printertest"
)

// kills is how often TestKillWhilePrinting pulls the cord.
func kills(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("PETITIONHALL_KILLS"))
	if err != nil {
		return 1000
	}
	return n
}

// TestKillWhilePrinting kills the program a thousand times at any byte of a slip,
// starts it again on the same data and the same printer, and looks: no ticket is
// lost, a slip that is said to be confirmed is on paper whole, and any other is
// offered for a reprint. Eight halls do so at once, for they wait more than they
// work.
func TestKillWhilePrinting(t *testing.T) {
	const lanes = 8
	total := kills(t)
	var halls sync.WaitGroup
	seen := make([]map[string]int, lanes)
	for lane := range lanes {
		halls.Go(func() { seen[lane] = killLane(t, total/lanes) })
	}
	halls.Wait()
	sum := map[string]int{}
	for _, states := range seen {
		for state, n := range states {
			sum[state] += n
		}
	}
	t.Logf("%d kills: %v", total, sum)
	if sum["unknown"] == 0 || sum["confirmed"] == 0 {
		t.Errorf("the kills all came at the same moment: %v", sum)
	}
}

// killLane is one hall with one printer.
func killLane(t *testing.T, rounds int) map[string]int {
	paper, err := printertest.Start(printertest.Script{Confirms: true})
	if err != nil {
		t.Error(err)
		return nil
	}
	defer func() {
		if err := paper.Close(); err != nil {
			t.Error(err)
		}
	}()
	data, states := t.TempDir(), map[string]int{}
	interrupted := 0 // bytes that end what the killed program left open
	var last view.TicketTaken
	for round := range rounds {
		hall := serve(t, data, "--printer", paper.URI("baud=115200&profile=epson-tm"))
		if round > 0 {
			state := afterKill(t, hall, paper, last)
			states[state]++
			interrupted = 0
			if state == "unknown" {
				interrupted = 8200
			}
		}
		before := paper.SlipBytes()
		last = view.TicketTaken{}
		if status := hall.post(t.Context(), "/api/v1/tickets", fmt.Sprintf("touch-%05d", round), map[string]any{"service": "housing", "persons": 1}, &last); status != http.StatusCreated {
			t.Errorf("taking: %d\n%s", status, hall.log)
			return states
		}
		awaitBytes(t, paper, before+interrupted+rand.IntN(690))
		hall.kill()
	}
	hall := serve(t, data)
	states[afterKill(t, hall, paper, last)]++
	hall.kill()
	if code, out := runProgram(t, "check", "--data", data); code != 0 {
		t.Errorf("check: %s", out)
	}
	return states
}

// awaitBytes waits until the printer has so many bytes of slips, or for a while.
func awaitBytes(t *testing.T, paper *printertest.Terminal, n int) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	_, err := paper.Await(ctx, func([]escpos.Sheet) bool { return paper.SlipBytes() >= n })
	if err != nil && ctx.Err() == nil {
		t.Error(err)
	}
}

// afterKill looks at what became of a ticket and its slip.
func afterKill(t *testing.T, hall *running, paper *printertest.Terminal, ticket view.TicketTaken) string {
	var job struct{ State, Reason string }
	if status := hall.get(t.Context(), "/api/v1/print-jobs/"+ticket.Print.Job, &job); status != http.StatusOK {
		t.Errorf("ticket %s is lost: %d", ticket.Number, status)
		return "lost"
	}
	switch job.State {
	case "confirmed":
		if !onPaper(paper, ticket.Number) {
			t.Errorf("%s is said to be confirmed, and is not on paper", ticket.Number)
		}
	case "unknown", "failed":
		var printers []view.Printer
		hall.get(t.Context(), "/api/v1/printers", &printers)
		if len(printers) > 0 && (len(printers[0].Unconfirmed) == 0 || printers[0].Unconfirmed[0].Number != ticket.Number) {
			t.Errorf("%s is %s and not offered: %+v", ticket.Number, job.State, printers)
		}
	default:
		t.Errorf("%s is %s after a restart", ticket.Number, job.State)
	}
	return job.State
}

// onPaper tells whether a slip is there whole.
func onPaper(paper *printertest.Terminal, number string) bool {
	for _, sheet := range paper.Sheets() {
		if sheet.Cut && strings.Contains(sheet.Text(), number+"\n") && strings.Contains(sheet.Text(), "本机不记姓名") {
			return true
		}
	}
	return false
}

// get asks for something. A status of 0 means that no answer came.
func (r *running) get(ctx context.Context, path string, answer any) int {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.address+path, nil)
	if err != nil {
		panic(err)
	}
	response, err := r.client.Do(request)
	if err != nil {
		return 0
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode < 300 && json.NewDecoder(response.Body).Decode(answer) != nil {
		return 0
	}
	return response.StatusCode
}
