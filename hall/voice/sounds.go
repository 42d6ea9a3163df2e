package voice

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"

	"petitionhall/hall/problem"
	"petitionhall/hall/voice/phrase"
	"petitionhall/hall/voice/sound"
)

// SoundsPath is where sounds are served; the name of a sound follows.
const SoundsPath = "/api/v1/voice/sounds/"

const (
	// keptAnnouncements is of how many announcements the sounds are kept: a board
	// on a bad line fetches what it is told while the next ones begin.
	keptAnnouncements = 16
	soundEnding       = ".wav"
	// soundAge lets a browser keep a sound: its name is made of what is heard, and
	// common ones come again the whole day.
	soundAge = "private, max-age=86400, immutable"
)

// Sounds keeps the sounds of the newest announcements, and serves them as WAV.
type Sounds struct {
	mu    sync.Mutex
	files map[string]repeated
	// recent are the names in each of the newest announcements, the oldest first.
	recent [][]string
}

// repeated is a sound that is heard so many times.
type repeated struct {
	sound.Sound
	times int
}

func (r repeated) all() sound.Sound { return r.Times(r.times, phrase.Again) }

func newSounds() *Sounds { return &Sounds{files: map[string]repeated{}} }

// name is made of what is heard.
func (r repeated) name() string {
	sum := sha256.New()
	_, _ = sum.Write(r.WAV()) // a digest takes everything
	_, _ = sum.Write([]byte{byte(r.times)})
	return hex.EncodeToString(sum.Sum(nil)[:10]) + soundEnding
}

// keep keeps the sounds of an announcement, and gives their addresses; the
// address of no sound is empty.
func (s *Sounds) keep(sounds ...repeated) (addresses []string) {
	var names []string
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range sounds {
		if len(r.Samples) == 0 || r.times < 1 {
			addresses = append(addresses, "")
			continue
		}
		name := r.name()
		s.files[name] = r
		names, addresses = append(names, name), append(addresses, SoundsPath+name)
	}
	s.recent = append(s.recent, names)
	if len(s.recent) > keptAnnouncements {
		s.recent = s.recent[1:]
		s.forget()
	}
	return addresses
}

// forget drops what no recent announcement has.
func (s *Sounds) forget() {
	wanted := map[string]bool{}
	for _, names := range s.recent {
		for _, name := range names {
			wanted[name] = true
		}
	}
	for name := range s.files {
		if !wanted[name] {
			delete(s.files, name)
		}
	}
}

// ServeHTTP answers with a sound, in whole or in part; what is no longer kept is
// refused with a problem.
func (s *Sounds) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, SoundsPath)
	s.mu.Lock()
	file, ok := s.files[name]
	s.mu.Unlock()
	if !ok {
		problem.New("voice.sound-unknown").Write(w)
		return
	}
	w.Header().Set("Content-Type", "audio/wav")
	w.Header().Set("Cache-Control", soundAge)
	w.Header().Set("Etag", `"`+strings.TrimSuffix(name, soundEnding)+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file.all().WAV()))
}
