package sound

import (
	"fmt"
	"time"
)

// Sound is one channel of 16-bit samples. The zero Sound is no sound at all.
type Sound struct {
	// Rate is how many samples make a second.
	Rate    int
	Samples []int16
}

// fade is how long the edge of a clip takes to rise from silence and to sink
// into it: long enough that no click is heard, too short to swallow a consonant.
const fade = 4 * time.Millisecond

// Duration is how long it lasts; 0 without a rate.
func (s Sound) Duration() time.Duration {
	if s.Rate <= 0 {
		return 0
	}
	return time.Duration(len(s.Samples)) * time.Second / time.Duration(s.Rate)
}

// Length is how many samples last so long at a rate, rounded down.
func Length(d time.Duration, rate int) int {
	return int(int64(d) * int64(rate) / int64(time.Second))
}

// Silence lasts so long and sounds of nothing.
func Silence(d time.Duration, rate int) Sound {
	return Sound{Rate: rate, Samples: make([]int16, Length(d, rate))}
}

// Times gives the sound n times with a gap of silence between; nothing for n < 1.
func (s Sound) Times(n int, gap time.Duration) Sound {
	if n < 1 {
		return Sound{Rate: s.Rate}
	}
	silence := Length(gap, s.Rate)
	all := make([]int16, 0, n*len(s.Samples)+(n-1)*silence)
	for i := range n {
		if i > 0 {
			all = append(all, make([]int16, silence)...)
		}
		all = append(all, s.Samples...)
	}
	return Sound{Rate: s.Rate, Samples: all}
}

// Then gives the sound, a gap of silence, and the next one. Both must have one
// rate: Resample makes it so.
func (s Sound) Then(gap time.Duration, next Sound) (Sound, error) {
	if s.Rate != next.Rate {
		return Sound{}, fmt.Errorf("sound: %d Hz cannot go on at %d Hz", s.Rate, next.Rate)
	}
	silence := Length(gap, s.Rate)
	all := make([]int16, 0, len(s.Samples)+silence+len(next.Samples))
	all = append(all, s.Samples...)
	all = append(all, make([]int16, silence)...)
	return Sound{Rate: s.Rate, Samples: append(all, next.Samples...)}, nil
}

// Faded gives the sound with 4 ms at either end brought to silence in a straight
// line, so that it begins and ends without a click. It is a copy.
func (s Sound) Faded() Sound {
	faded := append([]int16(nil), s.Samples...)
	n := min(Length(fade, s.Rate), len(faded)/2)
	for i := range n {
		faded[i] = int16(int(faded[i]) * i / n)
		last := len(faded) - 1 - i
		faded[last] = int16(int(faded[last]) * i / n)
	}
	return Sound{Rate: s.Rate, Samples: faded}
}
