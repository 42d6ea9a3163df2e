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

// furnished is the small hall with boards, a voice, a room and a strip.
var furnished = strings.Replace(small, "startAtCall: true}", "room: joint, strip: {halfWidths: 16, lines: 2}}", 1) + `
notices: [{zh: 请坐着等, en: Please sit}]
boards:
  - {id: door, name: {zh: 一楼, en: Ground floor}, windows: [1], columns: 1, distanceMetres: 5, screenInches: 43, orientation: portrait,
     notices: [{zh: "<b>慢</b>走", en: ""}], hideNotices: false, hideLeader: true, speaks: true}
  - {id: far}
voice:
  languages: [{language: zh, pack: our-own}, {language: dong, pack: dong-2026}]
  one: yi
  announcements: [recall, precall]
  noChime: true
  closingSoonMinutes: 20
  speaker: plughw:0
`

func TestParseReadsBoardsAndVoice(t *testing.T) {
	c := parsed(t, furnished)
	door, found := c.Board("door")
	if !found || door.DistanceMetres != 5 || door.Orientation != "portrait" || !door.Speaks || !door.HideLeader || len(door.Windows) != 1 {
		t.Errorf("the board by the door is %+v", door)
	}
	for kind, said := range map[queue.Announcement]bool{queue.SayCall: true, queue.SayPreCall: true, queue.SayRecall: true, queue.SayClosed: false} {
		if c.Voice.Says(kind) != said {
			t.Errorf("%s is said: %t", kind, !said)
		}
	}
	if w := c.Windows[0]; w.Room != queue.JointRoom || w.Strip == nil || *w.Strip != (queue.StripConfig{HalfWidths: 16, Lines: 2}) {
		t.Errorf("the window is %+v", w)
	}
}

func TestFurnitureOutOfPlace(t *testing.T) {
	for name, mistake := range map[string]struct{ old, new, path, cause string }{
		"no board's id":      {"id: far", "id: Far", "boards[1].id", "lower-case"},
		"two boards of one":  {"id: far", "id: door", "boards[1].id", "stands twice"},
		"too near":           {"distanceMetres: 5", "distanceMetres: -1", "boards[0].distanceMetres", "between 1 and 20"},
		"hung askew":         {"orientation: portrait", "orientation: left", "boards[0].orientation", "neither"},
		"no such window":     {"windows: [1], columns", "windows: [9], columns", "boards[0].windows[0]", "no window"},
		"a window twice":     {"windows: [1], columns", "windows: [1, 1], columns", "boards[0].windows[1]", "twice"},
		"a phone as a board": {"screenInches: 43", "screenInches: 4", "boards[0].screenInches", "between 5 and 150"},
		"a book as a notice": {"zh: 请坐着等", "zh: " + strings.Repeat("请", 10_000), "notices[0].zh", "10000 characters"},
		"a silent notice":    {"zh: 请坐着等", `zh: ""`, "notices[0].zh", "needs words"},
		"an English book":    {"en: Please sit", "en: " + strings.Repeat("please ", 30), "notices[0].en", "characters"},
		"a board's notice":   {`zh: "<b>慢</b>走"`, `zh: ` + strings.Repeat("慢", 61), "boards[0].notices[0].zh", "61 characters"},
		"one as two":         {"one: yi", "one: er", "voice.one", "neither"},
		"no language":        {"language: dong", "language: 侗话", "voice.languages[1].language", "no language"},
		"a language twice":   {"language: dong", "language: zh", "voice.languages[1].language", "twice"},
		"a pack elsewhere":   {"pack: dong-2026", "pack: ../dong", "voice.languages[1].pack", "no name of a pack"},
		"unknown saying":     {"[recall, precall]", "[recall, precal]", "voice.announcements[1]", "nothing that is said"},
		"closing too soon":   {"closingSoonMinutes: 20", "closingSoonMinutes: 4", "voice.closingSoonMinutes", "between"},
		"a command":          {"speaker: plughw:0", `speaker: "x; reboot"`, "voice.speaker", "no name of a device"},
		"no such room":       {"room: joint", "room: kitchen", "windows[0].room", "none of"},
		"a strip of nothing": {"halfWidths: 16", "halfWidths: 3", "windows[0].strip.halfWidths", "between"},
		"three lines":        {"lines: 2", "lines: 3", "windows[0].strip.lines", "neither"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(furnished, mistake.old) {
				t.Fatalf("there is no %q to get wrong", mistake.old)
			}
			_, err := configuration.Parse([]byte(strings.Replace(furnished, mistake.old, mistake.new, 1)))
			refused(t, err, mistake.path, mistake.cause)
		})
	}
}

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
	f.Add([]byte(furnished))
	f.Add([]byte(small + "boards: [{id: main, windows: [], notices: []}]\nleaders: []\nvoice: {languages: [], announcements: []}"))
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
