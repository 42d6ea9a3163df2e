package office

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"petitionhall/queue"
)

// event is one thing that the office wrote down. As in the hall's own journal, a
// field is never renamed and never changes its meaning: a new meaning is a new version.
type event struct {
	Type    string    `json:"type"`
	Version int       `json:"v"`
	At      time.Time `json:"at"`
	// Actor is the place that asked for it; never a person.
	Actor string `json:"by"`
	Data  data   `json:"data"`
}

// data is what an event carries: a pointer to one of the types below.
type data interface {
	// kind gives the type's name and the version that this program writes.
	kind() (string, int)
}

// configurationApplied says that the hall is set up like this from its next day on.
type configurationApplied struct {
	Configuration *queue.Configuration `json:"configuration"`
}

// dayTotals sums up a day that has closed.
type dayTotals struct{ Totals }

func (*configurationApplied) kind() (string, int) { return "configuration.applied", 1 }
func (*dayTotals) kind() (string, int)            { return "day.totals", 1 }

// empty makes the data of a type to read into; nil when the type is not known.
func empty(name string) data {
	for _, d := range []data{&configurationApplied{}, &dayTotals{}} {
		if known, _ := d.kind(); known == name {
			return d
		}
	}
	return nil
}

func newEvent(d data, at time.Time, actor string) event {
	name, version := d.kind()
	return event{Type: name, Version: version, At: at, Actor: actor, Data: d}
}

// UnmarshalJSON reads an event of a type and version that this program knows.
func (e *event) UnmarshalJSON(text []byte) error {
	var raw struct {
		Type    string          `json:"type"`
		Version int             `json:"v"`
		At      time.Time       `json:"at"`
		Actor   string          `json:"by"`
		Data    json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	d := empty(raw.Type)
	if d == nil {
		return fmt.Errorf("event type %q", raw.Type)
	}
	switch _, known := d.kind(); {
	case raw.Version > known:
		return &queue.Error{Code: queue.CodeEventNewer, Cause: fmt.Errorf("%s version %d, this program knows %d", raw.Type, raw.Version, known)}
	case raw.Version < known: // there was none before version 1
		return fmt.Errorf("%s version %d", raw.Type, raw.Version)
	}
	if err := json.Unmarshal(raw.Data, d); err != nil {
		return fmt.Errorf("%s: %w", raw.Type, err)
	}
	*e = event{raw.Type, raw.Version, raw.At, raw.Actor, d}
	return nil
}

// encode makes the bytes of a batch.
func encode(events ...event) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(events); err != nil {
		return nil, fmt.Errorf("encode events: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// decode reads the bytes of a batch. The error is a *queue.Error:
// CodeEventForeign for bytes or a type that are not the office's,
// CodeEventNewer for a version that this program does not know yet.
func decode(text []byte) ([]event, error) {
	var events []event
	err := json.Unmarshal(text, &events)
	if err == nil || queue.CodeOf(err) == queue.CodeEventNewer {
		return events, err
	}
	return nil, &queue.Error{Code: queue.CodeEventForeign, Cause: err}
}
