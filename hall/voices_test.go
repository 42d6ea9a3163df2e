package hall_test

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"petitionhall/hall"
	"petitionhall/hall/api"
	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/sound"
)

// voiced is a recording of so many seconds, as the page sends it: a tone that swells, of a
// pitch of its own so that no two are alike.
func voiced(rate int, seconds, pitch float64) sound.Sound {
	s := sound.Sound{Rate: rate, Samples: make([]int16, int(seconds*float64(rate)))}
	for i := range s.Samples {
		at := float64(i) / float64(rate)
		s.Samples[i] = int16(6000 * math.Sin(math.Pi*at/seconds) * math.Sin(2*math.Pi*pitch*at))
	}
	return s
}

// send makes a request whose body is no JSON.
func (s *served) send(method, path, contentType string, body []byte) answer {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.address+path, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	a := answer{status: response.StatusCode, header: response.Header}
	if a.body, err = io.ReadAll(response.Body); err != nil {
		s.t.Fatal(err)
	}
	if strings.Contains(response.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(a.body, &a); err != nil {
			s.t.Logf("%s: %v", a.body, err) // a list
		}
	}
	return a
}

func (s *served) json(method, path string, body, into any) int {
	s.t.Helper()
	var sent []byte
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			s.t.Fatal(err)
		}
	}
	a := s.send(method, path, "application/json", sent)
	if into != nil && a.status < http.StatusBadRequest {
		if err := json.Unmarshal(a.body, into); err != nil {
			s.t.Fatalf("%s: %v", a.body, err)
		}
	}
	return a.status
}

// newVoice begins a voice and gives its address.
func (s *served) newVoice(language string) string {
	s.t.Helper()
	var made api.VoicePack
	if status := s.json("POST", "/api/v1/voices", api.NewVoicePack{Language: language, Title: "一套", Consent: true}, &made); status != http.StatusCreated {
		s.t.Fatalf("begin a voice: %d", status)
	}
	return "/api/v1/voices/" + made.ID
}

// TestRecordAVoice: a hall begins a voice, records every clip, hears whole calls in
// it, redoes one clip, and deletes it all; what it recorded outlives a restart.
func TestRecordAVoice(t *testing.T) {
	data := t.TempDir()
	s := serve(t, hall.Options{Data: data})
	at := s.newVoice("dong")
	var v api.VoicePackClips
	if status := s.json("GET", at, nil, &v); status != 200 || v.Done != 0 || v.All < 50 || len(v.Clips) <= v.All {
		t.Fatalf("an empty voice: %d, %d of %d, %d clips", status, v.Done, v.All, len(v.Clips))
	}
	if c := v.Clips[0]; c.Text != "请" || c.Pinyin != "" || c.State != "missing" || c.Meaning != "please" {
		t.Errorf("the first prompt of Dong: %+v", c)
	}
	lacking := s.send("GET", at+"/phrase?kind=call&ticket=A012&window=3", "", nil)
	if lacking.status != http.StatusNotFound || lacking.Code != "voice.clip-missing" {
		t.Errorf("a call without its clips: %d %s", lacking.status, lacking.Code)
	}
	for i, c := range v.Clips {
		wav := voiced(24000, float64(c.MinMillis)/1000+0.1, 200+3*float64(i)).WAV()
		if a := s.send("PUT", at+"/clips/"+c.Name, "audio/wav", wav); a.status != 200 {
			t.Fatalf("%s: %d %s", c.Name, a.status, a.body)
		}
	}
	if s.json("GET", at, nil, &v); v.Done != v.All {
		t.Errorf("recorded %d of %d", v.Done, v.All)
	}
	call := s.send("GET", at+"/phrase?kind=call&ticket=A012&window=3", "", nil)
	if spoken, err := sound.Decode(call.body); err != nil || spoken.Rate != 24000 || spoken.Duration().Seconds() < 1 || call.header.Get("Content-Type") != "audio/wav" {
		t.Errorf("a call: %v, %v", call.status, err)
	}
	var found api.VoiceCheck
	if s.json("GET", at+"/check", nil, &found); len(found.Faults) != 0 || len(found.Phrases) < 4 {
		t.Errorf("the check: %+v", found)
	}
	for _, p := range found.Phrases {
		if len(p.Lacks) > 0 || p.Text == "" || len(p.Clips) == 0 {
			t.Errorf("%s: %+v", p.Kind, p)
		}
	}

	other := voiced(24000, 0.5, 900)
	if a := s.send("PUT", at+"/clips/please", "audio/wav", other.WAV()); a.status != 200 {
		t.Errorf("once more: %d %s", a.status, a.body)
	}
	if a := s.send("GET", at+"/clips/please", "", nil); !bytes.Equal(a.body, other.WAV()) || a.header.Get("Cache-Control") != "no-store" {
		t.Error("the new recording did not take the place of the old one")
	}
	if a := s.send("DELETE", at+"/clips/please", "", nil); a.status != 200 || !bytes.Contains(a.body, []byte(`"state":"missing"`)) {
		t.Errorf("deleting a clip: %d %s", a.status, a.body)
	}

	again := serve(t, hall.Options{Data: copied(t, data)})
	if again.json("GET", at, nil, &v); v.Done != v.All-1 {
		t.Errorf("after a restart %d of %d", v.Done, v.All)
	}
	if a := again.send("DELETE", at, "", nil); a.status != http.StatusNoContent {
		t.Errorf("deleting it all: %d", a.status)
	}
	if a := again.send("GET", at, "", nil); a.status != http.StatusNotFound || a.Code != "voice.unknown" {
		t.Errorf("a deleted voice: %d %s", a.status, a.Code)
	}
}

