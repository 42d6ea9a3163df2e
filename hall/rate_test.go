package hall_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"petitionhall/hall"
	"petitionhall/hall/view"
)

// holding is a number with the code of its slip.
type holding struct {
	ID   string `json:"id"`
	Code string `json:"code"`
}

// hold takes a number.
func (s *served) hold(service string) (h holding) {
	s.t.Helper()
	if err := json.Unmarshal(s.must("/api/v1/tickets", fmt.Sprintf(`{"service":%q,"persons":1}`, service)).body, &h); err != nil {
		s.t.Fatal(err)
	}
	return h
}

// phone is what the holder of a code sees.
func (s *served) phone(code string) (v view.Ticket) {
	s.t.Helper()
	a := s.ask(http.MethodGet, "/api/v1/tickets/"+code, "", nil)
	if err := json.Unmarshal(a.body, &v); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	return v
}

// TestRating: a number rates once, on its day, after it was received; what is
// kept tells how many and how content, and not who.
func TestRating(t *testing.T) {
	c, data := newClock(), t.TempDir()
	s := serve(t, hall.Options{Now: c.read, Data: data})
	s.must("/api/v1/windows/2/open", "")
	h, gone := s.hold("housing"), s.hold("housing")
	rate := "/tickets/" + h.Code + "/rating"
	early := func(when string) {
		t.Helper()
		s.refuse(rate, `{"score":5}`, http.StatusConflict, "rating.not-yet")
		if s.phone(h.Code).Rate {
			t.Errorf("%s it asks for a rating", when)
		}
	}
	early("while it waits")
	s.must("/api/v1/windows/2/next", "")
	early("while it is called")
	s.must("/api/v1/windows/2/start", "")
	early("while it is received")
	s.must("/api/v1/windows/2/finish", `{"outcome":"referred"}`)
	if !s.phone(h.Code).Rate {
		t.Error("it does not ask for a rating")
	}
	s.must("/api/v1/tickets/"+gone.Code+"/cancel", "")
	s.refuse("/tickets/"+gone.Code+"/rating", `{"score":5}`, http.StatusConflict, "rating.not-yet")

	for _, score := range []string{"0", "6", "-1", `"5"`, "2.5", "null"} {
		s.refuse(rate, `{"score":`+score+`}`, http.StatusUnprocessableEntity, "request.invalid")
	}
	s.refuse(rate, `{"score":5,"words":"x"}`, http.StatusUnprocessableEntity, "request.invalid")
	s.must("/api/v1"+rate, `{"score":4}`)
	s.refuse(rate, `{"score":5}`, http.StatusConflict, "rating.given")
	if s.phone(h.Code).Rate {
		t.Error("it asks again")
	}

	kept, err := os.ReadFile(filepath.Join(data, "ratings.json"))
	if want := fmt.Sprintf(`{"version":1,"days":{"2026-11-23":[0,0,0,1,0]},"today":"2026-11-23","rated":[%q]}`+"\n", h.ID); err != nil || string(kept) != want {
		t.Errorf("kept is %s %v", kept, err)
	}
	s.kept(2)
	c.move(24 * time.Hour)
	s.refuse(rate, `{"score":5}`, http.StatusNotFound, "ticket.unknown")
}

