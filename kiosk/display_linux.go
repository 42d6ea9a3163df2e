//go:build desktop && (production || dev)

package kiosk

import "os"

// prepareDisplay checks that there is a screen and readies WebKit for it. Its
// DMA-BUF renderer leaves the window white on several drivers and without a
// graphics card; a page of still tiles loses nothing without it. Whoever knows
// the machine better sets the variable.
func prepareDisplay() error {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return ErrNoDisplay
	}
	const renderer = "WEBKIT_DISABLE_DMABUF_RENDERER"
	if _, set := os.LookupEnv(renderer); set {
		return nil
	}
	return os.Setenv(renderer, "1")
}
