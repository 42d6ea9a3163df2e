package configuration_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"petitionhall/hall/configuration"
	"petitionhall/queue"
)

// small is a hall of one window, as short as a file can be.
const small = `
name: {zh: 小厅, en: Small hall}
timeZone: Asia/Shanghai
slot: left
general: all
rules: {recallSeconds: 10, missCalls: 3, missSeconds: 60, rejoinAfter: 3, priorityRun: 2, keepDays: 30}
services:
  - {id: all, name: {zh: 综合, en: General}, series: Y}
windows:
  - {id: 1, number: 1, services: [all], presence: resident, startAtCall: true}
`

func TestParseTakesWhatIsWritten(t *testing.T) {
	c, err := configuration.Parse([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	want := &queue.Configuration{
		Name: queue.Text{ZH: "小厅", EN: "Small hall"}, TimeZone: "Asia/Shanghai", Slot: "left", General: "all",
		Rules: queue.Rules{RecallSeconds: 10, MissCalls: 3, MissSeconds: 60, RejoinAfter: 3, PriorityRun: 2, KeepDays: 30},
		Services: []queue.ServiceConfig{{ID: "all", Name: queue.Text{ZH: "综合", EN: "General"}, Series: "Y",
			Topic: queue.Topic{Words: []string{}}}},
		Windows: []queue.WindowConfig{{ID: "1", Number: 1, Services: []queue.ServiceID{"all"}, Presence: queue.Resident, StartAtCall: true}},
		Notices: []queue.Text{},
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

// What the hall tells about its configuration can be read again.
func TestParseReadsJSON(t *testing.T) {
	for name, c := range map[string]*queue.Configuration{"default": configuration.Default(), "small": parsed(t, small)} {
		data, err := json.MarshalIndent(c, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if again := parsed(t, string(data)); !reflect.DeepEqual(c, again) {
			t.Errorf("%s: reading its JSON gives another configuration", name)
		}
	}
}

func parsed(t *testing.T, text string) *queue.Configuration {
	t.Helper()
	c, err := configuration.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A mistake is refused, with its place and in plain words.
func TestMistakes(t *testing.T) {
	for name, mistake := range map[string]struct{ old, new, path, cause string }{
		"unknown key":          {"slot:", "slots:", "slots", "line 4: no such setting"},
		"unknown key deeper":   {"startAtCall", "startatcall", "windows[0].startatcall", "line 10: no such setting"},
		"a list as a key":      {"slot: left", "[slot]: left", "", "no such setting"},
		"repeated key":         {"slot: left", "slot: left\nslot: right", "slot", "line 5: it stands twice"},
		"text for a number":    {"keepDays: 30", "keepDays: thirty", "rules.keepDays", `"thirty" is not a whole number`},
		"quoted number":        {"keepDays: 30", `keepDays: "30"`, "rules.keepDays", "not a whole number"},
		"broken number":        {"keepDays: 30", "keepDays: 30.5", "rules.keepDays", "not a whole number"},
		"huge number":          {"keepDays: 30", "keepDays: 99999999999999999999", "rules.keepDays", "not a whole number"},
		"number left out":      {", keepDays: 30", "", "rules.keepDays", "line 6: it is missing"},
		"text for a truth":     {"startAtCall: true", "startAtCall: yes", "windows[0].startAtCall", `"yes" is neither true nor false`},
		"number for a truth":   {"startAtCall: true", "startAtCall: 1", "windows[0].startAtCall", "neither true nor false"},
		"text for a list":      {"services: [all]", "services: all", "windows[0].services", "a list"},
		"settings for a list":  {"services: [all]", "services: {all: 1}", "windows[0].services", "a list"},
		"list for settings":    {"{zh: 小厅, en: Small hall}", "[小厅]", "name", "settings"},
		"text for settings":    {"{zh: 小厅, en: Small hall}", "小厅", "name", "settings"},
		"settings for a text":  {"slot: left", "slot: {is: left}", "slot", "a single value"},
		"control character":    {"zh: 小厅", `zh: "小\e厅"`, "name.zh", `invisible character after "小"`},
		"line break":           {"zh: 小厅", `zh: "小厅\n"`, "name.zh", "line break"},
		"foreign tag":          {"slot: left", "slot: !slot left", "slot", "a single value"},
		"reference":            {"{zh: 小厅, en: Small hall}", "&name {zh: 小厅, en: Small hall}", "name", "write it out"},
		"reference to nothing": {"slot: left", "slot: *place", "", "place"},
		"merged key":           {"slot: left", "<<: {slot: left}", "<<", "no such setting"},
		"tab":                  {"  - {id: all", "\t- {id: all", "", "line 8: it is indented with a tab"},
		"no YAML":              {"name: {zh", "name: {{zh", "", "line "},
		"second document":      {"slot: left", "slot: left\n---", "", "second document"},
		"wrong encoding":       {"小厅", "\xd0\xa1\xcc\xfc", "", "UTF-8"},
		"no name":              {"{zh: 小厅, en: Small hall}", "", "name.zh", "line 2: a hall needs a name"},
		"no such zone":         {"Asia/Shanghai", "Asia/Zhijiang", "timeZone", "line 3"},
		"out of range":         {"keepDays: 30", "keepDays: 91", "rules.keepDays", "line 6: 91"},
		"no such service":      {"services: [all]", "services: [al]", "windows[0].services[0]", "line 10"},
		"window in two":        {"windows:", "windows:\n  - {id: 1, number: 2, services: [all], presence: resident}", "windows[1].id", "line 11"},
		"too much to record":   {"name: {zh: 小厅", "name: {zh: " + strings.Repeat("厅", 60_000), "", "too large"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(small, mistake.old) {
				t.Fatalf("there is no %q to get wrong", mistake.old)
			}
			_, err := configuration.Parse([]byte(strings.Replace(small, mistake.old, mistake.new, 1)))
			refused(t, err, mistake.path, mistake.cause)
		})
	}
	for name, file := range map[string]struct{ text, cause string }{
		"empty":         {"", "empty"},
		"only comments": {"# 大厅\n", "empty"},
		"a list":        {"- name\n", "settings"},
		"a word":        {"hall", "settings"},
		"10 MB":         {strings.Repeat("# 0123456789abc\n", 10<<20/16), "larger than"},
		"deeply nested": {strings.Repeat("[", 100_000), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := configuration.Parse([]byte(file.text))
			refused(t, err, "", file.cause)
		})
	}
}

func refused(t *testing.T, err error, path, cause string) {
	t.Helper()
	var refusal *queue.Error
	if !errors.As(err, &refusal) || refusal.Code != queue.CodeConfiguration {
		t.Fatalf("got %v, want a refused configuration", err)
	}
	if refusal.Path != path || !strings.Contains(refusal.Cause.Error(), cause) {
		t.Errorf("got path %q and cause %q, want %q and %q", refusal.Path, refusal.Cause, path, cause)
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	c, err := configuration.Read(write("good.yaml", configuration.DefaultFile()))
	if err != nil || !reflect.DeepEqual(c, configuration.Default()) {
		t.Errorf("the default as a file: %v", err)
	}
	empty, large := write("empty.yaml", nil), write("large.yaml", make([]byte, 10<<20))
	for path, cause := range map[string]string{empty: "empty.yaml: it is empty", large: "large.yaml: it is larger than", dir: dir, filepath.Join(dir, "none.yaml"): "none.yaml"} {
		_, err := configuration.Read(path)
		refused(t, err, "", cause)
	}
	if _, err := configuration.Read(filepath.Join(dir, "none.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: got %v", err)
	}
}

// Whatever a file holds, it is refused as a configuration, or valid and the same once written and read again.
func FuzzParse(f *testing.F) {
	f.Add(configuration.DefaultFile())
	f.Add([]byte(small))
	f.Add([]byte("a: &x [*x]"))
	f.Add([]byte("rules: {keepDays: 1e9}\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := configuration.Parse(data)
		if err != nil {
			if queue.CodeOf(err) != queue.CodeConfiguration {
				t.Fatalf("got %v", err)
			}
			return
		}
		written, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		again, err := configuration.Parse(written)
		if err != nil || !reflect.DeepEqual(again, c) {
			t.Fatalf("written and read again: %v", err)
		}
	})
}
