package boltstore

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"petitionhall/queue/journal"
)

func childOpen(path string) (*Store, error) { return Open(path, Options{Name: "hall"}) }

// childHold opens the journal and keeps it until it is killed, or the parent ends.
func childHold(path string) error { return hold(path, Options{Name: "hall"}) }

// childLook does the same with a journal that it may only read.
func childLook(path string) error { return hold(path, Options{ReadOnly: true}) }

func hold(path string, options Options) error {
	if _, err := Open(path, options); err != nil {
		return err
	}
	fmt.Println("open")
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

func TestLockedByAnotherProcess(t *testing.T) {
	for _, name := range []string{"hold", "look"} {
		path := newPath(t)
		s := open(t, path)
		fill(t, s, "a", 3)
		closeStore(t, s)
		c := startChild(t, name, path)
		if got := c.line(); got != "open" {
			t.Fatal(got)
		}
		_, err := Open(path, Options{Name: "hall"})
		wantError(t, "Open", err, journal.ErrLocked)
		c.kill()
		if s = open(t, path); check(t, s) != 3 {
			t.Error("records are missing")
		}
	}
}

// childAppend appends for ever, and tells each revision once it is acknowledged.
func childAppend(path string) error {
	s, err := childOpen(path)
	if err != nil {
		return err
	}
	ctx, cancel := withPatience()
	defer cancel()
	head, err := s.Head(ctx)
	if err != nil {
		return err
	}
	for {
		if head, err = s.Append(ctx, head, batch(strconv.Itoa(int(head)/50), head+1)); err != nil {
			return err
		}
		fmt.Println(head)
	}
}

// childTrim appends and trims by turns for ever, a new day each time.
func childTrim(path string) error {
	s, err := childOpen(path)
	if err != nil {
		return err
	}
	ctx, cancel := withPatience()
	defer cancel()
	for {
		head, err := s.Head(ctx)
		if err != nil {
			return err
		}
		day := strconv.Itoa(int(head))
		for range 5 {
			if head, err = s.Append(ctx, head, batch(day, head+1)); err != nil {
				return err
			}
			fmt.Println(head)
		}
		if err := s.Trim(ctx, day); err != nil {
			return err
		}
	}
}

// Killed at any moment, a journal has everything that was acknowledged, in order, and is sound.
func TestKilled(t *testing.T) {
	for _, name := range []string{"append", "trim"} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			told := journal.Revision(0)
			for round := range 20 {
				c := startChild(t, name, path)
				var lines []string
				for range 1 + rand.IntN(60) {
					lines = append(lines, c.line())
				}
				lines = append(lines, c.kill()...)
				for _, line := range lines {
					r, err := strconv.Atoi(line)
					if err != nil {
						t.Fatal(line)
					}
					if told++; journal.Revision(r) != told && round == 0 || journal.Revision(r) < told {
						t.Fatalf("revision %d was told, want %d", r, told)
					}
					told = journal.Revision(r)
				}
				s := open(t, path)
				wantFiles(t, path, "hall.db")
				// One more than was told may be there: it was durable, but killed before it was told.
				head := check(t, s)
				if head != told && head != told+1 {
					t.Fatalf("head %d, but %d was acknowledged", head, told)
				}
				told = head
				closeStore(t, s)
			}
		})
	}
}

// childNoRights gives up the rights of root, if it has them, and tries what it may not do.
func childNoRights(path string) error {
	if os.Geteuid() == 0 {
		for _, err := range []error{syscall.Setgroups(nil), syscall.Setgid(65534), syscall.Setuid(65534)} {
			if err != nil {
				return err
			}
		}
	}
	if _, err := childOpen(path); !errors.Is(err, journal.ErrReadOnly) || !errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("open a file that may only be read: %w", err)
	}
	s, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("look at a file that may only be read: %w", err)
	}
	if all, err := readAll(s); err != nil || len(all) != 6 {
		return fmt.Errorf("%d records, %w", len(all), err)
	}
	if err := s.Close(); err != nil {
		return err
	}
	if _, err := childOpen(path + "2"); !errors.Is(err, journal.ErrReadOnly) {
		return fmt.Errorf("make a file where none may be made: %w", err)
	}
	return nil
}

