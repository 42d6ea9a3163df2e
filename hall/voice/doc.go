// Package voice says aloud what happens in the hall.
//
// An Announcer follows what is committed, like the live events do, and asks the
// one queue of package speak for what is to be said next. What begins is sent to
// every board as an event say, with the addresses of its sounds, and played by the
// hub's own loudspeaker if there is one:
//
//	a := voice.New(voice.Options{Hall: h, Screens: h.live, Packs: packs, Log: log})
//	mux.Handle("GET "+voice.SoundsPath+"{file}", a.Sounds())
//	err := a.Run(ctx)
//
// The hub paces: it knows how long each sound is, and lets nothing begin before
// the one before is over. Nobody waits for the voice: it has a goroutine and a
// seat among the readers of its own, and if it loses the seat it begins anew
// without repeating anything.
//
// A hub that starts says nothing of what was called before: it cannot know who
// heard it. See docs/adr/0009-voice.md.
package voice
