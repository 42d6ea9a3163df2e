// Package chime makes the two tones (叮咚) that come before an announcement, so
// that people look up before the number is said. They are computed: no recording
// is needed, and every hall has the same.
package chime

import (
	"math"
	"time"

	"petitionhall/hall/voice/sound"
)

// The chime is a falling third, E5 and C5: soft, and above the voices of a hall.
const (
	length  = 900 * time.Millisecond
	second  = 280 * time.Millisecond // when the second tone begins
	ding    = 659.26                 // Hz
	dong    = 523.25                 // Hz
	loud    = 0.26                   // of full scale, of one tone's ground note
	attack  = 0.006                  // seconds: a struck bell, yet without a click
	sinking = 0.22                   // seconds in which a tone falls to 1/e
	release = 0.06                   // seconds in which the end falls to silence
)

// partials are a bell's overtones: multiple of the ground note, strength, and how much faster they sink.
var partials = []struct{ multiple, strength, faster float64 }{{1, 1, 1}, {2, 0.28, 2}, {3, 0.1, 3.5}}

// Sound gives the chime at a rate, in samples a second: 0.9 s, always the same
// samples, never near full scale.
func Sound(rate int) sound.Sound {
	samples := make([]int16, sound.Length(length, rate))
	for i := range samples {
		at := float64(i) / float64(rate)
		v := tone(ding, at) + tone(dong, at-second.Seconds())
		v *= min(1, (length.Seconds()-at)/release)
		samples[i] = int16(math.Round(v * math.MaxInt16))
	}
	return sound.Sound{Rate: rate, Samples: samples}
}

// tone is a struck tone at a time after its stroke.
func tone(hertz, at float64) float64 {
	if at < 0 {
		return 0
	}
	v := 0.0
	for _, p := range partials {
		v += p.strength * math.Exp(-at*p.faster/sinking) * math.Sin(2*math.Pi*hertz*p.multiple*at)
	}
	return loud * min(1, at/attack) * v
}
