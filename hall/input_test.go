package hall_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"petitionhall/hall"
	"petitionhall/hall/configuration"
	"petitionhall/queue"
)

// served is a whole hall behind a real HTTP server.
type served struct {
	t       *testing.T
	hall    *hall.Hall
	address string
	keys    int
}

func serve(t *testing.T, o hall.Options) *served {
	t.Helper()
	if o.Data == "" {
		o.Data = t.TempDir()
	}
	if o.Printer == "" {
		o.Printer = "none"
	}
	o.Open = true
	h, err := hall.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	ready := make(chan struct{})
	h.OnReady(func() { close(ready) })
	go func() { done <- h.Run(ctx) }()
	server := httptest.NewServer(h.Handler())
	t.Cleanup(func() {
		end()
		if err := <-done; err != nil {
			t.Error(err)
		}
		server.Close()
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	<-ready
	return &served{t: t, hall: h, address: server.URL}
}

// answer is what came back: the status, and of a refusal its code and words.
type answer struct {
	status  int
	header  http.Header
	body    []byte
	Code    string     `json:"code"`
	Message queue.Text `json:"message"`
	Ticket  struct {
		Number string `json:"number"`
	} `json:"ticket"`
	Number string `json:"number"`
	ID     string `json:"id"`
}

func (s *served) ask(method, path, key string, body io.Reader) answer {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.address+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	a := answer{status: response.StatusCode, header: response.Header}
	if a.body, err = io.ReadAll(response.Body); err != nil {
		s.t.Fatal(err)
	}
	if json.Valid(a.body) {
		_ = json.Unmarshal(a.body, &a) // a list, for example, has none of these members
	}
	return a
}

func (s *served) post(path, body string) answer {
	s.t.Helper()
	s.keys++
	return s.ask(http.MethodPost, path, fmt.Sprintf("key-%06d", s.keys), strings.NewReader(body))
}

func (s *served) must(path, body string) answer {
	s.t.Helper()
	a := s.post(path, body)
	if a.status >= 300 {
		s.t.Fatalf("%s: %d %s", path, a.status, a.body)
	}
	return a
}

// kept holds that nothing was lost: what was issued is still all there.
func (s *served) kept(issued int) {
	s.t.Helper()
	a := s.ask(http.MethodGet, "/api/v1/check", "", nil)
	var report struct {
		Issued     int   `json:"issued"`
		Violations []any `json:"violations"`
	}
	if err := json.Unmarshal(a.body, &report); err != nil {
		s.t.Fatal(err)
	}
	if report.Issued != issued || len(report.Violations) > 0 {
		s.t.Errorf("%d issued, want %d; violations %v", report.Issued, issued, report.Violations)
	}
}

// TestBadInput: whatever is sent, the answer is a clear problem with a stable
// code and words for people, and nothing changes.
func TestBadInput(t *testing.T) {
	s := serve(t, hall.Options{})
	s.must("/api/v1/windows/3/open", "")
	ticket := s.must("/api/v1/tickets", `{"service":"natural-resources","persons":2}`)
	take := func(service string, persons int) string {
		return fmt.Sprintf(`{"service":%q,"persons":%d}`, service, persons)
	}
	const tickets, window = "/api/v1/tickets", "/api/v1/windows/3"
	for _, c := range []struct {
		name, method, path, key, body string
		status                        int
		code                          string
	}{
		{"unknown service", "POST", tickets, "some-key-1", take("moon", 1), 422, "service.unknown"},
		{"nobody", "POST", tickets, "some-key-2", take("water", 0), 422, "ticket.persons"},
		{"ten thousand people", "POST", tickets, "some-key-3", take("water", 10000), 422, "ticket.persons"},
		{"no key", "POST", tickets, "", take("water", 1), 428, "request.key-missing"},
		{"a short key", "POST", tickets, "short", take("water", 1), 428, "request.key-missing"},
		{"a key reused with another body", "POST", tickets, "key-000002", take("water", 1), 409, "request.key-reused"},
		{"malformed", "POST", tickets, "some-key-4", `{"service":`, 400, "request.malformed"},
		{"no body", "POST", tickets, "some-key-5", "", 400, "request.malformed"},
		{"a list", "POST", tickets, "some-key-6", `[]`, 422, "request.invalid"},
		{"wrong type", "POST", tickets, "some-key-7", `{"service":"water","persons":"three"}`, 422, "request.invalid"},
		{"unknown field", "POST", tickets, "some-key-8", `{"service":"water","persons":1,"name":"somebody"}`, 422, "request.invalid"},
		{"no tag of a language", "POST", tickets, "some-key-9", `{"service":"water","persons":1,"language":"<b>"}`, 422, "request.invalid"},
		{"odd printer", "POST", tickets, "some-key-10", `{"service":"water","persons":1,"printer":"../etc"}`, 422, "request.invalid"},
		{"wrong method", "DELETE", tickets, "", "", 405, "request.method"},
		{"wrong method at a window", "GET", window + "/next", "", "", 405, "request.method"},
		{"unknown address", "GET", "/api/v1/visitors", "", "", 404, "request.unknown"},
		{"unknown page", "GET", "/nothing", "", "", 404, "request.unknown"},
		{"unknown window", "POST", "/api/v1/windows/99/next", "some-key-11", "", 404, "window.unknown"},
		{"unknown window to look at", "GET", "/api/v1/windows/99", "", "", 404, "window.unknown"},
		{"next without a key", "POST", window + "/next", "", "", 428, "request.key-missing"},
		{"next on a closed window", "POST", "/api/v1/windows/4/next", "some-key-12", "", 409, "window.closed"},
		{"finish without a ticket", "POST", window + "/finish", "some-key-13", `{"outcome":"resolved"}`, 409, "window.no-ticket"},
		{"finish without a key", "POST", window + "/finish", "", `{"outcome":"resolved"}`, 428, "request.key-missing"},
		{"unknown outcome", "POST", window + "/finish", "some-key-14", `{"outcome":"won"}`, 422, "request.invalid"},
		{"transfer to nowhere", "POST", window + "/transfer", "some-key-15", `{}`, 409, "window.no-ticket"},
		{"unknown pause reason", "POST", window + "/pause", "some-key-16", `{"reason":"bored"}`, 422, "request.invalid"},
		{"rejoin of a stranger", "POST", window + "/rejoin", "some-key-17", `{"ticket":"20200101-1"}`, 404, "ticket.unknown"},
		{"unknown code", "GET", "/api/v1/tickets/7KQ2MZ9XW4", "", "", 404, "ticket.unknown"},
		{"cancel of an unknown code", "POST", "/api/v1/tickets/7KQ2MZ9XW4/cancel", "some-key-18", "", 404, "ticket.unknown"},
		{"unknown slip", "GET", "/api/v1/print-jobs/20200101-1-1", "", "", 404, "job.unknown"},
		{"outcome of an unknown slip", "POST", "/api/v1/print-jobs/20200101-1-1/outcome", "some-key-19", `{"state":"sent"}`, 404, "job.unknown"},
		{"reprint without a printer", "POST", "/api/v1/tickets/" + ticket.ID + "/print", "some-key-20", "", 409, "printer.none"},
		{"close with a ticket open", "POST", "/api/v1/day/close", "some-key-21", `{"deferred":[]}`, 409, "day.open-tickets"},
		{"close naming a stranger", "POST", "/api/v1/day/close", "some-key-22", `{"deferred":["20200101-9"]}`, 404, "ticket.unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var body io.Reader
			if c.body != "" {
				body = strings.NewReader(c.body)
			}
			a := s.ask(c.method, c.path, c.key, body)
			if a.status != c.status || a.Code != c.code {
				t.Errorf("%d %s, want %d %s", a.status, a.body, c.status, c.code)
			}
			if got := a.header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("content type %q", got)
			}
			if a.Message.ZH == "" || a.Message.EN == "" || bytes.Contains(a.body, []byte("goroutine")) || bytes.Contains(a.body, []byte(".go:")) {
				t.Errorf("not for people: %s", a.body)
			}
		})
	}
	s.kept(1)
}

