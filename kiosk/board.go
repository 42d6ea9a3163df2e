package kiosk

import (
	"encoding/json"
	"log/slog"
	"slices"
)

// wanted tells the operator when the hall has no board of the name that a display
// was started with. The page in the window says so too, but to the hall's visitors,
// and it shows the board by itself once the hall has it.
type wanted struct {
	board   string
	log     *slog.Logger
	missing bool // and told; events come one at a time
}

// look judges an event of the hall's.
func (w *wanted) look(name string, data any) {
	text, whole := data.(json.RawMessage)
	if w.board == "" || name != "hall" || !whole {
		return
	}
	var hall struct {
		Boards []struct {
			ID string `json:"id"`
		} `json:"boards"`
	}
	if json.Unmarshal(text, &hall) != nil {
		return // an odd hall; the page says what it makes of it
	}
	known := make([]string, 0, len(hall.Boards))
	for _, one := range hall.Boards {
		known = append(known, one.ID)
	}
	missing := !slices.Contains(known, w.board)
	switch {
	case missing && !w.missing:
		w.log.Error("the hall has no such board: the display waits for it", "board", w.board, "boards", known)
	case w.missing && !missing:
		w.log.Info("the hall has the board now", "board", w.board)
	}
	w.missing = missing
}
