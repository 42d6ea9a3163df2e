package sound

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// Why a WAV is refused. Decode wraps them with what was found.
var (
	ErrCorrupt   = errors.New("not a readable WAV file")
	ErrTruncated = errors.New("the WAV file ends too early")
	ErrNotPCM    = errors.New("not 16-bit PCM")
	ErrStereo    = errors.New("more than one channel")
)

const (
	headerBytes   = 44
	chunkHeader   = 8
	formatBytes   = 16
	extensible    = 40
	formatPCM     = 1
	formatExtends = 0xFFFE
)

// pcmGUID is the kind of an extensible format that is plain PCM, without its first two bytes.
var pcmGUID = []byte{0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71}

// Format is what the head of a WAV file says of it.
type Format struct {
	// PCM tells that the samples are plain 16-bit numbers.
	PCM      bool
	Channels int
	Rate     int
	// Bytes are those of the samples, as the head claims.
	Bytes int64
	// data is where the samples begin.
	data int
}

// Seconds is how long the samples last, as the head claims; 0 for what is no PCM.
func (f *Format) Seconds() float64 {
	if !f.PCM || f.Rate <= 0 || f.Channels <= 0 {
		return 0
	}
	return float64(f.Bytes) / float64(2*f.Channels*f.Rate)
}

// Inspect reads the head of a WAV file, of which only the beginning need be
// there: up to where the samples start. The error wraps ErrCorrupt or ErrTruncated.
func Inspect(head []byte) (Format, error) {
	var f Format
	if len(head) < 12 || string(head[:4]) != "RIFF" || string(head[8:12]) != "WAVE" {
		return f, fmt.Errorf("%w: it does not begin as one", ErrCorrupt)
	}
	seen := false
	for at := int64(12); ; {
		if at+chunkHeader > int64(len(head)) {
			return f, fmt.Errorf("%w: it has no samples", ErrTruncated)
		}
		name, size := string(head[at:at+4]), int64(binary.LittleEndian.Uint32(head[at+4:]))
		at += chunkHeader
		switch name {
		case "data":
			if !seen {
				return f, fmt.Errorf("%w: its samples come before their format", ErrCorrupt)
			}
			f.Bytes, f.data = size, int(at)
			return f, nil
		case "fmt ":
			if size < formatBytes || at+size > int64(len(head)) {
				return f, fmt.Errorf("%w: its format has %d bytes", ErrCorrupt, size)
			}
			f.read(head[at : at+size])
			seen = true
		}
		at += size + size&1 // chunks begin at even places
	}
}

func (f *Format) read(chunk []byte) {
	kind := binary.LittleEndian.Uint16(chunk)
	f.Channels = int(binary.LittleEndian.Uint16(chunk[2:]))
	f.Rate = int(binary.LittleEndian.Uint32(chunk[4:]))
	bits := binary.LittleEndian.Uint16(chunk[14:])
	if kind == formatExtends && len(chunk) >= extensible && bytes.Equal(chunk[26:40], pcmGUID) {
		kind = binary.LittleEndian.Uint16(chunk[24:])
	}
	f.PCM = kind == formatPCM && bits == 16
}

// Decode reads a WAV file of 16-bit mono PCM at any rate. The error wraps
// ErrCorrupt, ErrTruncated, ErrNotPCM or ErrStereo.
func Decode(wav []byte) (Sound, error) {
	f, err := Inspect(wav)
	if err != nil {
		return Sound{}, err
	}
	switch {
	case !f.PCM:
		return Sound{}, ErrNotPCM
	case f.Channels != 1:
		return Sound{}, fmt.Errorf("%w: it has %d", ErrStereo, f.Channels)
	case f.Rate <= 0:
		return Sound{}, fmt.Errorf("%w: a rate of 0", ErrCorrupt)
	case f.Bytes%2 != 0:
		return Sound{}, fmt.Errorf("%w: half a sample at its end", ErrCorrupt)
	case int64(f.data)+f.Bytes > int64(len(wav)):
		return Sound{}, fmt.Errorf("%w: %d of %d bytes are there", ErrTruncated, len(wav)-f.data, f.Bytes)
	}
	s := Sound{Rate: f.Rate, Samples: make([]int16, f.Bytes/2)}
	for i := range s.Samples {
		s.Samples[i] = int16(binary.LittleEndian.Uint16(wav[f.data+2*i:]))
	}
	return s, nil
}

// WAV writes the sound as a file of 44 bytes of head and the samples. The same
// sound gives the same bytes, and nothing stands in them but the sound.
func (s Sound) WAV() []byte {
	wav := make([]byte, 0, headerBytes+2*len(s.Samples))
	size := uint32(2 * len(s.Samples))
	wav = append(wav, "RIFF"...)
	wav = binary.LittleEndian.AppendUint32(wav, headerBytes-chunkHeader+size)
	wav = append(wav, "WAVEfmt "...)
	wav = binary.LittleEndian.AppendUint32(wav, formatBytes)
	wav = binary.LittleEndian.AppendUint16(wav, formatPCM)
	wav = binary.LittleEndian.AppendUint16(wav, 1)
	wav = binary.LittleEndian.AppendUint32(wav, uint32(s.Rate))
	wav = binary.LittleEndian.AppendUint32(wav, uint32(2*s.Rate))
	wav = binary.LittleEndian.AppendUint16(wav, 2)
	wav = binary.LittleEndian.AppendUint16(wav, 16)
	wav = append(wav, "data"...)
	wav = binary.LittleEndian.AppendUint32(wav, size)
	for _, v := range s.Samples {
		wav = binary.LittleEndian.AppendUint16(wav, uint16(v))
	}
	return wav
}
