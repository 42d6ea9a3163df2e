//go:build walk && more

package walk

import (
	"context"
	"fmt"
	"image"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestKiosk goes through what the kiosk's page can do, by touching the real window:
// both kinds of search, the follow-up question, a party, priority, a leader's
// reception, English, the aids, and the button for a person. What the hall has of it
// afterwards is what was touched.
func TestKiosk(t *testing.T) {
	paper := newPaper(t)
	ctx, cancel := context.WithTimeout(t.Context(), 5*patience)
	defer cancel()
	step := steps(t)
	screen := newScreen(t, upright)
	hall := openHallIn(t, screen, t.TempDir(), paper.URI("baud=115200&profile=epson-tm"), "--config", withLeader(t))
	hall.open(ctx, "2", "3", "4", "5", "11", "21")
	visitor := newTwin(ctx, newBrowser(t), screen, "kiosk", hall.base+"/kiosk", "[data-service=natural-resources]")
	step("the kiosk stands")

	searchByLetters(ctx, visitor)
	takeWithParty(ctx, hall, visitor)
	step("found by letters: a party of seven has its number")
	searchByWord(ctx, visitor)
	step("found by a word")
	seeLeader(ctx, visitor)
	step("the leader will see somebody")
	setScreen(ctx, visitor)
	step("large, clear and low")
	inEnglish(ctx, hall, visitor)
	step("in English, with a person asked for")
	hall.close()
	hall.check()
}

// withLeader is the configuration that a hall starts with, and a leader who receives
// today, whatever the hour.
func withLeader(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "hall", "configuration", "default.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	rota := "leaderService: leader\nleaders:\n"
	for _, day := range []time.Time{time.Now(), time.Now().AddDate(0, 0, 1)} { // midnight may pass
		rota += fmt.Sprintf("  - {date: %q, from: \"00:00\", until: \"23:59\", window: \"21\", post: {zh: 副县长, en: Deputy County Head}, name: {zh: 某某某, en: N. N.}}\n",
			day.In(zone).Format(time.DateOnly))
	}
	topic := "{head: {zh: 要见领导, en: See a leader}, about: {zh: 县领导当面听您说, en: A county leader hears you in person}, words: [要见领导], icon: leader}"
	whole := strings.NewReplacer(
		"\nservices:\n", "\n"+rota+"services:\n  - {id: leader, name: {zh: 领导, en: Leaders}, fullName: {zh: 县领导接访, en: Reception by county leaders}, series: X, topic: "+topic+"}\n",
		"\nwindows:\n", "\nwindows:\n  - {id: \"21\", number: 21, services: [leader], presence: rota}\n",
	).Replace(string(text))
	path := filepath.Join(t.TempDir(), "hall.yaml")
	if err := os.WriteFile(path, []byte(whole), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// searchByLetters finds the land office by the initials of 征地.
func searchByLetters(ctx context.Context, v *twin) {
	v.touch(ctx, "search", "[data-aid=search]", "[data-screen=search]")
	v.touch(ctx, "letter", "[data-letter=Z]", ".found")
	v.touch(ctx, "letters", "[data-letter=D]", ".found")
	v.touch(ctx, "found", ".found [data-service=natural-resources]", "[data-screen=visit]")
}

// takeWithParty answers the question, which leads to the house office, counts the
// party, asks to come first and takes the number.
func takeWithParty(ctx context.Context, h *hall, v *twin) {
	v.touch(ctx, "answered", "[data-answer='1']", "[data-answer='1'][aria-pressed=true]")
	v.touch(ctx, "three", "[data-persons='3']", "[data-persons='3'][aria-pressed=true]")
	v.touch(ctx, "many", "[data-persons=many]", ".counting")
	v.touch(ctx, "seven", ".counting .key:last-child", ".counting")
	v.touch(ctx, "priority", "[data-action=priority]", "[data-action=priority][aria-checked=true]")
	taken := takeHere(ctx, h, v, "2")
	if taken.Persons != 7 || !taken.Priority {
		h.t.Errorf("touched were seven persons who come first, the hall has %+v", taken)
	}
}

// takeHere takes a number in the window alone, which its twin must not, sees it
// printed, and waits until both are back at the first screen.
func takeHere(ctx context.Context, h *hall, v *twin, window string) ticket {
	at := v.where("[data-action=take]")
	v.screen.touchUntil(ctx, v.named("taking"), at, 1, v.now, func(image.Image) bool { return len(h.waiting(ctx, window)) > 0 })
	h.awaitPrinted(ctx, window)
	keep(h.t, "window-"+v.named("ticket"), v.screen.picture())
	v.alone(ctx, "home", "[data-action=back]", "[data-screen=home]")
	return h.waiting(ctx, window)[0]
}

// searchByWord finds the offices that pay allowances.
func searchByWord(ctx context.Context, v *twin) {
	v.touch(ctx, "search", "[data-aid=search]", "[data-screen=search]")
	v.touch(ctx, "word", "[data-word=补贴]", ".found")
	v.touch(ctx, "found", ".found [data-service=civil-affairs]", "[data-screen=visit]")
	v.touch(ctx, "home", "[data-action=back]", "[data-screen=home]")
}

// seeLeader looks who receives today, and goes back.
func seeLeader(ctx context.Context, v *twin) {
	v.touch(ctx, "leader", "[data-service=leader]", "[data-screen=visit]")
	v.touch(ctx, "home", "[data-action=back]", "[data-screen=home]")
}

// setScreen tries how the screen can be set, alone and together.
func setScreen(ctx context.Context, v *twin) {
	v.touch(ctx, "large", "[data-aid=large]", ".sheet.large")
	v.touch(ctx, "page", ".pager .key:last-child", ".sheet.large")
	v.touch(ctx, "clear", "[data-aid=clear]", "[data-aid=clear][aria-pressed=true]")
	v.touch(ctx, "low", "[data-aid=low]", ".sheet.low")
	v.touch(ctx, "visit", "[data-service]", "[data-screen=visit]")
	v.touch(ctx, "home", "[data-action=back]", "[data-screen=home]")
	v.touch(ctx, "not-low", "[data-aid=low]", ".sheet:not(.low)")
	v.touch(ctx, "not-clear", "[data-aid=clear]", "[data-aid=clear][aria-pressed=false]")
	v.touch(ctx, "not-large", "[data-aid=large]", ".sheet:not(.large)")
}

// inEnglish turns to English, whose words come only then, and asks for a person while
// a clerk looks at a window's page.
func inEnglish(ctx context.Context, h *hall, v *twin) {
	v.browser.do("clerk", map[string]string{"address": h.base + "/window/3"}, new(any))
	v.touch(ctx, "english", "[data-aid=language]", "html[lang=en]")
	v.touch(ctx, "visit", "[data-service=housing]", "[data-screen=visit]")
	v.touch(ctx, "help", "[data-action=help]", "[data-screen=calm-helpKnown]")
	var asked struct{ Help []struct{ From string } }
	if status, err := h.get(ctx, "/api/v1/hall", &asked); err != nil || status != http.StatusOK {
		h.t.Fatalf("the hall: status %d, %v", status, err)
	}
	if !slices.ContainsFunc(asked.Help, func(one struct{ From string }) bool { return one.From == "hub" }) {
		h.t.Errorf("the kiosk asked for a person, the hall has %v", asked.Help)
	}
	v.touch(ctx, "back", "[data-act=back]", "[data-screen=visit]")
}

// TestLeftAlone: a kiosk that is a hub's client, left in the midst of something by
// somebody who had set it to English and high contrast, asks whether anybody is
// there, and is then as the next visitor needs it.
func TestLeftAlone(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	defer cancel()
	screen := newScreen(t, upright)
	hub := startHub(t, t.TempDir(), freeAddress(t))
	hub.open(ctx, "2", "3")
	kiosk := launch(t, screen.env, "kiosk", "--hall", hub.base)
	visitor := newTwin(ctx, newBrowser(t), screen, "alone", hub.base+"/kiosk", "[data-service=housing]")
	home := visitor.now
	visitor.touch(ctx, "clear", "[data-aid=clear]", "[data-aid=clear][aria-pressed=true]")
	visitor.touch(ctx, "english", "[data-aid=language]", "html[lang=en]")
	visitor.touch(ctx, "visit", "[data-service=housing]", "[data-screen=visit]")
	visitor.await(ctx, "idle", "[data-screen=calm-idle]")
	visitor.await(ctx, "home", "[data-screen=home]")
	if apart := difference(visitor.now, home); apart >= alike {
		t.Errorf("the next visitor finds the screen as the last one set it (%.1f apart)", apart)
	}
	kiosk.close()
	hub.close()
}
