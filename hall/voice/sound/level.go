package sound

import (
	"math"
	"time"
)

// Levels of a voice's clips, in dBFS.
const (
	// Loudness is what clips are levelled to: speech of it is loud, and has room for its peaks.
	Loudness = -20.0
	// Ceiling is the highest peak that levelling leaves.
	Ceiling = -1.5
	// Quietest is the level that Peak and RMS give for no sound at all.
	Quietest = -120.0
)

const (
	full       = 32768.0
	frame      = 10 * time.Millisecond // of a measurement
	spoken     = -30.0                 // dB below the loudest frame: what is softer is no part of the loudness
	heard      = -42.0                 // dB below the loudest frame: what is softer at the ends is trimmed
	floor      = -60.0                 // dBFS: softer than that is always silence
	lead, tail = 20 * time.Millisecond, 30 * time.Millisecond
)

// Peak is the level of the largest sample, in dBFS.
func (s Sound) Peak() float64 {
	top := 0
	for _, v := range s.Samples {
		top = max(top, abs(v))
	}
	return decibel(float64(top) / full)
}

// RMS is the mean level of the whole, in dBFS, a constant offset left out.
func (s Sound) RMS() float64 { return decibel(rms(s.Samples)) }

// Spoken is the mean level of what is loud enough to be speech, in dBFS: pauses
// inside a clip do not make it seem softer than it is.
func (s Sound) Spoken() float64 {
	frames := s.frames()
	loudest := Quietest
	for _, f := range frames {
		loudest = max(loudest, f)
	}
	sum, n := 0.0, 0
	for _, f := range frames {
		if f >= loudest+spoken {
			sum += math.Pow(10, f/10)
			n++
		}
	}
	if n == 0 {
		return Quietest
	}
	return max(Quietest, 10*math.Log10(sum/float64(n)))
}

// Level gives the sound at a loudness (see Spoken), in dBFS, or as loud as the
// Ceiling lets it be. Silence stays silence.
func (s Sound) Level(loudness float64) Sound {
	gain := min(loudness-s.Spoken(), Ceiling-s.Peak())
	if s.Spoken() <= floor {
		gain = 0
	}
	factor := math.Pow(10, gain/20)
	level := Sound{Rate: s.Rate, Samples: make([]int16, len(s.Samples))}
	for i, v := range s.Samples {
		level.Samples[i] = clamp(float64(v) * factor)
	}
	return level
}

// Trim cuts the silence before and after, but for 20 and 30 ms, so that no soft
// consonant is lost. Of silence nothing stays.
func (s Sound) Trim() Sound {
	frames := s.frames()
	loudest := Quietest
	for _, f := range frames {
		loudest = max(loudest, f)
	}
	limit := max(loudest+heard, floor)
	first, last := 0, len(frames)
	for first < last && frames[first] < limit {
		first++
	}
	for last > first && frames[last-1] < limit {
		last--
	}
	if first == last {
		return Sound{Rate: s.Rate}
	}
	size := Length(frame, s.Rate)
	from := max(0, first*size-Length(lead, s.Rate))
	until := min(len(s.Samples), last*size+Length(tail, s.Rate))
	return Sound{Rate: s.Rate, Samples: s.Samples[from:until:until]}
}

// frames are the levels of 10 ms each.
func (s Sound) frames() []float64 {
	size := max(1, Length(frame, s.Rate))
	levels := make([]float64, 0, len(s.Samples)/size+1)
	for at := 0; at < len(s.Samples); at += size {
		levels = append(levels, decibel(rms(s.Samples[at:min(at+size, len(s.Samples))])))
	}
	return levels
}

// The flat top that a microphone turned up too far leaves: that many equal samples
// in a row at the very top or bottom, where a voice has but one.
const (
	flatRun  = 4
	flatTops = 16
	loudTop  = -20.0 // dBFS: below it equal samples are natural
)

// Clipped tells whether the tops of the waves are cut off, at full scale or, in
// what was made softer afterwards, at its own largest value.
func (s Sound) Clipped() bool {
	if s.Peak() < loudTop {
		return false
	}
	low, high := int16(math.MaxInt16), int16(math.MinInt16)
	for _, v := range s.Samples {
		low, high = min(low, v), max(high, v)
	}
	flat, run := 0, 0
	for i, v := range s.Samples {
		if v != low && v != high {
			run = 0
			continue
		}
		if i > 0 && v != s.Samples[i-1] {
			run = 0
		}
		run++
		switch {
		case run == flatRun:
			flat += run
		case run > flatRun:
			flat++
		}
	}
	return flat >= flatTops
}

func rms(samples []int16) float64 {
	if len(samples) == 0 {
		return 0
	}
	sum, squares := 0.0, 0.0
	for _, v := range samples {
		x := float64(v) / full
		sum += x
		squares += x * x
	}
	n := float64(len(samples))
	return math.Sqrt(max(0, squares/n-sum/n*sum/n))
}

func decibel(x float64) float64 {
	if x <= 0 {
		return Quietest
	}
	return max(Quietest, 20*math.Log10(x))
}

func abs(v int16) int {
	if v < 0 {
		return -int(v)
	}
	return int(v)
}

func clamp(x float64) int16 {
	return int16(math.Round(max(math.MinInt16, min(math.MaxInt16, x))))
}