// copied is the folder of recordings in a data directory of its own: the journals are locked while their hall runs.
func copied(t *testing.T, data string) string {
	t.Helper()
	other := t.TempDir()
	if err := os.CopyFS(filepath.Join(other, "voices"), os.DirFS(filepath.Join(data, "voices"))); err != nil {
		t.Fatal(err)
	}
	return other
}

// TestSecondVoice: two speakers of one language have a voice each.
func TestSecondVoice(t *testing.T) {
	s := serve(t, hall.Options{})
	if one, two := s.newVoice("zh"), s.newVoice("zh"); one != "/api/v1/voices/zh" || two != "/api/v1/voices/zh-2" {
		t.Errorf("%s, %s", one, two)
	}
	var all []api.VoicePack
	if s.json("GET", "/api/v1/voices", nil, &all); len(all) != 2 || all[0].Language != "zh" || all[1].All == 0 {
		t.Errorf("the voices: %+v", all)
	}
}

// TestNoVoiceWithoutConsent: nothing is recorded of somebody who did not agree, and nobody's name has a place.
func TestNoVoiceWithoutConsent(t *testing.T) {
	s := serve(t, hall.Options{})
	for name, body := range map[string]map[string]any{
		"no consent":      {"language": "zh", "title": "一套", "consent": false},
		"consent untold":  {"language": "zh", "title": "一套"},
		"a name":          {"language": "zh", "title": "一套", "consent": true, "speaker": "某某"},
		"no title":        {"language": "zh", "title": "", "consent": true},
		"blanks only":     {"language": "zh", "title": "  ", "consent": true},
		"a long title":    {"language": "zh", "title": strings.Repeat("长", 41), "consent": true},
		"no language":     {"language": "", "title": "一套", "consent": true},
		"a path":          {"language": "../../etc", "title": "一套", "consent": true},
		"a path in title": {"language": "zh", "title": "一套\x00", "consent": true},
	} {
		if status := s.json("POST", "/api/v1/voices", body, nil); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, status)
		}
	}
	var all []api.VoicePack
	if s.json("GET", "/api/v1/voices", nil, &all); len(all) != 0 {
		t.Errorf("there are %d voices", len(all))
	}
}

