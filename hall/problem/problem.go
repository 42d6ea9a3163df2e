// Package problem is what a refused request is answered with, and the one place
// where a code becomes words for people.
//
// A problem tells what is so and what to do next. The cause, which only a
// programmer understands, goes to the log and never into an answer.
package problem

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"petitionhall/hall/configuration"
	"petitionhall/hall/runner"
	"petitionhall/queue"
)

// OpenTicket is a ticket that stands in the way of closing the day.
type OpenTicket struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	State  string `json:"state"`
}

// Problem is a refusal by RFC 9457, with a stable code.
type Problem struct {
	Type    string     `json:"type,omitempty" doc:"always about:blank: the code says it"`
	Title   string     `json:"title"`
	Status  int        `json:"status"`
	Code    string     `json:"code" doc:"stable, such as window.closed"`
	Detail  string     `json:"detail,omitempty" doc:"where in the request the fault lies"`
	Message queue.Text `json:"message" doc:"for people"`
	// RetryAt is when the same request would be granted.
	RetryAt *time.Time `json:"retryAt,omitempty"`
	// CallsLeft is how many more calls are due before a ticket may be marked missed.
	CallsLeft int          `json:"callsLeft,omitempty"`
	Tickets   []OpenTicket `json:"tickets,omitempty"`
	// Revision and Differences are told of a configuration that somebody else has changed.
	Revision    uint64                     `json:"revision,omitempty" doc:"of the configuration in force"`
	Differences []configuration.Difference `json:"differences,omitempty" doc:"between what was sent and what is in force"`

	cause error
}

// Error tells the code and the cause, for logs.
func (p *Problem) Error() string {
	if p.cause != nil {
		return p.Code + ": " + p.cause.Error()
	}
	return p.Code
}

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.cause }

// GetStatus is the HTTP status, for huma.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType makes the answer a problem, for huma.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// New makes a problem of a code. A code that is not listed is an internal fault.
func New(code string) *Problem {
	e, ok := words[code]
	if !ok {
		code, e = "internal", words["internal"]
	}
	return &Problem{Title: e.en, Status: e.status, Code: code, Message: queue.Text{ZH: e.zh, EN: e.en}}
}

// With adds where in the request the fault lies.
func (p *Problem) With(detail string) *Problem {
	p.Detail = detail
	return p
}

// From makes a problem of any error. The cause stays with it, for the log.
func From(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var refusal *queue.Error
	var changed *configuration.ChangedError
	switch {
	case errors.As(err, &changed):
		p = New("configuration.changed")
		p.Revision, p.Differences = changed.Revision, changed.Differences
	case errors.As(err, &refusal):
		p = New(string(refusal.Code))
		p.Detail, p.CallsLeft = refusal.Path, refusal.CallsLeft
		if refusal.Code == queue.CodeConfiguration || refusal.Code == queue.CodeWindowInUse { // it is for whoever edits it
			p.Detail = strings.TrimPrefix(refusal.Path+": "+cause(refusal), ": ")
		}
		if !refusal.RetryAt.IsZero() {
			p.RetryAt = &refusal.RetryAt
		}
	case errors.Is(err, runner.ErrUnavailable):
		p = New("journal.unavailable")
	case errors.Is(err, runner.ErrStopped), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		p = New("hall.ending")
	default:
		p = New("internal")
	}
	p.cause = err
	return p
}

func cause(refusal *queue.Error) string {
	if refusal.Cause == nil {
		return ""
	}
	return refusal.Cause.Error()
}

// OfStatus makes a problem of a status that the HTTP layer decided by itself.
func OfStatus(status int) *Problem {
	for code, e := range words {
		if e.status == status && e.layer {
			return New(code)
		}
	}
	if status < http.StatusInternalServerError {
		p := New("request.invalid")
		p.Status = status
		return p
	}
	return New("internal")
}

// Write answers a request with the problem.
func (p *Problem) Write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	// The visitor may be gone; there is nobody left to tell.
	_ = json.NewEncoder(w).Encode(p)
}
