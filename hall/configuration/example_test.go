package configuration_test

import (
	"strings"
	"testing"

	"petitionhall/hall/configuration"
)

// example is what stands as an example behind # in the file that halls copy.
func example(t *testing.T, first string) string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(string(configuration.DefaultFile())) {
		code, commented := strings.CutPrefix(line, "#   ")
		switch {
		case strings.HasPrefix(line, "#   "+first):
			lines = append(lines, code)
		case len(lines) > 0 && commented:
			lines = append(lines, code)
		case len(lines) > 0:
			return strings.Join(lines, "")
		}
	}
	t.Fatalf("the file has no example of %s", first)
	return ""
}

// TestExamplesAreRead: what a hall is shown as an example can be taken as it stands.
func TestExamplesAreRead(t *testing.T) {
	hours, leaders := example(t, "hours:"), example(t, "leaderService:")
	room := strings.NewReplacer("{id: all, name", "{id: leader, name: {zh: 领导, en: Leader}, series: X}\n  - {id: all, name",
		"windows:\n", "windows:\n  - {id: 21, number: 21, services: [leader], presence: rota}\n")
	c := parsed(t, room.Replace(small)+hours+leaders)
	if len(c.Hours.Week) != 2 || len(c.Hours.Dates) != 2 || c.Hours.Week[1].IssueUntil != "17:00" || len(c.Leaders) != 1 || c.Leaders[0].Post.ZH != "副县长" {
		t.Errorf("read %+v, leaders %+v", c.Hours, c.Leaders)
	}
}
