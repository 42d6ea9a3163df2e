// Command plant plants a bug at a time into the rules of the hall and sees that a
// suite catches it: the tests are tested too. Nothing in the repository changes;
// the compiler is shown the changed file in place of the real one (go build
// -overlay).
//
//	go run ./build/plant            all bugs; exit 0 only if each is caught
//	go run ./build/plant -only k:1  those with this in their name
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// bug is one planted bug: in the file, the first text becomes the second.
type bug struct {
	name, file, is, becomes string
	// suite is what catches it: a package and the tests to run.
	pkg, tests string
}

const (
	rules   = "./queue"
	storms  = "./queue/simulate"
	checked = "./queue/check"
	office  = "./hall/office"
	voice   = "./hall/voice"
)

var bugs = []bug{
	{"a number is issued twice after a restart", "queue/evolve.go", "s.series[d.Series] = max(s.series[d.Series], d.N)", "s.series[d.Series] = len(s.series)", rules, "TestAnyDays"},
	{"k:1 is off by one", "queue/pick.go", "s.run < l.rules.PriorityRun", "s.run <= l.rules.PriorityRun", rules, "TestPriorityRun|TestAnyDays"},
	{"the run counts while no ordinary ticket waits", "queue/pick.go", "	case anyOrdinary:\n		s.run++", "	case anyOrdinary || called.Priority:\n		s.run++", storms, "TestKinds"},
	{"a transfer loses the arrival time", "queue/evolve.go", "	t.Service, t.Window = d.Service, d.Window\n", "	t.Service, t.Window = d.Service, d.Window\n	t.Arrival = s.lastArrival.Add(1)\n", storms, "TestKinds"},
	{"the bound B is ignored", "queue/pick.go", "	if p, ok := l.passedOver(s); ok {", "	if p, ok := l.passedOver(s); ok && false {", rules, "TestPreference|TestAnyDays"},
	{"the bound is looked at by windows with several services only", "queue/pick.go", "	if !l.prefers() {\n		return place{}, false", "	if !l.prefers() || len(s.services) < 2 {\n		return place{}, false", rules, "TestPassedOverElsewhere"},
	{"preference is ignored", "queue/pick.go", "		if found && l.prefers() {", "		if found && false {", rules, "TestPreference"},
	{"the first window is overwritten", "queue/evolve.go", `	if t.FirstWindow == "" {`, `	if t.FirstWindow != w.ID {`, storms, "TestKinds"},
	{"an undo is possible for a minute", "queue/configuration.go", "cmp.Or(r.UndoSeconds, defaultUndoSeconds)", "3*cmp.Or(r.UndoSeconds, defaultUndoSeconds)", rules, "TestUndoTooLate"},
	{"an undo after the window moved on", "queue/decide_window.go", "|| !last.stands(t, w, config) {", "|| config == nil {", rules, "TestUndoMovedOn|TestAnyDays"},
	{"an undone call keeps its first window", "queue/evolve.go", "	*t = last.before\n", "	first := t.FirstWindow\n	*t = last.before\n	t.FirstWindow = first\n", rules, "TestUndoCall"},
	{"an undo does not give the passing back", "queue/pick.go", "l.lines[i].class[e.class()].passBack(e.place(), c.clock)", "_ = i", rules, "TestUndoCall|TestUndoOnly"},
	{"a double call under race: a busy window calls again", "queue/decide_window.go", "	case w.busy():\n		return nil, refuse(CodeWindowBusy)", "	case false:\n		return nil, refuse(CodeWindowBusy)", storms, "TestKinds"},
	{"a lost acknowledgement is retried into two tickets", "queue/decide.go", "	if r, ok := s.Request(c.Key); ok && c.Key != \"\" {", "	if r, ok := s.Request(c.Key); ok && false {", storms, "TestKinds"},
	{"a rejoined ticket comes up a call late", "queue/pick.go", "		case t.Left <= 0:", "		case t.Left < 0:", rules, "TestRejoin|TestAnyDays"},
	{"a rejoined ticket comes up at any window", "queue/pick.go", "		return home == s\n", "		return s.serves(t.Service)\n", rules, "TestRejoinHome"},
	{"closing a window forgets whom it holds", "queue/evolve.go", "		if t.State == Held && t.Window == w.ID {", "		if t.State == Held && t.Window == w.ID && false {", rules, "TestHold|TestEveryCell"},
	{"a joined window stays busy for ever", "queue/evolve.go", "			w.Joined = 0\n		}\n	}\n	t.Joined = nil", "			_ = w\n		}\n	}\n	t.Joined = nil", rules, "TestJointReception"},
	{"the day is closed with a missed ticket open", "queue/decide_day.go", "		case t.State == Missed, a.System && t.State == Called:", "		case t.State == Missed && false, a.System && t.State == Called:\n			_ = 0\n		case t.State == Missed:", storms, "TestKinds"},
	{"a served ticket that is given back is no reception", "queue/decide_ticket.go", "	if t.Served() {\n		d.emit(&TicketFinished", "	if false {\n		d.emit(&TicketFinished", rules, "TestServedTicketEndsAsReception"},
	{"a clone shares the rejoin counters", "queue/lineup.go", "		c.back[i].RejoinTurn = &left\n", "		_ = left\n", rules, "TestCloneLivesAlone"},
	{"the digest forgets who was passed over", "queue/digest.go", "	s.lineup.eachPassed(put)\n", "", rules, "TestDigestKnowsThePassings"},
	{"a service that goes takes its numbers along", "queue/evolve_hall.go", "		service = s.Configuration.General\n", "		_ = s.Configuration.General\n", rules, "TestServiceGoes"},
	{"a window keeps what it no longer takes", "queue/evolve_hall.go", "			bound = \"\"\n", "			_ = bound\n", rules, "TestWindowTakesOtherThings"},
	{"the rules change in the middle of a day", "queue/decide_hall.go", "	c.Rules, c.TimeZone = d.state.Configuration.Rules, d.state.Configuration.TimeZone\n", "	c.TimeZone = d.state.Configuration.TimeZone\n", rules, "TestRulesWaitForTomorrow"},
	{"numbers are given until the door is locked", "queue/hours.go", "		case now.Before(s.issue):\n			return Availability{}\n		}\n	}\n	code := CodeDayStopped", "		case now.Before(s.until):\n			return Availability{}\n		}\n	}\n	code := CodeDayStopped", rules, "TestHours"},
	{"a paused hall calls", "queue/decide_window.go", "	case d.state.Paused != nil:", "	case false:", rules, "TestHallPaused"},
	{"a damaged day is gone on with", "queue/evolve.go", "	if err := s.fits(e); err != nil {", "	if err := s.fits(e); err != nil && false {", "./hall/runner", "TestDamagedDay"},
	{"what waits taught is forgotten overnight", "hall/hall.go", "Waits: h.office.Waits()", "Waits: nil", "./hall", "TestToldWait"},
	{"a small count can be told from its total", "hall/office/cells.go", "		if !t.withhold() && !t.blur() {", "		if true {", office, "TestCells"},
	{"the checker does not look at the order", "queue/check/order.go", "if due := d.due(w); due != t {", "if due := d.due(w); due != t && false {", checked, "TestBrokenPromises"},
	{"a ghost takes a window's time", "queue/forecast/forecast.go", "	case id >= ghostIDs:\n", "	case id >= ghostIDs:\n		f.free[desk] += time.Minute\n", "./queue/forecast", "TestRangesByTheRules"},
	{"a call is said that is over", "hall/voice/speak/speak.go", "			case !hall.Holds(w.Item, age):", "			case !hall.Holds(w.Item, age) && false:", voice + "/speak", "TestHundredThousandCalls|TestShortened|TestOnlyWhatHoldsCounts"},
	{"a call begins before the one before it is over", "hall/voice/speak/speak.go", "q.free = now + lasts + Gap", "q.free = now + lasts - Gap", voice, "TestNeverTwoAtOnce"},
	{"a hub that starts calls again what was called before", "hall/voice/hear.go", "		if !first {\n			a.catchUp(s)", "		if first || !first {\n			a.catchUp(s)", voice, "TestRestart"},
	{"a board that comes on repeats what is over", "hall/live/say.go", "	if !time.Now().Before(h.saying.over) {", "	if len(h.saying.bytes) == 0 {", "./hall/live", "TestSayToWhoJoins"},
}

