package pack

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"petitionhall/hall/voice/phrase"
)

// Shelf is the folder in which a hall keeps its voices, each in a folder named by
// its id. What it writes is there whole or not at all, after a power cut too: a
// clip's file has a name of its own, and the manifest that leads to it takes the
// place of the old one in one step. Several goroutines may use it, but only one process.
type Shelf struct {
	root *os.Root
	now  func() time.Time
	mu   sync.Mutex
}

// Listed is a voice on a shelf.
type Listed struct {
	ID string
	*Pack
}

// New is what a voice is created from.
type New struct {
	// ID names its folder: 1-32 lower-case letters, digits and hyphens.
	ID string
	// Language is its short tag, such as zh or dong.
	Language string
	// Title is what people call it, 1-40 characters. Nobody's name belongs there.
	Title string
	// Consent must be true: the speaker agreed to the sentence of ConsentSentence.
	Consent bool
	// Licence says what others may do with it; empty for this hall's own use only.
	Licence string
	// Rate is that of all its clips, MinRate to MaxRate; 0 for DefaultRate.
	Rate int
}

const (
	// DefaultRate suits microphones: half of the 48,000 samples a second that most give.
	DefaultRate = 24000
	// OwnUse is the licence of a voice of which nothing else was agreed.
	OwnUse = "只供本大厅叫号使用。For calling numbers in this hall only."

	maxPacks = 32
	unborn   = ".new-"  // what is being written
	gone     = ".gone-" // what is being deleted
)

var slug = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// OpenShelf opens the folder, and makes it if need be. What an interrupted
// writing left there is removed. The hall's clock dates what is recorded.
func OpenShelf(dir string, now func() time.Time) (*Shelf, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the folder of voices: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("the folder of voices: %w", err)
	}
	s := &Shelf{root: root, now: now}
	for _, e := range s.entries(".") {
		if strings.HasPrefix(e.Name(), unborn) || strings.HasPrefix(e.Name(), gone) {
			_ = root.RemoveAll(e.Name()) // it is tried again next time
		}
	}
	return s, nil
}

// Close lets go of the folder.
func (s *Shelf) Close() error { return s.root.Close() }

// List reads all voices, in the order of their ids.
func (s *Shelf) List() []Listed {
	var all []Listed
	for _, e := range s.entries(".") {
		if !e.IsDir() || !slug.MatchString(e.Name()) {
			continue
		}
		if p, ok := s.Pack(e.Name()); ok {
			all = append(all, Listed{e.Name(), p})
		}
	}
	return all
}

// Pack reads one voice; ok is false when there is none of this id.
func (s *Shelf) Pack(id string) (p *Pack, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read(id)
}

func (s *Shelf) read(id string) (*Pack, bool) {
	if !s.has(id) {
		return nil, false
	}
	dir, err := s.root.OpenRoot(id)
	if err != nil {
		return &Pack{Faults: []Fault{*fault("", "manifest.missing")}}, true
	}
	defer dir.Close()
	return Read(dir.FS()), true
}

func (s *Shelf) has(id string) bool {
	if !slug.MatchString(id) {
		return false
	}
	info, err := s.root.Stat(id)
	return err == nil && info.IsDir()
}

// Create makes a voice without clips. The error is a *Fault when something about
// it is wrong: pack.name, pack.exists, pack.consent, pack.too-many, manifest.field.
func (s *Shelf) Create(n New) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := Manifest{Format: format, Language: n.Language, Title: n.Title, Origin: Recorded, Rate: n.Rate, Licence: n.Licence,
		Consent: Consent{Given: n.Consent, Sentence: ConsentSentence(Recorded).ZH}, Made: s.today()}
	if m.Rate == 0 {
		m.Rate = DefaultRate
	}
	if m.Licence == "" {
		m.Licence = OwnUse
	}
	text, err := m.Write()
	if err != nil {
		return err
	}
	_, wrong := ParseManifest(text)
	switch {
	case !slug.MatchString(n.ID):
		return fault("", "pack.name")
	case wrong != nil:
		return wrong
	case s.taken(n.ID):
		return fault("", "pack.exists")
	case len(s.entries(".")) >= maxPacks:
		return fault("", "pack.too-many", maxPacks)
	}
	// The folder gets its name when its manifest is in it.
	made := unborn + rand.Text()
	if err := s.root.Mkdir(made, 0o700); err != nil {
		return fmt.Errorf("create the voice %s: %w", n.ID, err)
	}
	if err = s.write(made, ManifestFile, text); err == nil {
		err = s.root.Rename(made, n.ID)
	}
	if err != nil {
		_ = s.root.RemoveAll(made) // what is left of it is removed at the next start
		return fmt.Errorf("create the voice %s: %w", n.ID, err)
	}
	return s.sync(".")
}

