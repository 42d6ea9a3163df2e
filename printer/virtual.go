package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"petitionhall/printer/escpos"
	"petitionhall/printer/picture"
)

// virtual keeps each slip as two files: NAME.bin, the exact bytes, and NAME.png,
// the picture that they make. Names begin with the time of printing and end
// with the number, so that they sort in the order of printing. It knows what it
// wrote, so a slip that it kept is confirmed.
type virtual struct {
	directory string
	profile   Profile
	log       *slog.Logger
	mu        sync.Mutex // one slip at a time; guards the fields below
	closed    bool
	last      string // time part of the last name
	pen       *picture.Pen
}

func newVirtual(directory string, profile Profile, log *slog.Logger) *virtual {
	return &virtual{directory: directory, profile: profile, log: log}
}

// check makes the directory, for whoever opens the printer expects it to work.
func (v *virtual) check() error {
	if err := os.MkdirAll(v.directory, 0o755); err != nil {
		return &Error{Code: "printer." + string(ReasonDirectory), Text: fmt.Sprintf("%s cannot hold slips", v.directory), Err: err}
	}
	return nil
}

func (v *virtual) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.closed = true
	return nil
}

func (v *virtual) Status(context.Context) Status {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return Status{State: Offline, Reason: ReasonClosed, Paper: PaperUnknown}
	}
	if info, err := os.Stat(v.directory); err != nil || !info.IsDir() {
		return Status{State: Offline, Reason: ReasonDirectory, Paper: PaperUnknown}
	}
	return Status{State: OK, Paper: PaperEnough}
}

func (v *virtual) Print(ctx context.Context, slip Slip) Outcome {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return Outcome{State: Failed, Reason: ReasonClosed}
	}
	if ctx.Err() != nil {
		return Outcome{State: Failed, Reason: ReasonCancelled}
	}
	data, ok := v.profile.encode(slip)
	if !ok {
		return Outcome{State: Failed, Reason: ReasonInvalidSlip}
	}
	image, err := v.draw(data)
	if err == nil {
		err = v.keep(v.name(slip), data, image)
	}
	if err != nil {
		v.log.Error("slip not kept", "error", err)
		return Outcome{State: Failed, Reason: fileReason(err)}
	}
	return Outcome{State: Confirmed}
}

// draw is the picture of data, as a PNG file.
func (v *virtual) draw(data []byte) ([]byte, error) {
	sheets, err := escpos.Read(data, v.profile.Columns)
	if err != nil {
		return nil, fmt.Errorf("read the slip's bytes back: %w", err)
	}
	if v.pen == nil {
		pen, err := picture.NewPen()
		if err != nil {
			v.log.Warn("slips are drawn without Chinese characters", "error", err)
		}
		v.pen = pen
	}
	var out bytes.Buffer
	for _, sheet := range sheets { // a slip is one sheet
		if err := png.Encode(&out, v.pen.Draw(sheet)); err != nil {
			return nil, fmt.Errorf("draw the slip: %w", err)
		}
	}
	return out.Bytes(), nil
}

// name is the time of printing, to the millisecond and never twice, and the
// number.
func (v *virtual) name(slip Slip) string {
	now := time.Now()
	stamp := now.Format("20060102-150405.000")
	for stamp <= v.last {
		now = now.Add(time.Millisecond)
		stamp = now.Format("20060102-150405.000")
	}
	v.last = stamp
	number := slip.Number
	if slip.Kind == KindTest {
		number = "test"
	}
	return stamp + "-" + strings.Map(fileSafe, number)
}

// fileSafe keeps letters and digits; anything else could name another place.
func fileSafe(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return '_'
}

// keep writes both files under other names first, so that whoever watches the
// directory never sees half a slip, and the picture last.
func (v *virtual) keep(name string, data, image []byte) error {
	base := filepath.Join(v.directory, name)
	temporary := []string{base + ".bin.part", base + ".png.part"}
	defer func() {
		for _, file := range temporary {
			_ = os.Remove(file) // gone already when all went well
		}
	}()
	for i, content := range [][]byte{data, image} {
		if err := os.WriteFile(temporary[i], content, 0o644); err != nil {
			return err
		}
	}
	if err := os.Rename(temporary[0], base+".bin"); err != nil {
		return err
	}
	if err := os.Rename(temporary[1], base+".png"); err != nil {
		return errors.Join(err, os.Remove(base+".bin"))
	}
	return nil
}

func fileReason(err error) Reason {
	if errors.Is(err, syscall.ENOSPC) {
		return ReasonDiskFull
	}
	return ReasonDirectory
}
