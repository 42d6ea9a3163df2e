package kiosk

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/fstest"
	"testing/synctest"
)

var onePage = fstest.MapFS{
	"kiosk.html":   {Data: []byte("<!doctype html><title>取号机</title>")},
	"board.html":   {Data: []byte("<!doctype html><title>大屏</title>")},
	"assets/a.css": {Data: []byte("body{}")},
}

// startMachine readies a kiosk and ends it with the test.
func startMachine(t *testing.T, o Options) *machine {
	t.Helper()
	o.Pages = onePage
	o.Log = slog.New(slog.DiscardHandler)
	o, err := o.validate()
	if err != nil {
		t.Fatal(err)
	}
	m, err := newMachine(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.close(); err != nil {
			t.Errorf("end: %v", err)
		}
	})
	return m
}

func machineInside(t *testing.T, hall http.Handler) *machine {
	t.Helper()
	return startMachine(t, Options{Hall: hall})
}

func machineOfHub(t *testing.T, hall http.Handler, own ...*Printer) *machine {
	t.Helper()
	hub := httptest.NewServer(hall)
	t.Cleanup(hub.Close)
	o := Options{HallURL: hub.URL}
	if len(own) == 1 {
		o.Printer = own[0]
	}
	return startMachine(t, o)
}

// clientMachine is a client of a hub without a printer of its own.
func clientMachine(t *testing.T, hall http.Handler) *machine {
	t.Helper()
	return machineOfHub(t, hall)
}

// TestOptions: a kiosk that could not work does not start.
func TestOptions(t *testing.T) {
	hall := http.NotFoundHandler()
	refused := map[string]Options{
		"no hall":         {Pages: onePage},
		"two halls":       {Pages: onePage, Hall: hall, HallURL: "http://10.0.0.2"},
		"no pages":        {Hall: hall},
		"pages not built": {Hall: hall, Pages: fstest.MapFS{}},
		"no address":      {Pages: onePage, HallURL: "10.0.0.2:8080"},
		"foreign printer": {Pages: onePage, Hall: hall, Printer: &Printer{ID: "kiosk-2", Port: paper{}}},
		"nameless":        {Pages: onePage, HallURL: "http://10.0.0.2", Printer: &Printer{Port: paper{}}},
		"printer of all":  {Pages: onePage, HallURL: "http://10.0.0.2", Printer: &Printer{ID: "hub", Port: paper{}}},
		"board of kiosk":  {Pages: onePage, Hall: hall, Board: "east"},
		"odd board":       {Pages: onePage, Hall: hall, Display: true, Board: "../x"},
		"display prints":  {Pages: onePage, HallURL: "http://10.0.0.2", Display: true, Printer: &Printer{ID: "kiosk-2", Port: paper{}}},
		"not http":        {Pages: onePage, HallURL: "ftp://10.0.0.2"},
	}
	for name, o := range refused {
		if _, err := o.validate(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := (Options{Pages: onePage, HallURL: "https://10.0.0.2:8080"}).validate(); err != nil {
		t.Errorf("a hub by https: %v", err)
	}
}

// TestRunWithoutWindow: the other build says so instead of doing nothing.
func TestRunWithoutWindow(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	want := ErrNoWindow
	if Built {
		want = ErrNoDisplay
	}
	err := Run(t.Context(), Options{Hall: http.NotFoundHandler(), Pages: onePage})
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

// TestFrozenMachine: a page that is loaded anew and still silent is the end of the
// process, after what else runs.
func TestFrozenMachine(t *testing.T) {
	var ended []string
	synctest.Test(t, func(t *testing.T) {
		o, err := Options{Hall: http.NotFoundHandler(), Pages: onePage, Settle: func() { ended = append(ended, "settled") }}.validate()
		if err != nil {
			t.Fatal(err)
		}
		o.Log = slog.New(slog.DiscardHandler)
		m, err := newMachine(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		over := make(chan struct{})
		m.die = func() { ended = append(ended, "died"); close(over) }
		m.opened(t.Context(), reach{
			quit:  func(context.Context) { t.Error("the window was asked to close") },
			renew: func(context.Context) { ended = append(ended, "loaded anew") },
		})
		m.app.Beat("ticket")
		<-over
	})
	if want := []string{"loaded anew", "settled", "died"}; !slices.Equal(ended, want) {
		t.Errorf("got %q, want %q", ended, want)
	}
}

// TestBeatTellsNothing: what a page could say of a visitor is not kept.
func TestBeatTellsNothing(t *testing.T) {
	m := machineInside(t, http.NotFoundHandler())
	m.app.Beat("calm-paperOut")
	if got := m.app.watch.shown(); got != "calm-paperOut" {
		t.Errorf("shown %q", got)
	}
	m.app.Beat("A012 张三")
	if got := m.app.watch.shown(); got != "" {
		t.Errorf("kept %q", got)
	}
}

// TestLeaving: the window closes for staff with the password, for the end of the
// program, and for nobody else.
func TestLeaving(t *testing.T) {
	open := func(ctx context.Context, t *testing.T) (*machine, chan struct{}) {
		t.Helper()
		o, err := Options{Hall: http.NotFoundHandler(), Pages: onePage, MayLeave: Password("1234")}.validate()
		if err != nil {
			t.Fatal(err)
		}
		o.Log = slog.New(slog.DiscardHandler)
		m, err := newMachine(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := m.close(); err != nil {
				t.Errorf("end: %v", err)
			}
		})
		quit := make(chan struct{})
		m.opened(ctx, reach{quit: func(context.Context) { close(quit) }})
		return m, quit
	}
	t.Run("staff", func(t *testing.T) {
		m, quit := open(t.Context(), t)
		if m.leaving() {
			t.Error("the window may close before anybody left")
		}
		if !m.app.Exit("1234") {
			t.Error("the right password was refused")
		}
		<-quit
		if !m.leaving() {
			t.Error("the window may not close")
		}
	})
	t.Run("wrong password", func(t *testing.T) {
		m, _ := open(t.Context(), t)
		if m.app.Exit("4321") || m.leaving() {
			t.Error("a wrong password opened the way out")
		}
	})
	t.Run("end of the program", func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		m, quit := open(ctx, t)
		end()
		<-quit
		if !m.leaving() {
			t.Error("the window may not close")
		}
	})
}
