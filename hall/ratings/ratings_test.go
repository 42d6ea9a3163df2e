package ratings_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"petitionhall/hall/ratings"
)

const (
	today    = "2026-11-25"
	tomorrow = "2026-11-26"
)

var now = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

func open(t testing.TB, path string) *ratings.Book {
	t.Helper()
	b, err := ratings.Open(path, now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sound fails when the checker finds a fault in the file.
func sound(t *testing.T, path string) {
	t.Helper()
	if faults, err := ratings.Check(path); err != nil || len(faults) > 0 {
		t.Errorf("the checker finds %q %v", faults, err)
	}
}

// TestOncePerNumber: a number rates once, also after a restart, and on another day anew.
func TestOncePerNumber(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ratings.json")
	b := open(t, path)
	for _, r := range []struct {
		day, ticket string
		score       ratings.Score
		want        error
	}{
		{today, "t-3", 5, nil}, {today, "t-3", 1, ratings.ErrGiven}, {today, "t-1", 1, nil}, {today, "t-2", 5, nil},
		{today, "t-4", 0, ratings.ErrScore}, {today, "t-4", 6, ratings.ErrScore}, {today, "t-4", -1, ratings.ErrScore},
	} {
		if err := b.Rate(r.day, r.ticket, r.score); !errors.Is(err, r.want) {
			t.Errorf("%s gives %d: %v, want %v", r.ticket, r.score, err, r.want)
		}
	}
	sound(t, path)
	b = open(t, path)
	if got := b.Day(today); got != (ratings.Counts{1, 0, 0, 0, 2}) {
		t.Errorf("counted %v", got)
	}
	if !b.Given(today, "t-1") || b.Given(today, "t-4") || b.Given(tomorrow, "t-1") {
		t.Error("it is not known who has rated")
	}
	if err := b.Rate(tomorrow, "t-1", 4); err != nil {
		t.Errorf("the next day: %v", err)
	}
	if b.Day(today).N() != 3 || b.Day(tomorrow).N() != 1 {
		t.Errorf("the days read %v and %v", b.Day(today), b.Day(tomorrow))
	}
	sound(t, path)
}

// TestForget: when the day has turned nothing tells who has rated, and the counts stay.
func TestForget(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ratings.json")
	b := open(t, path)
	if err := b.Rate(today, "20261125-17", 2); err != nil {
		t.Fatal(err)
	}
	if err := b.Forget(today); err != nil || !b.Given(today, "20261125-17") {
		t.Errorf("the same day: %v", err)
	}
	if err := b.Forget(tomorrow); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(data), "20261125-17") {
		t.Errorf("the file still says who: %s %v", data, err)
	}
	if open(t, path).Day(today).N() != 1 {
		t.Error("the count is lost")
	}
	sound(t, path)
}

// TestNothingLinksAScoreToANumber: in whatever order numbers rate, the file that
// results is the same, byte for byte.
func TestNothingLinksAScoreToANumber(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ratings.json")
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.IntRange(1, ratings.Levels), 1, 6).Draw(t, "scores")
		ids := make([]string, len(scores))
		for i := range ids {
			ids[i] = "20261125-" + strconv.Itoa(i+1)
		}
		write := func(ids []string, scores []int) []byte {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			b, err := ratings.Open(path, now, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			for i, id := range ids {
				if err := b.Rate(today, id, ratings.Score(scores[i])); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return data
		}
		first := write(ids, scores)
		second := write(rapid.Permutation(ids).Draw(t, "ids"), rapid.Permutation(scores).Draw(t, "order"))
		if !bytes.Equal(first, second) {
			t.Fatalf("the order is told:\n%s%s", first, second)
		}
	})
}

