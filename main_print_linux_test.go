package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
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

const (
	// usualKills keeps make test short; PETITIONHALL_KILLS=1000 is the full run.
	usualKills = 100
	killLanes  = 8
	// killsInARow is how often one hall is killed. A printer that confirms by count
	// is asked once more for each answer that an earlier run may still get; after
	// more kills in half a minute than these a slip is told as sent.
	killsInARow = 3
	// slipPace is how many bytes a second the printer takes of a slip that is to be
	// cut off: slow enough that it takes them one by one.
	slipPace = 1990
	// printTime is between a whole slip and its confirmation.
	printTime = 200 * time.Millisecond
	// slipLength is a little more than a slip has bytes.
	slipLength = 690
)

// kills is how often TestKillWhilePrinting pulls the cord.
func kills() int {
	n, err := strconv.Atoi(os.Getenv("PETITIONHALL_KILLS"))
	if err != nil {
		return usualKills
	}
	return n
}

// TestKillWhilePrinting kills the program at any byte of a slip, and after the
// last one before and after the printer confirms it; what is on the line is lost
// too. It starts the program again on the same data and the same printer, and
// looks: no ticket is lost, a slip that is said to be confirmed is on paper whole,
// any other is offered for a reprint and comes out marked, and no number is on
// two sheets without the mark. Several halls do so at once, for they wait more
// than they work.
func TestKillWhilePrinting(t *testing.T) {
	total := kills()
	sums := make([]*killed, killLanes)
	var lanes sync.WaitGroup
	for lane := range sums {
		sums[lane] = newKilled()
		lanes.Go(func() {
			for first := lane * killsInARow; first < total; first += killLanes * killsInARow {
				newKillHall(t, first, sums[lane]).run(min(killsInARow, total-first))
			}
		})
	}
	lanes.Wait()
	sum := newKilled()
	for _, one := range sums {
		sum.add(one)
	}
	t.Logf("%d kills, %v", total, sum)
	if want := total * 3 / 10; len(sum.places) < want {
		t.Errorf("the kills hit %d places inside a slip, want %d", len(sum.places), want)
	}
	if sum.states["unknown"] == 0 || sum.states["confirmed"] == 0 || sum.whole == 0 {
		t.Errorf("the kills all came at the same moment: %v", sum)
	}
}

// killed counts kills.
type killed struct {
	states map[string]int // what was known of the slip after the restart
	places map[int]bool   // how many bytes of a slip that broke off had reached the printer
	inside int            // how often it broke off
	whole  int            // how often it was whole, and the printer had not confirmed it
	later  int            // how often the printer had confirmed it
}

func newKilled() *killed { return &killed{states: map[string]int{}, places: map[int]bool{}} }

func (k *killed) add(other *killed) {
	for state, n := range other.states {
		k.states[state] += n
	}
	for place := range other.places {
		k.places[place] = true
	}
	k.inside, k.whole, k.later = k.inside+other.inside, k.whole+other.whole, k.later+other.later
}

func (k *killed) String() string {
	return fmt.Sprintf("%d inside a slip at %d places, %d after its last byte, %d after the printer confirmed it: then %d confirmed, %d unknown, %d failed",
		k.inside, len(k.places), k.whole, k.later, k.states["confirmed"], k.states["unknown"], k.states["failed"])
}

// killHall is a hall with its printer, killed again and again.
type killHall struct {
	t       *testing.T
	paper   *printertest.Terminal
	data    string
	printer string
	first   int // the number of its first kill
	chance  *rand.Rand
	killed  *killed
	// unmarked is on how many sheets without the mark each number taken is.
	unmarked map[string]int
}

// newKillHall makes a hall for the kills from a number on; the printers are of two
// makes in turn.
func newKillHall(t *testing.T, first int, killed *killed) *killHall {
	t.Helper()
	paper, err := printertest.Start(printertest.Script{Confirms: true, PrintTime: printTime})
	if err != nil {
		t.Fatal(err)
	}
	profile := []string{"epson-tm", "xprinter"}[first/killsInARow%2]
	return &killHall{t: t, paper: paper, data: t.TempDir(), printer: paper.URI("baud=115200&profile=" + profile), first: first,
		chance: rand.New(rand.NewPCG(1, uint64(first))), killed: killed, unmarked: map[string]int{}} //nolint:gosec // places, not secrets
}

