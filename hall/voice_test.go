package hall_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"petitionhall/hall"
	"petitionhall/hall/view"
)

// TestVoiceOverHTTP: a board that says that its sound is on is told what to say,
// and fetches it; whoever looks after the hall sees that it is heard.
func TestVoiceOverHTTP(t *testing.T) {
	s := serve(t, hall.Options{})
	state := func() (v view.VoiceState) {
		a := s.ask(http.MethodGet, "/api/v1/voice", "", nil)
		if err := json.Unmarshal(a.body, &v); err != nil || a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
		return v
	}
	if v := state(); !v.On || v.Heard || len(v.Silent) != 1 || v.Hub.State != "none" || len(v.Languages) != 1 || !v.Languages[0].Synthesised {
		t.Errorf("before: %+v", v)
	}
	next, _ := s.followAs("?speaks=main", "")
	next()
	s.must("/api/v1/windows/2/open", "")
	s.must("/api/v1/tickets", `{"service":"housing","persons":1}`)
	s.must("/api/v1/windows/2/next", "")
	var said view.Say
	for e := next(); said.ID == ""; e = next() {
		if e.Type == "say" {
			if err := json.Unmarshal([]byte(e.Data), &said); err != nil || e.LastEventID != "4" && e.LastEventID != "3" {
				t.Fatalf("%v %s: it must leave the id as it is", err, e.LastEventID)
			}
			break
		}
	}
	for _, address := range []string{said.Chime, said.Parts[0].Synthesised} {
		if a := s.ask(http.MethodGet, address, "", nil); a.status != http.StatusOK || !strings.HasPrefix(string(a.body), "RIFF") {
			t.Errorf("%s: %d", address, a.status)
		}
	}
	if a := s.ask(http.MethodGet, "/api/v1/voice/sounds/none.wav", "", nil); a.status != http.StatusNotFound || a.Code != "voice.sound-unknown" {
		t.Errorf("no sound: %d %s", a.status, a.body)
	}
	if v := state(); !v.Heard || len(v.Speakers) != 1 || v.Saying != "call" || v.Said != 1 {
		t.Errorf("meanwhile: %+v", v)
	}
	metrics := string(s.ask(http.MethodGet, "/metrics", "", nil).body)
	for _, line := range []string{`petitionhall_voice_said_total{kind="call"} 1`, `petitionhall_voice_dropped_total{reason="too-old"} 0`, "petitionhall_voice_heard 1", "petitionhall_voice_speakers 1"} {
		if !strings.Contains(metrics, line+"\n") {
			t.Errorf("the metrics lack %s", line)
		}
	}
}
