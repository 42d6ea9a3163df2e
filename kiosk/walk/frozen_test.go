//go:build walk

package walk

import (
	"context"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"petitionhall/kiosk"
	"petitionhall/printer/printertest"
)

// TestFrozenPage freezes the process that draws the page, as a fault in it would:
// first once, and the page comes back in a new one; then each new one too, while
// slips are being printed, and the program ends with 75. Started again it has
// every ticket once, and of no ticket came two slips.
func TestFrozenPage(t *testing.T) {
	paper := newPaper(t)
	ctx, cancel := context.WithTimeout(t.Context(), 3*patience)
	defer cancel()
	step := steps(t)
	screen := newScreen(t, upright)
	step("the screen stands")
	data := t.TempDir()
	start := func() *hall {
		return openHallIn(t, screen, data, paper.URI("baud=115200&profile=epson-tm"), "--page-silence", "5s")
	}
	hall := start()
	hall.take(ctx)
	hall.awaitPrinted(ctx, "3") // and the driver knows that this printer confirms
	drawn := screen.awaitDrawn(ctx, "frozen-before")
	step("the page is drawn, a slip printed")

	first := hall.awaitPainter(ctx, nil)
	freeze(t, first)
	second := hall.awaitPainter(ctx, []int{first})
	screen.await(ctx, "frozen-again", drawn)
	hall.awaitSaid(ctx, "answers again", 1)
	step("a frozen page came back")

	paper.Change(func(s *printertest.Script) { s.PrintTime = 8 * time.Second })
	freeze(t, second)
	third := hall.awaitPainter(ctx, []int{first, second})
	freeze(t, third)
	step("its successors freeze too")
	hall.take(ctx)
	hall.take(ctx) // its slip is under way when the program gives up
	hall.awaitEnd(ctx, kiosk.ExitFrozen)
	awaitGone(ctx, t, first, second, third)
	step("the program gave up, and left nothing behind")
	hall.check()

	hall = start()
	screen.await(ctx, "frozen-restarted", drawn)
	step("started again")
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
	step("ended")
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

// awaitPainter waits for the process that draws the program's page, one that is not
// among those known.
func (p *process) awaitPainter(ctx context.Context, known []int) int {
	p.t.Helper()
	return awaitPainterOf(ctx, p.t, p.command.Process.Pid, known)
}

func awaitPainterOf(ctx context.Context, t *testing.T, program int, known []int) int {
	t.Helper()
	return awaitChild(ctx, t, program, "WebKitWebProces", known)
}

// awaitChild waits for a process below a program, by the name that the kernel cuts
// short, which is not among those known.
func awaitChild(ctx context.Context, t *testing.T, program int, name string, known []int) int {
	t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		for _, one := range children(program, name) {
			if !slices.Contains(known, one) {
				return one
			}
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			t.Fatalf("below %d there is no %s but %v", program, name, known)
		}
	}
}

// children are the processes of a name below a program.
func children(program int, name string) (found []int) {
	all, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range all {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		called, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 2 || !strings.HasSuffix(called, "("+name) || fields[0] == "Z" || fields[1] != strconv.Itoa(program) {
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
	t.Cleanup(func() { _ = syscall.Kill(process, syscall.SIGKILL) }) // if the program did not
}

// awaitGone waits until processes have ended, those too that nobody waited for.
func awaitGone(ctx context.Context, t *testing.T, processes ...int) {
	t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for _, one := range processes {
		for running(one) {
			select {
			case <-again.C:
			case <-ctx.Done():
				t.Fatalf("process %d outlives its program", one)
			}
		}
	}
}

// running tells whether a process has not ended yet.
func running(process int) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(process), "stat"))
	_, rest, _ := strings.Cut(string(stat), ") ")
	return err == nil && !strings.HasPrefix(rest, "Z")
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
	size := shot.Bounds().Size()
	for y := 0; y < size.Y; y += 7 {
		for x := 0; x < size.X; x += 7 {
			r, g, b, _ := shot.At(x, y).RGBA()
			found[[3]uint32{r, g, b}] = true
		}
	}
	return len(found)
}
