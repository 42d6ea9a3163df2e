package kiosk

import (
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
)

// pages serves what the touch window loads: the kiosk page at its root, scripts,
// styles and fonts beside it, and the hall's API for what goes by plain HTTP.
// Wails puts its runtime into the page at the root.
func pages(built fs.FS, hall *client, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(built))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, built, "kiosk.html")
	})
	mux.Handle("/api/", toHall(hall.base, hall.http.Transport, log))
	return mux
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
