package sound_test

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"petitionhall/hall/voice/sound"
)

func tone(rate int, hertz, amplitude float64, length time.Duration) sound.Sound {
	s := sound.Silence(length, rate)
	for i := range s.Samples {
		s.Samples[i] = int16(amplitude * math.Sin(2*math.Pi*hertz*float64(i)/float64(rate)))
	}
	return s
}

func TestLengths(t *testing.T) {
	for _, c := range []struct {
		rate, samples int
		length        time.Duration
		exact         time.Duration
	}{
		{16000, 960, 60 * time.Millisecond, 60 * time.Millisecond},
		{22050, 1323, 60 * time.Millisecond, 60 * time.Millisecond},
		{24000, 6000, 250 * time.Millisecond, 250 * time.Millisecond},
		{22050, 88, 4 * time.Millisecond, 3990929 * time.Nanosecond}, // rounded down
		{16000, 0, 0, 0},
	} {
		if n := sound.Length(c.length, c.rate); n != c.samples {
			t.Errorf("%v at %d Hz are %d samples, not %d", c.length, c.rate, n, c.samples)
		}
		if d := sound.Silence(c.length, c.rate).Duration(); d != c.exact {
			t.Errorf("%v at %d Hz last %v, not %v", c.length, c.rate, d, c.exact)
		}
	}
	if d := (sound.Sound{}).Duration(); d != 0 {
		t.Errorf("no sound lasts %v", d)
	}
}

func TestTimes(t *testing.T) {
	s := sound.Sound{Rate: 1000, Samples: []int16{1, 2, 3}}
	if got := s.Times(2, 2*time.Millisecond); !slices.Equal(got.Samples, []int16{1, 2, 3, 0, 0, 1, 2, 3}) || got.Rate != 1000 {
		t.Errorf("twice: %v", got)
	}
	if got := s.Times(1, time.Second); !slices.Equal(got.Samples, s.Samples) {
		t.Errorf("once: %v", got)
	}
	if got := s.Times(0, time.Second); len(got.Samples) != 0 || got.Rate != 1000 {
		t.Errorf("never: %v", got)
	}
}

func TestThen(t *testing.T) {
	a, b := sound.Sound{Rate: 1000, Samples: []int16{1}}, sound.Sound{Rate: 1000, Samples: []int16{2}}
	if got, err := a.Then(3*time.Millisecond, b); err != nil || !slices.Equal(got.Samples, []int16{1, 0, 0, 0, 2}) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := a.Then(0, sound.Sound{Rate: 2000}); err == nil {
		t.Error("two rates went on in one sound")
	}
}

func TestFaded(t *testing.T) {
	s := sound.Sound{Rate: 1000, Samples: slices.Repeat([]int16{1000}, 12)}
	want := []int16{0, 250, 500, 750, 1000, 1000, 1000, 1000, 750, 500, 250, 0}
	if got := s.Faded(); !slices.Equal(got.Samples, want) {
		t.Errorf("%v, not %v", got.Samples, want)
	}
	if s.Samples[0] != 1000 {
		t.Error("the sound itself was changed")
	}
	for n := range 5 {
		short := sound.Sound{Rate: 1000, Samples: slices.Repeat([]int16{1000}, n)}
		if got := short.Faded(); len(got.Samples) != n {
			t.Errorf("%d samples became %d", n, len(got.Samples))
		}
	}
}

// The bytes of a WAV are the standard's, and the same sound comes back.
func TestWAV(t *testing.T) {
	s := sound.Sound{Rate: 16000, Samples: []int16{1, -2, 300}}
	want := "RIFF\x2a\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x80\x3e\x00\x00\x00\x7d\x00\x00\x02\x00\x10\x00data\x06\x00\x00\x00\x01\x00\xfe\xff\x2c\x01"
	if got := string(s.WAV()); got != want {
		t.Errorf("%q, not %q", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := sound.Sound{Rate: rapid.IntRange(1, 96000).Draw(t, "rate"), Samples: rapid.SliceOf(rapid.Int16()).Draw(t, "samples")}
		got, err := sound.Decode(s.WAV())
		if err != nil || got.Rate != s.Rate || !slices.Equal(got.Samples, s.Samples) {
			t.Fatalf("%v became %v, %v", s, got, err)
		}
	})
}

