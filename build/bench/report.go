package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// write makes the report and its chart. The error says which promises were not kept.
func write(path string, figures []figure) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Performance\n\nMade by `make bench` on %s: %s, %d processors, %s/%s. Another machine has other times; the ratios are what is promised. "+
		"Both sides of a ratio took turns in the same run.\n\n![each figure as a share of its limit](images/performance.svg)\n\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	b.WriteString("| what | here | against | of | value | promise | |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	var broken []error
	for _, f := range figures {
		sign := "at most"
		if f.AtLeast {
			sign = "at least"
		}
		promise := fmt.Sprintf("%s %g %s", sign, f.Limit, f.Unit)
		if f.Limit >= 1e9 {
			promise = "-"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %.2f %s | %s | %s |\n", f.Name, f.Ours, f.Other, f.Against, f.Value, f.Unit, promise, word(f.held()))
		if !f.held() {
			broken = append(broken, fmt.Errorf("not held: %s", f.Name))
		}
	}
	b.WriteString("\n![calling the next: time against how many wait](images/next.svg)\n")
	b.WriteString(notCovered)
	images := filepath.Join(filepath.Dir(path), "images")
	if err := os.MkdirAll(images, 0o755); err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(images, "performance.svg"), chart(figures), 0o644), os.WriteFile(path, b.Bytes(), 0o644), errors.Join(broken...))
}

const notCovered = `
What this does not cover: other disks (a commit costs what the disk's sync costs), a network between hub and boards, and real
printers. "A call reaches" is measured from the clerk's command, the durable commit included, to the arrival of the bytes at each
of 100 readers in one process on the loopback interface. "A call is painted" is measured from the clerk's POST to the frame in which
Chromium, without a graphics card, has drawn its number, on two boards that stand beside 48 such readers.
A batch of 100 clients' takes is one sync for all of them, as bbolt's Batch does; both write the same bytes.

"A touch" is a kiosk's request to the hall; the scripted printer of printer/printertest takes the bytes at the pace of the line, on a
pseudo-terminal, and confirms 200 ms after the cut. The 10,000 slips go over a TCP line, which has no pace; the driver is the same.
receiptline is asked in the same run for the same content, see frontend/scripts/receiptline.mjs.
`

// chart draws each figure as a bar against its limit, which is the line.
func chart(figures []figure) []byte {
	const width, left, bar, row, line = 1070, 570, 360, 34, 280
	var b bytes.Buffer
	rows := 0
	for _, f := range figures {
		if f.Limit < 1e9 {
			rows++
		}
	}
	height := 60 + rows*row
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="15" role="img" aria-label="each figure as a share of its limit">`, width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fffdf8"/><text x="%d" y="26" fill="#55646e">limit</text>`, width, height, left+line-14)
	y := 40
	for _, f := range figures {
		if f.Limit >= 1e9 {
			continue
		}
		share := f.Value / f.Limit
		if f.AtLeast {
			share = f.Limit / f.Value
		}
		color := "#11747a"
		if !f.held() {
			color = "#b3261e"
		}
		length := min(share*line, bar)
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#1d2a33">%s</text>`, left-12, y+20, escape(f.Name))
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%.0f" height="22" rx="3" fill="%s"/>`, left, y+4, length, color)
		fmt.Fprintf(&b, `<text x="%.0f" y="%d" fill="#1d2a33">%.2f %s</text>`, left+max(length, line)+14, y+20, f.Value, f.Unit)
		y += row
	}
	fmt.Fprintf(&b, `<line x1="%d" y1="34" x2="%d" y2="%d" stroke="#1d2a33" stroke-dasharray="4 4"/></svg>`+"\n", left+line, left+line, height-12)
	return b.Bytes()
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
