package printer

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"testing"

	"petitionhall/printer/escpos"
)

func openVirtual(t *testing.T, options string) (p Printer, directory string) {
	t.Helper()
	directory = filepath.Join(t.TempDir(), "a", "slips")
	p, err := Open("virtual:" + directory + options)
	if err != nil {
		t.Fatal(err)
	}
	return p, directory
}

// files are the names in a directory, in their order.
func files(t *testing.T, directory string) []string {
	t.Helper()
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names
}

// TestVirtualPrinterKeepsBytesAndPicture: the bytes are those of the slip, and
// zbarimg reads the code in the picture.
func TestVirtualPrinterKeepsBytesAndPicture(t *testing.T) {
	p, directory := openVirtual(t, "?width=58")
	if got := p.Status(t.Context()); got != (Status{State: OK, Paper: PaperEnough}) {
		t.Errorf("status %v", got)
	}
	if got := p.Print(t.Context(), ticket()); got != (Outcome{State: Confirmed}) {
		t.Fatalf("outcome %v", got)
	}
	names := files(t, directory)
	if len(names) != 2 || !strings.HasSuffix(names[0], "-C012.bin") || !strings.HasSuffix(names[1], "-C012.png") {
		t.Fatalf("files %v", names)
	}
	data, err := os.ReadFile(filepath.Join(directory, names[0]))
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := (Profile{Columns: escpos.Columns58}).encode(ticket()); !bytes.Equal(data, want) {
		t.Error("the bytes are not those of the slip")
	}
	out, err := exec.CommandContext(t.Context(), "zbarimg", "--quiet", "--raw", filepath.Join(directory, names[1])).Output()
	if err != nil || strings.TrimSpace(string(out)) != ticket().Track {
		t.Errorf("zbarimg (Debian: zbar-tools) reads %q, %v", out, err)
	}
}

func TestVirtualPrinterDrawsEverySlip(t *testing.T) {
	for _, options := range []string{"?width=80", "?width=58&qr=native"} {
		p, directory := openVirtual(t, options)
		for name, slip := range goldenSlips() {
			if got := p.Print(t.Context(), slip); got != (Outcome{State: Confirmed}) {
				t.Fatalf("%s%s: outcome %v", name, options, got)
			}
		}
		for _, name := range files(t, directory) {
			if !strings.HasSuffix(name, ".png") {
				continue
			}
			image, err := os.ReadFile(filepath.Join(directory, name))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := png.Decode(bytes.NewReader(image)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestVirtualNamesSortByTime prints faster than the clock of the names ticks,
// with numbers that are no file names.
func TestVirtualNamesSortByTime(t *testing.T) {
	p, directory := openVirtual(t, "")
	var printed []string
	for i := range 20 {
		slip := ticket()
		slip.Number = fmt.Sprintf("../%c/%d", 'Z'-i, i)
		if got := p.Print(t.Context(), slip); got.State != Confirmed {
			t.Fatalf("outcome %v", got)
		}
		printed = append(printed, fmt.Sprintf("-___%c_%d.png", 'Z'-i, i))
	}
	var kept []string
	for _, name := range files(t, directory) {
		if strings.HasSuffix(name, ".png") {
			kept = append(kept, name)
		}
	}
	if len(kept) != len(printed) || !sort.StringsAreSorted(kept) {
		t.Fatalf("kept %v", kept)
	}
	for i, name := range kept {
		if !strings.HasSuffix(name, printed[i]) {
			t.Errorf("slip %d is kept as %s, want …%s", i, name, printed[i])
		}
	}
}

// TestVirtualPrinterThatCannotWrite: no slip, and no half of one, is told as
// printed.
func TestVirtualPrinterThatCannotWrite(t *testing.T) {
	p, directory := openVirtual(t, "")
	if err := os.RemoveAll(directory); err != nil {
		t.Fatal(err)
	}
	if got := p.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonDirectory}) {
		t.Errorf("without its directory: %v", got)
	}
	if got := p.Status(t.Context()); got != (Status{Offline, ReasonDirectory, PaperUnknown}) {
		t.Errorf("status %v", got)
	}
	// Nobody may make files here, not even root.
	readOnly, err := Open("virtual:/proc/self")
	if err != nil {
		t.Fatal(err)
	}
	if got := readOnly.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonDirectory}) {
		t.Errorf("in a directory that takes no files: %v", got)
	}
	if got := fileReason(&os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}); got != ReasonDiskFull {
		t.Errorf("a full disk is told as %s", got)
	}
}

func TestVirtualPrinterRefuses(t *testing.T) {
	p, directory := openVirtual(t, "")
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if got := p.Print(over, ticket()); got != (Outcome{Failed, ReasonCancelled}) {
		t.Errorf("given up before: %v", got)
	}
	if got := p.Print(t.Context(), Slip{Kind: "poster"}); got != (Outcome{Failed, ReasonInvalidSlip}) {
		t.Errorf("unknown kind: %v", got)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if got := p.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonClosed}) {
		t.Errorf("closed: %v", got)
	}
	if got := p.Status(t.Context()); got != (Status{Offline, ReasonClosed, PaperUnknown}) {
		t.Errorf("status %v", got)
	}
	if names := files(t, directory); len(names) != 0 {
		t.Errorf("files %v", names)
	}
}
