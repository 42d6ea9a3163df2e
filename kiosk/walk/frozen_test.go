//go:build walk

package walk

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"image"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"petitionhall/printer/printertest"
)

// TestFrozenPage freezes the process that draws the page, as a fault in it would:
// first once, and the page comes back in a new one; then each new one too, while
// slips are being printed, and the program ends with 75. Started again it has
// every ticket once, and of no ticket came two slips.
func TestFrozenPage(t *testing.T) {
	if err := os.MkdirAll(shots, 0o755); err != nil {
		t.Fatal(err)
	}
	paper, err := printertest.Start(printertest.Script{Confirms: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := paper.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 3*patience)
	defer cancel()
	screen := newScreen(t)
	data := t.TempDir()
	start := func() *hall {
		return openHallIn(t, screen, data, paper.URI("baud=115200&profile=epson-tm"), "--page-silence", "5s")
	}
	hall := start()
	hall.take(ctx)
	hall.awaitPrinted(ctx, "3") // and the driver knows that this printer confirms
	drawn := screen.awaitDrawn(ctx, "frozen-before")

	first := hall.awaitPainter(ctx, nil)
	freeze(t, first)
	second := hall.awaitPainter(ctx, []int{first})
	screen.await(ctx, "frozen-again", drawn)
	hall.awaitSaid(ctx, "answers again")

	paper.Change(func(s *printertest.Script) { s.PrintTime = 8 * time.Second })
	freeze(t, second)
	freeze(t, hall.awaitPainter(ctx, []int{first, second}))
	hall.take(ctx)
	hall.take(ctx) // its slip is under way when the program gives up
	hall.awaitFrozenEnd(ctx)
	hall.check()

	hall = start()
	screen.await(ctx, "frozen-restarted", drawn)
	waiting := hall.waiting(ctx, "3")
	if len(waiting) != 3 {
		t.Errorf("of three tickets the hall has %v", waiting)
	}
	for _, one := range waiting {
		slips := slipsOf(paper, one.Number)
		t.Logf("%s: print %s, slips %d", one.Number, one.Print, slips)
		switch {
		case one.Print == "confirmed" && slips == 1, one.Print == "unknown" && slips <= 1:
		case one.Print == "sent" && slips == 1: // it left whole, and the program ended before the printer confirmed
		default:
			t.Errorf("%s: print %s, but %d slips came out", one.Number, one.Print, slips)
		}
	}
	hall.close()
	hall.check()
}

// slipsOf counts the slips of a number.
func slipsOf(paper *printertest.Terminal, number string) (count int) {
	for _, sheet := range paper.Sheets() {
		if strings.Contains(strings.ReplaceAll(sheet.Text(), " ", ""), number) {
			count++
		}
	}
	return count
}

// take takes a number of window 3 over the hall's API.
func (h *hall) take(ctx context.Context) {
	h.t.Helper()
	body, err := json.Marshal(map[string]any{"service": "natural-resources", "persons": 1})
	if err != nil {
		h.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, h.base+"/api/v1/tickets", bytes.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", rand.Text())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // only its status is wanted
	if response.StatusCode != http.StatusCreated {
		h.t.Fatalf("taking a number: status %d", response.StatusCode)
	}
}

// awaitFrozenEnd waits for the end that a frozen page leads to.
func (h *hall) awaitFrozenEnd(ctx context.Context) {
	h.t.Helper()
	select {
	case err := <-h.ended:
		if ended := (*exec.ExitError)(nil); !errors.As(err, &ended) || ended.ExitCode() != 75 {
			h.t.Errorf("the program's end: %v, want exit status 75", err)
		}
	case <-ctx.Done():
		h.t.Fatal("the program with the frozen page never ended")
	}
}

// awaitSaid waits until the program's log says something.
func (h *hall) awaitSaid(ctx context.Context, text string) {
	h.t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for !strings.Contains(h.said.String(), text) {
		select {
		case <-again.C:
		case err := <-h.ended:
			h.t.Fatalf("the program ended (%v) without saying %q", err, text)
		case <-ctx.Done():
			h.t.Fatalf("the program never said %q", text)
		}
	}
}

// awaitPainter waits for the process that draws the page, one that is not among
// those known.
func (h *hall) awaitPainter(ctx context.Context, known []int) int {
	h.t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		for _, one := range painters(h.command.Process.Pid) {
			if !slices.Contains(known, one) {
				return one
			}
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			h.t.Fatalf("no process draws the page but %v", known)
		}
	}
}

// painters are the processes below a program that draw its pages.
func painters(program int) (found []int) {
	all, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range all {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		name, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 2 || !strings.HasSuffix(name, "(WebKitWebProces") || fields[0] == "Z" || fields[1] != strconv.Itoa(program) {
			continue
		}
		if id, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
			found = append(found, id)
		}
	}
	return found
}

// freeze stops a process of the program under test where it stands.
func freeze(t *testing.T, process int) {
	t.Helper()
	if err := syscall.Kill(process, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Kill(process, syscall.SIGKILL) }) // a stopped one would outlive its program
}

// awaitDrawn waits until the page is drawn, whatever it shows: two pictures of
// the screen are alike and not of one colour.
func (s *screen) awaitDrawn(ctx context.Context, name string) image.Image {
	s.t.Helper()
	var before, drawn image.Image
	s.until(ctx, name, func(shot image.Image) bool {
		still := before != nil && difference(before, shot) < 0.01
		before, drawn = shot, shot
		return still && colours(shot) > 20
	})
	return drawn
}

// colours counts the colours of a screen, looked at every 7 dots.
func colours(shot image.Image) int {
	found := map[[3]uint32]bool{}
	for y := 0; y < height; y += 7 {
		for x := 0; x < width; x += 7 {
			r, g, b, _ := shot.At(x, y).RGBA()
			found[[3]uint32{r, g, b}] = true
		}
	}
	return len(found)
}
