package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// logOf writes a log of a line with one window: somebody every eight minutes, six minutes each, ten on every fifth.
func logOf(t *testing.T, rows int) string {
	t.Helper()
	at, free := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), time.Time{}
	var b strings.Builder
	b.WriteString("service,arrived,called,finished,windows\n")
	for i := range rows {
		called := at
		if free.After(at) {
			called = free
		}
		free = called.Add(time.Duration(6+i%5*2) * time.Minute)
		fmt.Fprintf(&b, "homes,%s,%s,%s,1\n", at.Format(time.RFC3339), called.Format(time.RFC3339), free.Format(time.RFC3339))
		at = at.Add(time.Duration(7+i%3) * time.Minute)
	}
	path := filepath.Join(t.TempDir(), "log.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestEstimate: a log is replayed by the program itself, and told for people and for programs.
func TestEstimate(t *testing.T) {
	path := logOf(t, 60)
	code, out := runProgram(t, "estimate", "--log", path)
	if code != 0 {
		t.Fatalf("exit code %d:\n%s", code, out)
	}
	for _, want := range []string{"60 visits (60 called; days: 1)", "ranges told", "% held (80% promised)", "forward runs", "typed average", "known only afterwards",
		"last to enter service", "head of the line", "smoothed service time", "smoothed gap"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if code, out = runProgram(t, "estimate", "--log", path, "--typed", "30"); code != 0 || !strings.Contains(out, "30.00 min, typed in") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	code, out = runProgram(t, "estimate", "--log", path, "--format", "json")
	var r struct {
		Visits int                   `json:"visits"`
		Scores []struct{ Count int } `json:"scores"`
	}
	if err := json.Unmarshal([]byte(strings.TrimSpace(out)), &r); code != 0 || err != nil || r.Visits != 60 || len(r.Scores) != 6 {
		t.Errorf("exit code %d, %v:\n%s", code, err, out)
	}
}

// TestEstimateRefuses: a wrong call ends with 2, a log that cannot be read with 1 and a sentence.
func TestEstimateRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bad.csv")
	if err := os.WriteFile(path, []byte("arrived,called\n09:00,09:05\nsoon,09:06\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"estimate"}, exitUsage, "--log"},
		{[]string{"estimate", "--log", path, "--typed", "-1"}, exitUsage, "--typed"},
		{[]string{"estimate", "--log", path, "--typed", "NaN"}, exitUsage, "--typed"},
		{[]string{"estimate", "--log", path, "--typed", "much"}, exitUsage, "typed"},
		{[]string{"estimate", "--log", path, "--format", "xml"}, exitUsage, "--format"},
		{[]string{"estimate", path}, exitUsage, "does not take"},
		{[]string{"estimate", "--log", path}, exitFailed, `bad.csv: line 3: arrived: "soon" is no time`},
		{[]string{"estimate", "--log", path + "x"}, exitFailed, "bad.csvx"},
		{[]string{"estimate", "--log", filepath.Dir(path)}, exitFailed, "directory"},
	} {
		if code, out := runProgram(t, c.args...); code != c.code || !strings.Contains(out, c.want) {
			t.Errorf("%v: exit code %d, want %d and %q:\n%s", c.args, code, c.code, c.want, out)
		}
	}
}
