package live

import (
	"time"

	"petitionhall/hall/view"
)

// saying is what is said aloud now, as it is sent.
type saying struct {
	bytes []byte
	// over is when it ends; what no longer is being said is told to nobody.
	over time.Time
}

// announced is something to be told, which lasts so long.
type announced struct {
	say   view.Say
	lasts time.Duration
}

// Say tells every reader what is said aloud from now on for so long, and every
// reader that joins while it lasts. It waits until the readers of this moment are
// told, or the hub has ended.
func (h *Hub) Say(s view.Say, lasts time.Duration) {
	select {
	case h.says <- announced{s, lasts}:
	case <-h.ended:
	}
}

// say tells what is said now, after all that led to it: a board shows a number
// before it says it.
func (h *Hub) say(a announced) {
	h.catchUp()
	var m message
	m.add("say", 0, a.say)
	h.saying = saying{m.bytes(), time.Now().Add(a.lasts)}
	h.broadcast(m.bytes())
}

// nowSaid is what a reader that joins is told of what is being said: the hub's
// clock, by which it knows how much is left, and then the same words as the
// others. Nothing when the hall is silent.
func (h *Hub) nowSaid() []byte {
	if !time.Now().Before(h.saying.over) {
		return nil
	}
	var m message
	m.add("tick", 0, h.present())
	return append(m.bytes(), h.saying.bytes...)
}

// maxBoard is the longest id of a board.
const maxBoard = 32

// speaker is the board that says of its own accord, with ?speaks=, that the
// voice comes out of it; empty for a reader that is silent.
func speaker(board string) string {
	if len(board) > maxBoard {
		return ""
	}
	return board
}

// Speakers are the boards that are connected and whose sound is on, in no order;
// one that is connected twice stands twice.
func (h *Hub) Speakers() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []string
	for c := range h.speaking {
		all = append(all, c.speaks)
	}
	return all
}

// SpeakersChanged receives after a board with sound came or went.
func (h *Hub) SpeakersChanged() <-chan struct{} { return h.speakersChanged }

// heard notes that a speaker came or went. It waits for nobody. The caller holds mu.
func (h *Hub) heard(c *connection) {
	if c.speaks == "" {
		return
	}
	if _, there := h.connections[c]; there {
		h.speaking[c] = struct{}{}
	} else {
		delete(h.speaking, c)
	}
	select {
	case h.speakersChanged <- struct{}{}:
	default: // whoever listens has not yet looked at the last one
	}
}
