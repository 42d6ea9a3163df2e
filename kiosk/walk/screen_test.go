//go:build walk

package walk

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// upright is the portrait screen of a kiosk, 21.5 inches.
var upright = image.Pt(1080, 1920)

// screen is an X server without a monitor, with a small window manager and a
// session bus, as a kiosk has them.
type screen struct {
	t    *testing.T
	size image.Point
	env  []string
}

// newScreen starts the three and ends them with the test.
func newScreen(t *testing.T, size image.Point) *screen {
	t.Helper()
	number := startXvfb(t, size)
	s := &screen{t: t, size: size, env: append(os.Environ(),
		"DISPLAY=:"+number, "WAYLAND_DISPLAY=", "XDG_SESSION_TYPE=x11", "NO_AT_BRIDGE=1", "LIBGL_ALWAYS_SOFTWARE=1",
		"DBUS_SESSION_BUS_ADDRESS="+startBus(t), "XDG_RUNTIME_DIR="+t.TempDir())}
	start(t, s.env, nil, "openbox", "--sm-disable")
	return s
}

// startXvfb lets the server choose a free display number. It tells the number
// once it is ready.
func startXvfb(t *testing.T, size image.Point) string {
	t.Helper()
	ready, tell, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ready.Close() }() // read to its end
	start(t, os.Environ(), tell, "Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", size.X, size.Y), "-nolisten", "tcp", "-noreset")
	return firstLine(t, "Xvfb", ready, tell)
}

// startBus starts a session bus, which tells its address once it is ready.
func startBus(t *testing.T) string {
	t.Helper()
	ready, tell, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ready.Close() }()
	start(t, os.Environ(), tell, "dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=3")
	return firstLine(t, "dbus-daemon", ready, tell)
}

// firstLine reads what a program told on the pipe that it got as descriptor 3.
func firstLine(t *testing.T, program string, from, ours *os.File) string {
	t.Helper()
	if err := ours.Close(); err != nil { // the program's end is the only one now
		t.Fatal(err)
	}
	line, err := bufio.NewReader(from).ReadString('\n')
	if err != nil {
		t.Fatalf("%s did not start: %v", program, err)
	}
	return strings.TrimSpace(line)
}

// start runs a program for the length of the test; extra becomes its descriptor 3.
func start(t *testing.T, env []string, extra *os.File, name string, args ...string) {
	t.Helper()
	command := exec.CommandContext(context.WithoutCancel(t.Context()), name, args...)
	command.Env = env
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	var said bytes.Buffer
	command.Stderr = &said
	if extra != nil {
		command.ExtraFiles = []*os.File{extra}
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		_ = command.Wait()                          // ended by our signal
		if t.Failed() && said.Len() > 0 {
			t.Logf("%s said:\n%s", name, said.String())
		}
	})
}

// touch puts a finger down at a point and lifts it, and that so many times.
func (s *screen) touch(at point, times int) {
	s.t.Helper()
	s.run("xdotool", "mousemove", "--sync", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", "--repeat", strconv.Itoa(times), "1")
}

// picture takes what the screen shows.
func (s *screen) picture() image.Image {
	s.t.Helper()
	shot, err := png.Decode(bytes.NewReader(s.run("import", "-window", "root", "-depth", "8", "-define", "png:compression-level=1", "png:-")))
	if err != nil {
		s.t.Fatal(err)
	}
	return shot
}

func (s *screen) run(name string, args ...string) []byte {
	s.t.Helper()
	command := exec.CommandContext(s.t.Context(), name, args...)
	command.Env = s.env
	var said bytes.Buffer
	command.Stderr = &said
	output, err := command.Output()
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", name, err, said.String())
	}
	return output
}

// await waits until the screen shows what the picture shows. The picture was
// drawn by another browser, so letters may differ by a hair; the place, size and
// colour of everything may not.
func (s *screen) await(ctx context.Context, name string, wanted image.Image) {
	s.t.Helper()
	s.until(ctx, name, func(shot image.Image) bool { return difference(shot, wanted) < alike })
}