// TestHugeBody: 10 MB are refused, said beforehand or not, and the hall goes on.
func TestHugeBody(t *testing.T) {
	s := serve(t, hall.Options{})
	huge := `{"service":"` + strings.Repeat("x", 10<<20) + `"}`
	for name, body := range map[string]io.Reader{
		"told":     strings.NewReader(huge),
		"streamed": struct{ io.Reader }{strings.NewReader(huge)},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.address+"/api/v1/tickets", body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Idempotency-Key", "some-key-1")
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if response.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %s", name, response.Status)
		}
		if err := response.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	s.must("/api/v1/tickets", `{"service":"water","persons":1}`)
	s.kept(1)
}

// TestSameKeySameTicket: a retry gives the same ticket with 200, and next calls nobody else.
func TestSameKeySameTicket(t *testing.T) {
	s := serve(t, hall.Options{})
	body := `{"service":"natural-resources","persons":2,"priority":true,"language":"en"}`
	first := s.ask("POST", "/api/v1/tickets", "some-key-1", strings.NewReader(body))
	again := s.ask("POST", "/api/v1/tickets", "some-key-1", strings.NewReader(body))
	if first.status != 201 || again.status != 200 || first.Number != "C001" || !bytes.Equal(first.body, again.body) {
		t.Fatalf("%d %s\n%d %s", first.status, first.body, again.status, again.body)
	}
	s.must("/api/v1/tickets", `{"service":"natural-resources","persons":1}`)
	s.must("/api/v1/windows/3/open", "")
	for range 2 {
		if a := s.ask("POST", "/api/v1/windows/3/next", "some-key-2", nil); a.status != 200 || a.Ticket.Number != "C001" {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	s.must("/api/v1/windows/3/finish", `{"outcome":"resolved"}`)
	s.must("/api/v1/windows/3/next", "")
	s.must("/api/v1/windows/3/finish", `{"outcome":"referred"}`)
	if a := s.post("/api/v1/windows/3/next", ""); a.status != http.StatusNoContent {
		t.Fatalf("nobody waits, yet %d %s", a.status, a.body)
	}
	s.kept(2)
}

// TestTwoWindowsAtOnce: two windows that serve the same people never get the same ticket.
func TestTwoWindowsAtOnce(t *testing.T) {
	const people = 60
	c := configuration.Default()
	c.Windows[3].Services = append(c.Windows[3].Services, "natural-resources")
	file := filepath.Join(t.TempDir(), "hall.yaml")
	data, err := json.Marshal(c) // JSON is YAML too
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s := serve(t, hall.Options{Configuration: file})
	for range people {
		s.must("/api/v1/tickets", `{"service":"natural-resources","persons":1}`)
	}
	var mu sync.Mutex
	called := map[string]string{}
	var work sync.WaitGroup
	for _, w := range []string{"3", "4"} {
		s.must("/api/v1/windows/"+w+"/open", "")
		work.Go(func() {
			for n := 0; ; n++ {
				a := s.ask("POST", "/api/v1/windows/"+w+"/next", fmt.Sprintf("next-%s-%d", w, n), nil)
				if a.status != http.StatusOK {
					return
				}
				mu.Lock()
				if other, twice := called[a.Ticket.Number]; twice {
					t.Errorf("%s was called by %s and by %s", a.Ticket.Number, other, w)
				}
				called[a.Ticket.Number] = w
				mu.Unlock()
				s.ask("POST", "/api/v1/windows/"+w+"/finish", fmt.Sprintf("finish-%s-%d", w, n), strings.NewReader(`{"outcome":"resolved"}`))
			}
		})
	}
	work.Wait()
	if len(called) != people {
		t.Errorf("%d of %d were called", len(called), people)
	}
	s.kept(people)
}

// TestStrangers: an open hall answers nobody who came by another name or from another page.
func TestStrangers(t *testing.T) {
	s := serve(t, hall.Options{})
	for name, dress := range map[string]func(*http.Request){
		"another host":   func(r *http.Request) { r.Host = "evil.example" },
		"another origin": func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"another site":   func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.address+"/api/v1/day/open", nil)
		if err != nil {
			t.Fatal(err)
		}
		dress(request)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("%s: %s", name, response.Status)
		}
		if err := response.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, address := range []string{"0.0.0.0:8080", "10.0.0.2:80", ":8080", "example.com:80", "nonsense"} {
		if err := hall.CheckListen(address); err == nil {
			t.Errorf("%s was found safe", address)
		}
	}
}

// TestOperators: what operators and programs look at is there.
func TestOperators(t *testing.T) {
	s := serve(t, hall.Options{})
	for path, want := range map[string]string{
		"/readyz": "ready", "/healthz": "ok", "/metrics": "petitionhall_tickets_waiting", "/openapi.json": `"3.1.0"`,
		"/docs": "/api/v1/tickets", "/api/v1/hall": "芷江", "/api/v1/configuration": "Asia/Shanghai", "/api/v1/printers": "[]",
	} {
		if a := s.ask(http.MethodGet, path, "", nil); a.status != 200 || !strings.Contains(string(a.body), want) {
			t.Errorf("%s: %d %.200s", path, a.status, a.body)
		}
	}
}

// TestPrinterThatIsNotThere: numbers are issued all the same, and the slip says what is so.
func TestPrinterThatIsNotThere(t *testing.T) {
	s := serve(t, hall.Options{Printer: "serial:/dev/petitionhall-no-such-port"})
	taken := s.must("/api/v1/tickets", `{"service":"water","persons":1}`)
	if taken.Number != "S001" {
		t.Fatalf("%s", taken.body)
	}
	deadline := t.Context()
	for {
		a := s.ask(http.MethodGet, "/api/v1/print-jobs/"+taken.ID+"-1", "", nil)
		var job struct{ State, Reason string }
		if err := json.Unmarshal(a.body, &job); err != nil {
			t.Fatal(err)
		}
		if job.State == "failed" && job.Reason == "port-missing" {
			return
		}
		if job.State == "sent" || job.State == "confirmed" || deadline.Err() != nil {
			t.Fatalf("the slip is %+v", job)
		}
	}
}
