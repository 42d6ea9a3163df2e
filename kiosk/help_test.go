package kiosk

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestHelp: the windows are told which kiosk it is, by its printer, and nothing else.
func TestHelp(t *testing.T) {
	for printer, start := range map[string]func(*testing.T, http.Handler) *machine{"hub": machineInside, "none": clientMachine} {
		var got asked
		if _, err := start(t, hallThatNotes(&got)).app.Help(); err != nil {
			t.Fatal(err)
		}
		if want := (asked{"POST /api/v1/help", "", `{"from":"` + printer + `"}`}); got != want {
			t.Errorf("the hall was asked %+v, want %+v", got, want)
		}
	}
}

// TestFault: the operator reads why the page began anew, and no page can flood the log.
func TestFault(t *testing.T) {
	var log bytes.Buffer
	app := &App{reader: &reader{log: slog.New(slog.NewTextHandler(&log, nil))}}
	app.Fault("TypeError: x is undefined at kiosk.js:1:2" + strings.Repeat("很", 4000))
	if !strings.Contains(log.String(), "level=ERROR") || !strings.Contains(log.String(), "TypeError: x is undefined") {
		t.Errorf("the log says %.200s", log.String())
	}
	if log.Len() > mostCause+200 || !utf8.Valid(log.Bytes()) {
		t.Errorf("the log has %d bytes of it", log.Len())
	}
}
