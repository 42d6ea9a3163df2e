package kiosk

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Codes of problems that arise in the kiosk itself. All others come from the hall.
const (
	codeUnreachable = "hub.unreachable"
	codeFailed      = "kiosk.failed"
)

// text is what people read, in both languages.
type text struct {
	Chinese string `json:"zh"`
	English string `json:"en"`
}

// Problem is a refused or failed call to the hall.
type Problem struct {
	// Code is stable and meant for programs, for example window.closed.
	Code string
	// Status is the HTTP status, 0 when the hall did not answer.
	Status int
	// Body is the problem object as the page gets it.
	Body json.RawMessage
	// Cause is the error behind it, nil when the hall refused.
	Cause error
}

// Error tells code and cause, for the log only.
func (p *Problem) Error() string {
	if p.Cause != nil {
		return fmt.Sprintf("%s: %v", p.Code, p.Cause)
	}
	return fmt.Sprintf("%s (%d)", p.Code, p.Status)
}

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// ownProblem makes a problem that the hall did not word.
func ownProblem(code string, cause error) *Problem {
	message := text{"这台机器暂时取不了号", "This machine cannot issue numbers right now"}
	body, err := json.Marshal(struct {
		Code    string `json:"code"`
		Status  int    `json:"status"`
		Title   string `json:"title"`
		Message text   `json:"message"`
	}{code, 0, message.English, message})
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return &Problem{Code: code, Body: body, Cause: cause}
}

// hallProblem reads the problem object of an answer. An answer that is none,
// from a proxy in between for example, is as good as no answer.
func hallProblem(status int, body []byte) *Problem {
	var told struct {
		Code string `json:"code"`
	}
	if err := json.Unmarshal(body, &told); err != nil || told.Code == "" {
		return ownProblem(codeUnreachable, fmt.Errorf("status %d without a problem object", status))
	}
	return &Problem{Code: told.Code, Status: status, Body: body}
}

// forPage turns a binding's error into the text that its promise is rejected
// with. Left alone, Wails would pass on err.Error(), which has lost the code; and
// since it always wraps what it gets in a JavaScript Error, an object would
// arrive as "[object Object]". So the problem object travels as JSON text.
func forPage(err error) any {
	var problem *Problem
	if !errors.As(err, &problem) {
		problem = ownProblem(codeFailed, err)
	}
	return string(problem.Body)
}