func main() {
	only := flag.String("only", "", "plant only the bugs with this in their name")
	flag.Parse()
	missed := 0
	for i, b := range bugs {
		if !strings.Contains(b.name, *only) {
			continue
		}
		began := time.Now()
		caught, err := plant(context.Background(), b)
		if err != nil {
			fmt.Printf("%2d  %s: %v\n", i+1, b.name, err)
			missed++
			continue
		}
		verdict := "caught by " + caught
		if caught == "" {
			verdict = "NOT CAUGHT by " + b.pkg + " " + b.tests
			missed++
		}
		fmt.Printf("%2d  %s: %s (%.1f s)\n", i+1, b.name, verdict, time.Since(began).Seconds())
	}
	if missed > 0 {
		fmt.Printf("%d of the planted bugs were not caught\n", missed)
		os.Exit(1)
	}
}

// plant runs a suite on a bug, and names the tests that failed; "" when none did.
func plant(ctx context.Context, b bug) (string, error) {
	dir, err := os.MkdirTemp("", "plant")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	source, err := os.ReadFile(b.file)
	if err != nil {
		return "", err
	}
	if strings.Count(string(source), b.is) != 1 {
		return "", fmt.Errorf("%s has its text %d times: plant it anew", b.file, strings.Count(string(source), b.is))
	}
	changed := filepath.Join(dir, "changed.go")
	if err := os.WriteFile(changed, []byte(strings.Replace(string(source), b.is, b.becomes, 1)), 0o600); err != nil {
		return "", err
	}
	real, err := filepath.Abs(b.file)
	if err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {real: changed}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600); err != nil {
		return "", err
	}
	args := []string{"test", "-overlay", filepath.Join(dir, "overlay.json"), "-count=1", "-timeout", "3m", "-run", b.tests, b.pkg}
	if b.pkg == rules || b.pkg == office { // a found history of a planted bug is no history to keep
		args = append(args, "-rapid.nofailfile")
	}
	out, err := exec.CommandContext(ctx, "go", args...).CombinedOutput()
	if err == nil {
		return "", nil
	}
	var failed []string
	for line := range strings.Lines(string(out)) {
		if name, ok := strings.CutPrefix(line, "--- FAIL: "); ok {
			failed = append(failed, strings.Fields(name)[0])
		}
	}
	if len(failed) == 0 {
		return "", fmt.Errorf("the suite did not run:\n%s", out)
	}
	return strings.Join(failed, ", "), nil
}