// run kills so often; at the end nothing that was issued is missing.
func (k *killHall) run(rounds int) {
	defer k.close()
	hall := serve(k.t, k.data, "--printer", k.printer)
	for round := range rounds {
		ticket, ok := k.takeAndKill(hall, k.first+round)
		if !ok {
			return
		}
		hall = serve(k.t, k.data, "--printer", k.printer)
		if state := k.look(hall, ticket); state != "confirmed" && !k.reprint(hall, ticket) {
			return
		}
		k.file()
	}
	hall.kill()
	want := fmt.Sprintf("%d issued", rounds)
	if code, out := runProgram(k.t, "check", "--data", k.data); code != 0 || !strings.Contains(out, want) {
		k.t.Errorf("check, which should find %s: %s", want, out)
	}
}

// close ends the printer, which must have understood everything.
func (k *killHall) close() {
	if err := errors.Join(k.paper.Err(), k.paper.Close()); err != nil {
		k.t.Error(err)
	}
}

// takeAndKill takes a ticket and kills the hall, mostly at a byte of the slip drawn
// by lot, in two of ten kills after the last one: before the printer confirms, and
// once the hall has recorded the slip's end.
func (k *killHall) takeAndKill(hall *running, number int) (ticket view.TicketTaken, ok bool) {
	before, place := k.paper.LastConfirmation(), k.chance.IntN(slipLength)
	whole := func() bool { return k.isWhole(ticket.Number) }
	now, pace := func() bool { return k.arrived() >= place || whole() }, slipPace
	switch number % 10 {
	case 4:
		now, pace = whole, 0
	case 9:
		now, pace = func() bool { return whole() && k.hasEnd(hall, ticket.Print.Job) }, 0
	}
	k.paper.Change(func(s *printertest.Script) { s.Speed = pace })
	defer k.paper.Change(func(s *printertest.Script) { s.Speed = 0 })
	if ticket, ok = k.take(hall, number); !ok {
		return ticket, false
	}
	if !k.await(now) {
		k.t.Errorf("%s came to %d bytes and no further, at kill %d:\n%s", ticket.Number, k.arrived(), number, hall.log)
	}
	hall.kill()
	if err := k.paper.Drop(); err != nil {
		k.t.Error(err)
	}
	switch confirmed := k.paper.LastConfirmation().After(before); {
	case !whole():
		k.killed.inside++
		k.killed.places[k.arrived()] = true
	case !confirmed:
		k.killed.whole++
	default:
		k.killed.later++
	}
	return ticket, true
}

func (k *killHall) take(hall *running, number int) (ticket view.TicketTaken, ok bool) {
	key := fmt.Sprintf("touch-%05d", number)
	if status := hall.post(k.t.Context(), "/api/v1/tickets", key, map[string]any{"service": "housing", "persons": 1}, &ticket); status != http.StatusCreated {
		k.t.Errorf("taking: %d\n%s", status, hall.log)
		return ticket, false
	}
	k.unmarked[ticket.Number] = 0
	return ticket, true
}

// slipStart is what a slip begins with.
var slipStart = []byte{0x1b, '@', 0x1c, '&'}

// arrived is how many bytes of the slip have reached the printer.
func (k *killHall) arrived() int {
	all := k.paper.Bytes()
	if start := bytes.Index(all, slipStart); start >= 0 {
		return len(all) - start
	}
	return 0
}

// isWhole tells whether a slip is on paper whole and cut off, without the mark.
func (k *killHall) isWhole(number string) bool {
	for _, sheet := range k.paper.Sheets() {
		if isOf(sheet, number) && !isMarked(sheet) && sheet.Cut && strings.Contains(sheet.Text(), "本机不记姓名") {
			return true
		}
	}
	return false
}

// isOf tells whether a number stands on a sheet, in a line of its own.
func isOf(sheet escpos.Sheet, number string) bool {
	return strings.Contains("\n"+sheet.Text(), "\n"+number+"\n")
}

