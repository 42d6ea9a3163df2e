//go:build walk

package walk

import (
	"bytes"
	"context"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"petitionhall/printer/escpos"
	"petitionhall/printer/picture"
	"petitionhall/printer/printertest"
)

// TestMain readies the place of the pictures.
func TestMain(m *testing.M) {
	if err := os.MkdirAll(shots, 0o755); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestWalk goes the way of a visitor: a touch becomes a slip of paper, a clerk
// calls the number, the wall shows it.
func TestWalk(t *testing.T) {
	paper := newPaper(t)
	step := steps(t)
	screen := newScreen(t, upright)
	step("the screen stands")
	hall := openHall(t, screen, paper.URI("baud=115200&profile=epson-tm"))
	browser := newBrowser(t)

	step("the hall is ready")
	places := openWindow(browser, hall)
	step("the clerk sits, the board hangs")
	number := touchForTicket(t, screen, hall, places)
	step("the ticket is taken and printed")
	code := readSlip(t, paper, number)
	followCode(t, hall, code, number)
	callToTheWall(browser, number)
	step("the wall shows the call")
	hall.close()
	hall.check()
}

// steps tells where a walk stands, and when it got there.
func steps(t *testing.T) func(name string) {
	began := time.Now()
	return func(name string) {
		t.Helper()
		t.Logf("%5.1f s: %s", time.Since(began).Seconds(), name)
	}
}

// TestEndBeforeTheWindow: whoever starts the touch app and ends it again in the
// same breath, as a service manager may, is obeyed like anybody else.
func TestEndBeforeTheWindow(t *testing.T) {
	hall := openHall(t, newScreen(t, upright), "none")
	hall.close() // the hall is ready some time before its window is
	hall.check()
}

// places are where to touch on the kiosk's screens.
type places struct{ Tile, Take point }

// openWindow has the clerk of window 3 sit down and the board hung up. The kiosk
// page in Chromium then shows where its tile and its big button are, and what
// both screens look like; no ticket is taken there.
func openWindow(b *browser, h *hall) places {
	b.t.Helper()
	var p places
	b.do("open", map[string]string{"hall": h.base}, &p)
	return p
}

// touchForTicket touches the tile of window 3 in the real window and then the
// big button, and returns the number that window 3 now has waiting.
func touchForTicket(t *testing.T, s *screen, h *hall, p places) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	home, take := kept(t, "browser-home"), kept(t, "browser-take")
	s.await(ctx, "home", home)
	s.touchUntil(ctx, "take", p.Tile, 1, home, func(shot image.Image) bool { return difference(shot, take) < alike })
	var waiting []ticket
	s.touchUntil(ctx, "taking", p.Take, 3, take, func(image.Image) bool { // three times: who is in a hurry gets one number all the same
		waiting = h.waiting(ctx, "3")
		return len(waiting) > 0
	})
	if len(waiting) != 1 {
		t.Fatalf("a hasty finger took %d tickets", len(waiting))
	}
	h.awaitPrinted(ctx, "3")
	keep(t, "window-ticket", s.picture())
	return waiting[0].Number
}

// readSlip waits for the cut, reads the Chinese text out of the bytes, and has
// zbarimg read the code. It returns what the code says.
func readSlip(t *testing.T, paper *printertest.Terminal, number string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	sheets, err := paper.AwaitCut(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(sheets[0].Text(), " ", "")
	t.Logf("the slip says:\n%s", sheets[0].Text())
	for _, line := range []string{number, "叫到号后请到", "3号窗口", "自然资源", "前面没有别的号", "本机不记姓名、不查证件、不拍照"} {
		if !strings.Contains(text, line) {
			t.Errorf("the slip does not say %q", line)
		}
	}
	return scan(t, sheets[0])
}

// scan draws the slip and reads its code as a phone would.
func scan(t *testing.T, slip escpos.Sheet) string {
	t.Helper()
	pen, err := picture.NewPen()
	if err != nil {
		t.Fatal(err)
	}
	keep(t, "slip", pen.Draw(slip))
	var said bytes.Buffer
	command := exec.CommandContext(t.Context(), "zbarimg", "--quiet", "--raw", filepath.Join(shots, "slip.png"))
	command.Stderr = &said
	output, err := command.Output()
	if err != nil {
		t.Fatalf("zbarimg: %v\n%s", err, said.String())
	}
	return strings.TrimSpace(string(output))
}

// followCode goes where the code on the slip points: to this hall and to this
// ticket, by a code that cannot be guessed.
func followCode(t *testing.T, h *hall, code, number string) {
	t.Helper()
	found := regexp.MustCompile(`^HTTP://(127\.0\.0\.1:\d+)/T/([0-9A-Z]{10})$`).FindStringSubmatch(code)
	if found == nil {
		t.Fatalf("the code on the slip says %q", code)
	}
	if "http://"+found[1] != h.base {
		t.Errorf("the code points to %s, the hall is at %s", found[1], h.base)
	}
	var phone ticket
	if status, err := h.get(t.Context(), "/api/v1/tickets/"+found[2], &phone); err != nil || phone.Number != number {
		t.Errorf("the code leads to ticket %q (status %d, %v), want %s", phone.Number, status, err, number)
	}
}

// callToTheWall has the clerk press the big button and waits for the board.
func callToTheWall(b *browser, number string) {
	b.t.Helper()
	var shown struct {
		Window, Board string
		Elsewhere     []string
	}
	b.do("call", map[string]string{"number": number}, &shown)
	for page, text := range map[string]string{"window": shown.Window, "board": shown.Board} {
		if !strings.Contains(text, number) {
			b.t.Errorf("the %s page does not show %s", page, number)
		}
	}
	if len(shown.Elsewhere) > 0 {
		b.t.Errorf("pages asked beyond the hall: %v", shown.Elsewhere)
	}
}