func (s *Shelf) taken(id string) bool {
	_, err := s.root.Lstat(id)
	return err == nil
}

// Put stores a recorded clip in a voice, in place of the one that was there. The
// WAV is written anew from its samples, so that nothing else comes with it. The
// error is a *Fault when the clip is refused: the same codes that Read gives, and
// pack.unknown; clip.same when it is another clip's recording.
func (s *Shelf) Put(id, clip string, wav []byte) (Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.change(id)
	if err != nil {
		return Entry{}, err
	}
	list := phrase.Clips(p.Manifest.Language)
	i := slices.IndexFunc(list, func(c phrase.Clip) bool { return c.Name == clip })
	if i < 0 {
		return Entry{}, fault(shown(clip), "clip.unknown")
	}
	heard, wrong := Check(list[i], p.Manifest.Rate, wav)
	if wrong != nil {
		return Entry{}, wrong
	}
	wav = heard.WAV()
	sum := checksum(wav)
	for _, o := range p.Manifest.Clips {
		if o.SHA256 == sum && o.Name != clip {
			return Entry{}, fault(clip, "clip.same", shown(o.Name))
		}
	}
	// A name of its own for every recording: until the manifest names it, the old one is the clip.
	e := NewEntry(list[i], clip+"-"+sum[:12]+".wav", wav, heard)
	if err := s.write(id, e.File, wav); err != nil {
		return Entry{}, fmt.Errorf("store the clip %s of %s: %w", clip, id, err)
	}
	m := p.Manifest
	m.Clips = append(without(m.Clips, clip), e)
	return e, s.replace(id, m)
}

// Delete takes one clip out of a voice. The error is a *Fault, clip.missing, when
// it is not in it, or pack.unknown.
func (s *Shelf) Delete(id, clip string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.change(id)
	if err != nil {
		return err
	}
	m := p.Manifest
	rest := without(m.Clips, clip)
	if len(rest) == len(m.Clips) {
		return fault(shown(clip), "clip.missing")
	}
	m.Clips = rest
	return s.replace(id, m)
}

// Remove deletes a voice with all that was recorded. The error is a *Fault,
// pack.unknown, when there is none of this id.
func (s *Shelf) Remove(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.has(id) {
		return fault("", "pack.unknown")
	}
	// In one step it is no voice any more; the rest may take its time, or be cut short.
	dying := gone + rand.Text()
	if err := s.root.Rename(id, dying); err != nil {
		return fmt.Errorf("delete the voice %s: %w", id, err)
	}
	if err := s.root.RemoveAll(dying); err != nil {
		return fmt.Errorf("delete the voice %s: %w", id, err)
	}
	return s.sync(".")
}

// change reads a voice that is to be changed. One whose manifest is at fault is left alone.
func (s *Shelf) change(id string) (*Pack, error) {
	p, ok := s.read(id)
	switch {
	case !ok:
		return nil, fault("", "pack.unknown")
	case p.Manifest.Format == 0:
		f := p.Faults[0]
		return nil, &f
	}
	return p, nil
}

// replace puts a manifest in the place of the old one and removes the files that it no longer names.
func (s *Shelf) replace(id string, m Manifest) error {
	m.Made = s.today()
	text, err := m.Write()
	if err == nil {
		err = s.write(id, ManifestFile, text)
	}
	if err != nil {
		return fmt.Errorf("store the manifest of %s: %w", id, err)
	}
	for _, e := range s.entries(id) {
		named := slices.ContainsFunc(m.Clips, func(c Entry) bool { return c.File == e.Name() })
		if !named && (fileName.MatchString(e.Name()) || strings.HasPrefix(e.Name(), unborn)) {
			_ = s.root.Remove(path.Join(id, e.Name())) // it is not used, and tried again next time
		}
	}
	return nil
}

// write makes a file that is there whole or not at all.
func (s *Shelf) write(dir, name string, data []byte) error {
	made := path.Join(dir, unborn+rand.Text())
	file, err := s.root.OpenFile(made, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = s.root.Rename(made, path.Join(dir, name))
	}
	if err != nil {
		_ = s.root.Remove(made) // what is left of it is of no use
		return err
	}
	return s.sync(dir)
}

// sync brings the names in a folder to the disk. Windows does that by itself and lets nobody ask.
func (s *Shelf) sync(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := s.root.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// entries are the names in a folder, in their order; none when it cannot be read.
func (s *Shelf) entries(dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(s.root.FS(), dir)
	if err != nil {
		return nil
	}
	return entries
}

func (s *Shelf) today() string { return s.now().Format(time.DateOnly) }

func without(entries []Entry, clip string) []Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Name == clip })
}