// TestRefusedRecordings: what is no clip is refused with words for people, and the
// clip that was there stays.
func TestRefusedRecordings(t *testing.T) {
	s := serve(t, hall.Options{})
	at := s.newVoice("zh")
	good := voiced(24000, 0.5, 300).WAV()
	if a := s.send("PUT", at+"/clips/please", "audio/wav", good); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	change := func(where int, value byte) []byte { c := bytes.Clone(good); c[where] = value; return c }
	loud := voiced(24000, 0.5, 300)
	for i := range loud.Samples {
		loud.Samples[i] = int16(max(-32768, min(32767, 12*int(loud.Samples[i]))))
	}
	for name, c := range map[string]struct {
		path, contentType string
		body              []byte
		status            int
		code              string
	}{
		"nothing":             {"please", "audio/wav", nil, 400, "request.malformed"},
		"no WAV":              {"please", "audio/wav", []byte("this is no sound"), 422, "voice.clip-refused"},
		"an MP3, mislabelled": {"please", "audio/wav", append([]byte("ID3\x04\x00"), make([]byte, 4096)...), 422, "voice.clip-refused"},
		"called JSON":         {"please", "application/json", good, 422, "voice.clip-refused"},
		"called MP3":          {"please", "audio/mpeg", good, 422, "voice.clip-refused"},
		"called nothing":      {"please", "", good, 422, "voice.clip-refused"},
		"stereo":              {"please", "audio/wav", change(22, 2), 422, "voice.clip-refused"},
		"8 bits":              {"please", "audio/wav", change(34, 8), 422, "voice.clip-refused"},
		"compressed":          {"please", "audio/wav", change(20, 17), 422, "voice.clip-refused"},
		"truncated":           {"please", "audio/wav", good[:len(good)-4000], 422, "voice.clip-refused"},
		"a head alone":        {"please", "audio/wav", good[:44], 422, "voice.clip-refused"},
		"another rate":        {"please", "audio/wav", voiced(44100, 0.5, 300).WAV(), 422, "voice.clip-refused"},
		"too long":            {"please", "audio/wav", voiced(24000, 8, 300).WAV(), 422, "voice.clip-refused"},
		"too short":           {"please", "audio/wav", voiced(24000, 0.05, 300).WAV(), 422, "voice.clip-refused"},
		"silence":             {"please", "audio/wav", sound.Silence(500e6, 24000).WAV(), 422, "voice.clip-refused"},
		"distorted":           {"please", "audio/wav", loud.WAV(), 422, "voice.clip-refused"},
		"another clip's":      {"number", "audio/wav", good, 422, "voice.clip-refused"},
		"five minutes":        {"please", "audio/wav", voiced(24000, 300, 300).WAV(), 413, "request.too-large"},
		"over 2 MiB":          {"please", "audio/wav", make([]byte, api.MaxClipBody+1), 413, "request.too-large"},
		"an unknown clip":     {"greeting", "audio/wav", good, 404, "voice.clip-unknown"},
		"a path as clip":      {"..%2f..%2fmanifest", "audio/wav", good, 404, "voice.clip-unknown"},
		"an English clip":     {"number-15", "audio/wav", good, 404, "voice.clip-unknown"},
	} {
		a := s.send("PUT", at+"/clips/"+c.path, c.contentType, c.body)
		if a.status != c.status || a.Code != c.code || a.Message.ZH == "" || a.Message.EN == "" {
			t.Errorf("%s: %d %s %+v", name, a.status, a.Code, a.Message)
		}
		if a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s is told as %s", name, a.header.Get("Content-Type"))
		}
	}
	if a := s.send("GET", at+"/clips/please", "", nil); !bytes.Equal(a.body, good) {
		t.Error("the good recording is gone")
	}
	if a := s.send("PUT", at+"/clips/please", "audio/wav; codecs=1", voiced(24000, 0.6, 310).WAV()); a.status != 200 {
		t.Errorf("a parameter of the type: %d %s", a.status, a.body)
	}
}

// TestStrangeVoices: an id leads to a voice or to nothing, never out of the folder.
func TestStrangeVoices(t *testing.T) {
	data := t.TempDir()
	s := serve(t, hall.Options{Data: data})
	good := voiced(24000, 0.5, 300).WAV()
	before := names(t, data)
	for _, id := range []string{"nobody", "%2e%2e", "..%2f..%2fetc", "%2fetc%2fpasswd", "zh%00", "C:", ".new-x", "ZH", strings.Repeat("a", 65), "a%5cb"} {
		for _, c := range []struct{ method, path string }{{"GET", ""}, {"DELETE", ""}, {"GET", "/check"}, {"PUT", "/clips/please"}, {"GET", "/clips/please"}, {"DELETE", "/clips/please"}, {"GET", "/phrase?kind=closed"}} {
			a := s.send(c.method, "/api/v1/voices/"+id+c.path, "audio/wav", good)
			if a.status < 400 || a.status >= 500 {
				t.Errorf("%s %s%s: %d %s", c.method, id, c.path, a.status, a.body)
			}
		}
	}
	if after := names(t, data); after != before {
		t.Errorf("files were\n%sand are\n%s", before, after)
	}
}

