package hall

import (
	"bytes"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"petitionhall/hall/api"
	"petitionhall/hall/problem"
	"petitionhall/hall/voice"
)

// pageOf says which page stands at an address; a slash at the end covers all below it.
var pageOf = map[string]string{
	"/{$}": "index.html", "/kiosk": "kiosk.html", "/window": "window.html", "/window/{n}": "window.html",
	"/board": "board.html", "/slips": "slips.html", "/voice": "voice.html", "/T/{code}": "track.html", "/strip/{n}": "strip.html", "/rate/{n}": "rate.html",
}

// routes joins everything that the hall answers.
func (h *Hall) routes() http.Handler {
	mux := http.NewServeMux()
	h.api = api.New(h, mux, h.options.Version, h.options.Log)
	mux.Handle("GET /api/v1/events", h.live)
	mux.Handle("GET "+voice.SoundsPath+"{file}", h.voice.Sounds())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", h.readyz)
	mux.Handle("GET /metrics", promhttp.HandlerFor(h.metrics(), promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /docs", h.docs)
	mux.HandleFunc("GET /slips/latest.png", h.latestSlip)
	for path, page := range pageOf {
		mux.HandleFunc("GET "+path, h.page(page))
	}
	if h.options.Pages != nil {
		files := http.FileServerFS(h.options.Pages)
		mux.Handle("GET /assets/", immutable(files))
		mux.Handle("GET /icon.svg", files)
	}
	return h.guard(withProblems(mux))
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}

func (h *Hall) readyz(w http.ResponseWriter, _ *http.Request) {
	if !h.ready.Load() {
		problem.New("hall.ending").Write(w)
		return
	}
	plain(w, http.StatusOK, "ready")
}

// page serves one of the built pages.
func (h *Hall) page(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if h.options.Pages == nil {
			plain(w, http.StatusNotFound, "this program was built without its pages; run make build")
			return
		}
		data, err := fs.ReadFile(h.options.Pages, name)
		if err != nil {
			plain(w, http.StatusNotFound, "this program was built without its pages; run make build")
			return
		}
		w.Header().Set("Cache-Control", keeping(name))
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
	}
}

// keeping says what a browser may do with a page: ask before it shows it again,
// and a visitor's phone not even keep it.
func keeping(page string) string {
	if page == "track.html" {
		return "no-store"
	}
	return "no-cache"
}

// immutable lets browsers keep what has its digest in its name.
func immutable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		next.ServeHTTP(w, r)
	})
}

// latestSlip shows the newest slip of the virtual printer, for whoever tries the hall out.
func (h *Hall) latestSlip(w http.ResponseWriter, r *http.Request) {
	dir := h.path("slips")
	entries, err := os.ReadDir(dir)
	if err != nil || !h.options.Open {
		problem.New("request.unknown").Write(w)
		return
	}
	for _, e := range slices.Backward(entries) {
		if strings.HasSuffix(e.Name(), ".png") {
			w.Header().Set("Cache-Control", "no-store")
			http.ServeFile(w, r, filepath.Join(dir, e.Name()))
			return
		}
	}
	problem.New("request.unknown").Write(w)
}

// withProblems answers what no route takes with a problem instead of plain text.
func withProblems(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		probe := &statusOnly{header: http.Header{}}
		handler.ServeHTTP(probe, r)
		if allow := probe.header.Get("Allow"); allow != "" {
			w.Header().Set("Allow", allow)
		}
		problem.OfStatus(probe.status).Write(w)
	})
}

// statusOnly keeps the status that a handler decided, and drops what it wrote.
type statusOnly struct {
	header http.Header
	status int
}

func (s *statusOnly) Header() http.Header         { return s.header }
func (s *statusOnly) WriteHeader(status int)      { s.status = status }
func (s *statusOnly) Write(b []byte) (int, error) { return len(b), nil }

// policy lets a page load from the hall and from nowhere else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// senses says what a page may see, hear or know of the place. A hall has no eyes
// and no ears: only the page that records its voice may ask for the microphone,
// and it does so only while somebody has pressed its button.
func senses(path string) string {
	if path == voicePage {
		return "camera=(), geolocation=(), microphone=(self)"
	}
	return "camera=(), geolocation=(), microphone=()"
}

// guard keeps strangers out: bodies of any size, other hosts' names, and pages
// of other origins that post here from the visitor's own browser.
func (h *Hall) guard(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", policy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Permissions-Policy", senses(r.URL.Path))
		if strings.HasPrefix(r.URL.Path, "/api/") {
			head.Set("Cache-Control", "no-store") // what is true now is not kept; a number's phone keeps nothing at all
		}
		switch {
		case h.options.Open && !ownHost(r.Host):
			problem.New("request.host").Write(w)
		case origins.Check(r) != nil:
			problem.New("request.host").Write(w)
		default:
			if refusal := limitBody(w, r); refusal != nil {
				refusal.Write(w)
				return
			}
			next.ServeHTTP(w, r)
		}
	})
}

const (
	// voicePage is where a hall records its own voice.
	voicePage = "/voice"
	// maxBody is more than any request of ours needs, but for a recording.
	maxBody = 64 << 10
	// maxDrain is how much of a body that is too large is read and thrown away:
	// who still sends does not hear the answer.
	maxDrain = 16 << 20
	// bodyTimeout is how long a body may take to arrive.
	bodyTimeout = 10 * time.Second
)

// limitBody reads a body that is small enough whole, and refuses any other.
func limitBody(w http.ResponseWriter, r *http.Request) *problem.Problem {
	if r.Body == nil || r.ContentLength == 0 {
		return nil
	}
	most := mostOf(r)
	// In process there is no connection and no deadline.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTimeout))
	data, err := io.ReadAll(io.LimitReader(r.Body, most+1))
	if err != nil {
		return problem.New("request.malformed")
	}
	if int64(len(data)) > most {
		w.Header().Set("Connection", "close")
		_, _ = io.CopyN(io.Discard, r.Body, maxDrain)
		return problem.New("request.too-large")
	}
	r.Body = io.NopCloser(bytes.NewReader(data))
	return nil
}

// clips is where recordings are sent to.
var clips = regexp.MustCompile(`^/api/v1/voices/[^/]+/clips/[^/]+$`)

// mostOf is how many bytes the body of a request may have.
func mostOf(r *http.Request) int64 {
	if r.Method == http.MethodPut && clips.MatchString(r.URL.Path) {
		return api.MaxClipBody
	}
	return maxBody
}

// ownHost tells whether a request was meant for this machine itself. Without
// it, any page of the internet could reach an open hall through a name of its
// own that leads to 127.0.0.1. The touch window's page has the host "wails".
func ownHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.Trim(name, "[]")
	if ip := net.ParseIP(name); ip != nil {
		return ip.IsLoopback()
	}
	return name == "localhost" || name == "wails" || name == "wails.localhost" || name == ""
}