// TestFileHasNoRoomForMore: the file holds days, counters and ids, and no field for anything else.
func TestFileHasNoRoomForMore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ratings.json")
	if err := open(t, path).Rate(today, "20261125-1", 5); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"version":1,"days":{"2026-11-25":[0,0,0,0,1]},"today":"2026-11-25","rated":["20261125-1"]}` + "\n"; string(data) != want {
		t.Errorf("the file reads %s", data)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v %v", info.Mode(), err)
	}
}

// TestSatisfied: the share is of the upper three, and of fewer than ten ratings there is none.
func TestSatisfied(t *testing.T) {
	for _, c := range []struct {
		counts ratings.Counts
		share  float64
		ok     bool
	}{
		{ratings.Counts{}, 0, false}, {ratings.Counts{0, 0, 0, 0, 9}, 0, false}, {ratings.Counts{1, 1, 2, 3, 3}, 0.8, true},
		{ratings.Counts{10, 0, 0, 0, 0}, 0, true}, {ratings.Counts{0, 0, 10, 0, 0}, 1, true},
	} {
		if share, ok := c.counts.Satisfied(); share != c.share || ok != c.ok {
			t.Errorf("%v: %v %t, want %v %t", c.counts, share, ok, c.share, c.ok)
		}
	}
}

// TestDamaged: a damaged file is moved aside and told; the hall goes on, and the
// checker says so until the file is taken away.
func TestDamaged(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "half": `{"version":1,"days":{"2026-11`, "newer": `{"version":2}`, "a name": `{"version":1,"name":"x"}`,
		"two": `{"version":1}{}`, "less than nothing": `{"version":1,"days":{"2026-11-25":[0,0,0,0,-1]}}`, "no day": `{"version":1,"days":{"x":[0,0,0,0,1]}}`,
		"too many scores": `{"version":1,"days":{"2026-11-25":[0,0,0,0,0,1]}}`, "in no order": `{"version":1,"today":"2026-11-25","rated":["b","a"]}`,
		"twice": `{"version":1,"today":"2026-11-25","rated":["a","a"]}`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ratings.json")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			var log bytes.Buffer
			b, err := ratings.Open(path, now, slog.New(slog.NewTextHandler(&log, nil)))
			if err != nil || !strings.Contains(log.String(), "level=ERROR") || !strings.Contains(log.String(), "ratings.json.damaged-20261125T090000Z") {
				t.Fatalf("opened with %v; the log: %s", err, log.String())
			}
			if err := b.Rate(today, "t-1", 5); err != nil {
				t.Error(err)
			}
			aside := path + ".damaged-20261125T090000Z"
			if kept, err := os.ReadFile(aside); err != nil || string(kept) != text {
				t.Errorf("moved aside: %q %v", kept, err)
			}
			if faults, err := ratings.Check(path); err != nil || len(faults) != 1 || !strings.Contains(faults[0], aside) {
				t.Errorf("the checker finds %q %v", faults, err)
			}
			if err := os.Remove(aside); err != nil {
				t.Fatal(err)
			}
			sound(t, path)
		})
	}
}

// TestCheck: the checker holds the counter of today against who has rated.
func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ratings.json")
	sound(t, path) // there is none yet
	for _, text := range []string{
		`{"version":1,"days":{"2026-11-25":[0,0,0,0,2]},"today":"2026-11-25","rated":["a"]}`,
		`{"version":1,"days":{},"today":"2026-11-25","rated":["a"]}`, `{`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if faults, err := ratings.Check(path); err != nil || len(faults) != 1 {
			t.Errorf("%s: %q %v", text, faults, err)
		}
	}
}

// TestDiskRefuses: what the disk does not take does not count, and may be given again.
func TestDiskRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	b := open(t, filepath.Join(dir, "ratings.json"))
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := b.Rate(today, "t-1", 5); err == nil || b.Given(today, "t-1") || b.Day(today).N() != 0 {
		t.Errorf("it counts all the same: %v", err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := b.Rate(today, "t-1", 5); err != nil || b.Day(today).N() != 1 {
		t.Errorf("again: %v", err)
	}
}

// TestManyAtOnce: whoever rates at the same time as others is counted, each once.
func TestManyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ratings.json")
	b := open(t, path)
	const numbers, tries = 20, 3
	var work sync.WaitGroup
	given := make([]int, numbers)
	for n := range numbers {
		work.Go(func() {
			for range tries {
				if b.Rate(today, fmt.Sprint("t-", n), ratings.Score(n%ratings.Levels+1)) == nil {
					given[n]++
				}
				b.Given(today, "t-0")
			}
		})
	}
	work.Wait()
	if slices.ContainsFunc(given, func(n int) bool { return n != 1 }) || open(t, path).Day(today) != (ratings.Counts{4, 4, 4, 4, 4}) {
		t.Errorf("taken %v, counted %v", given, open(t, path).Day(today))
	}
	sound(t, path)
}

// TestKilled: a process that is killed while it counts leaves every rating that
// it has acknowledged, at most one more, and a sound file.
func TestKilled(t *testing.T) {
	if path := os.Getenv("RATINGS_OF_A_CHILD"); path != "" {
		b := open(t, path)
		for n := 0; ; n++ {
			if err := b.Rate(today, fmt.Sprintf("20261125-%06d", n), ratings.Score(n%ratings.Levels+1)); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(os.Stdout, "rated")
		}
	}
	for round := range 5 {
		path := filepath.Join(t.TempDir(), "ratings.json")
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestKilled$")
		child.Env = append(os.Environ(), "RATINGS_OF_A_CHILD="+path)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines, acknowledged := bufio.NewScanner(out), 0
		for acknowledged < 5+7*round && lines.Scan() {
			acknowledged++
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			acknowledged++
		}
		_ = child.Wait() // it was killed, and says so
		sound(t, path)
		if n := open(t, path).Day(today).N(); n < acknowledged || n > acknowledged+1 {
			t.Errorf("%d acknowledged, %d counted", acknowledged, n)
		}
	}
}

// FuzzOpen: no file makes a hall fall, and what was opened is sound when written again.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"version":1,"days":{"2026-11-25":[0,0,0,0,1]},"today":"2026-11-25","rated":["20261125-1"]}`))
	f.Add([]byte(`{"version":1,"days":null,"today":"","rated":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "ratings.json")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		b := open(t, path)
		before := b.Day(today).N()
		if err := b.Rate(today, "a number that was never there", 3); err != nil {
			return // it has rated already
		}
		if !json.Valid(must(os.ReadFile(path))) || b.Day(today).N() != before+1 {
			t.Errorf("%d became %d", before, b.Day(today).N())
		}
	})
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}
