package voice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"petitionhall/hall/view"
)

// Player plays a sound on a loudspeaker of the machine.
type Player interface {
	// Play returns when the sound is over, or ctx ends. The error is ErrNoPlayer
	// when nothing can play here, else what the device complained of.
	Play(ctx context.Context, device string, wav []byte) error
}

// ErrNoPlayer says that the program that plays is not installed.
var ErrNoPlayer = errors.New("aplay is not installed; it is in the package alsa-utils")

// Aplay plays with the program aplay of Linux (ALSA): one child for each sound,
// which ends with it or is ended.
type Aplay struct{}

// endPlayer is how long a child may take to end once it is told to.
const endPlayer = time.Second

// Play plays a WAV on an ALSA device, such as default.
func (Aplay) Play(ctx context.Context, device string, wav []byte) error {
	program, err := exec.LookPath("aplay")
	if err != nil {
		return ErrNoPlayer
	}
	child := exec.CommandContext(ctx, program, "-q", "-t", "wav", "-D", device, "-")
	child.Stdin, child.WaitDelay = bytes.NewReader(wav), endPlayer
	var complaint bytes.Buffer
	child.Stderr = &complaint
	if err := child.Run(); err != nil {
		return fmt.Errorf("aplay -D %s: %w: %.200s", device, errors.Join(context.Cause(ctx), err), strings.TrimSpace(complaint.String()))
	}
	return nil
}

const (
	// playGrace is how much longer than the sound a device may take.
	playGrace = 3 * time.Second
	// againAfter is how long a device that failed counts as none: what waits meanwhile
	// is said by a board, or by the device when it is tried again.
	againAfter = 15 * time.Second
)

// loudspeaker is how the hub's own loudspeaker does.
type loudspeaker struct {
	playing bool
	// failed is the device that failed last, at a time of the queue, and why.
	failed   string
	failedAt time.Duration
	why      error
	// since is when it began to fail, by the hall's clock.
	since    time.Time
	failures int
}

// usable tells whether a device may be tried.
func (l *loudspeaker) usable(device string, now time.Duration) bool {
	return l.failed != device || now-l.failedAt >= againAfter
}

// play plays an announcement beside all else. finished hears how it went.
func (a *Announcer) play(ctx context.Context, said *announcement) {
	ctx, cancel := context.WithTimeout(ctx, said.length+playGrace)
	go func() {
		defer cancel()
		err := a.Player.Play(ctx, said.device, said.wav)
		if err != nil {
			err = &deviceError{said.device, err}
		}
		a.played <- err
	}()
}

// deviceError tells which device failed: the configuration may have another by now.
type deviceError struct {
	device string
	error
}

func (e *deviceError) Unwrap() error { return e.error }

// finished notes how the loudspeaker did, and tells an operator when that changes.
func (a *Announcer) finished(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	l := &a.speaker
	l.playing = false
	var failed *deviceError
	if !errors.As(err, &failed) {
		if l.failed != "" {
			a.Log.Info("the hub's loudspeaker plays again", "device", l.failed)
		}
		l.failed, l.why = "", nil
		return
	}
	l.failures++
	if l.failed != failed.device {
		a.Log.Error("the hub's loudspeaker does not play; the queue goes on", "device", failed.device, "cause", failed.error)
		l.since = a.Hall.Clock()
	}
	l.failed, l.failedAt, l.why = failed.device, a.elapsed(), failed.error
}

// state tells how the loudspeaker is, for people.
func (l *loudspeaker) state(device string) view.Loudspeaker {
	v := view.Loudspeaker{State: "ok", Device: device}
	switch {
	case device == "":
		v.State = "none"
		return v
	case l.failed != device:
		return v
	case errors.Is(l.why, ErrNoPlayer):
		v.State = "no-player"
		v.Reason = view.Text{ZH: "主机上没有播放程序，请安装alsa-utils（aplay）", EN: "Nothing can play on the hub: install alsa-utils (aplay)"}
	default:
		v.State = "failed"
		v.Reason = view.Text{ZH: "主机的音箱放不出声音，请看设备名、电源和线", EN: "The hub's loudspeaker does not play: check the name of the device, power and cable"}
	}
	v.Since = &l.since
	return v
}
