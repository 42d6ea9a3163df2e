package pack_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/sound"
	"petitionhall/queue"
)

func TestFine(t *testing.T) {
	p := fine(t).read()
	if told(p) != "" || !p.Usable() {
		t.Fatalf("faults %q", told(p))
	}
	s, ok := p.Clip("number")
	if !ok || len(s.Samples) != 4016 || s.Rate != rate {
		t.Errorf("number has %d samples at %d Hz", len(s.Samples), s.Rate)
	}
	if _, ok := p.Clip("ready"); ok {
		t.Error("a clip is there that is not")
	}
	lacks := p.Lacks([]phrase.Clip{{Name: "please"}, {Name: "ready"}, {Name: "digit-1"}})
	if !slices.Equal(lacks, []string{"ready", "digit-1"}) {
		t.Errorf("it lacks %v", lacks)
	}
}

// Each clip stands at its exact place, silence between, its edges faded.
func TestJoin(t *testing.T) {
	f := fine(t)
	p := f.read()
	line, err := phrase.Say("zh", phrase.Announcement{Kind: queue.SayCall, Ticket: "020", Window: 3}, phrase.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, missing, err := p.Join(line.Clips)
	if err != nil || len(missing) != 0 {
		t.Fatalf("%v, %v", missing, err)
	}
	// 请 0 2 0 号, 到三号窗口: the clips' own lengths, and the pauses in samples at 16 kHz.
	want := []struct {
		clip          string
		pause, length int
	}{{"please", 0, 6400}, {"digit-0", 1920, 5600}, {"digit-2", 1280, 4800}, {"digit-0", 1280, 5600}, {"number", 1280, 4016}, {"to-window-3", 4000, 24000}}
	at := 0
	for _, w := range want {
		for _, v := range s.Samples[at : at+w.pause] {
			if v != 0 {
				t.Fatalf("no silence before %s", w.clip)
			}
		}
		at += w.pause
		own, _ := p.Clip(w.clip)
		if got := s.Samples[at : at+w.length]; !slices.Equal(got, own.Faded().Samples) || !slices.Equal(got[64:w.length-64], own.Samples[64:w.length-64]) {
			t.Errorf("%s is not itself at sample %d", w.clip, at)
		}
		at += w.length
	}
	if at != 60176 || len(s.Samples) != at || s.Rate != rate || s.Duration() != 3761*time.Millisecond {
		t.Errorf("%d samples, %v; not %d", len(s.Samples), s.Duration(), at)
	}
	if twice := s.Times(2, phrase.Again); len(twice.Samples) != 2*at+rate {
		t.Errorf("twice has %d samples", len(twice.Samples))
	}
}

// A line that lacks a clip is not said at all, and each clip that it lacks is named once.
func TestJoinWhole(t *testing.T) {
	p := fine(t).read()
	s, missing, err := p.Join([]phrase.Step{{Clip: "please"}, {Clip: "letter-a"}, {Clip: "digit-1"}, {Clip: "letter-a"}, {Clip: "number"}})
	if err != nil || len(s.Samples) != 0 || !slices.Equal(missing, []string{"letter-a", "digit-1"}) {
		t.Errorf("%d samples, %v, %v", len(s.Samples), missing, err)
	}
	for name, steps := range map[string][]phrase.Step{
		"nothing":           nil,
		"a negative pause":  {{Clip: "please"}, {Clip: "number", Pause: -1}},
		"a pause of a year": {{Clip: "please"}, {Clip: "number", Pause: 365 * 24 * time.Hour}},
		"over a minute":     slices.Repeat([]phrase.Step{{Clip: "please", Pause: time.Second}}, 100),
	} {
		if s, _, err := p.Join(steps); !errors.Is(err, pack.ErrNothing) || s.Samples != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The length of whatever is joined is that of its parts.
func TestJoinLength(t *testing.T) {
	p := fine(t).read()
	names := []string{"please", "digit-0", "digit-2", "number", "to-window-3"}
	rapid.Check(t, func(t *rapid.T) {
		var steps []phrase.Step
		want := 0
		for i := range rapid.IntRange(1, 12).Draw(t, "clips") {
			s := phrase.Step{Clip: rapid.SampledFrom(names).Draw(t, "clip")}
			if i > 0 {
				s.Pause = time.Duration(rapid.IntRange(0, 1000).Draw(t, "pause")) * time.Millisecond
			}
			own, _ := p.Clip(s.Clip)
			want += sound.Length(s.Pause, rate) + len(own.Samples)
			steps = append(steps, s)
		}
		s, missing, err := p.Join(steps)
		if err != nil || missing != nil || len(s.Samples) != want {
			t.Fatalf("%d samples, not %d; %v, %v", len(s.Samples), want, missing, err)
		}
		if s.Samples[0] != 0 || s.Samples[len(s.Samples)-1] != 0 {
			t.Fatal("it clicks at an end")
		}
	})
}

// Whatever is wrong with a clip is told by its code, that clip is missing, and the others are there.
func TestClipFaults(t *testing.T) {
	stereo := func(s sound.Sound) []byte {
		wav := s.WAV()
		wav[22], wav[32] = 2, 4
		return wav
	}
	for name, c := range map[string]struct {
		spoil func(*folder)
		want  string
	}{
		"the file is gone":        {func(f *folder) { delete(f.files, "please.wav") }, "please:clip.missing"},
		"a folder in its place":   {func(f *folder) { f.files["please.wav"] = &fstest.MapFile{Mode: fs.ModeDir} }, "please:clip.corrupt"},
		"no WAV":                  {func(f *folder) { f.put("please", []byte("<html>not found</html>"), 1) }, "please:clip.corrupt"},
		"an empty file":           {func(f *folder) { f.put("please", nil, 0) }, "please:clip.corrupt"},
		"cut in the middle":       {func(f *folder) { f.put("please", tone(300, time.Second).WAV()[:9000], 16000) }, "please:clip.truncated"},
		"cut, its checksum old":   {func(f *folder) { f.files["please.wav"].Data = f.files["please.wav"].Data[:900] }, "please:clip.truncated"},
		"8 bits":                  {func(f *folder) { w := tone(300, time.Second).WAV(); w[34] = 8; f.put("please", w, 16000) }, "please:clip.not-pcm"},
		"stereo":                  {func(f *folder) { f.put("please", stereo(tone(300, time.Second)), 16000) }, "please:clip.stereo"},
		"another rate":            {func(f *folder) { s := tone(300, time.Second); s.Rate = 24000; f.put("please", s.WAV(), 16000) }, "please:clip.rate"},
		"five minutes":            {func(f *folder) { f.put("please", tone(300, 5*time.Minute).WAV(), 16000*300) }, "please:clip.too-long"},
		"three seconds":           {func(f *folder) { f.put("please", tone(300, 3*time.Second).WAV(), 48000) }, "please:clip.too-long"},
		"a blink":                 {func(f *folder) { f.put("please", tone(300, 50*time.Millisecond).WAV(), 800) }, "please:clip.too-short"},
		"silence":                 {func(f *folder) { f.put("please", sound.Silence(time.Second, rate).WAV(), 16000) }, "please:clip.silent"},
		"no samples":              {func(f *folder) { f.put("please", sound.Silence(0, rate).WAV(), 0) }, "please:clip.silent"},
		"a murmur":                {func(f *folder) { s := quiet(); f.put("please", s.WAV(), len(s.Samples)) }, "please:clip.silent"},
		"distorted":               {func(f *folder) { s := distorted(); f.put("please", s.WAV(), len(s.Samples)) }, "please:clip.clipped"},
		"changed afterwards":      {func(f *folder) { f.files["please.wav"].Data[1000] ^= 1 }, "please:clip.checksum"},
		"no checksum":             {func(f *folder) { f.entry("please").SHA256 = "" }, "please:clip.checksum"},
		"another length":          {func(f *folder) { f.entry("please").Samples++ }, "please:clip.length"},
		"another clip's file":     {func(f *folder) { f.files["please.wav"] = f.files["number.wav"] }, "please:clip.mislabelled"},
		"files exchanged":         {exchange, "number:clip.mislabelled please:clip.mislabelled"},
		"one recording for two":   {func(f *folder) { f.put("please", f.files["number.wav"].Data, 4016) }, "number:clip.same please:clip.same"},
		"one file for two":        {func(f *folder) { e := f.entry("please"); n := *f.entry("number"); n.Name = "please"; *e = n }, "number:clip.same please:clip.same"},
		"one recording for three": {triple, "digit-0:clip.same number:clip.same please:clip.same"},
		"no such clip":            {func(f *folder) { f.entry("please").Name = "advertisement" }, "advertisement:clip.unknown"},
		"an English clip":         {func(f *folder) { f.entry("please").Name = "hundred-and" }, "hundred-and:clip.unknown"},
		"a clip without a name":   {func(f *folder) { f.entry("please").Name = "" }, "?:clip.unknown"},
		"an endless name":         {func(f *folder) { f.entry("please").Name = strings.Repeat("x", 10000) }, "?:clip.unknown"},
		"twice":                   {func(f *folder) { f.manifest.Clips = append(f.manifest.Clips, *f.entry("please")) }, "please:clip.twice"},
		"a path upwards":          {func(f *folder) { f.entry("please").File = "../please.wav" }, "please:clip.path"},
		"a path from the root":    {func(f *folder) { f.entry("please").File = "/etc/passwd" }, "please:clip.path"},
		"a path of Windows":       {func(f *folder) { f.entry("please").File = `..\please.wav` }, "please:clip.path"},
		"a drive":                 {func(f *folder) { f.entry("please").File = "c:please.wav" }, "please:clip.path"},
		"a path downwards":        {func(f *folder) { f.entry("please").File = "more/please.wav" }, "please:clip.path"},
		"no file name":            {func(f *folder) { f.entry("please").File = "" }, "please:clip.path"},
		"the manifest as a clip":  {func(f *folder) { f.entry("please").File = pack.ManifestFile }, "please:clip.path"},
		"a NUL in the file name":  {func(f *folder) { f.entry("please").File = "please\x00.wav" }, "please:clip.path"},
		"8 MB of nothing":         {func(f *folder) { f.put("please", make([]byte, 8<<20), 1) }, "please:clip.too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			f := fine(t)
			c.spoil(f)
			p := f.read()
			if told(p) != c.want {
				t.Fatalf("faults %q, not %q", told(p), c.want)
			}
			for _, fault := range p.Faults {
				if _, there := p.Clip(fault.Clip); there {
					t.Errorf("%s is at fault and used", fault.Clip)
				}
				if !strings.ContainsFunc(fault.ZH, func(r rune) bool { return r > 0x4e00 }) || fault.EN == "" || strings.ContainsAny(fault.ZH+fault.EN, "%") {
					t.Errorf("it is told as %q, %q", fault.ZH, fault.EN)
				}
			}
			if _, there := p.Clip("digit-2"); !there {
				t.Error("a clip without fault is not used")
			}
		})
	}
}

func quiet() sound.Sound {
	s := tone(300, time.Second)
	for i := range s.Samples {
		s.Samples[i] /= 100
	}
	return s
}

func distorted() sound.Sound {
	s := tone(300, time.Second)
	for i, v := range s.Samples {
		s.Samples[i] = int16(max(-32768, min(32767, 8*int(v))))
	}
	return s
}

func exchange(f *folder) {
	f.files["please.wav"], f.files["number.wav"] = f.files["number.wav"], f.files["please.wav"]
}

func triple(f *folder) {
	f.put("please", f.files["number.wav"].Data, 4016)
	f.put("digit-0", f.files["number.wav"].Data, 4016)
}

// What is wrong with the manifest makes the whole pack unusable, and is told.
func TestManifestFaults(t *testing.T) {
	change := func(from, to string) func(string) string {
		return func(text string) string { return strings.Replace(text, from, to, 1) }
	}
	for name, c := range map[string]struct {
		spoil func(string) string
		want  string
	}{
		"nothing":            {func(string) string { return "" }, ":manifest.corrupt"},
		"half of it":         {func(text string) string { return text[:len(text)/2] }, ":manifest.corrupt"},
		"a list":             {func(string) string { return "[]" }, ":manifest.corrupt"},
		"an unknown field":   {change(`"format": 1,`, `"format": 1, "speaker": "?",`), ":manifest.corrupt"},
		"a field twice":      {change(`"format": 1,`, `"format": 1, "format": 1,`), ":manifest.corrupt"},
		"a later format":     {change(`"format": 1,`, `"format": 2,`), ":manifest.field"},
		"no language":        {change(`"language": "zh"`, `"language": ""`), ":manifest.field"},
		"a language as path": {change(`"language": "zh"`, `"language": "../zh"`), ":manifest.field"},
		"no title":           {change("试音", ""), ":manifest.field"},
		"a title of a book":  {change("试音", strings.Repeat("试", 41)), ":manifest.field"},
		"a title of lines":   {change("试音", `试\n音`), ":manifest.field"},
		"no licence":         {change(pack.OwnUse, ""), ":manifest.field"},
		"another origin":     {change(`"recorded"`, `"found"`), ":manifest.field"},
		"no date":            {change("2026-11-25", "yesterday"), ":manifest.field"},
		"8 kHz":              {change("16000", "8000"), ":manifest.field"},
		"48 kHz":             {change("16000", "48000"), ":manifest.field"},
		"consent refused":    {change(`"given": true`, `"given": false`), ":pack.consent"},
		"consent reworded":   {change("录音的人同意", "某某同意"), ":pack.consent"},
		"3 MB":               {func(text string) string { return text + strings.Repeat(" ", 3<<20) }, ":manifest.too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			f := fine(t)
			f.read()
			f.files[pack.ManifestFile].Data = []byte(c.spoil(string(f.files[pack.ManifestFile].Data)))
			p := pack.Read(f.files)
			if told(p) != c.want || p.Usable() {
				t.Errorf("faults %q, usable %v", told(p), p.Usable())
			}
			if _, missing, err := p.Join([]phrase.Step{{Clip: "please"}}); err != nil || !slices.Equal(missing, []string{"please"}) {
				t.Errorf("it says something: %v, %v", missing, err)
			}
		})
	}
	if p := pack.Read(fstest.MapFS{}); told(p) != ":manifest.missing" || p.Usable() {
		t.Errorf("an empty folder: %q", told(p))
	}
}

// A manifest of many entries opens no more files than the language has clips.
func TestManyEntriesOpenNothing(t *testing.T) {
	f := fine(t)
	for i := range 5000 {
		f.manifest.Clips = append(f.manifest.Clips, pack.Entry{Name: fmt.Sprintf("x-%d", i), File: "please.wav"})
	}
	counted := &counting{FS: f.files}
	text, err := f.manifest.Write()
	if err != nil {
		t.Fatal(err)
	}
	f.files[pack.ManifestFile] = &fstest.MapFile{Data: text}
	p := pack.Read(counted)
	if len(p.Faults) != 5000 || !p.Usable() {
		t.Errorf("%d faults", len(p.Faults))
	}
	if counted.opened != 6 {
		t.Errorf("%d files were opened", counted.opened)
	}
}

type counting struct {
	fs.FS
	opened int
}

func (c *counting) Open(name string) (fs.File, error) {
	c.opened++
	return c.FS.Open(name)
}

// A fault is JSON for the page, an error for the program, and its code stands in the manual.
func TestFaultWords(t *testing.T) {
	f := fine(t)
	delete(f.files, "please.wav")
	text, err := json.Marshal(f.read().Faults)
	if want := `[{"clip":"please","code":"clip.missing","zh":"文件不在","en":"its file is not there"}]`; err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
	manual, err := os.ReadFile("../../../docs/voice.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range pack.Codes() {
		if !strings.Contains(string(manual), "`"+code+"`") {
			t.Errorf("%s does not stand in docs/voice.md", code)
		}
	}
}

// The same manifest is written as the same bytes, and read as it was.
func TestManifestWrite(t *testing.T) {
	f := fine(t)
	one, err := f.manifest.Write()
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(f.manifest.Clips)
	two, err := f.manifest.Write()
	if err != nil || string(one) != string(two) {
		t.Errorf("it depends on the order of its clips, %v", err)
	}
	m, fault := pack.ParseManifest(one)
	if fault != nil {
		t.Fatal(fault)
	}
	if three, err := m.Write(); err != nil || string(three) != string(one) {
		t.Errorf("it was read as something else: %s", three)
	}
}

// Whatever lies in a folder, reading it ends, and what is used of it is whole.
func FuzzRead(f *testing.F) {
	good := fine(f)
	good.read()
	manifest, wav := good.files[pack.ManifestFile].Data, good.files["number.wav"].Data
	f.Add(manifest, wav)
	f.Add(manifest[:200], wav[:60])
	f.Add([]byte(`{"format":1}`), []byte("RIFF"))
	f.Add([]byte(strings.Replace(string(manifest), "number.wav", "../number.wav", 1)), wav)
	f.Add([]byte(strings.Replace(string(manifest), "digit-0", "digit-2", 1)), sound.Silence(time.Second, 24000).WAV())
	f.Fuzz(func(t *testing.T, manifest, wav []byte) {
		p := pack.Read(fstest.MapFS{pack.ManifestFile: {Data: manifest}, "number.wav": {Data: wav}, "please.wav": {Data: good.files["please.wav"].Data}})
		for _, fault := range p.Faults {
			if fault.Code == "" || fault.ZH == "" || !utf8.ValidString(fault.ZH+fault.EN+fault.Clip) {
				t.Fatalf("a fault without words: %+v", fault)
			}
			if _, there := p.Clip(fault.Clip); there {
				t.Fatalf("%s is at fault and used", fault.Clip)
			}
		}
		for _, c := range phrase.Clips(p.Manifest.Language) {
			if s, there := p.Clip(c.Name); there && (s.Rate != p.Manifest.Rate || len(s.Samples) == 0 || s.Duration() > time.Duration(c.MaxMillis)*time.Millisecond) {
				t.Fatalf("%s is used: %d samples at %d Hz", c.Name, len(s.Samples), s.Rate)
			}
		}
	})
}
