package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	jsonv2 "github.com/go-json-experiment/json"

	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/sound"
	"petitionhall/queue"
)

// ManifestFile is the name of the manifest in its folder.
const ManifestFile = "manifest.json"

// format is of manifests as this program writes and reads them.
const format = 1

// The rates a pack may have, in samples a second.
const (
	MinRate = 16000
	MaxRate = 24000
)

// Origin says where a voice comes from.
type Origin string

// A voice was recorded from a person or made by a program.
const (
	Recorded    Origin = "recorded"
	Synthesised Origin = "synthesised"
)

// Manifest is what a pack says of itself. Unknown fields are refused: there is no
// place for a person's name.
type Manifest struct {
	// Format is 1.
	Format int `json:"format"`
	// Language is its short tag, such as zh, en or dong.
	Language string `json:"language"`
	// Title is what people call it, such as 侗语（榕江）: 1-40 characters.
	Title string `json:"title"`
	// Origin is recorded or synthesised.
	Origin  Origin  `json:"origin"`
	Consent Consent `json:"consent"`
	// Licence says what others may do with the clips: 1-4,000 characters.
	Licence string `json:"licence"`
	// Made is the date of the last change, as 2006-01-02.
	Made string `json:"made"`
	// Rate is that of every clip, in samples a second, MinRate to MaxRate.
	Rate int `json:"rate"`
	// Clips stand in the order of their names.
	Clips []Entry `json:"clips"`
}

// Consent is the speaker's agreement.
type Consent struct {
	// Given must be true: without it no clip is used.
	Given bool `json:"given"`
	// Sentence is what was agreed to: one of those of ConsentSentence, word for word,
	// so that nobody's name comes to stand in it.
	Sentence string `json:"sentence"`
}

// Entry is one clip of a manifest.
type Entry struct {
	// Name is the clip's, of the language's list.
	Name string `json:"name"`
	// File stands in the folder itself: lower-case letters, digits and hyphens, and .wav.
	File string `json:"file"`
	// SHA256 is the checksum of the file, in hexadecimal.
	SHA256 string `json:"sha256"`
	// Samples is the clip's length.
	Samples int `json:"samples"`
	// RMS and Peak are its levels in dBFS, to a tenth.
	RMS  float64 `json:"rms"`
	Peak float64 `json:"peak"`
	// Prompt is the digest of what was to be read (see Prompt); empty when not told.
	Prompt string `json:"prompt,omitempty"`
}

// ConsentSentence is what a speaker agrees to, as the page shows it and the
// manifest keeps it. Of a synthesised voice it says that nobody spoke.
func ConsentSentence(o Origin) queue.Text {
	if o == Synthesised {
		return queue.Text{ZH: "这是合成的声音，没有人录音。", EN: "This voice is synthesised; nobody was recorded."}
	}
	return queue.Text{
		ZH: "录音的人同意大厅用这些录音叫号，也知道随时可以要求删掉。",
		EN: "The speaker agrees that the hall calls numbers with these recordings, and knows that they are deleted on request.",
	}
}

// Prompt is a digest of what a clip's reader is asked to say: when the list
// changes, it tells which clips say something else.
func Prompt(c phrase.Clip) string {
	sum := sha256.Sum256([]byte(c.Text + "\n" + c.Pinyin))
	return hex.EncodeToString(sum[:8])
}

// NewEntry describes a clip in a file as it is to stand in a manifest.
func NewEntry(c phrase.Clip, file string, wav []byte, s sound.Sound) Entry {
	return Entry{Name: c.Name, File: file, SHA256: checksum(wav), Samples: len(s.Samples), RMS: tenth(s.RMS()), Peak: tenth(s.Peak()), Prompt: Prompt(c)}
}

// Write gives the manifest as a file: the same manifest, the same bytes.
func (m Manifest) Write() ([]byte, error) {
	m.Clips = slices.Clone(m.Clips)
	if m.Clips == nil {
		m.Clips = []Entry{}
	}
	slices.SortFunc(m.Clips, func(a, b Entry) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the manifest: %w", err)
	}
	return append(text, '\n'), nil
}

const (
	maxManifest = 1 << 20
	maxTitle    = 40
	maxLicence  = 4000
)

var (
	languageTag = regexp.MustCompile(`^[a-z]{2,8}(-[a-z0-9]{1,8})*$`)
	fileName    = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,95}\.wav$`)
)

// readManifest reads the manifest of a folder; a fault of it is a fault of the whole pack.
func readManifest(fsys fs.FS) (Manifest, *Fault) {
	data, size, err := readFile(fsys, ManifestFile, maxManifest)
	switch {
	case err != nil:
		return Manifest{}, fault("", "manifest.missing")
	case size > maxManifest:
		return Manifest{}, fault("", "manifest.too-large")
	}
	return ParseManifest(data)
}

// ParseManifest reads a manifest and checks all that can be told without its clips.
func ParseManifest(data []byte) (Manifest, *Fault) {
	var m Manifest
	if err := jsonv2.Unmarshal(data, &m, jsonv2.RejectUnknownMembers(true)); err != nil {
		return Manifest{}, fault("", "manifest.corrupt", err.Error())
	}
	wrong := func(field string) (Manifest, *Fault) { return Manifest{}, fault("", "manifest.field", field) }
	switch {
	case m.Format != format:
		return wrong("format")
	case !languageTag.MatchString(m.Language):
		return wrong("language")
	case !plain(m.Title, maxTitle, false):
		return wrong("title")
	case m.Origin != Recorded && m.Origin != Synthesised:
		return wrong("origin")
	case !plain(m.Licence, maxLicence, true):
		return wrong("licence")
	case m.Rate < MinRate || m.Rate > MaxRate:
		return wrong("rate")
	}
	if _, err := time.Parse(time.DateOnly, m.Made); err != nil {
		return wrong("made")
	}
	words := ConsentSentence(m.Origin)
	if !m.Consent.Given || m.Consent.Sentence != words.ZH && m.Consent.Sentence != words.EN {
		return Manifest{}, fault("", "pack.consent")
	}
	return m, nil
}

// plain tells whether a text has 1 to limit characters and none that steers a screen.
func plain(text string, limit int, lines bool) bool {
	n := utf8.RuneCountInString(text)
	if n < 1 || n > limit || !utf8.ValidString(text) {
		return false
	}
	for _, r := range text {
		if !unicode.IsPrint(r) && (!lines || r != '\n') {
			return false
		}
	}
	return true
}

// readFile reads a plain file of at most limit bytes. Of a larger one it gives the
// beginning, and the size.
func readFile(fsys fs.FS, name string, limit int64) (data []byte, size int64, err error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fmt.Errorf("%s is no plain file", name)
	}
	if data, err = io.ReadAll(io.LimitReader(file, limit+1)); err != nil {
		return nil, 0, err
	}
	size = max(info.Size(), int64(len(data)))
	return data[:min(int64(len(data)), limit)], size, nil
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
