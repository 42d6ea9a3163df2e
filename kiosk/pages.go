package kiosk

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
)

// pages serves what the window loads: its page at the root, scripts, styles and
// fonts beside it, and the hall's API for what goes by plain HTTP. Wails puts its
// runtime into the page at the root. What a display asks of the hall changes
// nothing there.
func pages(o Options, hall *client) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(o.Pages))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		if o.Board != "" && r.URL.Query().Get("board") != o.Board {
			ofBoard(w, o.Board)
			return
		}
		http.ServeFileFS(w, r, o.Pages, o.page())
	})
	api := "/api/"
	if o.Display {
		api = "GET /api/"
	}
	mux.Handle(api, toHall(hall.base, hall.http.Transport, o.Log))
	return mux
}

// ofBoard sends the window on to the same page with the board's name in its
// address, where the page looks for it. Wails fixes the address that a window
// begins with, and its scheme knows no redirects. The name has nothing to escape.
func ofBoard(w http.ResponseWriter, board string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprintf(w, `<!doctype html><meta http-equiv="refresh" content="0;url=/?board=%s">`, board) // the window may be gone
}

// toHall hands a request of the page on to the hall.
func toHall(base *url.URL, transport http.RoundTripper, log *slog.Logger) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(base) },
		Transport:     transport,
		FlushInterval: -1, // live events must not wait for more
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			log.Warn("the hall did not answer the page", "cause", err)
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusBadGateway)
			_, _ = w.Write(ownProblem(codeUnreachable, err).Body) // the page may be gone
		},
	}
}
