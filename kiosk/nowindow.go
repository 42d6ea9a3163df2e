//go:build !(desktop && (production || dev))

package kiosk

import "context"

// Built tells whether this program has the touch window in it.
const Built = false

// Run returns ErrNoWindow: this program was built without the touch window.
func Run(context.Context, Options) error { return ErrNoWindow }
