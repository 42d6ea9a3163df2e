package kiosk

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"
)

// App is what the page in the touch window may ask of the program; Wails binds
// its exported methods as window.go.kiosk.App. The package comment lists them as
// the page sees them.
type App struct {
	*reader
	exit exit

	// printing prints the tickets taken here; nil when the hall does, or nobody.
	printing *printing
	// printer is what the hall is told to print with: hub, none, or a printer's id.
	printer string
	// leave closes the window.
	leave func()
}

// Display is what a board in a window of its own may ask: it can only look.
// Wails binds it as window.go.kiosk.Display.
type Display struct{ *reader }

// reader is what every page in a window may do.
type reader struct {
	hall   *client
	events *follower
	watch  *watch // nil: nobody watches the page
	log    *slog.Logger

	// life ends with the window: calls that still wait are given up then.
	life context.Context
}

// Follow begins the live events anew, the whole hall first.
func (r *reader) Follow() { r.events.begin(r.life) }

// Hall returns the whole hall as it is now.
func (r *reader) Hall() (json.RawMessage, error) { return r.hall.get(r.life, "hall") }

// Languages returns the languages that a visitor may choose.
func (r *reader) Languages() (json.RawMessage, error) { return r.hall.get(r.life, "languages") }

// Language returns all that the pages say in a language.
func (r *reader) Language(tag string) (json.RawMessage, error) {
	return r.hall.get(r.life, "languages", tag)
}

// Beat tells that the page lives and which screen it shows, by the name that the
// page's source gives it. The page calls it every 2 s.
func (r *reader) Beat(screen string) {
	if r.watch == nil {
		return
	}
	if !screenName.MatchString(screen) {
		screen = ""
	}
	if r.watch.beat(time.Now(), screen) {
		r.log.Info("the page in the window answers again")
	}
}

// Printers returns the printer that tickets taken here go to, and how it is:
// the kiosk's own, or else the hall's.
func (a *App) Printers() (json.RawMessage, error) {
	if a.printing != nil {
		return a.printing.status()
	}
	return a.hall.get(a.life, "printers")
}

// PrintJob returns how a print job stands.
func (a *App) PrintJob(job string) (json.RawMessage, error) {
	return a.hall.get(a.life, "print-jobs", job)
}

// Take takes a ticket. The key was made at touch-down: the same key gives the
// same ticket, however often the finger or the network repeats itself.
func (a *App) Take(request map[string]json.RawMessage, key string) (json.RawMessage, error) {
	if request == nil { // the page sent null
		request = map[string]json.RawMessage{}
	}
	request["printer"] = json.RawMessage(`"` + a.printer + `"`) // an id has nothing to escape
	body, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	return a.printed(a.hall.post(a.life, key, body, "tickets"))
}

// Reprint asks for a second slip of a ticket, marked as such.
func (a *App) Reprint(ticket string) (json.RawMessage, error) {
	body := []byte(`{"printer":"` + a.printer + `"}`)
	return a.printed(a.hall.post(a.life, "", body, "tickets", ticket, "print"))
}

// printed has the slip printed here that an answer of the hall reserved.
func (a *App) printed(answer json.RawMessage, err error) (json.RawMessage, error) {
	if err == nil && a.printing != nil {
		a.printing.submit(answer)
	}
	return answer, err
}

// Cancel gives a ticket back, by the code of its slip.
func (a *App) Cancel(code string) (json.RawMessage, error) {
	return a.hall.post(a.life, "", nil, "tickets", code, "cancel")
}

// Exit closes the window if the password is right.
func (a *App) Exit(password string) bool {
	if !a.exit.allows(password) {
		a.log.Warn("staff exit refused")
		return false
	}
	a.leave()
	return true
}
