package pack_test

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/sound"
)

const rate = 16000

// tone is a clip that passes every check: each pitch is another clip.
func tone(hertz float64, length time.Duration) sound.Sound {
	s := sound.Silence(length, rate)
	for i := range s.Samples {
		s.Samples[i] = int16(8000 * math.Sin(2*math.Pi*hertz*float64(i)/rate))
	}
	return s
}

func clip(t testing.TB, lang, name string) phrase.Clip {
	t.Helper()
	for _, c := range phrase.Clips(lang) {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("%s has no clip %s", lang, name)
	return phrase.Clip{}
}

// folder is a voice of a few clips as it lies on a disk.
type folder struct {
	t        testing.TB
	manifest pack.Manifest
	files    fstest.MapFS
}

// fine is a voice without a fault: please, digit-0, digit-2, number and to-window-3.
func fine(t testing.TB) *folder {
	t.Helper()
	f := &folder{t: t, files: fstest.MapFS{}, manifest: pack.Manifest{
		Format: 1, Language: "zh", Title: "试音", Origin: pack.Recorded, Licence: pack.OwnUse, Made: "2026-11-25", Rate: rate,
		Consent: pack.Consent{Given: true, Sentence: pack.ConsentSentence(pack.Recorded).ZH},
	}}
	f.add("please", tone(300, 400*time.Millisecond))
	f.add("digit-0", tone(310, 350*time.Millisecond))
	f.add("digit-2", tone(320, 300*time.Millisecond))
	f.add("number", tone(330, 251*time.Millisecond))
	f.add("to-window-3", tone(340, 1500*time.Millisecond))
	return f
}

func (f *folder) add(name string, s sound.Sound) {
	file := name + ".wav"
	f.files[file] = &fstest.MapFile{Data: s.WAV()}
	f.manifest.Clips = append(f.manifest.Clips, pack.NewEntry(clip(f.t, "zh", name), file, s.WAV(), s))
}

// entry is the entry of a clip, to be changed.
func (f *folder) entry(name string) *pack.Entry {
	for i := range f.manifest.Clips {
		if f.manifest.Clips[i].Name == name {
			return &f.manifest.Clips[i]
		}
	}
	f.t.Fatalf("no entry %s", name)
	return nil
}

// put puts a file in a clip's place, with an entry that is true of it.
func (f *folder) put(name string, wav []byte, samples int) {
	e := f.entry(name)
	f.files[e.File] = &fstest.MapFile{Data: wav}
	made := pack.NewEntry(clip(f.t, "zh", name), e.File, wav, sound.Sound{Samples: make([]int16, samples)})
	e.SHA256, e.Samples = made.SHA256, samples
}

func (f *folder) read() *pack.Pack {
	text, err := f.manifest.Write()
	if err != nil {
		f.t.Fatal(err)
	}
	f.files[pack.ManifestFile] = &fstest.MapFile{Data: text}
	return pack.Read(f.files)
}

// told are the faults of a pack as clip:code.
func told(p *pack.Pack) string {
	var all []string
	for _, f := range p.Faults {
		all = append(all, f.Clip+":"+f.Code)
	}
	return strings.Join(all, " ")
}
