// Command gallery takes the pictures of docs/gallery.md: every page of a hall in
// the middle of a busy morning, at the sizes that people look at it.
//
// The hall is a real one, with a journal of days that queue/simulate played from
// a seed, the last of them up to the moment of the pictures. Its clock goes on
// from there, so the pictures of two runs differ only in what changed in the
// program. A script of the pages opens them in a browser and acts as the
// visitors and clerks of the pictures.
//
//	go run ./build/gallery -out docs/images/gallery    (make gallery)
//	go run ./build/gallery -serve                      only the hall, to look at it oneself
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"petitionhall/frontend"
	"petitionhall/hall"
)

func main() {
	out := flag.String("out", "docs/images/gallery", "directory of the pictures")
	serve := flag.Bool("serve", false, "only run the hall, until it is interrupted")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *out, *serve); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out string, serve bool) (err error) {
	dir, err := os.MkdirTemp("", "petitionhall-gallery")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	moment, err := playDays(ctx, dir)
	if err != nil {
		return err
	}
	began := time.Now()
	h, err := hall.Open(ctx, hall.Options{Data: dir, Configuration: filepath.Join(dir, configurationFile), Open: true, Listen: "127.0.0.1:0", Pages: frontend.Assets(),
		Now: func() time.Time { return moment.Add(time.Since(began)) }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	working, end := context.WithCancel(ctx)
	done := make(chan error, 1)
	ready := make(chan struct{})
	h.OnReady(func() { close(ready) })
	go func() { done <- h.Run(working) }()
	defer func() {
		end()
		err = errors.Join(err, <-done, h.Close())
	}()
	select {
	case <-ready:
	case e := <-done:
		done <- nil
		return e
	}
	if serve {
		fmt.Println(h.Address())
		<-ctx.Done()
		return nil
	}
	script := exec.CommandContext(ctx, "node", "frontend/scripts/gallery.mjs", h.Address(), out)
	script.Stdout, script.Stderr = os.Stdout, os.Stderr
	return script.Run()
}
