// Package ratings counts how content visitors were (群众满意度), and keeps the
// counts apart from everything else.
//
// A rating is one of five levels, given once by whoever holds the code of a
// number that was received today. It is counted for the whole hall and the day:
// never for a window, a clerk or a ticket, with no time and in no order. Only
// that a number has rated is known, for today, so that nobody rates twice: its
// id stands in a sorted list without a score.
//
// All of it is one file, replaced whole with each rating: there is no record
// after record of which one could be held against the journal's. The file is on
// the disk before a rating counts, and a hall that is killed finds the old one
// or the new one.
//
// A file that is damaged is moved aside and told loudly: a hall goes on giving
// numbers without its ratings. `petitionhall check` says so until somebody has
// looked. See docs/adr/0010-ratings.md.
package ratings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Levels are how many levels there are; what each means stands at Score.
const Levels = 5

// Score is how content a visitor was: 1 very dissatisfied (非常不满意), 2 不满意,
// 3 基本满意, 4 满意, 5 very satisfied (非常满意).
type Score int

// Counts are how often each score was given, score 1 first.
type Counts [Levels]int

// N is how many ratings there are.
func (c Counts) N() (n int) {
	for _, count := range c {
		n += count
	}
	return n
}

// FewestShown is how many ratings a share needs: of fewer it would tell of persons.
const FewestShown = 10

// Satisfied is the share (满意率) of the upper three of the five levels, 0 to 1;
// ok is false for fewer ratings than FewestShown. It is always shown together with N.
func (c Counts) Satisfied() (share float64, ok bool) {
	n := c.N()
	if n < FewestShown {
		return 0, false
	}
	return float64(c[2]+c[3]+c[4]) / float64(n), true
}

var (
	// ErrGiven refuses a second rating of a number.
	ErrGiven = errors.New("this number has rated already")
	// ErrScore refuses a score that is none.
	ErrScore = fmt.Errorf("a score is 1 to %d", Levels)
)

// file is what stands in the file.
type file struct {
	Version int               `json:"version"`
	Days    map[string]Counts `json:"days"`
	// Today is the date of Rated, the sorted ids of the numbers that have rated.
	Today string   `json:"today"`
	Rated []string `json:"rated"`
}

// version is that of the file's form.
const version = 1

// Book holds the ratings of a hall. It is safe for concurrent use.
type Book struct {
	path string

	writing sync.Mutex   // held by the one who replaces the file
	mu      sync.RWMutex // guards kept, and is never held while the disk works
	kept    file         // never changed in place
}

// Open reads the ratings in a file of the data directory, if there is one. A file
// that is damaged is moved aside, beside it and under its own name with the
// moment behind it, and the book begins empty. The error is of a disk that
// cannot be read or written.
func Open(path string, now time.Time, log *slog.Logger) (*Book, error) {
	b := &Book{path: path, kept: file{Version: version}}
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return b, nil
	case err != nil:
		return nil, fmt.Errorf("the ratings: %w", err)
	}
	kept, err := parse(data)
	if err == nil {
		b.kept = kept
		return b, nil
	}
	aside := path + asideMark + now.UTC().Format("20060102T150405Z")
	if moved := os.Rename(path, aside); moved != nil {
		return nil, fmt.Errorf("the ratings are damaged (%w) and cannot be moved aside: %w", err, moved)
	}
	log.Error("the ratings are damaged; they were moved aside, and counting begins anew. Numbers are not concerned", "file", aside, "cause", err)
	return b, nil
}

const asideMark = ".damaged-"

// Rate counts the score of a ticket, on the day of the ticket. Its error is
// ErrScore, ErrGiven, or that the disk did not take it; then it does not count.
func (b *Book) Rate(day, ticket string, score Score) error {
	if score < 1 || score > Levels {
		return ErrScore
	}
	b.writing.Lock()
	defer b.writing.Unlock()
	next := b.now().on(day)
	place, given := slices.BinarySearch(next.Rated, ticket)
	if given {
		return ErrGiven
	}
	next.Rated = slices.Insert(slices.Clone(next.Rated), place, ticket)
	next.Days = maps.Clone(next.Days)
	if next.Days == nil {
		next.Days = map[string]Counts{}
	}
	counts := next.Days[day]
	counts[score-1]++
	next.Days[day] = counts
	return b.keep(next)
}

// Given tells whether a ticket of the day has rated.
func (b *Book) Given(day, ticket string) bool {
	_, given := slices.BinarySearch(b.now().on(day).Rated, ticket)
	return given
}

// Day is what was counted on a day.
func (b *Book) Day(day string) Counts { return b.now().Days[day] }

// Forget drops who has rated on another day than this one.
func (b *Book) Forget(today string) error {
	b.writing.Lock()
	defer b.writing.Unlock()
	if kept := b.now(); len(kept.Rated) > 0 && kept.Today != today {
		return b.keep(kept.on(today))
	}
	return nil
}

func (b *Book) now() file {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.kept
}

// keep writes the file, and lets it count once it is on the disk.
func (b *Book) keep(next file) error {
	data, err := json.Marshal(next)
	if err == nil {
		err = replace(b.path, append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("the ratings: %w", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept = next
	return nil
}

// on is the file as it stands on a day: those who rated on another are nobody's business.
func (f file) on(day string) file {
	if f.Today != day {
		f.Today, f.Rated = day, nil
	}
	return f
}

// replace replaces a file so that after a fall of the machine there is the old
// one or the new one, whole.
func replace(path string, data []byte) error {
	directory := filepath.Dir(path)
	next, err := os.CreateTemp(directory, ".ratings-*")
	if err != nil {
		return err
	}
	_, err = next.Write(data)
	err = errors.Join(err, next.Sync(), next.Close())
	if err == nil {
		err = os.Rename(next.Name(), path)
	}
	if err != nil {
		_ = os.Remove(next.Name()) // what is left of it is of no use
		return err
	}
	return syncDirectory(directory)
}

// syncDirectory lets a new name survive a fall of the machine. Windows sees to
// that by itself and lets nobody ask.
func syncDirectory(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	directory, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(directory.Sync(), directory.Close())
}
