package shipped

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"strings"
	"time"

	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/sound"
)

// A voice travels as a zip file: the manifest as it is, and of every clip a
// stream of how its curve bends. Where WAV files take 32 KB a second, this takes
// 10, and unpacks to the very bytes whose checksums the manifest has.
//
// A stream holds, of samples in steps of 56, each one's difference from the
// straight line through the two before it, as a signed varint (encoding/binary).
const (
	step   = 56
	packed = ".bend"
	plain  = ".wav"
	// mostSamples is more than any clip has: a damaged file cannot fill the memory.
	mostSamples = 60 * pack.MaxRate
	mostZipped  = 8 << 20
)

// Reduce rounds samples to steps of 56. What is lost lies 46 dB below speech of
// sound.Loudness: in no hall can that be heard.
func Reduce(s sound.Sound) sound.Sound {
	reduced := sound.Sound{Rate: s.Rate, Samples: make([]int16, len(s.Samples))}
	for i, v := range s.Samples {
		steps := math.Round(float64(v) / step)
		reduced.Samples[i] = int16(step * min(math.MaxInt16/step, steps))
	}
	return reduced
}

// Write packs a voice. The sounds are by the names of their files and were
// reduced; the same voice gives the same bytes.
func Write(m pack.Manifest, sounds map[string]sound.Sound) ([]byte, error) {
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	text, err := m.Write()
	if err != nil {
		return nil, err
	}
	if err := add(z, pack.ManifestFile, text); err != nil {
		return nil, err
	}
	for _, e := range m.Clips {
		if err := add(z, strings.TrimSuffix(e.File, plain)+packed, bend(sounds[e.File])); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return file.Bytes(), err
}

func add(z *zip.Writer, name string, data []byte) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}) // no date: the same voice, the same bytes
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

func bend(s sound.Sound) []byte {
	var stream []byte
	before, last := int64(0), int64(0)
	for _, v := range s.Samples {
		now := int64(v) / step
		stream = binary.AppendVarint(stream, now-2*last+before)
		before, last = last, now
	}
	return stream
}

func unbend(stream []byte, rate int) (sound.Sound, error) {
	s := sound.Sound{Rate: rate}
	before, last := int64(0), int64(0)
	for len(stream) > 0 {
		change, n := binary.Varint(stream)
		now := change + 2*last - before
		if n <= 0 || now*step < math.MinInt16 || now*step > math.MaxInt16 || len(s.Samples) >= mostSamples {
			return sound.Sound{}, errors.New("no curve of a sound")
		}
		s.Samples = append(s.Samples, int16(now*step))
		before, last, stream = last, now, stream[n:]
	}
	return s, nil
}

// Open gives the folder of a packed voice, to be read like any other. The error
// tells that the file is none; what is wrong with a clip shows when that is read.
func Open(file []byte) (fs.FS, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, fmt.Errorf("a packed voice: %w", err)
	}
	manifest, err := unzip(z, pack.ManifestFile)
	if err != nil {
		return nil, fmt.Errorf("a packed voice: %w", err)
	}
	m, fault := pack.ParseManifest(manifest)
	if fault != nil {
		return nil, fmt.Errorf("a packed voice: %w", fault)
	}
	return folder{z, m.Rate}, nil
}

func unzip(z *zip.Reader, name string) ([]byte, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostZipped+1))
	if err == nil && len(data) > mostZipped {
		err = fmt.Errorf("%s is too large", name)
	}
	return data, err
}

// folder shows a packed voice's clips as the WAV files they were.
type folder struct {
	z    *zip.Reader
	rate int
}

func (f folder) Open(name string) (fs.File, error) {
	clip, isClip := strings.CutSuffix(name, plain)
	if !isClip {
		return f.z.Open(name)
	}
	stream, err := unzip(f.z, clip+packed)
	if err != nil {
		return nil, err
	}
	s, err := unbend(stream, f.rate)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	wav := s.WAV()
	return &opened{Reader: bytes.NewReader(wav), name: path.Base(name), size: int64(len(wav))}, nil
}

// opened is a file in the memory.
type opened struct {
	*bytes.Reader
	name string
	size int64
}

func (o *opened) Stat() (fs.FileInfo, error) { return o, nil }
func (o *opened) Close() error               { return nil }
func (o *opened) Name() string               { return o.name }
func (o *opened) Size() int64                { return o.size }
func (o *opened) Mode() fs.FileMode          { return 0o444 }
func (o *opened) ModTime() time.Time         { return time.Time{} }
func (o *opened) IsDir() bool                { return false }
func (o *opened) Sys() any                   { return nil }
