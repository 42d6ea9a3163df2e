package estimate

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// visit is a row of the log. A zero time is unknown.
type visit struct {
	service                   string
	arrived, called, finished time.Time
	windows                   int // 0: unknown
	row                       int // the first below the column names is 1
}

// table is a log as it was read, ordered by arrival.
type table struct {
	visits []visit
	// left are rows without an arrival, or called before it; doubled are rows that stood there before.
	left, doubled int
}

// columns are those that a log may have; the first two must be there.
var columns = []string{"arrived", "called", "service", "finished", "windows"}

// mostWindows bounds counts that were typed in wrongly.
const mostWindows = 1_000_000

// read reads a log. The error says in which line what cannot be read.
func read(in io.Reader) (table, error) {
	data, err := io.ReadAll(in)
	if err != nil {
		return table{}, err
	}
	r, at, err := headed(plain(data))
	if err != nil {
		return table{}, err
	}
	var records []record
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return table{}, unreadable(err)
		}
		line, _ := r.FieldPos(0)
		records = append(records, record{cells, line})
	}
	return tableOf(records, at)
}

// plain is the text without a byte order mark, in UTF-8, with single line ends.
func plain(data []byte) string {
	text := string(data)
	if little, big := strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"); little || big {
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			low, high := data[i], data[i+1]
			if big {
				low, high = high, low
			}
			units = append(units, uint16(high)<<8|uint16(low))
		}
		text = string(utf16.Decode(units))
	}
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if first, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(strings.ToLower(first), "sep=") {
		return rest // a spreadsheet's own line
	}
	return text
}

// headed finds the separator and the columns, and leaves the reader at the first row.
func headed(text string) (*csv.Reader, map[string]int, error) {
	var missing error
	for _, comma := range ",;\t|" {
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = comma, -1, comma != '\t'
		names, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil, nil, errors.New("it is empty: its first line has the column names")
		}
		if err != nil {
			missing = unreadable(err)
			continue
		}
		at := map[string]int{}
		for i, name := range slices.Backward(names) {
			at[strings.ToLower(strings.TrimSpace(name))] = i
		}
		absent := slices.DeleteFunc(slices.Clone(columns[:2]), func(name string) bool { _, ok := at[name]; return ok })
		if len(absent) == 0 {
			return r, at, nil
		}
		if missing == nil || len(absent) == 1 {
			missing = fmt.Errorf("line 1: the column %q is missing; a log has the columns service, arrived, called, finished, windows", absent[0])
		}
	}
	return nil, nil, missing
}

func unreadable(err error) error {
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		return fmt.Errorf("line %d: %w", parse.Line, parse.Err)
	}
	return err
}

// record is a row as it stands in the file.
type record struct {
	cells []string
	line  int
}

func tableOf(records []record, at map[string]int) (t table, err error) {
	clock := newClock(records, at)
	seen := map[string]bool{}
	for i, one := range records {
		v, err := visitOf(one.cells, at, clock)
		if err != nil {
			return t, fmt.Errorf("line %d: %w", one.line, err)
		}
		v.row = i + 1
		switch key := strings.Join(one.cells, "\x00"); {
		case v.arrived.IsZero(), !v.called.IsZero() && v.called.Before(v.arrived):
			t.left++
		case seen[key] && (len(one.cells) > len(columns) || !v.arrived.Equal(v.arrived.Truncate(time.Minute))):
			// Two visitors of the same minute may well look alike; of the same second they do not.
			t.doubled++
		default:
			seen[key] = true
			t.visits = append(t.visits, v)
		}
	}
	if len(t.visits) == 0 {
		return t, fmt.Errorf("there is no visit in it: none of its %d rows has an arrival, and no call before it", len(records))
	}
	slices.SortStableFunc(t.visits, func(a, b visit) int { return a.arrived.Compare(b.arrived) })
	return t, nil
}

func visitOf(cells []string, at map[string]int, clock *clock) (v visit, err error) {
	cell := func(name string) string {
		if i, ok := at[name]; ok && i < len(cells) {
			return known(cells[i])
		}
		return ""
	}
	v.service = cell("service")
	if v.arrived, err = clock.arrival(cell("arrived")); err != nil {
		return v, fmt.Errorf("arrived: %w", err)
	}
	if v.called, err = clock.later(cell("called"), v.arrived); err != nil {
		return v, fmt.Errorf("called: %w", err)
	}
	if v.finished, err = clock.later(cell("finished"), v.arrived); err != nil {
		return v, fmt.Errorf("finished: %w", err)
	}
	if v.finished.Before(v.arrived) || v.finished.Before(v.called) {
		v.finished = time.Time{} // an end before its beginning is none
	}
	v.windows, err = count(cell("windows"))
	return v, err
}

// known is a cell's text, empty for the many ways to say that it is not known.
func known(text string) string {
	text = strings.TrimSpace(text)
	switch strings.ToLower(text) {
	case "na", "n/a", "nan", "nat", "null", "none", "nil", "-", "?", `\n`:
		return ""
	}
	return text
}

// count reads a count of windows; nothing, nought and less are unknown.
func count(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || math.IsNaN(n) {
		return 0, fmt.Errorf("windows: %q is not a count", text)
	}
	return int(max(min(n, mostWindows), 0)), nil
}
