package kiosk

import (
	"encoding/json"
	"strings"
)

// mostCause is how much of a page's fault is logged, in bytes.
const mostCause = 4000

// Help asks the windows for a person. It answers once a window's page shows
// that, or after 5 s that none did.
func (a *App) Help() (json.RawMessage, error) {
	return a.hall.post(a.life, "", []byte(`{"from":"`+a.printer+`"}`), "help") // an id has nothing to escape
}

// Fault puts what failed in the page into the operator's log. The page shows a
// calm screen meanwhile and begins anew, so it comes once for each load of it.
func (a *App) Fault(cause string) {
	if len(cause) > mostCause {
		cause = strings.ToValidUTF8(cause[:mostCause], "") + "…"
	}
	a.log.Error("the page failed and begins anew", "cause", cause)
}
