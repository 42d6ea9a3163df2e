// Package hall is the running hall: it opens the journals, runs the queue,
// serves the API, the live events and the pages, and prints with its own printer.
//
//	h, err := hall.Open(ctx, hall.Options{Data: "data", Open: true, Listen: "127.0.0.1:8080"})
//	...
//	err = h.Run(ctx)   // blocks until ctx ends
//
// The rooms below it: runner decides and records, view says what may be seen,
// api takes requests, live tells what happens, voice says it aloud, help
// brings a visitor's wish for a person to the windows, problem refuses in words for
// people, configuration reads what a hall decides, office keeps what lasts
// longer than a day.
package hall