func TestDecodeRefuses(t *testing.T) {
	good := sound.Sound{Rate: 16000, Samples: make([]int16, 100)}.WAV()
	change := func(at int, b ...byte) []byte {
		bad := slices.Clone(good)
		copy(bad[at:], b)
		return bad
	}
	for name, c := range map[string]struct {
		wav  []byte
		want error
	}{
		"nothing":                  {nil, sound.ErrCorrupt},
		"a text":                   {[]byte("this is no sound, it is a text"), sound.ErrCorrupt},
		"another RIFF":             {change(8, []byte("AVI ")...), sound.ErrCorrupt},
		"cut in its head":          {good[:30], sound.ErrCorrupt},
		"cut before its samples":   {good[:40], sound.ErrTruncated},
		"cut in its samples":       {good[:100], sound.ErrTruncated},
		"samples without end":      {change(40, 0xff, 0xff, 0xff, 0x7f), sound.ErrCorrupt}, // an odd number
		"more than there are":      {change(40, 0xfe, 0xff, 0xff, 0x7f), sound.ErrTruncated},
		"stereo":                   {change(22, 2), sound.ErrStereo},
		"8 bits":                   {change(34, 8), sound.ErrNotPCM},
		"floats":                   {change(20, 3), sound.ErrNotPCM},
		"mu-law":                   {change(20, 7), sound.ErrNotPCM},
		"no rate":                  {change(24, 0, 0, 0, 0), sound.ErrCorrupt},
		"half a sample":            {change(40, 199), sound.ErrCorrupt},
		"a format of nothing":      {change(16, 2), sound.ErrCorrupt},
		"a format that never ends": {change(16, 0xff, 0xff, 0xff, 0xff), sound.ErrCorrupt},
		"samples before a format":  {append([]byte("RIFF\x00\x00\x00\x00WAVEdata\x02\x00\x00\x00"), 0, 0), sound.ErrCorrupt},
	} {
		if s, err := sound.Decode(c.wav); !errors.Is(err, c.want) || s.Samples != nil {
			t.Errorf("%s: %v, not %v", name, err, c.want)
		}
	}
}

// What programs write around the samples is passed over: a list of names, a chunk of
// an odd length, a format in its extended form.
func TestDecodeOthersFiles(t *testing.T) {
	samples := []byte{1, 0, 2, 0}
	format := []byte{1, 0, 1, 0, 0x80, 0x3e, 0, 0, 0, 0x7d, 0, 0, 2, 0, 16, 0}
	extended := append(append([]byte{0xfe, 0xff}, format[2:]...), 22, 0, 16, 0, 4, 0, 0, 0,
		1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71)
	file := func(chunks ...any) []byte {
		f := []byte("RIFF\x00\x00\x00\x00WAVE")
		for i := 0; i < len(chunks); i += 2 {
			name, data := chunks[i].(string), chunks[i+1].([]byte)
			f = append(f, name...)
			f = binary.LittleEndian.AppendUint32(f, uint32(len(data)))
			f = append(f, data...)
			f = append(f, make([]byte, len(data)%2)...)
		}
		return f
	}
	for name, wav := range map[string][]byte{
		"a list before":   file("LIST", []byte("INFOIART"), "fmt ", format, "data", samples),
		"an odd chunk":    file("fmt ", format, "junk", []byte("abc"), "data", samples),
		"a list after":    file("fmt ", format, "data", samples, "LIST", []byte("INFO")),
		"extended format": file("fmt ", extended, "data", samples),
	} {
		if s, err := sound.Decode(wav); err != nil || s.Rate != 16000 || !slices.Equal(s.Samples, []int16{1, 2}) {
			t.Errorf("%s: %v, %v", name, s, err)
		}
	}
	extended[24] = 3 // floats
	if _, err := sound.Decode(file("fmt ", extended, "data", samples)); !errors.Is(err, sound.ErrNotPCM) {
		t.Errorf("floats in the extended format: %v", err)
	}
}