func TestNoRights(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 3)
	fill(t, s, "b", 3)
	closeStore(t, s)
	for name, mode := range map[string]os.FileMode{path: 0o444, filepath.Dir(path): 0o555, filepath.Dir(filepath.Dir(path)): 0o755} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	runChild(t, "no rights", path)
	if err := os.Chmod(filepath.Dir(path), 0o755); err != nil { // so that it can be removed
		t.Fatal(err)
	}
	wantFiles(t, path, "hall.db")
}

// limit makes files of this process end at a size, as a full disk does.
func limit(size uint64) error {
	signal.Ignore(syscall.SIGXFSZ)
	var now syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &now); err != nil {
		return err
	}
	now.Cur = min(size, now.Max)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &now)
}

const noLimit = 1 << 62

// childFullDisk runs out of room while the file grows, and in the middle of commits, and then gets room again.
func childFullDisk(path string) error {
	ctx, cancel := withPatience()
	defer cancel()
	s, err := childOpen(path)
	if err != nil {
		return err
	}
	head, err := s.Head(ctx)
	if err != nil {
		return err
	}
	for size := uint64(pageSize); size <= 4*growth; size += size / 2 {
		if err := limit(size); err != nil {
			return err
		}
		refused := 0
		for range 400 {
			next, err := s.Append(ctx, head, batch("a", head+1))
			switch {
			case err == nil:
				head = next
			case !errors.Is(err, journal.ErrFull) || errors.Is(err, journal.ErrUnknown):
				return fmt.Errorf("append with room for %d bytes: %w", size, err)
			default:
				refused++
			}
			if refused > 3 {
				break
			}
		}
		if all, err := readAll(s); err != nil || journal.Revision(len(all)) != head {
			return fmt.Errorf("%d records with room for %d bytes, %w", len(all), size, err)
		}
		fmt.Println("room for", size, "bytes: head", head, "refused", refused)
		if size == pageSize && refused == 0 {
			return errors.New("the limit does not work here")
		}
	}
	if err := limit(2 * pageSize); err != nil {
		return err
	}
	s.distrust(errors.New("a failed sync")) // a file that takes no write is not believed
	if _, err := s.Head(ctx); !errors.Is(err, journal.ErrUnavailable) {
		return fmt.Errorf("a file that takes no write: %w", err)
	}
	if err := limit(noLimit); err != nil {
		return err
	}
	for range 100 {
		if head, err = s.Append(ctx, head, batch("a", head+1)); err != nil {
			return fmt.Errorf("append with room again: %w", err)
		}
	}
	if err := s.Check(ctx); err != nil {
		return err
	}
	return s.Close()
}

func TestFullDisk(t *testing.T) {
	path := newPath(t)
	runChild(t, "full disk", path)
	s := open(t, path)
	if head := check(t, s); head < 100 {
		t.Errorf("head %d, want 100 at least", head)
	}
}

// childFullTrim has no room for the copy that trimming makes.
func childFullTrim(path string) error {
	ctx, cancel := withPatience()
	defer cancel()
	s, err := childOpen(path)
	if err != nil {
		return err
	}
	for _, size := range []uint64{0, 100, 3 * pageSize, 20 * pageSize} {
		if err := limit(size); err != nil {
			return err
		}
		if err := s.Trim(ctx, "b"); !errors.Is(err, journal.ErrFull) {
			return fmt.Errorf("trim with room for %d bytes: %w", size, err)
		}
		if all, err := readAll(s); err != nil || len(all) != 1000 {
			return fmt.Errorf("%d records, %w", len(all), err)
		}
	}
	if err := limit(noLimit); err != nil {
		return err
	}
	if err := s.Trim(ctx, "b"); err != nil {
		return err
	}
	return s.Close()
}

func TestFullDiskWhileTrimming(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	fill(t, s, "a", 500)
	fill(t, s, "b", 500)
	closeStore(t, s)
	runChild(t, "full trim", path)
	wantFiles(t, path, "hall.db")
	if s = open(t, path); check(t, s) != 1000 {
		t.Error("records are missing")
	}
}

// childFullStart has no room for a new journal.
func childFullStart(path string) error {
	for _, size := range []uint64{0, 100, 3 * pageSize, 5 * pageSize} {
		if err := limit(size); err != nil {
			return err
		}
		if _, err := childOpen(path); !errors.Is(err, journal.ErrFull) {
			return fmt.Errorf("open with room for %d bytes: %w", size, err)
		}
	}
	return nil
}

func TestFullDiskAtStart(t *testing.T) {
	path := newPath(t)
	runChild(t, "full start", path)
	wantFiles(t, path)
	closeStore(t, open(t, path))
}
