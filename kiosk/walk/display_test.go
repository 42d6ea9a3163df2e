//go:build walk && more

package walk

import (
	"context"
	"strings"
	"testing"
)

// TestDisplay hangs up a board in a window of its own, under --supervise: a call is
// painted; without its hub the board is doubted, then no longer believed, and catches
// up; a page that freezes is loaded anew, then the program ends with 75 and is there
// again; told to end, all of it ends and nothing is left.
func TestDisplay(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 5*patience)
	defer cancel()
	step := steps(t)
	screen, data, address := newScreen(t, wall), t.TempDir(), freeAddress(t)
	hub := startHub(t, data, address)
	hub.open(ctx, "2", "3")
	display := launch(t, screen.env, "display", "--hall", hub.base, "--board", "main", "--page-silence", "6s", "--supervise")
	board := newTwin(ctx, newBrowser(t), screen, "board", hub.base+"/board", `[data-screen=board]`)
	step("the board hangs")
	number := hub.take(ctx)
	hub.do(ctx, "/api/v1/windows/3/next", nil, nil)
	board.await(ctx, "call", `[data-call=`+number+`]`)
	step("a call is painted")

	hub.close()
	board.await(ctx, "aging", `[data-trust=aging]`)
	step("the hub is away, and the board says so")
	board.await(ctx, "old", `[data-trust=old]`)
	step("it does not ask to be believed any more")
	hub = startHub(t, data, address)
	board.await(ctx, "back", `[data-trust=live]`)
	step("the hub is back")

	window := awaitChild(ctx, t, display.command.Process.Pid, "petitionhall", nil)
	var known []int
	for range 3 {
		painter := awaitPainterOf(ctx, t, window, known)
		freeze(t, painter)
		known = append(known, painter)
		if len(known) == 1 {
			awaitPainterOf(ctx, t, window, known)
			screen.await(ctx, "board-again", board.now)
			display.awaitSaid(ctx, "answers again", 1)
			step("a frozen page came back")
		}
	}
	display.awaitSaid(ctx, "ended with 75", 1)
	awaitGone(ctx, t, append(known, window)...)
	step("frozen for good, it ended with 75 and left nothing")
	again := awaitChild(ctx, t, display.command.Process.Pid, "petitionhall", nil)
	last := awaitPainterOf(ctx, t, again, nil)
	screen.await(ctx, "board-anew", board.now)
	step("the program is there again")
	display.close()
	awaitGone(ctx, t, again, last)
	hub.close()
	hub.check()
	step("ended")
}

// TestUnknownBoard: a display of a board that the hall does not have says which
// there are, calmly and for as long as it takes, and tells the operator.
func TestUnknownBoard(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	screen := newScreen(t, wall)
	hub := startHub(t, t.TempDir(), freeAddress(t))
	display := launch(t, screen.env, "display", "--hall", hub.base, "--board", "east")
	newTwin(ctx, newBrowser(t), screen, "unknown", hub.base+"/board?board=east", `[data-screen=boards]`)
	display.awaitSaid(ctx, "the hall has no such board", 1)
	if said := display.said.String(); !strings.Contains(said, "board=east boards=[main]") {
		t.Errorf("the operator is told:\n%s", said)
	}
	display.close()
	hub.close()
}
