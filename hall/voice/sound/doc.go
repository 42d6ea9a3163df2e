// Package sound holds a stretch of speech or music as the hall's voice uses it:
// one channel of 16-bit samples. It reads and writes WAV, joins, measures,
// trims, levels and resamples. Nothing in it knows what is said.
//
//	s, err := sound.Decode(wav)      // what is no 16-bit mono PCM is refused by name
//	s = s.Trim().Level(sound.Loudness)
//	os.WriteFile("clip.wav", s.WAV(), 0o644)
//
// Levels are in dB relative to the largest sample there is (dBFS): 0 at most.
package sound
