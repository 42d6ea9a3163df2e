package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"petitionhall/hall"
	"petitionhall/printer"
	"petitionhall/printer/printertest"
)

// touchToPaper measures, at two speeds, how long it takes from a touch (the request
// of a kiosk) to the last byte of the slip on the wire, and from the printer's own
// confirmation to the hall's knowing of it. The scripted printer takes the bytes at
// the line's pace.
func touchToPaper(ctx context.Context) ([]figure, error) {
	var figures []figure
	for _, baud := range []int{9600, 115200} {
		more, err := touchAt(ctx, baud)
		if err != nil {
			return nil, err
		}
		figures = append(figures, more...)
	}
	return figures, nil
}

func touchAt(ctx context.Context, baud int) (_ []figure, err error) {
	dir, err := os.MkdirTemp("", "petitionhall-bench")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	paper, err := printertest.Start(printertest.Script{Confirms: true, Speed: baud / 10, PrintTime: 200 * time.Millisecond})
	if err != nil {
		return nil, err
	}
	h, err := hall.Open(ctx, hall.Options{Data: dir, Open: true, Log: quiet, Listen: "127.0.0.1:0", Printer: paper.URI(fmt.Sprintf("baud=%d&profile=epson-tm", baud))})
	if err != nil {
		return nil, errors.Join(err, paper.Close())
	}
	running, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- h.Run(running) }()
	defer func() {
		stop()
		err = errors.Join(err, <-done, h.Close(), paper.Close())
	}()
	var wire, known, line []time.Duration
	for n := range 12 {
		w, k, length, err := touch(ctx, h, paper, fmt.Sprintf("touch-%d-%d", baud, n))
		if err != nil {
			return nil, err
		}
		if n >= 2 { // the first find out who the printer is
			wire, known = append(wire, w), append(known, k)
			line = append(line, time.Duration(length)*10*time.Second/time.Duration(baud))
		}
	}
	w, l, k := percentile(wire, 50), percentile(line, 50), percentile(known, 99)
	return []figure{
		{Name: fmt.Sprintf("a touch to the last byte on the wire, %d baud, p50", baud), Ours: short(w), Other: short(l), Against: "the line's time for these bytes (the ratio is without 20 ms)", Value: ratio(w-20*time.Millisecond, l), Limit: 1.05, Unit: "x"},
		{Name: fmt.Sprintf("confirmed after the printer's own answer, %d baud, p99", baud), Ours: short(k), Other: "50 ms", Against: "the promise", Value: float64(k) / float64(time.Millisecond), Limit: 50, Unit: "ms"},
	}, nil
}

// touch takes a ticket and follows it to the paper. It returns the time to the
// cut's arrival, the time from the printer's confirmation to the hall's record,
// and how many bytes the slip had.
func touch(ctx context.Context, h *hall.Hall, paper *printertest.Terminal, key string) (wire, known time.Duration, length int, err error) {
	time.Sleep(200 * time.Millisecond) // visitors do not touch in the moment the last slip came out
	paper.Clear()
	begin := time.Now()
	job, err := takeOver(ctx, h.Address(), key)
	if err != nil {
		return 0, 0, 0, err
	}
	waiting, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if _, err := paper.AwaitCut(waiting, 1); err != nil {
		return 0, 0, 0, err
	}
	wire, length = time.Since(begin), paper.SlipBytes()
	for {
		state, err := jobState(waiting, h.Address(), job)
		if err != nil {
			return 0, 0, 0, err
		}
		if state == "confirmed" {
			return wire, time.Since(paper.LastConfirmation()), length, nil
		}
		if state != "sending" && state != "reserved" {
			return 0, 0, 0, fmt.Errorf("the slip is %s", state)
		}
	}
}

func takeOver(ctx context.Context, address, key string) (job string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/api/v1/tickets", bytes.NewReader([]byte(`{"service":"natural-resources","persons":3}`)))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	var taken struct{ Print struct{ Job string } }
	err = ask(request, http.StatusCreated, &taken)
	return taken.Print.Job, err
}

func jobState(ctx context.Context, address, job string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/v1/print-jobs/"+job, nil)
	if err != nil {
		return "", err
	}
	var told struct{ State string }
	err = ask(request, http.StatusOK, &told)
	return told.State, err
}

func ask(request *http.Request, status int, answer any) error {
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	if response.StatusCode != status {
		return errors.Join(fmt.Errorf("%s answered %s", request.URL.Path, response.Status), response.Body.Close())
	}
	return errors.Join(json.NewDecoder(response.Body).Decode(answer), response.Body.Close())
}

