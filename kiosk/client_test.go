package kiosk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// asked is what the hall got from a call of the page.
type asked struct{ request, key, body string }

// hallThatNotes answers everything with an empty object and notes what it got.
func hallThatNotes(notes *asked) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		*notes = asked{r.Method + " " + r.URL.EscapedPath(), r.Header.Get("Idempotency-Key"), string(body)}
		_, _ = io.WriteString(w, `{"revision":7}`)
	})
}

// TestBindings checks which call of the HTTP API each binding becomes, with the
// hall inside and over a network.
func TestBindings(t *testing.T) {
	calls := map[string]struct {
		call func(*App) (json.RawMessage, error)
		want asked
	}{
		"hall":      {func(a *App) (json.RawMessage, error) { return a.Hall() }, asked{"GET /api/v1/hall", "", ""}},
		"languages": {func(a *App) (json.RawMessage, error) { return a.Languages() }, asked{"GET /api/v1/languages", "", ""}},
		"language":  {func(a *App) (json.RawMessage, error) { return a.Language("mn-Mong") }, asked{"GET /api/v1/languages/mn-Mong", "", ""}},
		"printers":  {func(a *App) (json.RawMessage, error) { return a.Printers() }, asked{"GET /api/v1/printers", "", ""}},
		"print job": {func(a *App) (json.RawMessage, error) { return a.PrintJob("j1") }, asked{"GET /api/v1/print-jobs/j1", "", ""}},
		"cancel":    {func(a *App) (json.RawMessage, error) { return a.Cancel("7KQ2MZ9XW4") }, asked{"POST /api/v1/tickets/7KQ2MZ9XW4/cancel", "", ""}},
		"odd id":    {func(a *App) (json.RawMessage, error) { return a.Cancel("a/b?c") }, asked{"POST /api/v1/tickets/a%2Fb%3Fc/cancel", "", ""}},
	}
	for name, c := range calls {
		for where, start := range map[string]func(*testing.T, http.Handler) *machine{"inside": machineInside, "hub": clientMachine} {
			t.Run(name+"/"+where, func(t *testing.T) {
				var got asked
				answer, err := c.call(start(t, hallThatNotes(&got)).app)
				if err != nil || string(answer) != `{"revision":7}` {
					t.Fatalf("answer %s, error %v", answer, err)
				}
				if got != c.want {
					t.Errorf("the hall was asked %+v, want %+v", got, c.want)
				}
			})
		}
	}
}

// TestReprint: a second slip comes out where the visitor stands.
func TestReprint(t *testing.T) {
	for printer, start := range map[string]func(*testing.T, http.Handler) *machine{"hub": machineInside, "none": clientMachine} {
		var got asked
		if _, err := start(t, hallThatNotes(&got)).app.Reprint("t1"); err != nil {
			t.Fatal(err)
		}
		if want := (asked{"POST /api/v1/tickets/t1/print", "", `{"printer":"` + printer + `"}`}); got != want {
			t.Errorf("the hall was asked %+v, want %+v", got, want)
		}
	}
}

// TestTakeTellsWhoPrints: the page does not know which printer there is.
func TestTakeTellsWhoPrints(t *testing.T) {
	for want, start := range map[string]func(*testing.T, http.Handler) *machine{"hub": machineInside, "none": clientMachine} {
		t.Run(want, func(t *testing.T) {
			var got asked
			page := map[string]json.RawMessage{"service": json.RawMessage(`"housing"`), "persons": json.RawMessage("2")}
			if _, err := start(t, hallThatNotes(&got)).app.Take(page, "touch-1"); err != nil {
				t.Fatal(err)
			}
			if wanted := (asked{"POST /api/v1/tickets", "touch-1", `{"persons":2,"printer":"` + want + `","service":"housing"}`}); got != wanted {
				t.Errorf("the hall was asked %+v, want %+v", got, wanted)
			}
		})
	}
}

// TestProblems: the page learns the hall's own words, or that no hall answered.
func TestProblems(t *testing.T) {
	refusal := `{"code":"day.closed","status":409,"message":{"zh":"今天没有开放取号","en":"closed"}}`
	cases := map[string]struct {
		status           int
		answer, wantCode string
	}{
		"refused":          {http.StatusConflict, refusal, "day.closed"},
		"foreign error":    {http.StatusBadGateway, "<html>", codeUnreachable},
		"foreign success":  {http.StatusOK, "<html>", codeUnreachable},
		"error without it": {http.StatusConflict, `{"title":"x"}`, codeUnreachable},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := machineInside(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.answer)
			}))
			_, err := m.app.Hall()
			if got := codeForPage(t, err); got != c.wantCode {
				t.Errorf("the page sees %q, want %q", got, c.wantCode)
			}
		})
	}
}

// TestHallGone: a hub that does not answer is a problem like any other.
func TestHallGone(t *testing.T) {
	hub := httptest.NewServer(http.NotFoundHandler())
	hub.Close()
	m := startMachine(t, Options{HallURL: hub.URL})
	_, err := m.app.Take(nil, "k")
	if got := codeForPage(t, err); got != codeUnreachable {
		t.Errorf("the page sees %q", got)
	}
}

// TestPathsCannotEscape: an id that the page made up reaches no other resource.
func TestPathsCannotEscape(t *testing.T) {
	for _, id := range []string{"", ".", ".."} {
		_, err := machineInside(t, http.NotFoundHandler()).app.PrintJob(id)
		if got := codeForPage(t, err); got != codeFailed {
			t.Errorf("id %q: the page sees %q", id, got)
		}
	}
}

// TestForeignErrorsAreHidden: the text of an internal error is for the log only.
func TestForeignErrorsAreHidden(t *testing.T) {
	shown := fmt.Sprint(forPage(errors.New("open /secret: denied")))
	if strings.Contains(shown, "secret") || !strings.Contains(shown, codeFailed) {
		t.Errorf("the page sees %s", shown)
	}
}

// codeForPage reads the code as the page does.
func codeForPage(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	var problem struct {
		Code    string
		Message struct{ Zh, En string }
	}
	if err := json.Unmarshal([]byte(fmt.Sprint(forPage(err))), &problem); err != nil {
		t.Fatal(err)
	}
	if problem.Message.Zh == "" || problem.Message.En == "" {
		t.Errorf("problem %q has no words for people", problem.Code)
	}
	return problem.Code
}
