package voice

import (
	"os"
	"path/filepath"
	"sync"
	"time"

	"petitionhall/hall/voice/pack"
	"petitionhall/hall/voice/shipped"
)

// Library are the voices of a hall: those that come with the program, and those
// on its shelf. A recorded voice is read once and again when its manifest has
// changed, so that what was recorded a moment ago is heard with the next call.
type Library struct {
	dir   string
	shelf *pack.Shelf

	mu   sync.Mutex
	kept map[string]kept
}

// kept is a voice as it was read, and the manifest that it was read by.
type kept struct {
	pack *pack.Pack
	at   time.Time
	size int64
}

// NewLibrary gives the voices of a shelf and of its folder.
func NewLibrary(dir string, shelf *pack.Shelf) *Library {
	return &Library{dir: dir, shelf: shelf, kept: map[string]kept{}}
}

// Recorded is a voice of the hall's own; nil when there is none of this name.
func (l *Library) Recorded(name string) *pack.Pack {
	l.mu.Lock()
	defer l.mu.Unlock()
	manifest, err := os.Stat(filepath.Join(l.dir, filepath.Base(name), pack.ManifestFile))
	if err != nil {
		delete(l.kept, name)
		return nil
	}
	if k, ok := l.kept[name]; ok && k.at.Equal(manifest.ModTime()) && k.size == manifest.Size() {
		return k.pack
	}
	p, ok := l.shelf.Pack(name)
	if !ok {
		return nil
	}
	l.kept[name] = kept{p, manifest.ModTime(), manifest.Size()}
	return p
}

// Synthesised is the voice that comes with the program in a language; nil when there is none.
func (l *Library) Synthesised(language string) *pack.Pack {
	p, ok := shipped.Pack(language)
	if !ok {
		return nil
	}
	return p
}
