package voice_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"petitionhall/hall/problem"
	"petitionhall/hall/voice"
	"petitionhall/hall/voice/sound"
	"petitionhall/queue"
)

// fetch asks for a sound as a browser does.
func (h *hall) fetch(method, address string, header ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequestWithContext(h.t.Context(), method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.voice.Sounds().ServeHTTP(w, r)
	return w
}

// A sound is a WAV file of the length that was told, which a browser may keep and ask for in parts.
func TestSounds(t *testing.T) {
	inBubble(t, nil, func(t *testing.T, h *hall) {
		b := h.connect("main")
		h.call("2", "housing")
		b.read()
		s := b.says[0]
		w := h.fetch(http.MethodGet, s.Parts[0].Synthesised)
		spoken, err := sound.Decode(w.Body.Bytes())
		if err != nil || w.Code != http.StatusOK || w.Header().Get("Content-Type") != "audio/wav" ||
			w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) || w.Header().Get("Cache-Control") == "" || w.Header().Get("Etag") == "" {
			t.Fatalf("%d %v: %v", w.Code, w.Header(), err)
		}
		chime, err := sound.Decode(h.fetch(http.MethodGet, s.Chime).Body.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if told := s.Until.Sub(s.At); told < chime.Duration()+voice.ChimePause+spoken.Duration() || told > 3*spoken.Duration() {
			t.Errorf("%v are told for %v of sound", told, spoken.Duration())
		}
		if head := h.fetch(http.MethodHead, s.Chime); head.Code != http.StatusOK || head.Body.Len() != 0 {
			t.Errorf("HEAD: %d", head.Code)
		}
		part := h.fetch(http.MethodGet, s.Parts[0].Synthesised, "Range", "bytes=0-9")
		if part.Code != http.StatusPartialContent || !bytes.Equal(part.Body.Bytes(), w.Body.Bytes()[:10]) {
			t.Errorf("a part: %d", part.Code)
		}
		if again := h.fetch(http.MethodGet, s.Chime, "If-None-Match", h.fetch(http.MethodGet, s.Chime).Header().Get("Etag")); again.Code != http.StatusNotModified {
			t.Errorf("known already: %d", again.Code)
		}
	})
}

// The sounds of the newest 16 announcements are kept; what is older, or never was, is a problem.
func TestSoundsAreForgotten(t *testing.T) {
	inBubble(t, func(c *queue.Configuration) { c.Rules.RecallSeconds = 0 }, func(t *testing.T, h *hall) {
		b := h.connect("main")
		var first, second string
		for n := range 17 {
			h.do(queue.OpenWindow{Window: "2"}, h.take("housing"), queue.Next{Window: "2"})
			b.read()
			switch n {
			case 0:
				first = b.says[0].Parts[0].Synthesised
			case 1:
				second = b.says[1].Parts[0].Synthesised
			}
			time.Sleep(time.Minute)
			h.do(queue.Finish{Window: "2", Outcome: queue.Resolved})
		}
		if w := h.fetch(http.MethodGet, second); w.Code != http.StatusOK {
			t.Errorf("the sixteenth: %d", w.Code)
		}
		for _, gone := range []string{first, voice.SoundsPath + "x.wav", voice.SoundsPath} {
			w := h.fetch(http.MethodGet, gone)
			var p problem.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != http.StatusNotFound || p.Code != "voice.sound-unknown" {
				t.Errorf("%s: %d %s", gone, w.Code, w.Body)
			}
		}
	})
}