// names lists the files of a directory.
func names(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, _ fs.DirEntry, err error) error {
		all.WriteString(path + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestUnsayablePhrases: what the hall cannot say is refused before a sound is looked for.
func TestUnsayablePhrases(t *testing.T) {
	s := serve(t, hall.Options{})
	at := s.newVoice("zh")
	for _, query := range []string{"", "kind=", "kind=poem", "kind=call", "kind=call&ticket=A012", "kind=call&ticket=A012&window=0", "kind=call&ticket=A012&window=x",
		"kind=call&ticket=012A&window=3", "kind=call&ticket=A012&window=3&room=kitchen", "kind=closingSoon&at=25:00", "kind=closingSoon&at=tomorrow"} {
		if a := s.send("GET", at+"/phrase?"+query, "", nil); a.status != 422 || a.Message.ZH == "" {
			t.Errorf("%q: %d %s", query, a.status, a.body)
		}
	}
}

// TestClipAtFault: a clip that somebody changed on the disk is to be redone, and says why.
func TestClipAtFault(t *testing.T) {
	data := t.TempDir()
	s := serve(t, hall.Options{Data: data})
	at := s.newVoice("zh")
	s.send("PUT", at+"/clips/please", "audio/wav", voiced(24000, 0.5, 300).WAV())
	files, err := filepath.Glob(filepath.Join(data, "voices", "zh", "please-*.wav"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	if err := os.WriteFile(files[0], voiced(24000, 0.7, 400).WAV(), 0o600); err != nil {
		t.Fatal(err)
	}
	var v api.VoicePackClips
	if s.json("GET", at, nil, &v); v.Clips[0].State != "redo" || v.Clips[0].Fault == nil || v.Done != 0 {
		t.Errorf("%+v", v.Clips[0])
	}
	if a := s.send("GET", at+"/clips/please", "", nil); a.Code != "voice.clip-missing" {
		t.Errorf("its sound: %d", a.status)
	}
	if err := os.WriteFile(filepath.Join(data, "voices", "zh", pack.ManifestFile), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	var all []api.VoicePack
	if s.json("GET", "/api/v1/voices", nil, &all); len(all) != 1 || all[0].Fault == nil {
		t.Errorf("a voice without a manifest: %+v", all)
	}
	if a := s.send("DELETE", at, "", nil); a.status != http.StatusNoContent {
		t.Errorf("it cannot be deleted: %d %s", a.status, a.body)
	}
}

// TestOnlyTheVoicePageMayListen: no page of the hall sees, and but one hears.
func TestOnlyTheVoicePageMayListen(t *testing.T) {
	s := serve(t, hall.Options{})
	for _, path := range []string{"/", "/kiosk", "/window", "/window/3", "/board", "/T/ABC", "/slips", "/voice/", "/voices", "/api/v1/hall", "/api/v1/voices", "/nowhere", "/healthz"} {
		if policy := s.send("GET", path, "", nil).header.Get("Permissions-Policy"); policy != "camera=(), geolocation=(), microphone=()" {
			t.Errorf("%s may %q", path, policy)
		}
	}
	if policy := s.send("GET", "/voice", "", nil).header.Get("Permissions-Policy"); policy != "camera=(), geolocation=(), microphone=(self)" {
		t.Errorf("the voice page may %q", policy)
	}
}

// TestOnlyRecordingsAreLarge: every other body stays within 64 KiB.
func TestOnlyRecordingsAreLarge(t *testing.T) {
	s := serve(t, hall.Options{})
	at := s.newVoice("zh")
	large := make([]byte, 64<<10+1)
	for _, c := range []struct{ method, path string }{{"POST", "/api/v1/tickets"}, {"PUT", "/api/v1/configuration"}, {"POST", "/api/v1/voices"}, {"POST", at + "/clips/please"},
		{"DELETE", at}, {"PUT", at}, {"PUT", at + "/clips/please/more"}, {"PUT", at + "/clips/"}, {"PUT", "/api/v1/slips/ticket"}} {
		if a := s.send(c.method, c.path, "application/json", large); a.status != http.StatusRequestEntityTooLarge || a.Code != "request.too-large" {
			t.Errorf("%s %s: %d %s", c.method, c.path, a.status, a.Code)
		}
	}
	if a := s.send("PUT", at+"/clips/please", "audio/wav", make([]byte, api.MaxClipBody)); a.status != 422 {
		t.Errorf("a recording of 2 MiB: %d %s", a.status, a.Code)
	}
}
