package problem

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"petitionhall/hall/runner"
	"petitionhall/queue"
)

// ours are faults of the program or its data. People hear that something went
// wrong, and no more.
var ours = map[string]bool{"event.foreign": true, "event.newer": true, "day.setup": true, "command.unknown": true}

// Every refusal of the engine has words for people.
func TestEveryRefusalHasWords(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../queue/errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != "Code" {
			return true
		}
		code, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		codes++
		if p := New(code); p.Code != code && !ours[code] {
			t.Errorf("%s has no words", code)
		}
		return true
	})
	if codes < 30 {
		t.Errorf("only %d codes were found", codes)
	}
}

// What people read is calm: it blames nobody, shouts at nobody, and names no code.
func TestWordsAreCalm(t *testing.T) {
	for code, e := range words {
		if e.zh == "" || e.en == "" || e.status < 400 || e.status > 599 {
			t.Errorf("%s: %+v", code, e)
		}
		for _, harsh := range []string{"错误", "失败", "异常", "非法", "禁止", "无权", "！", "!", "error", "invalid", "illegal", "forbidden", "failed"} {
			if strings.Contains(e.zh+e.en, harsh) {
				t.Errorf("%s says %q", code, harsh)
			}
		}
		if strings.ContainsAny(e.zh, ",?;:") {
			t.Errorf("%s has half-width punctuation: %s", code, e.zh)
		}
	}
}

func TestFrom(t *testing.T) {
	later := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		err    error
		status int
		code   string
	}{
		"a refusal":         {&queue.Error{Code: queue.CodeWindowClosed}, http.StatusConflict, "window.closed"},
		"a wrapped refusal": {fmt.Errorf("x: %w", &queue.Error{Code: queue.CodeTicketUnknown}), http.StatusNotFound, "ticket.unknown"},
		"a fault of ours":   {&queue.Error{Code: queue.CodeEventForeign, Cause: errors.New("secret")}, http.StatusInternalServerError, "internal"},
		"the journal":       {fmt.Errorf("%w: secret", runner.ErrUnavailable), http.StatusServiceUnavailable, "journal.unavailable"},
		"the end":           {runner.ErrStopped, http.StatusServiceUnavailable, "hall.ending"},
		"given up":          {context.Canceled, http.StatusServiceUnavailable, "hall.ending"},
		"a problem":         {New("printer.none"), http.StatusConflict, "printer.none"},
		"anything":          {errors.New("secret"), http.StatusInternalServerError, "internal"},
	} {
		p := From(c.err)
		if p.Status != c.status || p.Code != c.code {
			t.Errorf("%s: %d %s", name, p.Status, p.Code)
		}
		if strings.Contains(p.Title+p.Detail+p.Message.ZH+p.Message.EN, "secret") {
			t.Errorf("%s tells its cause to people", name)
		}
	}
	soon := From(&queue.Error{Code: queue.CodeMissTooSoon, RetryAt: later, CallsLeft: 2, Path: "x"})
	if soon.RetryAt == nil || !soon.RetryAt.Equal(later) || soon.CallsLeft != 2 || soon.Detail != "x" {
		t.Errorf("what a screen needs is lost: %+v", soon)
	}
}

// A status that the HTTP layer decides by itself gets a code of the same status.
func TestOfStatus(t *testing.T) {
	for _, status := range []int{400, 404, 405, 413, 415, 421, 422, 428, 500, 503} {
		if p := OfStatus(status); p.Status != status {
			t.Errorf("%d became %d %s", status, p.Status, p.Code)
		}
	}
	if p := OfStatus(http.StatusTeapot); p.Status != http.StatusTeapot || p.Code != "request.invalid" {
		t.Errorf("an unknown status became %d %s", p.Status, p.Code)
	}
}
