package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/sound"
)

// Sound is what clips are made of and what Join gives.
type Sound = sound.Sound

// Pack is a voice as it was read. It does not change, and several goroutines may use it.
type Pack struct {
	// Manifest is what it says of itself; the zero value when that could not be read.
	Manifest Manifest
	// Faults are what is wrong with it, in the order of the clips; empty for a pack as it should be.
	Faults []Fault
	clips  map[string]Sound
}

// Read reads a voice from its folder. It never fails: what is wrong stands in
// Faults, and a clip at fault counts as missing. A fault without a clip is one of
// the whole pack, of which then nothing is used. It reads no more than what a
// full pack may hold, whatever lies in the folder.
func Read(fsys fs.FS) *Pack {
	m, f := readManifest(fsys)
	if f != nil {
		return &Pack{Faults: []Fault{*f}}
	}
	r := reading{fsys: fsys, manifest: m, clips: map[string]Sound{}, list: map[string]phrase.Clip{}, faults: []Fault{}}
	for _, c := range phrase.Clips(m.Language) {
		r.list[c.Name] = c
	}
	r.all()
	slices.SortStableFunc(r.faults, byClip)
	return &Pack{Manifest: m, Faults: r.faults, clips: r.clips}
}

// Usable tells whether anything of the pack can be used.
func (p *Pack) Usable() bool { return len(p.clips) > 0 }

// Clip gives one clip; ok is false when it is missing or at fault.
func (p *Pack) Clip(name string) (s Sound, ok bool) {
	s, ok = p.clips[name]
	return s, ok
}

// Lacks names those of the clips that the pack cannot say, in their order.
func (p *Pack) Lacks(clips []phrase.Clip) []string {
	var lacks []string
	for _, c := range clips {
		if _, ok := p.clips[c.Name]; !ok {
			lacks = append(lacks, c.Name)
		}
	}
	return lacks
}

// longest is how long a joined phrase may be; what is said takes at most a third of it.
const longest = time.Minute

// ErrNothing is why Join refuses a line without clips, or one of over a minute.
var ErrNothing = errors.New("nothing to join")

// Join puts clips together with the silences before them. When clips are missing
// it names them, each once, and gives no sound: the whole phrase is then for
// another voice. The edges of each clip are faded over 4 ms, so that no click is
// heard; loudness is as the pack has it. The error is ErrNothing.
func (p *Pack) Join(steps []phrase.Step) (s Sound, missing []string, err error) {
	if len(steps) == 0 {
		return Sound{}, nil, ErrNothing
	}
	length, rate := 0, p.Manifest.Rate
	for _, step := range steps {
		clip, ok := p.clips[step.Clip]
		switch {
		case !ok && !slices.Contains(missing, step.Clip):
			missing = append(missing, step.Clip)
		case step.Pause < 0 || step.Pause > longest:
			return Sound{}, nil, fmt.Errorf("%w: a pause of %v", ErrNothing, step.Pause)
		}
		length += sound.Length(step.Pause, rate) + len(clip.Samples)
	}
	switch {
	case len(missing) > 0:
		return Sound{}, missing, nil
	case length > sound.Length(longest, rate):
		return Sound{}, nil, fmt.Errorf("%w: it would be longer than %v", ErrNothing, longest)
	}
	joined := make([]int16, 0, length)
	for _, step := range steps {
		joined = append(joined, make([]int16, sound.Length(step.Pause, rate))...)
		joined = append(joined, p.clips[step.Clip].Faded().Samples...)
	}
	return Sound{Rate: rate, Samples: joined}, nil, nil
}