// manySlips prints 10,000 slips in a row over a network line, which has no pace, and
// holds memory and descriptors at the end against those after the first 1,000.
func manySlips(ctx context.Context) (_ []figure, err error) {
	const first, all = 1000, 10000
	paper, err := printertest.Listen(ctx, printertest.Script{Confirms: true})
	if err != nil {
		return nil, err
	}
	device, err := printer.Open(paper.URI("profile=epson-tm"))
	if err != nil {
		return nil, errors.Join(err, paper.Close())
	}
	defer func() { err = errors.Join(err, device.Close(), paper.Close()) }()
	var memory, memoryThen uint64
	var files, filesThen int
	slip := sampleSlip()
	for n := 1; n <= all; n++ {
		if o := device.Print(ctx, slip); o.State != printer.Confirmed {
			return nil, fmt.Errorf("slip %d: %v", n, o)
		}
		paper.Clear()
		switch n {
		case first:
			memoryThen, filesThen, err = held()
		case all:
			memory, files, err = held()
		}
		if err != nil {
			return nil, err
		}
		if n%1000 == 0 {
			fmt.Fprintf(os.Stderr, "  %d of %d slips\n", n, all)
		}
	}
	return []figure{
		{Name: "10,000 slips: memory in use, after all against after 1,000", Ours: kib(memory), Other: kib(memoryThen), Against: "the heap after 1,000 slips, collected", Value: float64(memory) / float64(memoryThen), Limit: 1.1, Unit: "x"},
		{Name: "10,000 slips: open descriptors, after all against after 1,000", Ours: fmt.Sprint(files), Other: fmt.Sprint(filesThen), Against: "after 1,000 slips", Value: float64(files) / float64(filesThen), Limit: 1, Unit: "x"},
	}, nil
}

// sampleSlip is the full Chinese slip with a QR code.
func sampleSlip() printer.Slip {
	return printer.Slip{
		Kind: printer.KindTicket, Hall: "芷江信访超市", Number: "C012", Windows: []printer.Window{{Number: 3, Name: "自然资源"}},
		Ahead: 4, Wait: &printer.Wait{Low: 10, High: 25}, Persons: 3, IssuedAt: time.Now(), Track: "HTTP://10.0.0.5/T/7KQ2MZ9XW4", RejoinAfter: 3,
	}
}

// held is what this process holds: memory in bytes, once collected, and descriptors.
func held() (memory uint64, descriptors int, err error) {
	runtime.GC()
	runtime.GC() // what finalizers let go
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, err := os.ReadDir("/proc/self/fd")
	return m.HeapAlloc, len(files), err
}

func kib(n uint64) string { return fmt.Sprintf("%.0f KiB", float64(n)/1024) }

// slipBytes is how many bytes the full Chinese slip costs, beside what receiptline
// makes of the same content in the same run.
func slipBytes(ctx context.Context) ([]figure, error) {
	dir, err := os.MkdirTemp("", "petitionhall-bench")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left there says nothing
	out, err := exec.CommandContext(ctx, "node", "frontend/scripts/receiptline.mjs").Output()
	if err != nil {
		return nil, fmt.Errorf("receiptline: %w; make setup installs it", err)
	}
	theirs := strings.TrimSpace(string(out)) + " bytes"
	var figures []figure
	for _, one := range []struct {
		options, name string
		most          float64
	}{
		{"qr=raster", "the full Chinese slip at 80 mm, code sent as dots", 800},
		{"qr=native", "the full Chinese slip at 80 mm, code drawn by the printer", 400},
	} {
		n, err := bytesOf(ctx, filepath.Join(dir, one.options), one.options)
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure{Name: one.name, Ours: fmt.Sprintf("%d bytes", n), Other: theirs, Against: "receiptline 4.0.4, gb18030, escpos, the same content",
			Value: float64(n), Limit: one.most, Unit: "bytes"})
	}
	return figures, nil
}

// bytesOf prints the sample slip into a directory and counts.
func bytesOf(ctx context.Context, dir, options string) (int, error) {
	device, err := printer.Open("virtual:" + dir + "?" + options)
	if err != nil {
		return 0, err
	}
	if o := device.Print(ctx, sampleSlip()); o.State != printer.Confirmed {
		return 0, fmt.Errorf("the slip is %v", o)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "*.bin"))
	if err != nil || len(kept) != 1 {
		return 0, errors.Join(fmt.Errorf("%d slips were kept", len(kept)), err)
	}
	data, err := os.ReadFile(kept[0])
	return len(data), errors.Join(err, device.Close())
}