// TestRatingAtTheWindow: a window's tablet asks about the reception that just ended there, once, until the next one
// begins or five minutes have passed; a phone that has rated is not asked again there.
func TestRatingAtTheWindow(t *testing.T) {
	c := newClock()
	s := serve(t, hall.Options{Now: c.read, Data: t.TempDir()})
	s.must("/api/v1/windows/2/open", "")
	asks := func(when string, want bool) {
		t.Helper()
		var v view.Asking
		a := s.ask(http.MethodGet, "/api/v1/windows/2/rating", "", nil)
		if err := json.Unmarshal(a.body, &v); err != nil || a.status != http.StatusOK || v.Asks != want || v.Asks != (v.Until != nil) {
			t.Errorf("%s: %d %s, want asks %v", when, a.status, a.body, want)
		}
		if !want {
			s.refuse("/windows/2/rating", `{"score":4}`, http.StatusConflict, "rating.not-yet")
		}
	}
	received := func() (h holding) {
		h = s.hold("housing")
		s.must("/api/v1/windows/2/next", "")
		s.must("/api/v1/windows/2/start", "")
		asks("while somebody is received", false)
		s.must("/api/v1/windows/2/finish", `{"outcome":"resolved"}`)
		return h
	}
	asks("before anybody was received", false)
	received()
	asks("after the first", true)
	s.must("/api/v1/windows/2/rating", `{"score":4}`)
	asks("once it was rated", false)
	byPhone := received()
	s.must("/api/v1/tickets/"+byPhone.Code+"/rating", `{"score":5}`)
	asks("once a phone has rated", false)
	received()
	s.hold("housing")
	s.must("/api/v1/windows/2/next", "")
	asks("while the next is on the way", true)
	s.must("/api/v1/windows/2/start", "")
	asks("once the next is received", false)
	s.must("/api/v1/windows/2/finish", `{"outcome":"unrecorded"}`)
	c.move(5 * time.Minute)
	asks("five minutes later", false)
	// Whoever was received meanwhile sits there no more: the tablet must not ask about the one before.
	for _, leave := range []struct{ by, body string }{{"hold", ""}, {"transfer", `{"service":"general"}`}} {
		received()
		c.move(time.Second)
		s.hold("housing")
		s.must("/api/v1/windows/2/next", "")
		s.must("/api/v1/windows/2/start", "")
		c.move(time.Second)
		s.must("/api/v1/windows/2/"+leave.by, leave.body)
		asks("after a "+leave.by, false)
	}
	if a := s.ask(http.MethodGet, "/api/v1/ratings?day=2026-11-23", "", nil); !strings.Contains(string(a.body), `"n":2`) {
		t.Errorf("counted: %s, want 2", a.body)
	}
	s.refuse("/windows/77/rating", `{"score":4}`, http.StatusNotFound, "window.unknown")
	s.refuse("/windows/2/rating", `{"score":6}`, http.StatusUnprocessableEntity, "request.invalid")
}

// TestRatingsOfADay: a day's share is told once the day is over, from ten ratings on.
func TestRatingsOfADay(t *testing.T) {
	c := newClock()
	s := serve(t, hall.Options{Now: c.read})
	s.must("/api/v1/windows/2/open", "")
	for n := range 10 {
		h := s.hold("housing")
		s.must("/api/v1/windows/2/next", "")
		s.must("/api/v1/windows/2/start", "")
		s.must("/api/v1/windows/2/finish", `{"outcome":"resolved"}`)
		s.must("/api/v1/tickets/"+h.Code+"/rating", fmt.Sprintf(`{"score":%d}`, n%5+1))
	}
	told := func() string {
		t.Helper()
		return strings.TrimSpace(string(s.ask(http.MethodGet, "/api/v1/ratings?day=2026-11-23", "", nil).body))
	}
	if got := told(); got != `{"day":"2026-11-23","n":10,"satisfied":null}` {
		t.Errorf("while the day lasts: %s", got)
	}
	c.move(24 * time.Hour)
	if got := told(); got != `{"day":"2026-11-23","n":10,"satisfied":60}` {
		t.Errorf("when it is over: %s", got)
	}
	if a := s.ask(http.MethodGet, "/api/v1/ratings?day=soon", "", nil); a.status != http.StatusUnprocessableEntity {
		t.Errorf("no day: %d %s", a.status, a.body)
	}
}

