package simulation_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"petitionhall/hall/simulation"
	"petitionhall/queue/simulate"
)

// TestCounty: the scenario inside the program is played without a broken promise, and told in the report's words.
func TestCounty(t *testing.T) {
	s, err := simulation.Read("", "")
	if err != nil {
		t.Fatal(err)
	}
	r, err := simulate.Run(s, simulate.Options{Seed: 1, Days: 2, Digest: true})
	if err != nil || !r.Report.OK() {
		t.Fatal(err, r.Report.Violations)
	}
	var out bytes.Buffer
	if err := simulation.Tell(&out, r); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"2 days", "接待批次", "现场解决率", "trace " + r.Trace} {
		if !strings.Contains(out.String(), word) {
			t.Errorf("%q is not in\n%s", word, &out)
		}
	}
}

// TestBadScenario: what cannot be played is refused with the field.
func TestBadScenario(t *testing.T) {
	for text, want := range map[string]string{
		"opens: 600\ncloses: 500":                         "opens, closes",
		"priority: 2":                                     "priority",
		"services: {moon: {share: 1, minutes: 5}}":        "moon",
		"services: {general: {share: 1, minutes: 0}}":     "general",
		"bursts: [{at: 600, service: nowhere, count: 3}]": "bursts[0]",
		"shifts: {99: {from: 1, until: 2}}":               "shifts",
		"visitors: 5":                                     "visitors",
	} {
		path := filepath.Join(t.TempDir(), "scenario.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := simulation.Read(path, ""); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: got %v, want something about %s", text, err, want)
		}
	}
	if _, err := simulation.Read(filepath.Join(t.TempDir(), "none.yaml"), ""); err == nil {
		t.Error("a file that is not there was read")
	}
}
