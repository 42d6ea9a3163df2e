//go:build !linux && desktop && (production || dev)

package kiosk

import (
	"context"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// renew asks the page to load itself anew. Where it hangs too hard to hear that,
// the program ends a little later and is started again.
func renew(window context.Context) { runtime.WindowReloadApp(window) }
