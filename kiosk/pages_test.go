package kiosk

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestPages: the window finds its page at the root, what the page loads beside
// it, and the hall below /api/.
func TestPages(t *testing.T) {
	m := machineInside(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, "hall got %s %s", r.Method, r.URL)
	}))
	cases := []struct {
		method, path, want string
		status             int
	}{
		{http.MethodGet, "/", "取号机", http.StatusOK},
		{http.MethodGet, "/?lang=en", "取号机", http.StatusOK},
		{http.MethodGet, "/assets/a.css", "body{}", http.StatusOK},
		{http.MethodGet, "/assets/b.css", "", http.StatusNotFound},
		{http.MethodGet, "/api/v1/hall?x=1", "hall got GET /api/v1/hall?x=1", http.StatusOK},
		{http.MethodPost, "/api/v1/tickets", "hall got POST /api/v1/tickets", http.StatusOK},
	}
	handler := pages(Options{Pages: onePage, Log: m.app.log}, m.app.hall)
	for _, c := range cases {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), c.method, c.path, nil))
		if answer.Code != c.status || !strings.Contains(answer.Body.String(), c.want) {
			t.Errorf("%s %s: %d %s", c.method, c.path, answer.Code, answer.Body)
		}
	}
}

// TestDisplayPages: a display finds its board at the root, with the board's name
// in the address, and can ask the hall without changing it.
func TestDisplayPages(t *testing.T) {
	m := startMachine(t, Options{Display: true, Board: "east", Hall: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, "hall got %s %s", r.Method, r.URL)
	})})
	cases := []struct {
		method, path, want string
		status             int
	}{
		{http.MethodGet, "/", `content="0;url=/?board=east"`, http.StatusOK},
		{http.MethodGet, "/?board=east", "<title>大屏", http.StatusOK},
		{http.MethodGet, "/api/v1/hall", "hall got GET /api/v1/hall", http.StatusOK},
		{http.MethodPost, "/api/v1/tickets", "", http.StatusNotFound},
	}
	handler := pages(Options{Pages: onePage, Log: m.app.log, Display: true, Board: "east"}, m.app.hall)
	for _, c := range cases {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), c.method, c.path, nil))
		if answer.Code != c.status || !strings.Contains(answer.Body.String(), c.want) {
			t.Errorf("%s %s: %d %s", c.method, c.path, answer.Code, answer.Body)
		}
	}
}

// TestPagesWithoutHall: the page itself still comes when the hub is gone.
func TestPagesWithoutHall(t *testing.T) {
	hub := httptest.NewServer(http.NotFoundHandler())
	hub.Close()
	m := startMachine(t, Options{HallURL: hub.URL})
	handler := pages(Options{Pages: onePage, Log: m.app.log}, m.app.hall)
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/hall", nil))
	if answer.Code != http.StatusBadGateway || !strings.Contains(answer.Body.String(), codeUnreachable) {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	answer = httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
	if answer.Code != http.StatusOK {
		t.Errorf("the page: %d", answer.Code)
	}
}
