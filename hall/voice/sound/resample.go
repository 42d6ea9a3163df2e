package sound

import "math"

// zeros is how many turns of the filter reach to either side: enough that nothing
// of what the new rate cannot hold is heard in it.
const zeros = 24

// passed is the share of the lower rate's band that goes through untouched.
const passed = 0.94

// Resample gives the sound at another rate, as a band-limited curve through its
// samples is read at the new places. The length in time stays the same to within
// one sample. A rate below 1 gives nothing.
func (s Sound) Resample(rate int) Sound {
	if rate < 1 || s.Rate < 1 {
		return Sound{}
	}
	if rate == s.Rate {
		return Sound{Rate: rate, Samples: append([]int16(nil), s.Samples...)}
	}
	cut := passed * min(1, float64(rate)/float64(s.Rate))
	made := make([]int16, len(s.Samples)*rate/s.Rate)
	for i := range made {
		made[i] = clamp(s.at(float64(i)*float64(s.Rate)/float64(rate), cut))
	}
	return Sound{Rate: rate, Samples: made}
}

// at reads the curve at a place between samples, with what lies above the cut,
// a share of the band, left out.
func (s Sound) at(place, cut float64) float64 {
	reach := zeros / cut
	first := max(0, int(math.Ceil(place-reach)))
	last := min(len(s.Samples)-1, int(math.Floor(place+reach)))
	sum := 0.0
	for i := first; i <= last; i++ {
		x := place - float64(i)
		window := 0.5 + 0.5*math.Cos(math.Pi*x/reach)
		sum += float64(s.Samples[i]) * cut * sinc(cut*x) * window
	}
	return sum
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}
