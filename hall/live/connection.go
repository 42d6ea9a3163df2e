package live

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"petitionhall/hall/problem"
)

// connection is one reader.
type connection struct {
	// after is what the reader says it has; 0 for nothing.
	after uint64
	// speaks is the board whose sound this is; empty for a silent reader.
	speaks   string
	messages chan []byte
	gone     chan struct{} // closed when it is cut off
}

// ServeHTTP tells one reader the news until it leaves, is too slow, or the hall ends.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &connection{speaks: speaker(r.URL.Query().Get("speaks")), messages: make(chan []byte, seats), gone: make(chan struct{})}
	// What is no number is no revision of ours: the reader begins anew.
	c.after, _ = strconv.ParseUint(r.Header.Get("Last-Event-ID"), 10, 64)
	if !h.join(r.Context(), c) {
		problem.New("hall.ending").Write(w)
		return
	}
	defer h.leave(c)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy must not save messages up
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	control := http.NewResponseController(w)
	// A server's deadlines are for requests that end; where there are none, nothing is to be lifted.
	_ = control.SetReadDeadline(time.Time{})
	for c.write(r.Context(), w, control) {
		continue
	}
}

// write sends the next message, and tells whether there can be another.
func (c *connection) write(ctx context.Context, w http.ResponseWriter, control *http.ResponseController) bool {
	select {
	case <-c.gone:
		return false
	default:
	}
	select {
	case <-ctx.Done():
		return false
	case <-c.gone:
		return false
	case m := <-c.messages:
		// Without deadlines (a test's recorder) a write does not block either.
		_ = control.SetWriteDeadline(time.Now().Add(writeTimeout))
		if _, err := w.Write(m); err != nil {
			return false
		}
		return control.Flush() == nil
	}
}

// join waits for a seat. False means that the hall ends, or the reader left.
func (h *Hub) join(ctx context.Context, c *connection) bool {
	select {
	case h.joins <- c:
		return true
	case <-ctx.Done():
		return false
	case <-h.ended:
		return false
	}
}

// retry tells browsers to come back soon after a break, in milliseconds.
const retry = "retry: 1000\n"

// seat gives a connection what it lacks, and from then on all news. The hub has
// just caught up.
func (h *Hub) seat(c *connection) {
	first, ok := h.kept.after(c.after, h.last.revision)
	if !ok {
		first = h.wholeHall()
	}
	c.messages <- slices.Concat([]byte(retry), first, h.nowSaid())
	h.mu.Lock()
	defer h.mu.Unlock()
	h.connections[c] = struct{}{}
	h.heard(c)
}

// broadcast hands the same bytes to all. Who has no room left is cut off.
func (h *Hub) broadcast(m []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.connections {
		select {
		case c.messages <- m:
		default:
			h.cut(c)
		}
	}
}

// cut lets a connection go. The caller holds mu.
func (h *Hub) cut(c *connection) {
	delete(h.connections, c)
	close(c.gone)
	h.heard(c)
}

// leave forgets a connection that has ended by itself.
func (h *Hub) leave(c *connection) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, seated := h.connections[c]; seated {
		delete(h.connections, c)
		h.heard(c)
	}
}

// end lets all connections go.
func (h *Hub) end() {
	close(h.ended)
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.connections {
		h.cut(c)
	}
}
