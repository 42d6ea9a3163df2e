package configuration_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"petitionhall/hall/configuration"
	"petitionhall/queue"
)

// The order, the letters and the discretion of the out-of-the-box windows.
func TestDefaultWindows(t *testing.T) {
	const series = "A B C D V F G H A A L M N P Q Y S T U W"
	slugs := strings.Fields(`general housing natural-resources civil-affairs social-security public-security justice court procuratorate discipline
		agriculture urban-management education health medical-insurance transport water forestry market-regulation veterans`)
	c := configuration.Default()
	if len(c.Windows) != 20 || len(c.Services) != 20 {
		t.Fatalf("%d windows, %d services", len(c.Windows), len(c.Services))
	}
	for i, letter := range strings.Fields(series) {
		s, w := c.Services[i], c.Windows[i]
		discreet := i == 8 || i == 9
		if string(s.ID) != slugs[i] || s.Topic.Icon != slugs[i] || s.Series != letter || s.Discreet != discreet {
			t.Errorf("service %d: %s, icon %s, series %s, discreet %v", i+1, s.ID, s.Topic.Icon, s.Series, s.Discreet)
		}
		if w.Number != i+1 || len(w.Services) != 1 || w.Services[0] != s.ID || c.Discreet(&w) != discreet {
			t.Errorf("window %s: number %d, services %v", w.ID, w.Number, w.Services)
		}
	}
}

// Words must fit where they are shown, in both languages.
func TestDefaultWordsFit(t *testing.T) {
	c := configuration.Default()
	for _, s := range c.Services {
		for what, text := range map[string]queue.Text{"name": s.Name, "fullName": s.FullName, "head": s.Topic.Head, "about": s.Topic.About} {
			if text.ZH == "" || text.EN == "" {
				t.Errorf("%s: %s is not in both languages", s.ID, what)
			}
		}
		if n := utf8.RuneCountInString(s.Name.ZH); n > 4 {
			t.Errorf("%s: the name has %d characters, a strip shows 4", s.ID, n)
		}
		if n := utf8.RuneCountInString(s.Topic.Head.ZH); n > 9 {
			t.Errorf("%s: the head has %d characters, a tile shows 9", s.ID, n)
		}
		for _, en := range []string{s.Name.EN, s.Topic.Head.EN} {
			if len(en) > 24 {
				t.Errorf("%s: %q is longer than a tile", s.ID, en)
			}
		}
		if len(s.Topic.Words) == 0 {
			t.Errorf("%s: nobody finds it by a word", s.ID)
		}
		if q := s.Topic.Question; q != nil && len(q.Answers) < 2 {
			t.Errorf("%s: a question with %d answers", s.ID, len(q.Answers))
		}
	}
}

// A mistake is refused with its path and its line.
func TestMistakes(t *testing.T) {
	whole := string(configuration.DefaultFile())
	for name, mistake := range map[string]struct{ old, new, path, cause string }{
		"unknown field":        {"recallSeconds: 10", "recalSeconds: 10", "rules.recalSeconds", "no such field"},
		"unknown field deeper": {"icon: housing", "icom: housing", "services[1].topic.icom", "line "},
		"twice":                {"slot: below", "slot: below\nslot: left", "slot", "twice"},
		"text for a number":    {"keepDays: 30", "keepDays: thirty", "rules.keepDays", "thirty"},
		"number for a truth":   {"discreet: false", "discreet: 0", "services[0].discreet", "bool"},
		"list for fields":      {"{zh: 进门右手边, en: Right of the entrance}", "[进门右手边]", "serviceDesk", "fields"},
		"fields for a list":    {"notices: []", "notices: {zh: x}", "notices", "list"},
		"reference":            {"timeZone: Asia/Shanghai", "timeZone: *zone", "", "unknown anchor"},
		"no such service":      {"services: [veterans]", "services: [vetrans]", "windows[19].services[0]", "vetrans"},
		"no such time zone":    {"Asia/Shanghai", "Asia/Zhijiang", "timeZone", "Zhijiang"},
		"out of range":         {"keepDays: 30", "keepDays: 91", "rules.keepDays", "91"},
		"not YAML":             {"name: {zh", "name: {{zh", "", "yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			file := strings.Replace(whole, mistake.old, mistake.new, 1)
			if file == whole {
				t.Fatalf("the default has no %q any more", mistake.old)
			}
			_, err := configuration.Parse([]byte(file))
			var refusal *queue.Error
			if !errors.As(err, &refusal) || refusal.Code != queue.CodeConfiguration {
				t.Fatalf("got %v", err)
			}
			if refusal.Path != mistake.path || !strings.Contains(refusal.Cause.Error(), mistake.cause) {
				t.Errorf("got path %q and cause %q, want %q and %q", refusal.Path, refusal.Cause, mistake.path, mistake.cause)
			}
		})
	}
}

func TestReadFiles(t *testing.T) {
	dir := t.TempDir()
	good, empty := filepath.Join(dir, "good.yaml"), filepath.Join(dir, "empty.yaml")
	for path, content := range map[string][]byte{good: configuration.DefaultFile(), empty: nil} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if c, err := configuration.Read(good); err != nil || c.Name.ZH != "芷江信访超市" {
		t.Errorf("the default as a file: %v", err)
	}
	if _, err := configuration.Read(empty); queue.CodeOf(err) != queue.CodeConfiguration {
		t.Errorf("an empty file: %v", err)
	}
	if _, err := configuration.Read(dir); queue.CodeOf(err) != queue.CodeConfiguration {
		t.Errorf("a directory: %v", err)
	}
	if _, err := configuration.Read(filepath.Join(dir, "missing.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

// Whatever a file holds, it is read or refused.
func FuzzParse(f *testing.F) {
	f.Add(configuration.DefaultFile())
	f.Add([]byte("a: &x [*x]"))
	f.Add([]byte("rules: {keepDays: 1e9}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := configuration.Parse(data)
		if err == nil && c.Validate() != nil {
			t.Error("an invalid configuration was read")
		}
		if err != nil && queue.CodeOf(err) != queue.CodeConfiguration {
			t.Errorf("got %v", err)
		}
	})
}
