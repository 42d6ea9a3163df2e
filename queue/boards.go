package queue

import (
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"
)

// BoardID names a wall board; it stands in the board's address, /board?board=ID.
type BoardID string

// BoardConfig is one wall board: which windows it shows, and for whom to read.
// Its sizes follow from the screen and the distance: a text must be 0.7 degrees
// high for whoever reads it, 12.2 mm for each metre.
type BoardConfig struct {
	// ID is lower-case letters, digits and hyphens, at most 32.
	ID BoardID `json:"id"`
	// Name stands on top in place of the hall's name; empty for the hall's.
	Name Text `json:"name"`
	// Windows are those that the board shows, in their order; empty for all.
	Windows []WindowID `json:"windows,omitempty"`
	// Columns of windows, 1-4; 0 for as many as look best.
	Columns int `json:"columns,omitempty"`
	// DistanceMetres is from how far the calls must be read, 1-20; 0 fills the screen.
	DistanceMetres int `json:"distanceMetres,omitempty"`
	// ScreenInches is the screen's diagonal, 5-150; 0 for 55.
	ScreenInches int `json:"screenInches,omitempty"`
	// Orientation is how the screen hangs: landscape, portrait, or empty for the
	// way its system has it. A page that finds it otherwise turns itself.
	Orientation string `json:"orientation,omitempty"`
	// Notices stand in place of the hall's own; at most 20.
	Notices []Text `json:"notices,omitempty"`
	// HideNotices and HideLeader keep notices and the leader on duty off the board.
	HideNotices bool `json:"hideNotices,omitempty"`
	HideLeader  bool `json:"hideLeader,omitempty"`
	// Speaks lets the voice come out of this board.
	Speaks bool `json:"speaks,omitempty"`
}

// Board finds a board by its id.
func (c *Configuration) Board(id BoardID) (*BoardConfig, bool) {
	for i := range c.Boards {
		if c.Boards[i].ID == id {
			return &c.Boards[i], true
		}
	}
	return nil, false
}

const (
	maxBoards  = 64
	maxNotices = 20
	// maxNotice is how long a notice may be, in characters: it must be read in the
	// ten seconds that it stands.
	maxNotice = 60
	// maxNoticeEN is the same for English, whose characters are narrower and words longer.
	maxNoticeEN = 160
)

var slug = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

func (c *Configuration) validateBoards() error {
	if err := validateNotices("notices", c.Notices); err != nil {
		return err
	}
	if len(c.Boards) > maxBoards {
		return invalid("boards", "%d boards are more than %d", len(c.Boards), maxBoards)
	}
	seen := map[BoardID]bool{}
	for i := range c.Boards {
		b := &c.Boards[i]
		at := fmt.Sprintf("boards[%d]", i)
		switch {
		case !slug.MatchString(string(b.ID)):
			return invalid(at+".id", "%q is no id: lower-case letters, digits and hyphens, at most 32", b.ID)
		case seen[b.ID]:
			return invalid(at+".id", "%q stands twice", b.ID)
		case b.Columns < 0 || b.Columns > 4:
			return invalid(at+".columns", "%d is not between 1 and 4", b.Columns)
		case b.DistanceMetres < 0 || b.DistanceMetres > 20:
			return invalid(at+".distanceMetres", "%d is not between 1 and 20", b.DistanceMetres)
		case b.ScreenInches != 0 && (b.ScreenInches < 5 || b.ScreenInches > 150):
			return invalid(at+".screenInches", "%d is not between 5 and 150", b.ScreenInches)
		case !slices.Contains([]string{"", "landscape", "portrait"}, b.Orientation):
			return invalid(at+".orientation", "%q is neither landscape nor portrait", b.Orientation)
		}
		seen[b.ID] = true
		for j, id := range b.Windows {
			if _, ok := c.Window(id); !ok {
				return invalid(fmt.Sprintf("%s.windows[%d]", at, j), "%q is no window of this hall", id)
			}
			if slices.Contains(b.Windows[:j], id) {
				return invalid(fmt.Sprintf("%s.windows[%d]", at, j), "%q stands twice", id)
			}
		}
		if err := validateNotices(at+".notices", b.Notices); err != nil {
			return err
		}
	}
	return nil
}

// validateNotices holds notices to what can be read while they stand. Markup is
// no fault: it is shown as it is written.
func validateNotices(path string, notices []Text) error {
	if len(notices) > maxNotices {
		return invalid(path, "more than %d notices", maxNotices)
	}
	for i, n := range notices {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch zh, en := utf8.RuneCountInString(n.ZH), utf8.RuneCountInString(n.EN); {
		case zh == 0:
			return invalid(at+".zh", "a notice needs words")
		case zh > maxNotice:
			return invalid(at+".zh", "%d characters are more than the %d that can be read while it stands", zh, maxNotice)
		case en > maxNoticeEN:
			return invalid(at+".en", "%d characters are more than the %d that can be read while it stands", en, maxNoticeEN)
		}
	}
	return nil
}
