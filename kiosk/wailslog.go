//go:build desktop && (production || dev)

package kiosk

import "log/slog"

// wailsLog writes what Wails has to say into the program's log. Wails tells each
// call and its data at its lower levels; numbers and codes of tickets must not
// get into a log, so those are left out.
type wailsLog struct{ log *slog.Logger }

func (wailsLog) Print(string)          {}
func (wailsLog) Trace(string)          {}
func (wailsLog) Debug(string)          {}
func (wailsLog) Info(string)           {}
func (l wailsLog) Warning(text string) { l.log.Warn(text, "from", "wails") }
func (l wailsLog) Error(text string)   { l.log.Error(text, "from", "wails") }
func (l wailsLog) Fatal(text string)   { l.log.Error(text, "from", "wails") }
