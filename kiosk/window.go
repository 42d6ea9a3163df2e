//go:build desktop && (production || dev)

package kiosk

import (
	"context"
	"errors"
	"fmt"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// Built tells whether this program has the touch window in it.
const Built = true

// Run opens the window and blocks until staff left it or ctx ended. Should its
// page freeze for good, the whole process ends with ExitFrozen, in good order but
// for the window. It must be called from the main goroutine, once in the life of
// a program.
func Run(ctx context.Context, o Options) error {
	o, err := o.validate()
	if err != nil {
		return err
	}
	if err := prepareDisplay(); err != nil {
		return err
	}
	machine, err := newMachine(ctx, o)
	if err != nil {
		return err
	}
	drew.Store(true)
	return errors.Join(open(machine, o), machine.close())
}

// open shows the window. GTK panics when it cannot reach the screen; to the
// caller that is an error like any other.
func open(m *machine, o Options) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("kiosk: the touch window could not open: %v", p)
		}
	}()
	return wails.Run(window(m, o))
}

// window says what kind of window this is: one that shows a page and nothing of
// a browser.
func window(m *machine, o Options) *options.App {
	app := &options.App{
		Title:            title(o),
		Width:            540,
		Height:           960,
		AssetServer:      &assetserver.Options{Handler: pages(o, m.app.hall)},
		Bind:             []any{bound(m, o)},
		ErrorFormatter:   forPage,
		Logger:           wailsLog{o.Log},
		BackgroundColour: paperOf(o),
		DragAndDrop:      &options.DragAndDrop{DisableWebViewDrop: true},
		Windows:          &windows.Options{DisablePinchZoom: true},
		OnStartup: func(window context.Context) {
			awaitLoop(window)
			if o.Windowed {
				fit(window)
			}
			m.opened(window, reach{quit: runtime.Quit, renew: renew, emit: runtime.EventsEmit})
		},
		OnBeforeClose: func(context.Context) bool { return !o.Windowed && !m.leaving() },
	}
	if !o.Windowed {
		app.WindowStartState = options.Fullscreen // Fullscreen: true alone leaves a frame's height free under openbox
		app.Frameless = true
	}
	return app
}

func title(o Options) string {
	if o.Display {
		return "大屏"
	}
	return "取号机"
}

// bound is what the page may ask.
func bound(m *machine, o Options) any {
	if o.Display {
		return &Display{m.app.reader}
	}
	return m.app
}

// paperOf is the page's ground, so that nothing flashes before it is drawn.
func paperOf(o Options) *options.RGBA {
	if o.Display {
		return options.NewRGB(0x0C, 0x20, 0x24)
	}
	return options.NewRGB(0xF6, 0xF3, 0xEC)
}

// awaitLoop waits until the window's loop runs. Wails calls OnStartup beside the
// loop's start, and GTK forgets a wish to quit that comes before it: a program
// told to end in that moment would stay. The size is asked for because on Linux
// the loop itself gives the answer; on Windows a quit waits in the queue anyway.
func awaitLoop(window context.Context) { runtime.WindowGetSize(window) }

// fit makes a window on a desk as high as the screen has room for, in the shape
// of a kiosk's screen. Where the screens cannot be asked it keeps its first size.
func fit(window context.Context) {
	screens, err := runtime.ScreenGetAll(window)
	if err != nil {
		return
	}
	for _, screen := range screens {
		if screen.IsCurrent && screen.Size.Height > 0 {
			height := screen.Size.Height * 85 / 100 // panels and the frame need the rest
			runtime.WindowSetSize(window, height*9/16, height)
			runtime.WindowCenter(window)
		}
	}
}
