package voice_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"petitionhall/hall/voice"
)

// player puts a program named aplay first in the path, which notes its arguments and what it is sent.
func player(t *testing.T, script string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	// #nosec G306 -- it is a program
	if err := os.WriteFile(filepath.Join(dir, "aplay"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("NOTES", dir)
	return dir
}

// The sound goes to the device whole.
func TestAplay(t *testing.T) {
	dir := player(t, `echo "$@" > $NOTES/arguments; cat > $NOTES/sound`)
	if err := (voice.Aplay{}).Play(t.Context(), "plughw:1,0", []byte("RIFF...")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"arguments": "-q -t wav -D plughw:1,0 -\n", "sound": "RIFF..."} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

// What the device complains of is told.
func TestAplayFails(t *testing.T) {
	player(t, `echo "aplay: main: audio open error: No such file or directory" >&2; exit 1`)
	err := (voice.Aplay{}).Play(t.Context(), "nothing", nil)
	if err == nil || !strings.Contains(err.Error(), "audio open error") {
		t.Errorf("got %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if err := (voice.Aplay{}).Play(t.Context(), "default", nil); !errors.Is(err, voice.ErrNoPlayer) {
		t.Errorf("without a player: %v", err)
	}
}

// A child that hangs is ended.
func TestAplayHangs(t *testing.T) {
	dir := player(t, `echo > $NOTES/begun; exec cat $NOTES/begun`)
	begun := filepath.Join(dir, "begun")
	if err := syscall.Mkfifo(begun, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- (voice.Aplay{}).Play(ctx, "default", nil) }()
	if _, err := os.ReadFile(begun); err != nil { // it returns once the child has begun
		t.Fatal(err)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
