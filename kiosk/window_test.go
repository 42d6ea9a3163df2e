//go:build desktop && (production || dev)

package kiosk

import (
	"net/http"
	"testing"
)

// TestBound: a display's window is bound to Display, a kiosk's to App.
func TestBound(t *testing.T) {
	hall := http.NotFoundHandler()
	o := Options{Hall: hall, Display: true}
	if _, looks := bound(startMachine(t, o), o).(*Display); !looks {
		t.Error("a board's page may do more than look")
	}
	if app := window(startMachine(t, o), o); len(app.Bind) != 1 {
		t.Errorf("a board's page is bound to %d things", len(app.Bind))
	}
	o = Options{Hall: hall}
	if _, whole := bound(startMachine(t, o), o).(*App); !whole {
		t.Error("a kiosk's page cannot do its work")
	}
}
