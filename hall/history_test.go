package hall_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"petitionhall/hall"
)

// promises is what everybody in the hall may hold us to, as one line before two
// windows in which one thing happens after the other: numbers are 1, 2, 3 …, no
// number is at two windows, whoever came first is called first.
type promises struct {
	issued  int
	waiting string // numbers in the order of arrival, each with a blank after it
	at      [2]string
}

// request is one request of a history, at one of the two windows.
type request struct {
	what   string
	window int
}

// step tells whether the hall could have answered so, and how it stands then.
func (p promises) step(in request, answer string) (bool, promises) {
	here := &p.at[in.window]
	switch in.what {
	case "take":
		p.issued++
		number := fmt.Sprintf("B%03d", p.issued)
		p.waiting += number + " "
		return answer == number, p
	case "finish":
		if *here == "" {
			return answer == "window.no-ticket", p
		}
		*here = ""
		return answer == "", p
	}
	switch {
	case *here != "":
		return answer == "window.busy", p
	case p.waiting == "":
		return answer == "", p
	}
	first, rest, _ := strings.Cut(p.waiting, " ")
	p.waiting, *here = rest, first
	return answer == first, p
}

// askOf sends a request over HTTP and tells what was answered: a number, a
// refusal's code, or nothing.
func (s *served) askOf(in request, key string) string {
	path, body := "/api/v1/windows/"+[]string{"2", "21"}[in.window]+"/"+in.what, ""
	switch in.what {
	case "take":
		path, body = "/api/v1/tickets", `{"service":"housing","persons":2}`
	case "finish":
		body = `{"outcome":"resolved"}`
	}
	a := s.ask(http.MethodPost, path, key, strings.NewReader(body))
	switch {
	case a.status >= 500:
		s.t.Errorf("%v: %d %s", in, a.status, a.body)
	case a.status >= 400:
		return a.Code
	case in.what == "take":
		return a.Number
	case in.what == "next":
		return a.Ticket.Number
	}
	return ""
}

// TestHistories: whatever kiosks and clerks ask at the same time, over HTTP and on
// the real store, the answers are those of one line in which one thing happens
// after the other. A request that is sent again is answered as before. (Two clerks
// at one window are tried in the runner: over HTTP both are shown the window as it
// is by then.) PETITIONHALL_HISTORIES says how many.
func TestHistories(t *testing.T) {
	histories := 200
	if asked, err := strconv.Atoi(os.Getenv("PETITIONHALL_HISTORIES")); err == nil {
		histories = asked
	}
	if testing.Short() {
		histories = 20
	}
	s := serve(t, hall.Options{})
	c := s.settings()
	c["windows"] = append(list(c["windows"]), map[string]any{"id": "21", "number": 21, "publicName": map[string]string{"zh": "", "en": ""}, "services": []string{"housing"}, "presence": "resident", "startAtCall": false})
	if a, p := s.configure(c); a.status != http.StatusOK {
		t.Fatal(p.Detail)
	}
	s.must("/api/v1/windows/2/open", "")
	s.must("/api/v1/windows/21/open", "")
	seen := map[string]int{}
	overlapping := 0
	state := promises{}
	for n := range histories {
		history := s.history(n, 5, 8)
		begin := state
		model := porcupine.Model{Init: func() any { return begin }, Step: func(now, in, out any) (bool, any) {
			return now.(promises).step(in.(request), out.(string))
		}}
		if !porcupine.CheckOperations(model, history) {
			slices.SortFunc(history, func(a, b porcupine.Operation) int { return cmp.Compare(a.Call, b.Call) })
			for _, o := range history {
				t.Logf("client %d, %6d to %6d µs: %v -> %q", o.ClientId, o.Call/1000, o.Return/1000, o.Input, o.Output)
			}
			t.Fatalf("history %d: no order of these requests gives these answers", n)
		}
		for i, o := range history {
			answer, _ := o.Output.(string)
			if strings.HasPrefix(answer, "B") {
				answer = "a number"
			}
			in, _ := o.Input.(request)
			seen[in.what+" "+answer]++
			for _, other := range history[:i] {
				if other.Call < o.Return && o.Call < other.Return {
					overlapping++
				}
			}
		}
		state = s.drained(begin, history)
	}
	if overlapping < histories*40 || seen["take a number"] < histories*10 || seen["next a number"] < histories*3 || seen["next window.busy"] < histories || seen["finish window.no-ticket"] == 0 {
		t.Errorf("too little happened: %d overlapping pairs, %v", overlapping, seen)
	}
	t.Logf("%d histories, %d overlapping pairs, %v", histories, overlapping, seen)
	s.kept(state.issued)
}

// history lets clients ask at the same time: three take, two call and finish, each
// at a window. One request in five is sent again with its key, and must be answered as before.
func (s *served) history(n, clients, requests int) (history []porcupine.Operation) {
	var mu sync.Mutex
	var work sync.WaitGroup
	began := time.Now()
	for client := range clients {
		random := rand.New(rand.NewPCG(uint64(n), uint64(client)))
		work.Go(func() {
			for i := range requests {
				in := request{"take", 0}
				if client > 2 {
					in = request{[]string{"next", "finish"}[random.IntN(2)], client % 2}
				}
				key := fmt.Sprintf("history-%d-%d-%d", n, client, i)
				call := time.Since(began)
				answer := s.askOf(in, key)
				back := time.Since(began)
				if in.what == "take" && random.IntN(5) == 0 {
					if again := s.askOf(in, key); again != answer {
						s.t.Errorf("%s was answered %q, and again %q", key, answer, again)
					}
				}
				mu.Lock()
				history = append(history, porcupine.Operation{ClientId: client, Input: in, Call: int64(call), Output: answer, Return: int64(back)})
				mu.Unlock()
			}
		})
	}
	work.Wait()
	return history
}

// drained finishes what is at the windows and serves all who wait, so that the
// next history begins with an empty line after as many numbers.
func (s *served) drained(before promises, history []porcupine.Operation) promises {
	for _, o := range history {
		if in, ok := o.Input.(request); ok && in.what == "take" {
			before.issued++
		}
	}
	for _, id := range []string{"2", "21"} {
		for {
			if a := s.post("/api/v1/windows/"+id+"/finish", `{"outcome":"resolved"}`); a.status != http.StatusOK && a.Code != "window.no-ticket" {
				s.t.Fatalf("%d %s", a.status, a.body)
			}
			if a := s.must("/api/v1/windows/"+id+"/next", ""); a.status == http.StatusNoContent {
				break
			}
		}
	}
	return promises{issued: before.issued}
}
