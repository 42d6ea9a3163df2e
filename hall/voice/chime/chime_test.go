package chime_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"petitionhall/hall/voice/chime"
	"petitionhall/hall/voice/sound"
)

func TestChime(t *testing.T) {
	for _, rate := range []int{16000, 22050, 24000, 48000} {
		s := chime.Sound(rate)
		if s.Rate != rate || len(s.Samples) != sound.Length(900*time.Millisecond, rate) {
			t.Errorf("%d samples at %d Hz", len(s.Samples), s.Rate)
		}
		if !slices.Equal(s.Samples, chime.Sound(rate).Samples) {
			t.Errorf("%d Hz: another chime the second time", rate)
		}
		if p := s.Peak(); p > -3 || p < -12 {
			t.Errorf("%d Hz: it peaks at %.1f dB", rate, p)
		}
		if first, last := s.Samples[0], s.Samples[len(s.Samples)-1]; first != 0 || math.Abs(float64(last)) > 40 {
			t.Errorf("%d Hz: it clicks: it begins with %d and ends with %d", rate, first, last)
		}
		if s.Clipped() {
			t.Errorf("%d Hz: it is distorted", rate)
		}
	}
}

// Two tones, the second a third lower, and both sink.
func TestTones(t *testing.T) {
	s := chime.Sound(16000)
	part := func(from, until time.Duration) sound.Sound {
		return sound.Sound{Rate: s.Rate, Samples: s.Samples[sound.Length(from, s.Rate):sound.Length(until, s.Rate)]}
	}
	ding, dong := part(50*time.Millisecond, 250*time.Millisecond), part(330*time.Millisecond, 530*time.Millisecond)
	if a, b := strength(ding, 659.26), strength(ding, 523.25); a < 4*b {
		t.Errorf("the first tone is no E: %v, %v", a, b)
	}
	if a, b := strength(dong, 659.26), strength(dong, 523.25); b < 2*a {
		t.Errorf("the second tone is no C: %v, %v", a, b)
	}
	if early, late := part(300*time.Millisecond, 400*time.Millisecond).RMS(), part(800*time.Millisecond, 900*time.Millisecond).RMS(); late > early-15 {
		t.Errorf("it does not sink: %.1f dB, then %.1f dB", early, late)
	}
}

// strength is how much of a pitch is in a sound.
func strength(s sound.Sound, hertz float64) float64 {
	re, im := 0.0, 0.0
	for i, v := range s.Samples {
		angle := 2 * math.Pi * hertz * float64(i) / float64(s.Rate)
		re, im = re+float64(v)*math.Cos(angle), im+float64(v)*math.Sin(angle)
	}
	return math.Hypot(re, im) / float64(len(s.Samples))
}
