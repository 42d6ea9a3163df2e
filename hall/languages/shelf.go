package languages

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
)

const (
	// Most is how many languages a visitor may choose from, zh and en among them: the kiosk shows them on one screen.
	Most = 12
	// maxFiles bounds how much is read of a folder in which anything may lie.
	maxFiles = 64
)

// Shelf is the folder of a hall's language files. It is read again when a file in
// it has changed, so that a translator sees a change by loading the page anew.
// Several goroutines may use it.
type Shelf struct {
	dir string
	log *slog.Logger

	mu     sync.Mutex
	mark   string      // of the files as they were read
	files  []*Language // as they were read, unusable ones too
	chosen []*Language // what a visitor may choose
}

// OpenShelf reads the folder; that there is none is as it should be. What is wrong
// with a file is told to the log, once for each time it is read.
func OpenShelf(dir string, log *slog.Logger) *Shelf {
	s := &Shelf{dir: dir, log: log}
	s.look()
	return s
}

// All are the languages that a visitor may choose: zh, en, and the hall's own in the order of their tags.
func (s *Shelf) All() []*Language {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.look()
	return s.chosen
}

// Files are all files of the folder as they were read, in the order of their names.
func (s *Shelf) Files() []*Language {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.look()
	return s.files
}

// Language finds a language by its tag; ok is false for one that a visitor cannot choose.
func (s *Shelf) Language(tag string) (l *Language, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.chosen, func(l *Language) bool { return l.Tag == tag })
	if i < 0 {
		return nil, false
	}
	return s.chosen[i], true
}

// look reads the folder again if a file in it has changed.
func (s *Shelf) look() {
	entries, mark := s.entries()
	if mark == s.mark && s.chosen != nil {
		return
	}
	s.mark, s.files = mark, nil
	zh, en := builtin(Chinese), builtin(English)
	var further []*Language
	for _, entry := range entries {
		l := s.read(entry.Name())
		s.files = append(s.files, l)
		switch {
		case !l.Usable():
		case l.Tag == Chinese:
			zh = l
		case l.Tag == English:
			en = l
		case len(further) == Most-2:
			l.Faults = append(l.Faults, fault(l.File, 0, "", "file.too-many", Most))
		default:
			further = append(further, l)
		}
	}
	s.chosen = append([]*Language{zh, en}, further...)
	s.tell()
}

func (s *Shelf) tell() {
	for _, l := range s.files {
		for _, f := range l.Faults {
			message := "a text of a language file cannot be used; that of its fallback is shown"
			if f.Key == "" {
				message = "a language file cannot be used"
			} else if f.Warning {
				message = "look at a text of a language file"
			}
			s.log.Warn(message, "code", f.Code, "cause", f.Error())
		}
	}
}

// entries are the language files of the folder in the order of their names, and a
// mark that is another when one of them is.
func (s *Shelf) entries() (files []fs.DirEntry, mark string) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, ""
	}
	var all strings.Builder
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || !strings.HasSuffix(name, suffix) && !strings.HasSuffix(name, ".yml") || len(files) == maxFiles {
			continue
		}
		files = append(files, e)
		if info, err := e.Info(); err == nil {
			_, _ = fmt.Fprintf(&all, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano()) // a builder never fails
		}
	}
	return files, all.String()
}

var errNoFile = errors.New("it is no plain file")

func (s *Shelf) read(name string) *Language {
	if base, short := strings.CutSuffix(name, ".yml"); short {
		return &Language{Tag: base, File: name, Faults: []Fault{fault(name, 0, "", "file.name", base+suffix)}}
	}
	data, err := readFile(s.dir, name)
	if err != nil {
		return &Language{Tag: strings.TrimSuffix(name, suffix), File: name, Faults: []Fault{fault(name, 0, "", "file.unreadable", err)}}
	}
	return Parse(name, data)
}

// readFile reads a plain file of the folder. Of a larger one than may be it gives
// one byte more, so that Parse sees that it is.
func readFile(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir) // a link may not lead out of the folder
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if info, err := root.Stat(name); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, errNoFile
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxFile+1))
}
