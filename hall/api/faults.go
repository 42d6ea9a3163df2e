package api

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// FaultReport is what a page tells of a fault in itself, for the operator's log.
type FaultReport struct {
	Page  string `json:"page" enum:"kiosk" doc:"which page"`
	Cause string `json:"cause" maxLength:"4000" doc:"the script's own words: what failed, and where in the page's files"`
}

type faultInput struct {
	Keyed
	Body FaultReport
}

const (
	// faultsEach is how many faults of pages are logged in a span; a page that
	// fails again and again must not fill the disk.
	faultsEach = 20
	faultsSpan = time.Minute
)

// faults counts what is logged.
type faults struct {
	mu    sync.Mutex
	since time.Time
	count int
}

// admit tells whether one more may be logged, and whether it is the last of its span.
func (f *faults) admit(now time.Time) (ok, last bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now.Sub(f.since) >= faultsSpan {
		f.since, f.count = now, 0
	}
	f.count++
	return f.count <= faultsEach, f.count == faultsEach
}

func (a *API) registerFaults() {
	op := operation("fault", http.MethodPost, "/faults", "A page tells the operator's log that something in it failed")
	op.Description = "Its visitor was shown a calm screen, and the page begins anew. What is told is logged and kept nowhere else; of more than 20 in a minute the rest is not."
	var seen faults
	huma.Register(a.huma, op, func(_ context.Context, in *faultInput) (*Body[struct{}], error) {
		if ok, last := seen.admit(time.Now()); ok {
			a.log.Error("a page failed and begins anew", "page", in.Body.Page, "cause", in.Body.Cause)
			if last {
				a.log.Warn("more faults of pages in this minute are not logged")
			}
		}
		return &Body[struct{}]{}, nil
	})
}