// TestDamagedRatings: a hall whose ratings are damaged gives numbers all the same, says so, and its checker does.
func TestDamagedRatings(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "ratings.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	h, end := begin(t, hall.Options{Data: data})
	if report, err := h.Check(t.Context()); err != nil || len(report.Violations) != 1 || !strings.Contains(report.Violations[0].String(), "ratings") {
		t.Errorf("the running hall reports %v %v", report.Violations, err)
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	if report, err := hall.Check(t.Context(), data, func(int, int) {}); err != nil || len(report.Violations) != 1 {
		t.Errorf("the checker reports %v %v", report.Violations, err)
	}
}

// codes are a hall on the morning after a day, with a code of that day and some that never were.
func codes(t testing.TB) (handler http.Handler, which map[string]string) {
	t.Helper()
	c := newClock()
	h, err := hall.Open(t.Context(), hall.Options{Data: t.TempDir(), Printer: "none", Open: true, Now: c.read, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	done, ready := make(chan error, 1), make(chan struct{})
	h.OnReady(func() { close(ready) })
	go func() { done <- h.Run(t.Context()) }()
	t.Cleanup(func() {
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	<-ready
	take := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost/api/v1/tickets", strings.NewReader(`{"service":"housing","persons":1}`))
	take.Header.Set("Content-Type", "application/json")
	take.Header.Set("Idempotency-Key", "key-of-the-take")
	w := httptest.NewRecorder()
	h.Handler().ServeHTTP(w, take)
	var held holding
	if err := json.Unmarshal(w.Body.Bytes(), &held); err != nil || held.Code == "" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	c.move(24 * time.Hour)
	return h.Handler(), map[string]string{"expired": held.Code, "wrong": "7KQ2MZ9XW4", "malformed": "!kq2mz9xw-"}
}

var quiet = slog.New(slog.DiscardHandler)

// calls are all that a phone may ask with a code.
var calls = []struct{ method, end, body string }{
	{http.MethodGet, "", ""}, {http.MethodPost, "/cancel", ""}, {http.MethodPost, "/rating", `{"score":5}`},
}

func asking(code string, call int) *http.Request {
	var body io.Reader
	if calls[call].body != "" {
		body = strings.NewReader(calls[call].body)
	}
	r := httptest.NewRequestWithContext(context.Background(), calls[call].method, "http://localhost/api/v1/tickets/"+code+calls[call].end, body)
	r.Header.Set("Content-Type", "application/json")
	return r
}

// TestCodesAreAnsweredAlike: a wrong code, an expired one and one that is none
// get the same answer, byte for byte and header for header, whatever is asked.
func TestCodesAreAnsweredAlike(t *testing.T) {
	handler, which := codes(t)
	which["short"], which["long"], which["odd"] = "7", strings.Repeat("7KQ2MZ9XW4", 100), "%E5%8F%B7%00%2F.."
	var first string
	for call := range calls {
		for name, code := range which {
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, asking(code, call))
			var all bytes.Buffer
			if err := w.Result().Header.Write(&all); err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprint(w.Code, "\n", all.String(), w.Body)
			if first == "" {
				first = got
			}
			if got != first || w.Code != http.StatusNotFound || !strings.Contains(got, "no-store") {
				t.Errorf("%s, %s: %s\nbut another got %s", name, calls[call].end, got, first)
			}
		}
	}
}

// TestCodesTakeTheSameWork: all that is done for a code is done for each alike,
// so that the time tells nothing. What can be counted of work is its memory: the
// least of many runs, since a pool may be found empty by chance.
func TestCodesTakeTheSameWork(t *testing.T) {
	handler, which := codes(t)
	for call := range calls {
		work := map[string]float64{}
		for name, code := range which {
			least := math.Inf(1)
			for range 100 {
				asked := []*http.Request{asking(code, call), asking(code, call)} // the first one to warm up
				least = min(least, testing.AllocsPerRun(1, func() {
					handler.ServeHTTP(httptest.NewRecorder(), asked[0])
					asked = asked[1:]
				}))
			}
			work[name] = least
		}
		if work["wrong"] != work["expired"] || work["wrong"] != work["malformed"] {
			t.Errorf("%s %s takes %v", calls[call].method, calls[call].end, work)
		}
	}
}

// BenchmarkCodes tells how long a code is looked for that is wrong, expired, or
// none, as ratios to a wrong one; the three take turns.
//
//	go test ./hall -run '^$' -bench Codes -benchtime 10000x
func BenchmarkCodes(b *testing.B) {
	handler, which := codes(b)
	names := []string{"wrong", "expired", "malformed"}
	for call := range calls {
		b.Run(strings.Trim(calls[call].method+calls[call].end, "/"), func(b *testing.B) {
			took := map[string][]time.Duration{}
			for n := range b.N {
				for i := range names {
					name := names[(n+i)%len(names)]
					r, w := asking(which[name], call), httptest.NewRecorder()
					began := time.Now()
					handler.ServeHTTP(w, r)
					took[name] = append(took[name], time.Since(began))
				}
			}
			at := func(name string, share float64) float64 {
				slices.Sort(took[name])
				return float64(took[name][int(share*float64(len(took[name])-1))])
			}
			for _, name := range names[1:] {
				b.ReportMetric(at(name, 0.5)/at("wrong", 0.5), name+"-median")
				b.ReportMetric(at(name, 0.99)/at("wrong", 0.99), name+"-p99")
			}
			b.ReportMetric(at("wrong", 0.5), "ns-wrong-median")
			b.ReportMetric(at("wrong", 0.99), "ns-wrong-p99")
		})
	}
}
