package pack_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/sound"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func shelf(t *testing.T, dir string) *pack.Shelf {
	t.Helper()
	s, err := pack.OpenShelf(dir, func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// dong is what a hall creates: a voice of Dong at 16 kHz.
var dong = pack.New{ID: "dong", Language: "dong", Title: "侗语", Consent: true, Rate: rate}

// code is the code of a fault; empty for no error, and the text of any other.
func code(err error) string {
	var f *pack.Fault
	switch {
	case err == nil:
		return ""
	case errors.As(err, &f):
		return f.Code
	default:
		return err.Error()
	}
}

func TestShelf(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "voices")
	s := shelf(t, dir)
	if len(s.List()) != 0 {
		t.Error("a new shelf has voices")
	}
	if err := s.Create(dong); err != nil {
		t.Fatal(err)
	}
	first, second := tone(300, 400*time.Millisecond), tone(310, 500*time.Millisecond)
	for _, wav := range [][]byte{first.WAV(), second.WAV()} {
		if _, err := s.Put("dong", "please", wav); err != nil {
			t.Fatal(err)
		}
	}
	e, err := s.Put("dong", "number", tone(330, 300*time.Millisecond).WAV())
	if err != nil || e.Name != "number" || e.Samples != 4800 || len(e.SHA256) != 64 {
		t.Errorf("%+v, %v", e, err)
	}
	// Another program that opens the folder finds the same, and no file that is not used.
	for _, again := range []*pack.Shelf{s, shelf(t, dir)} {
		all := again.List()
		if len(all) != 1 || all[0].ID != "dong" || told(all[0].Pack) != "" || all[0].Manifest.Title != "侗语" || all[0].Manifest.Made != "2026-11-25" {
			t.Fatalf("%+v", all)
		}
		if got, ok := all[0].Clip("please"); !ok || !slices.Equal(got.Samples, second.Samples) {
			t.Error("the later recording is not the clip")
		}
	}
	if names := files(t, filepath.Join(dir, "dong")); len(names) != 3 {
		t.Errorf("the folder holds %v", names)
	}
	if err := s.Delete("dong", "please"); err != nil {
		t.Error(err)
	}
	if p, _ := s.Pack("dong"); told(p) != "" || len(p.Manifest.Clips) != 1 {
		t.Errorf("after deleting a clip: %q", told(p))
	}
	if names := files(t, filepath.Join(dir, "dong")); len(names) != 2 {
		t.Errorf("the folder holds %v", names)
	}
	if err := s.Remove("dong"); err != nil {
		t.Error(err)
	}
	if names := files(t, dir); len(names) != 0 {
		t.Errorf("%v are left", names)
	}
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestShelfRefuses(t *testing.T) {
	s := shelf(t, t.TempDir())
	if err := s.Create(dong); err != nil {
		t.Fatal(err)
	}
	with := func(change func(*pack.New)) pack.New { n := dong; n.ID = "other"; change(&n); return n }
	for name, c := range map[string]struct {
		n    pack.New
		want string
	}{
		"the same name":    {dong, "pack.exists"},
		"no name":          {with(func(n *pack.New) { n.ID = "" }), "pack.name"},
		"a path":           {with(func(n *pack.New) { n.ID = "../other" }), "pack.name"},
		"a hidden folder":  {with(func(n *pack.New) { n.ID = ".new-x" }), "pack.name"},
		"capitals":         {with(func(n *pack.New) { n.ID = "Dong" }), "pack.name"},
		"no consent":       {with(func(n *pack.New) { n.Consent = false }), "pack.consent"},
		"no title":         {with(func(n *pack.New) { n.Title = "" }), "manifest.field"},
		"no language":      {with(func(n *pack.New) { n.Language = "侗" }), "manifest.field"},
		"an unusable rate": {with(func(n *pack.New) { n.Rate = 44100 }), "manifest.field"},
	} {
		if err := s.Create(c.n); code(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	good := tone(300, 400*time.Millisecond)
	if _, err := s.Put("dong", "number", good.WAV()); err != nil {
		t.Fatal(err)
	}
	fast := good
	fast.Rate = 24000
	for name, c := range map[string]struct {
		id, clip string
		wav      []byte
		want     string
	}{
		"no such voice":            {"miao", "please", good.WAV(), "pack.unknown"},
		"a path for a voice":       {"../dong", "please", good.WAV(), "pack.unknown"},
		"no such clip":             {"dong", "advertisement", good.WAV(), "clip.unknown"},
		"a path for a clip":        {"dong", "../please", good.WAV(), "clip.unknown"},
		"no sound":                 {"dong", "please", []byte("webm"), "clip.corrupt"},
		"another rate":             {"dong", "please", fast.WAV(), "clip.rate"},
		"silence":                  {"dong", "please", sound.Silence(time.Second, rate).WAV(), "clip.silent"},
		"five minutes":             {"dong", "please", tone(300, 5*time.Minute).WAV(), "clip.too-long"},
		"distorted":                {"dong", "please", distorted().WAV(), "clip.clipped"},
		"another clip's recording": {"dong", "please", good.WAV(), "clip.same"},
	} {
		if _, err := s.Put(c.id, c.clip, c.wav); code(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{"a clip": s.Delete("miao", "please"), "a voice": s.Remove("miao"), "a path": s.Remove("..")} {
		if code(err) != "pack.unknown" {
			t.Errorf("deleting %s of no voice: %v", name, err)
		}
	}
	if err := s.Delete("dong", "please"); code(err) != "clip.missing" {
		t.Errorf("deleting what is not there: %v", err)
	}
	if p, _ := s.Pack("dong"); told(p) != "" || len(p.Manifest.Clips) != 1 {
		t.Errorf("what was refused left a trace: %q", told(p))
	}
	if _, ok := s.Pack("miao"); ok {
		t.Error("there is a voice that is not")
	}
}

// A recording says only what is heard: what else stands in the file does not come into the hall.
func TestShelfKeepsOnlySound(t *testing.T) {
	dir := t.TempDir()
	s := shelf(t, dir)
	if err := s.Create(dong); err != nil {
		t.Fatal(err)
	}
	wav := append(tone(300, 400*time.Millisecond).WAV(), "LIST\x10\x00\x00\x00INFOIART\x04\x00\x00\x00name"...)
	e, err := s.Put("dong", "please", wav)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(dir, "dong", e.File))
	if err != nil || len(kept) != 44+2*6400 || strings.Contains(string(kept), "name") {
		t.Errorf("%d bytes are kept, %v", len(kept), err)
	}
}

// After a power cut between any two steps the voice is as before or as after.
func TestShelfAfterACut(t *testing.T) {
	dir := t.TempDir()
	s := shelf(t, dir)
	if err := s.Create(dong); err != nil {
		t.Fatal(err)
	}
	old := tone(300, 400*time.Millisecond)
	if _, err := s.Put("dong", "please", old.WAV()); err != nil {
		t.Fatal(err)
	}
	leave := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	leave("dong/.new-half", []byte(`{"format": 1, "lang`))                       // a manifest half written
	leave("dong/please-000000000000.wav", tone(310, 400*time.Millisecond).WAV()) // a clip that no manifest names yet
	for _, name := range []string{".new-pack", ".gone-pack"} {                   // a voice half created, one half deleted
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	again := shelf(t, dir)
	all := again.List()
	if len(all) != 1 || told(all[0].Pack) != "" {
		t.Fatalf("%+v", all)
	}
	if got, _ := all[0].Clip("please"); !slices.Equal(got.Samples, old.Samples) {
		t.Error("the clip is not the one before")
	}
	if names := files(t, dir); !slices.Equal(names, []string{"dong"}) {
		t.Errorf("left on the shelf: %v", names)
	}
	if _, err := again.Put("dong", "number", tone(330, 300*time.Millisecond).WAV()); err != nil {
		t.Fatal(err)
	}
	if names := files(t, filepath.Join(dir, "dong")); len(names) != 3 {
		t.Errorf("left in the voice: %v", names)
	}
}

// A voice that somebody broke is listed with its fault and not written over.
func TestShelfLeavesABrokenVoice(t *testing.T) {
	dir := t.TempDir()
	s := shelf(t, dir)
	if err := s.Create(dong); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, "dong", pack.ManifestFile)
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if all := s.List(); len(all) != 1 || told(all[0].Pack) != ":manifest.corrupt" {
		t.Errorf("%+v", all)
	}
	if _, err := s.Put("dong", "please", tone(300, time.Second).WAV()); code(err) != "manifest.corrupt" {
		t.Errorf("it was written to: %v", err)
	}
	if text, _ := os.ReadFile(broken); string(text) != "{" {
		t.Errorf("the manifest is now %q", text)
	}
}

// A link that leads out of the shelf is not followed.
func TestShelfFollowsNoLink(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	s := shelf(t, dir)
	if err := s.Create(dong); err != nil {
		t.Fatal(err)
	}
	e, err := s.Put("dong", "please", tone(300, 400*time.Millisecond).WAV())
	if err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(dir, "dong", e.File)
	if err := os.Rename(inside, filepath.Join(outside, "secret.wav")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "secret.wav"), inside); err != nil {
		t.Fatal(err)
	}
	if p, _ := s.Pack("dong"); p.Usable() || told(p) != "please:clip.corrupt" {
		t.Errorf("it was followed: %q", told(p))
	}
}

func TestShelfIsFull(t *testing.T) {
	s := shelf(t, t.TempDir())
	for i := range 33 {
		n := dong
		n.ID = fmt.Sprintf("voice-%d", i)
		if err := s.Create(n); (i < 32) != (err == nil) || i == 32 && code(err) != "pack.too-many" {
			t.Fatalf("voice %d: %v", i, err)
		}
	}
}

// Two pages that record at once lose nothing of each other.
func TestShelfTogether(t *testing.T) {
	s := shelf(t, t.TempDir())
	if err := s.Create(dong); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for d := range 10 {
		all.Go(func() {
			if _, err := s.Put("dong", fmt.Sprintf("digit-%d", d), tone(300+10*float64(d), 300*time.Millisecond).WAV()); err != nil {
				t.Error(err)
			}
			s.List()
		})
	}
	all.Wait()
	if p, _ := s.Pack("dong"); told(p) != "" || len(p.Manifest.Clips) != 10 {
		t.Errorf("%d clips, faults %q", len(p.Manifest.Clips), told(p))
	}
}
