package boltstore

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"petitionhall/queue/journal"
)

// What a child process can be told to do. It gets the journal's path and answers in lines.
var children = map[string]func(path string) error{
	"hold":       childHold,
	"look":       childLook,
	"append":     childAppend,
	"trim":       childTrim,
	"no rights":  childNoRights,
	"full disk":  childFullDisk,
	"full trim":  childFullTrim,
	"full start": childFullStart,
}

const childVariable = "BOLTSTORE_TEST_CHILD"

func TestMain(m *testing.M) {
	name, path, isChild := strings.Cut(os.Getenv(childVariable), "=")
	if !isChild {
		os.Exit(m.Run())
	}
	if err := children[name](path); err != nil {
		fmt.Println("child:", err)
		os.Exit(1)
	}
}

// child is this test program, started a second time.
type child struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines *bufio.Scanner
}

func startChild(t *testing.T, name, path string) *child {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+name+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.StdinPipe(); err != nil { // it ends when this process does
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &child{t: t, cmd: cmd, lines: bufio.NewScanner(out)}
}

// line returns the next line that the child writes.
func (c *child) line() string {
	c.t.Helper()
	if !c.lines.Scan() {
		c.t.Fatalf("the child has ended: %v", c.lines.Err())
	}
	return c.lines.Text()
}

// runChild lets a child do all it has to, and fails the test with what it says is wrong.
func runChild(t *testing.T, name, path string) {
	t.Helper()
	c := startChild(t, name, path)
	for c.lines.Scan() {
		t.Log(c.lines.Text())
	}
	if err := c.cmd.Wait(); err != nil {
		t.Errorf("child %q: %v", name, err)
	}
}

// kill ends the child in the middle of what it does, and returns the lines that it had still written.
func (c *child) kill() (rest []string) {
	c.t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		c.t.Fatal(err)
	}
	for c.lines.Scan() {
		rest = append(rest, c.lines.Text())
	}
	_ = c.cmd.Wait() // it was killed
	return rest
}

func newPath(t *testing.T) string { return filepath.Join(t.TempDir(), "hall.db") }

func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(path, Options{Name: "hall"})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() }) // most tests close it themselves
	return s
}

func closeStore(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
}

// secret is in the data of each record, with its number, so that a test can look for it in a file.
func secret(r journal.Revision) string { return fmt.Sprintf("<secret of record %06d>", r) }

func batch(day string, r journal.Revision) journal.Batch {
	return journal.Batch{
		ID:   fmt.Sprintf("id-%06d", r),
		Day:  day,
		Data: []byte(secret(r) + strings.Repeat(".", int(r*37%600))),
	}
}

// fill appends n records to a day.
func fill(t *testing.T, s *Store, day string, n int) {
	t.Helper()
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		if head, err = s.Append(t.Context(), head, batch(day, head+1)); err != nil {
			t.Fatalf("Append: %v", err)
		}
	}
}

// readAll returns all that is kept, and fails when a record is not one that batch makes.
func readAll(s *Store) (all []journal.Record, err error) {
	ctx, cancel := withPatience()
	defer cancel()
	days, err := s.Days(ctx)
	if err != nil || len(days) == 0 {
		return nil, err
	}
	for after := days[0].First - 1; ; {
		page, err := s.Read(ctx, after, 1000)
		if err != nil || len(page) == 0 {
			return all, err
		}
		for _, record := range page {
			after++
			want := batch(record.Day, after)
			if record.Revision != after || record.ID != want.ID || !slices.Equal(record.Data, want.Data) {
				return all, fmt.Errorf("record %d is not what was written", after)
			}
		}
		all = append(all, page...)
	}
}

// check checks a journal wholly and returns its head.
func check(t *testing.T, s *Store) journal.Revision {
	t.Helper()
	if err := s.Check(t.Context()); err != nil {
		t.Fatalf("Check: %v", err)
	}
	if _, err := readAll(s); err != nil {
		t.Fatal(err)
	}
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

// wantFiles checks what is in the journal's directory.
func wantFiles(t *testing.T, path string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("files %v, want %v", got, want)
	}
}

// sample returns the bytes of a journal with two days, without the room to grow at its end.
func sample(t testing.TB, records int) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample")
	s, err := Open(path, Options{Name: "hall"})
	if err != nil {
		t.Fatal(err)
	}
	for r := range journal.Revision(records) {
		if _, err := s.Append(t.Context(), r, batch(strconv.Itoa(int(r)*2/records), r+1)); err != nil {
			t.Fatal(err)
		}
	}
	m, err := readMeta(s.file.os, 1<<40)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file[:m.end*pageSize]
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

const patience = time.Minute
