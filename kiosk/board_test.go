package kiosk

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
)

// TestUnknownBoard: an operator who mistyped a board's name reads so in the log,
// once, with the names that there are, and reads when the board is there.
func TestUnknownBoard(t *testing.T) {
	var said bytes.Buffer
	w := wanted{board: "east", log: slog.New(slog.NewTextHandler(&said, nil))}
	hall := func(boards string) { w.look("hall", json.RawMessage(`{"boards":[`+boards+`]}`)) }
	lines := func() int { return strings.Count(said.String(), "\n") }

	w.look("connection", connection{Live: true})
	w.look("change", json.RawMessage(`{}`))
	hall(`{"id":"east"}`)
	if lines() != 0 {
		t.Errorf("said without need:\n%s", said.String())
	}
	hall(`{"id":"main"},{"id":"door"}`)
	hall(`{"id":"main"},{"id":"door"}`)
	if lines() != 1 || !strings.Contains(said.String(), `board=east boards="[main door]"`) {
		t.Errorf("of a board that is missing:\n%s", said.String())
	}
	hall(`{"id":"main"},{"id":"east"}`)
	if lines() != 2 {
		t.Errorf("of a board that came:\n%s", said.String())
	}
	(&wanted{log: w.log}).look("hall", json.RawMessage(`{"boards":[]}`))
	if lines() != 2 {
		t.Error("a kiosk asks for no board")
	}
}
