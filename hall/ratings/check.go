package ratings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// parse reads a file and holds it to what a book would have written.
func parse(data []byte) (f file, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return file{}, fmt.Errorf("it cannot be read: %w", err)
	}
	if d.More() {
		return file{}, errors.New("something stands behind its end")
	}
	if f.Version != version {
		return file{}, fmt.Errorf("its version is %d, and this program reads %d", f.Version, version)
	}
	return f, f.plausible()
}

// UnmarshalJSON reads a list of exactly as many counts as there are levels.
func (c *Counts) UnmarshalJSON(data []byte) error {
	var counts []int
	if err := json.Unmarshal(data, &counts); err != nil {
		return err
	}
	if len(counts) != Levels {
		return fmt.Errorf("%d counts for %d levels", len(counts), Levels)
	}
	*c = Counts(counts)
	return nil
}

func (f file) plausible() error {
	for day, counts := range f.Days {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fmt.Errorf("%q is no day", day)
		}
		for i, n := range counts {
			if n < 0 {
				return fmt.Errorf("on %s score %d was given %d times", day, i+1, n)
			}
		}
	}
	if !slices.IsSorted(f.Rated) || len(slices.Compact(slices.Clone(f.Rated))) != len(f.Rated) {
		return errors.New("who has rated is not in order")
	}
	return nil
}

// even tells whether today there are as many ratings as numbers have rated. Who
// has rated is forgotten when the day turns; so after a clock was set back there
// may be more ratings, which is to be told and no reason to lose them.
func (f file) even() error {
	if n := f.Days[f.Today].N(); len(f.Rated) > 0 && n != len(f.Rated) {
		return fmt.Errorf("on %s there are %d ratings by %d numbers", f.Today, n, len(f.Rated))
	}
	return nil
}

// Check proves that the ratings in a file are plausible: the counters are
// numbers of ratings, and today's are as many as numbers have rated. Each fault
// is a sentence; a file that was moved aside is one, until somebody takes it
// away. No file is no fault. The error is of a disk that cannot be read.
func Check(path string) (faults []string, err error) {
	aside, err := filepath.Glob(path + asideMark + "*")
	if err != nil {
		return nil, err
	}
	for _, name := range aside {
		faults = append(faults, "the ratings were damaged and moved aside, to "+name+": their days are not counted; take it away once you have looked at it")
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return faults, nil
	}
	if err != nil {
		return faults, err
	}
	f, err := parse(data)
	if err == nil {
		err = f.even()
	}
	if err != nil {
		faults = append(faults, "the ratings in "+path+": "+err.Error())
	}
	return faults, nil
}
