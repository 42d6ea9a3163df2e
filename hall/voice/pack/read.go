package pack

import (
	"errors"
	"io/fs"
	"slices"

	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/sound"
)

// reading is a pack while it is read.
type reading struct {
	fsys     fs.FS
	manifest Manifest
	list     map[string]phrase.Clip
	clips    map[string]Sound
	faults   []Fault
}

func (r *reading) all() {
	for i, e := range r.manifest.Clips {
		s, f := r.clip(i, e)
		if f != nil {
			r.faults = append(r.faults, *f)
			delete(r.clips, e.Name) // one that stands twice is neither
			continue
		}
		r.clips[e.Name] = s
	}
	r.same()
}

// clip reads one clip. What the manifest says is judged before any file is opened.
func (r *reading) clip(i int, e Entry) (Sound, *Fault) {
	c, known := r.list[e.Name]
	before := r.manifest.Clips[:i]
	switch {
	case !known:
		return Sound{}, fault(shown(e.Name), "clip.unknown")
	case slices.ContainsFunc(before, func(o Entry) bool { return o.Name == e.Name }):
		return Sound{}, fault(e.Name, "clip.twice")
	case !fileName.MatchString(e.File):
		return Sound{}, fault(e.Name, "clip.path", shown(e.File))
	}
	limit := int64(maxBytes(c))
	wav, size, err := readFile(r.fsys, e.File, limit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Sound{}, fault(e.Name, "clip.missing")
	case err != nil:
		return Sound{}, fault(e.Name, "clip.corrupt")
	case size > limit:
		return Sound{}, tooLarge(c, wav)
	}
	return r.check(c, e, wav)
}

// shown is a text from a manifest as it may stand in a fault.
func shown(text string) string {
	const most = 64
	if plain(text, most, false) {
		return text
	}
	return "?"
}

// check compares a clip's file with its entry, and with what the clip should be.
func (r *reading) check(c phrase.Clip, e Entry, wav []byte) (Sound, *Fault) {
	sum := checksum(wav)
	if sum != e.SHA256 {
		for _, o := range r.manifest.Clips {
			if o.SHA256 == sum && o.Name != e.Name {
				return Sound{}, fault(e.Name, "clip.mislabelled", shown(o.Name))
			}
		}
	}
	s, f := Check(c, r.manifest.Rate, wav)
	switch {
	case f != nil:
		return Sound{}, f
	case sum != e.SHA256:
		return Sound{}, fault(e.Name, "clip.checksum")
	case len(s.Samples) != e.Samples:
		return Sound{}, fault(e.Name, "clip.length")
	}
	return s, nil
}

// same finds clips that hold the very same samples: all but one are another's, and nobody can tell which.
func (r *reading) same() {
	alike := map[string][]string{}
	for _, e := range r.manifest.Clips {
		if s, ok := r.clips[e.Name]; ok {
			content := checksum(s.WAV())
			alike[content] = append(alike[content], e.Name)
		}
	}
	for _, names := range alike {
		for i, name := range names {
			if len(names) > 1 {
				other := names[(i+1)%len(names)]
				r.faults = append(r.faults, *fault(name, "clip.same", other))
				delete(r.clips, name)
			}
		}
	}
}

// Check reads a clip's file and tells what is wrong with it: what is no 16-bit mono
// PCM at the rate, too long or too short for what is read, silent or distorted.
func Check(c phrase.Clip, rate int, wav []byte) (Sound, *Fault) {
	if len(wav) > maxBytes(c) {
		return Sound{}, tooLarge(c, wav)
	}
	s, err := sound.Decode(wav)
	switch {
	case errors.Is(err, sound.ErrStereo):
		return Sound{}, fault(c.Name, "clip.stereo")
	case errors.Is(err, sound.ErrNotPCM):
		return Sound{}, fault(c.Name, "clip.not-pcm")
	case errors.Is(err, sound.ErrTruncated):
		return Sound{}, fault(c.Name, "clip.truncated")
	case err != nil:
		return Sound{}, fault(c.Name, "clip.corrupt")
	case s.Rate != rate:
		return Sound{}, fault(c.Name, "clip.rate", s.Rate, rate)
	}
	return s, heard(c, s)
}

// What is softer than these is taken for silence.
const (
	softest     = -45.0 // dBFS, of the mean
	softestPeak = -35.0 // dBFS, of the largest sample
)

// heard tells what is wrong with a clip as a listener would.
func heard(c phrase.Clip, s Sound) *Fault {
	seconds, low, high := s.Duration().Seconds(), float64(c.MinMillis)/1000, float64(c.MaxMillis)/1000
	switch {
	case seconds > high:
		return fault(c.Name, "clip.too-long", seconds, high)
	case len(s.Samples) == 0 || s.RMS() < softest || s.Peak() < softestPeak:
		return fault(c.Name, "clip.silent")
	case seconds < low:
		return fault(c.Name, "clip.too-short", seconds, low)
	case s.Clipped():
		return fault(c.Name, "clip.clipped")
	}
	return nil
}

// tooLarge tells of a file too large for its clip how long it says it is, if it says so.
func tooLarge(c phrase.Clip, head []byte) *Fault {
	most := float64(c.MaxMillis) / 1000
	if f, err := sound.Inspect(head); err == nil && f.Seconds() > most {
		return fault(c.Name, "clip.too-long", f.Seconds(), most)
	}
	return fault(c.Name, "clip.too-large")
}

// roomForHead is for what a program that records writes around the samples.
const roomForHead = 64 << 10

// maxBytes is how large a clip's file may be: its longest at the highest rate, and room for its head.
func maxBytes(c phrase.Clip) int { return 2*MaxRate*c.MaxMillis/1000 + roomForHead }
