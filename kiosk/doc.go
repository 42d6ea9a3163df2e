// Package kiosk is the touch app that visitors stand at: a full-screen window,
// what the page in it may ask of the machine, and the live news it is fed.
//
// The window shows kiosk.html of the built pages. The same page runs in an
// ordinary browser against a hub; there it uses fetch and EventSource. In the
// touch window it goes through Go instead, for two reasons: the page then never
// holds the machine's credential, and older WebKits know only GET on the
// window's own scheme while WebView2 hands over whole answers only, so that a
// stream of events would never arrive.
//
// # For main
//
// Run opens the window and blocks until it is closed. It must be called from
// the main goroutine. With Options.Hall the hall runs in this very program and
// is asked in memory, without a socket; with Options.HallURL the kiosk is a
// client of a hub. Both speak the same HTTP API, so this package knows nothing
// of the hall's code.
//
// The page beats. One that is silent for Options.Silence is loaded anew, in a new
// process on Linux, where a page can hang too hard to hear anything; if it is silent
// then too, or has been loaded anew three times in ten minutes, what runs is ended in
// good order and the process ends with ExitFrozen, to be started again. What drew the
// page is ended with it.
//
// With Options.Display the window shows board.html, a wall board. Its page is bound
// to Display, which can only look, and passes only GET
// on to the hall.
//
// The window needs cgo, GTK and WebKit on Linux, so it is compiled only with
// the tags desktop,production (and webkit2_41 on Linux). Without them Run
// returns ErrNoWindow; Built tells which of the two a program is.
//
// # For the page
//
// The page calls these methods of window.go.kiosk.App, or a board those of
// window.go.kiosk.Display, which are marked *; each returns a promise.
// JSON goes through unchanged in both directions, as the HTTP API has it.
//
//	Follow() *                    begin the live events anew, the whole hall first
//	Hall() *                      GET  /api/v1/hall
//	Languages() *                 GET  /api/v1/languages
//	Language(tag) *               GET  /api/v1/languages/{tag}
//	Beat(screen) *                the page lives; every 2 s, also while it waits
//	Take(request, key)            POST /api/v1/tickets; key is made at touch-down
//	Reprint(ticket)               POST /api/v1/tickets/{ticket}/print
//	Cancel(code)                  POST /api/v1/tickets/{code}/cancel
//	PrintJob(job)                 GET  /api/v1/print-jobs/{job}
//	Printers()                    GET  /api/v1/printers, or the kiosk's own printer
//	Help()                        POST /api/v1/help, as this kiosk
//	Fault(cause)                  something in the page failed: for the log
//	Exit(password)                true and the window closes, or false
//
// A promise is rejected with an Error whose message is the problem object of the
// API as JSON text: JSON.parse(error.message) gives {code, status, message {zh,
// en}, …}. Two codes are the kiosk's own: hub.unreachable, when no answer came,
// and kiosk.failed, when something in the kiosk itself went wrong.
//
// Live events arrive as Wails events, window.runtime.EventsOn(name, handler):
// hall, change, call and tick carry what the API's events of these names carry;
// connection carries {live: bool} and tells that the stream was lost or is back.
// After a loss the stream resumes by itself where it stopped. A page registers
// its handlers first and then calls Follow, so that it misses nothing.
package kiosk