// isMarked tells whether a sheet says, white on black, that it is a reprint.
func isMarked(sheet escpos.Sheet) bool {
	for _, item := range sheet.Items {
		for _, span := range item.Spans {
			if span.Reverse && strings.Contains(span.Text, "补打") {
				return strings.Contains(sheet.Text(), "号码不变")
			}
		}
	}
	return false
}

// await waits until what the printer was sent makes something true; it tells
// whether that came in time.
func (k *killHall) await(wanted func() bool) bool {
	ctx, cancel := context.WithTimeout(k.t.Context(), 20*time.Second)
	defer cancel()
	_, err := k.paper.Await(ctx, func([]escpos.Sheet) bool { return wanted() })
	if err != nil {
		k.t.Error(err)
	}
	return err == nil
}

// look tells what is known of a slip after a restart, and holds it to that.
func (k *killHall) look(hall *running, ticket view.TicketTaken) string {
	job := k.job(hall, ticket.Print.Job)
	k.killed.states[job]++
	switch job {
	case "confirmed":
		if !k.isWhole(ticket.Number) {
			k.t.Errorf("%s is said to be confirmed, and is not on paper", ticket.Number)
		}
	case "unknown", "failed":
		if !k.isOffered(hall, ticket.Number) {
			k.t.Errorf("%s is %s and not offered", ticket.Number, job)
		}
	default:
		k.t.Errorf("%s is %q after a restart", ticket.Number, job)
	}
	return job
}

// job is how a print job stands; empty when the hall does not know it.
func (k *killHall) job(hall *running, id string) string {
	var job struct{ State string }
	hall.get(k.t.Context(), "/api/v1/print-jobs/"+id, &job)
	return job.State
}

// hasEnd tells whether the hall knows what became of a print job.
func (k *killHall) hasEnd(hall *running, id string) bool {
	state := k.job(hall, id)
	return state != "reserved" && state != "sending"
}

// isOffered tells whether the hall offers to print a slip once more.
func (k *killHall) isOffered(hall *running, number string) bool {
	var printers []view.Printer
	hall.get(k.t.Context(), "/api/v1/printers", &printers)
	for _, printer := range printers {
		for _, slip := range printer.Unconfirmed {
			if slip.Number == number {
				return true
			}
		}
	}
	return false
}

// reprint prints a slip once more and looks for the mark on the paper.
func (k *killHall) reprint(hall *running, ticket view.TicketTaken) bool {
	var answer struct{ Print view.PrintState }
	if status := hall.post(k.t.Context(), "/api/v1/tickets/"+ticket.ID+"/print", "again-"+ticket.ID, struct{}{}, &answer); status != http.StatusOK {
		k.t.Errorf("reprinting %s: %d\n%s", ticket.Number, status, hall.log)
		return false
	}
	if !k.await(func() bool { return k.job(hall, answer.Print.Job) == "confirmed" }) {
		k.t.Errorf("the reprint of %s is %s", ticket.Number, k.job(hall, answer.Print.Job))
		return false
	}
	if k.isOffered(hall, ticket.Number) {
		k.t.Errorf("%s is confirmed, and still offered", ticket.Number)
	}
	for _, sheet := range k.paper.Sheets() {
		if isOf(sheet, ticket.Number) && isMarked(sheet) && sheet.Cut {
			return true
		}
	}
	k.t.Errorf("the reprint of %s is not on paper with its mark", ticket.Number)
	return false
}

// file takes the paper away and keeps in mind which numbers were on it.
func (k *killHall) file() {
	for _, sheet := range k.paper.Sheets() {
		if isMarked(sheet) {
			continue
		}
		for line := range strings.Lines(sheet.Text()) {
			number := strings.TrimSpace(line)
			if _, taken := k.unmarked[number]; !taken {
				continue
			}
			if k.unmarked[number]++; k.unmarked[number] > 1 {
				k.t.Errorf("%s is on %d sheets without the mark", number, k.unmarked[number])
			}
		}
	}
	k.paper.Clear()
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