// The head alone tells how long a recording of five minutes is.
func TestInspect(t *testing.T) {
	wav := sound.Silence(5*time.Minute, 16000).WAV()
	f, err := sound.Inspect(wav[:44])
	if err != nil || f.Seconds() != 300 || f.Channels != 1 || f.Rate != 16000 || !f.PCM {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestMeasures(t *testing.T) {
	near := func(name string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 0.1 {
			t.Errorf("%s: %.2f dB, not %.2f", name, got, want)
		}
	}
	full := tone(16000, 500, 32767, time.Second)
	near("peak of the loudest tone", full.Peak(), 0)
	near("mean of the loudest tone", full.RMS(), -3.01)
	half := tone(16000, 500, 16384, time.Second)
	near("peak of half of it", half.Peak(), -6.02)
	near("silence", sound.Silence(time.Second, 16000).RMS(), sound.Quietest)
	near("nothing", sound.Sound{Rate: 16000}.Peak(), sound.Quietest)
	offset := sound.Sound{Rate: 16000, Samples: slices.Repeat([]int16{9000}, 1000)}
	near("a constant offset", offset.RMS(), sound.Quietest)
	both, _ := half.Then(3*time.Second, sound.Sound{Rate: 16000})
	near("speech with a pause, as it is spoken", both.Spoken(), half.RMS())
	near("speech with a pause, in all", both.RMS(), half.RMS()-6.02)
}

func TestLevel(t *testing.T) {
	for _, amplitude := range []float64{150, 1000, 9000, 30000} {
		got := tone(16000, 300, amplitude, time.Second).Level(sound.Loudness)
		if math.Abs(got.Spoken()-sound.Loudness) > 0.2 {
			t.Errorf("%v: levelled to %.2f dB", amplitude, got.Spoken())
		}
	}
	// A clap among whispers may not go over the ceiling.
	clap := tone(16000, 300, 400, time.Second)
	clap.Samples[5000] = 20000
	if got := clap.Level(sound.Loudness); got.Peak() > sound.Ceiling+0.01 {
		t.Errorf("it peaks at %.2f dB", got.Peak())
	}
	if got := sound.Silence(time.Second, 16000).Level(sound.Loudness); got.Peak() != sound.Quietest {
		t.Errorf("silence became %.1f dB", got.Peak())
	}
}

func TestTrim(t *testing.T) {
	speech := tone(16000, 300, 9000, 500*time.Millisecond)
	padded := sound.Silence(300*time.Millisecond, 16000)
	padded, _ = padded.Then(0, speech)
	padded, _ = padded.Then(700*time.Millisecond, sound.Sound{Rate: 16000})
	got := padded.Trim()
	if d := got.Duration(); d < 540*time.Millisecond || d > 570*time.Millisecond {
		t.Errorf("%v are left of 500 ms of speech", d)
	}
	if !slices.Equal(got.Samples[320:8320], speech.Samples) {
		t.Error("the speech was cut or moved")
	}
	if again := speech.Trim(); len(again.Samples) != len(speech.Samples) {
		t.Errorf("speech without silence lost %d samples", len(speech.Samples)-len(again.Samples))
	}
	if got := sound.Silence(time.Second, 16000).Trim(); len(got.Samples) != 0 {
		t.Errorf("%d samples of silence are left", len(got.Samples))
	}
}

func TestClipped(t *testing.T) {
	overdriven := tone(24000, 200, 50000, time.Second)
	for i, v := range overdriven.Samples {
		x := 50000 * math.Sin(2*math.Pi*200*float64(i)/24000)
		overdriven.Samples[i] = int16(max(-32768, min(32767, x)))
		_ = v
	}
	if !overdriven.Clipped() {
		t.Error("an overdriven tone is taken for good")
	}
	softer := overdriven.Level(-15)
	if !softer.Clipped() {
		t.Error("an overdriven tone that was made softer is taken for good")
	}
	for _, hertz := range []float64{80, 100, 200, 1000} {
		for _, amplitude := range []float64{3500, 10000, 32767} {
			if tone(24000, hertz, amplitude, time.Second).Clipped() {
				t.Errorf("a tone of %v Hz and %v is taken for distorted", hertz, amplitude)
			}
		}
	}
}

// A tone keeps its pitch, its level and its length at another rate, and what the new
// rate cannot hold is left out instead of folded into what one hears.
func TestResample(t *testing.T) {
	for _, c := range []struct {
		from, to     int
		hertz, level float64
	}{
		{22050, 16000, 440, -9}, {22050, 16000, 6500, -9}, {48000, 24000, 1000, -9}, {16000, 24000, 3000, -9}, {44100, 16000, 440, -9}, {16000, 16000, 440, -9},
		{22050, 16000, 9500, -60}, {48000, 16000, 12000, -60},
	} {
		s := tone(c.from, c.hertz, 16384, time.Second).Resample(c.to)
		if s.Rate != c.to || len(s.Samples) != c.to {
			t.Errorf("%d to %d Hz: %d samples at %d Hz", c.from, c.to, len(s.Samples), s.Rate)
		}
		middle := sound.Sound{Rate: c.to, Samples: s.Samples[c.to/10 : c.to*9/10]}
		if c.level > -20 && math.Abs(middle.RMS()-c.level) > 0.3 || c.level < -20 && middle.RMS() > c.level {
			t.Errorf("%v Hz, %d to %d Hz: %.1f dB, not %v", c.hertz, c.from, c.to, middle.RMS(), c.level)
		}
		if c.level > -20 {
			if got := crossings(middle); math.Abs(got-c.hertz) > c.hertz/100+2 {
				t.Errorf("%v Hz became %v Hz", c.hertz, got)
			}
		}
	}
	if got := (sound.Sound{}).Resample(16000); len(got.Samples) != 0 {
		t.Errorf("nothing became %v", got)
	}
}

// crossings counts how often a tone goes up through zero in a second.
func crossings(s sound.Sound) float64 {
	n := 0
	for i := 1; i < len(s.Samples); i++ {
		if s.Samples[i-1] < 0 && s.Samples[i] >= 0 {
			n++
		}
	}
	return float64(n) / s.Duration().Seconds()
}

// Whatever is read as a WAV is either refused by one of the four names, or a sound
// that is written and read again as it is.
func FuzzDecode(f *testing.F) {
	good := sound.Sound{Rate: 16000, Samples: []int16{1, -2, 300, 4}}.WAV()
	f.Add(good)
	f.Add(good[:43])
	f.Add([]byte("RIFF\x00\x00\x00\x00WAVELIST\x03\x00\x00\x00abc\x00fmt "))
	f.Add([]byte("RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00\x80\x3e\x00\x00\x00\x7d\x00\x00\x02\x00\x10\x00data\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, wav []byte) {
		s, err := sound.Decode(wav)
		if err != nil {
			if !errors.Is(err, sound.ErrCorrupt) && !errors.Is(err, sound.ErrTruncated) && !errors.Is(err, sound.ErrNotPCM) && !errors.Is(err, sound.ErrStereo) {
				t.Fatalf("an unknown refusal: %v", err)
			}
			return
		}
		again, err := sound.Decode(s.WAV())
		if err != nil || again.Rate != s.Rate || !slices.Equal(again.Samples, s.Samples) {
			t.Fatalf("it came back as another sound: %v", err)
		}
	})
}