// touchUntil touches a point of the screen that from shows, until the screen or
// the hall is as wanted. A new screen takes no touch for half a second, lest a
// finger that is still there presses something; so, like a visitor, it tries
// again after a while, but only if nothing happened.
func (s *screen) touchUntil(ctx context.Context, name string, at point, times int, from image.Image, wanted func(shot image.Image) bool) {
	s.t.Helper()
	var touched time.Time
	s.until(ctx, name, func(shot image.Image) bool {
		if wanted(shot) {
			return true
		}
		if time.Since(touched) > 2*time.Second && difference(shot, from) < alike {
			s.touch(at, times)
			touched = time.Now()
		}
		return false
	})
}

// until takes pictures of the screen until one is as wanted, and keeps that.
func (s *screen) until(ctx context.Context, name string, wanted func(shot image.Image) bool) {
	s.t.Helper()
	again := time.NewTicker(250 * time.Millisecond) // looking is work, and the page needs the machine too
	defer again.Stop()
	for ; ; <-again.C {
		shot := s.picture()
		if wanted(shot) {
			keep(s.t, "window-"+name, shot)
			return
		}
		if ctx.Err() != nil {
			keep(s.t, "window-not-"+name, shot)
			s.t.Fatalf("the window never got to the %s screen, see build/shots", name)
		}
	}
}

// alike is how far apart, in levels of 255 at the mean, two pictures of one
// screen may be.
const alike = 4.0

// difference compares two pictures of the size of the screen in blocks, which evens
// out how two browsers draw the edges of letters.
func difference(a, b image.Image) float64 {
	if a.Bounds().Size() != b.Bounds().Size() {
		return 255
	}
	all := blocks(a.Bounds())
	return apart(a, b, all) / float64(len(all))
}

// blocks are the squares of 12 dots that a screen is looked at in.
func blocks(bounds image.Rectangle) (all []image.Rectangle) {
	const side = 12
	for y := bounds.Min.Y; y+side <= bounds.Max.Y; y += side {
		for x := bounds.Min.X; x+side <= bounds.Max.X; x += side {
			all = append(all, image.Rect(x, y, x+side, y+side))
		}
	}
	return all
}

// apart is how far two pictures differ in some blocks, all taken together.
func apart(a, b image.Image, in []image.Rectangle) (sum float64) {
	for _, at := range in {
		sum += distance(mean(a, at), mean(b, at))
	}
	return sum
}

// mean is the average colour of a block, each channel in levels of 255.
func mean(picture image.Image, at image.Rectangle) (colour [3]float64) {
	dots := dotsOf(picture)
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			dot := dots(x, y)
			for i := range colour {
				colour[i] += float64(dot[i])
			}
		}
	}
	count := float64(at.Dx() * at.Dy())
	return [3]float64{colour[0] / count, colour[1] / count, colour[2] / count}
}

// dotsOf looks into a picture as it was read from a file, without a detour for each
// dot: there are two million.
func dotsOf(picture image.Image) func(x, y int) []uint8 {
	switch p := picture.(type) {
	case *image.RGBA:
		return func(x, y int) []uint8 { return p.Pix[p.PixOffset(x, y):] }
	case *image.NRGBA:
		return func(x, y int) []uint8 { return p.Pix[p.PixOffset(x, y):] }
	}
	return func(x, y int) []uint8 {
		r, g, b, _ := picture.At(x, y).RGBA()
		return []uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)} // #nosec G115 -- 16 bits halved
	}
}

// distance is the greatest difference of a channel.
func distance(a, b [3]float64) float64 {
	furthest := 0.0
	for i := range a {
		furthest = max(furthest, a[i]-b[i], b[i]-a[i])
	}
	return furthest
}

// shots is where the pictures of the walk are left.
var shots = filepath.Join("..", "..", "build", "shots")

// keep leaves a picture in build/shots.
func keep(t *testing.T, name string, picture image.Image) {
	t.Helper()
	file, err := os.Create(filepath.Join(shots, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
}

// kept reads a picture back from build/shots.
func kept(t *testing.T, name string) image.Image {
	t.Helper()
	file, err := os.Open(filepath.Join(shots, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // only read
	picture, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// patience is how long one step may take on a slow and busy machine.
const patience = 60 * time.Second
