package languages_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"petitionhall/hall/configuration"
	"petitionhall/hall/languages"
	"petitionhall/queue"
)

const head = "name: ئۇيغۇرچە\n"

// told are the faults of a language as line key code, a warning marked.
func told(l *languages.Language) string {
	var all []string
	for _, f := range l.Faults {
		line := fmt.Sprintf("%d %s %s", f.Line, f.Key, f.Code)
		if f.Warning {
			line += " warning"
		}
		all = append(all, line)
	}
	return strings.Join(all, "\n")
}

func wording(t *testing.T, l *languages.Language, key string) string {
	t.Helper()
	w, ok := l.Wording(key)
	if !ok {
		t.Fatalf("no page says %s", key)
	}
	if w.Forms != nil {
		return fmt.Sprint(w.Forms)
	}
	return w.Plain
}

func TestFurtherLanguage(t *testing.T) {
	l := languages.Parse("ug.yaml", []byte(head+`
fallback: en
texts:
  kiosk:
    greeting: خۇش كەلدىڭىز
    visit: {take: نومۇر ئېلىش}
  words:
    numbers:
      one: "{n} نومۇر"
      other: "{n} نومۇرلار"
    persons: "{n} ئادەم"
    clock: "{hour24}:{minute}"
    time: "{clock}"
`))
	if told(l) != "" || !l.Usable() {
		t.Fatalf("faults:\n%s", told(l))
	}
	if l.Tag != "ug" || l.Name != "ئۇيغۇرچە" || l.Direction != languages.RightToLeft || l.Fallback != languages.English {
		t.Errorf("%+v", l)
	}
	for key, want := range map[string]string{
		"kiosk.greeting":   "خۇش كەلدىڭىز",
		"kiosk.visit.take": "نومۇر ئېلىش",
		"kiosk.question":   "What brings you here?", // the fallback's
		"words.numbers":    "map[one:{n} نومۇر other:{n} نومۇرلار]",
		"words.persons":    "map[other:{n} ئادەم]",
		"words.clock":      "{hour24}:{minute}",
	} {
		if got := wording(t, l, key); got != want {
			t.Errorf("%s is %q, not %q", key, got, want)
		}
	}
	if done, all := l.Done(); done != 6 || all != len(languages.Texts()) {
		t.Errorf("%d of %d are done", done, all)
	}
}

// A hall changes single texts of what comes with the program.
func TestBuiltIn(t *testing.T) {
	l := languages.Parse("zh.yaml", []byte("texts: {kiosk: {aid: {search: 找一找}}}\ndirection: rtl\nnames: {hall: 大厅}\n"))
	if got := told(l); got != "2 direction key.builtin\n3 names key.builtin" {
		t.Fatal(got)
	}
	if wording(t, l, "kiosk.aid.search") != "找一找" || wording(t, l, "kiosk.aid.large") != "字大一点" {
		t.Error("not what was written, or more than that")
	}
	if done, all := l.Done(); l.Name != "中文" || l.Direction != languages.LeftToRight || done != all || !l.Usable() {
		t.Errorf("%+v", l)
	}
	if en := languages.Parse("en.yaml", []byte("name: Plain English\n")); en.Name != "Plain English" || wording(t, en, "kiosk.help") != "I need help" {
		t.Errorf("%+v", en)
	}
}

// One key that is wrong is left out with its line and name, and nothing else is.
func TestFaults(t *testing.T) {
	const fine = "texts:\n  kiosk:\n    help: ياردەم\n"
	for _, c := range []struct{ name, file, want string }{
		{"a key that no page has", "    colour: x\n", "5 texts.kiosk.colour key.unknown"},
		{"a part that is none", "  shop: {a: b}\n", "5 texts.shop key.unknown"},
		{"a field that is none", "colour: red\n", "5 colour key.unknown"},
		{"a key twice", "    help: ياردەم\n", "5 texts.kiosk.help key.twice"},
		{"a list for a text", "    hint: [a]\n", "5 texts.kiosk.hint text.no-text"},
		{"keys for a text", "    hint: {a: b}\n", "5 texts.kiosk.hint text.no-text"},
		{"a text for keys", "    aid: a\n", "5 texts.kiosk.aid key.group"},
		{"forms where there is no plural", "    hint: {other: b}\n", "5 texts.kiosk.hint text.no-text"},
		{"a hole that is missing", "    tile: {leaderNext: كېيىنكى}\n", "5 texts.kiosk.tile.leaderNext text.hole-missing"},
		{"a hole that nobody fills", "    tile: {leaderNext: '{day} {hour}'}\n", "5 texts.kiosk.tile.leaderNext text.hole-unknown"},
		{"a brace alone", "    hint: 'a { b'\n", "5 texts.kiosk.hint text.brace"},
		{"a hole in braces", "    tile: {leaderNext: '{{day}}'}\n", "5 texts.kiosk.tile.leaderNext text.brace"},
		{"markup", "    hint: 'a <b>b</b>'\n", "5 texts.kiosk.hint text.markup"},
		{"an entity", "    hint: 'a&nbsp;b'\n", "5 texts.kiosk.hint text.markup"},
		{"a line break", "    hint: \"a\\nb\"\n", "5 texts.kiosk.hint text.control"},
		{"an override of direction", "    hint: \"a\\u202Eb\"\n", "5 texts.kiosk.hint text.control"},
		{"a bell", "    hint: \"a\\ab\"\n", "5 texts.kiosk.hint text.control"},
		{"a text that may be too long", "    help: x\n    hint: " + strings.Repeat("x", 60) + "\n", "5 texts.kiosk.help key.twice\n6 texts.kiosk.hint text.long warning"},
		{"a text that is too long", "    hint: " + strings.Repeat("x", 300) + "\n", "5 texts.kiosk.hint text.too-long"},
		{"an anchor and its use", "    hint: &a x\n    question: *a\n", "5 texts.kiosk.hint text.alias\n6 texts.kiosk.question text.alias"},
		{"a merge", "    aid: {<<: {large: x}}\n", "5 texts.kiosk.aid.<< key.unknown"},
		{"a picture", "    hint: !!binary aGVsbG8=\n", "5 texts.kiosk.hint text.no-text"},
		{"a type of its own", "    hint: !secret x\n", "5 texts.kiosk.hint text.no-text"},
		{"a plural that is none", "  words: {numbers: {some: '{n}', other: '{n}'}}\n", "5 texts.words.numbers.some text.form"},
		{"plurals without other", "  words: {numbers: {one: '{n}'}}\n", "5 texts.words.numbers text.other"},
		{"a plural without its number", "  words: {numbers: {one: x, other: '{n}'}}\n", "5 texts.words.numbers.one text.hole-missing"},
		{"no hour in a clock", "  words: {clock: '{minute}'}\n", "5 texts.words.clock text.hole-missing"},
		{"a direction that is none", "direction: up\n", "5 direction key.value"},
		{"a fallback that is none", "fallback: fr\n", "5 fallback key.value"},
		{"a name for nothing of the hall", "names: {street: x}\n", "5 names.street key.unknown"},
		{"something else of a service", "names: {services: {housing: {colour: x}}}\n", "5 names.services.housing.colour key.unknown"},
		{"answers that are no list", "names: {services: {housing: {answers: {a: b}}}}\n", "5 names.services.housing.answers key.list"},
		{"markup in a name", "names: {windows: {3: <i>x</i>}}\n", "5 names.windows.3 text.markup"},
		{"what is left empty", "    hint: ''\n    question:\n  board:\n  words: {numbers: {other: ''}}\nnames:\n", ""},
		{"joiners and marks of direction", "    hint: \"a\\u200c\\u200f\"\n", ""},
		{"an @, a | and a $", "    hint: 'a@b | c $d'\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := languages.Parse("ug.yaml", []byte(head+fine+c.file))
			if got := told(l); got != c.want {
				t.Fatalf("faults:\n%s\nnot:\n%s", got, c.want)
			}
			if !l.Usable() || wording(t, l, "kiosk.help") != "ياردەم" {
				t.Error("the rest of the file is not used")
			}
			for _, f := range l.Faults {
				if f.ZH == "" || f.EN == "" || strings.Contains(f.ZH+f.EN, "%!") || f.File != "ug.yaml" {
					t.Errorf("no words for people: %+v", f)
				}
			}
		})
	}
}

// What cannot be read at all is left out whole.
func TestFiles(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"no language", "dog-food-and-more.yaml", head, "0  file.tag"},
		{"no language at all", "und.yaml", head, "0  file.tag"},
		{"capitals", "UG.yaml", head, "0  file.name"},
		{"empty", "ug.yaml", "", "0  file.empty"},
		{"a comment", "ug.yaml", "# later\n", "0  file.empty"},
		{"no name", "ug.yaml", "texts: {}\n", "0  file.own-name"},
		{"a list", "ug.yaml", "- a\n", "1  file.corrupt"},
		{"no YAML", "ug.yaml", "a: [\n", "0  file.corrupt"},
		{"a tab", "ug.yaml", "texts:\n\tkiosk: {}\n", "2  file.tab"},
		{"two documents", "ug.yaml", head + "---\n" + head, "0  file.corrupt"},
		{"not UTF-8", "ug.yaml", "name: \xd6\xd0\n", "0  file.encoding"},
		{"too large", "ug.yaml", head + strings.Repeat("# x\n", 70_000), "0  file.too-large"},
		{"a bomb", "ug.yaml", "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "0  file.own-name\n1 a key.unknown\n2 b key.unknown\n3 c key.unknown"},
		{"a mark of Windows", "ug.yaml", "\uFEFF" + strings.ReplaceAll(head, "\n", "\r\n"), ""},
		{"a script", "mn-Mong.yaml", "name: x\n", ""},
		{"a language without a code", "x-zhijiang.yaml", "name: 芷江话\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := languages.Parse(c.file, []byte(c.text))
			if got := told(l); got != c.want || l.Usable() != (c.want == "") {
				t.Errorf("faults:\n%s\nnot:\n%s", got, c.want)
			}
		})
	}
}

func TestCodes(t *testing.T) {
	data, err := os.ReadFile("../../docs/languages.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range languages.Codes() {
		if !strings.Contains(string(data), "`"+code+"`") {
			t.Errorf("docs/languages.md does not explain %s", code)
		}
	}
}

func TestNames(t *testing.T) {
	c := configuration.Default()
	c.Windows[0].PublicName = queue.Text{ZH: "综合窗口", EN: "General"}
	l := languages.Parse("ug.yaml", []byte(head+`
names:
  hall: خەت-چەك زالى
  services:
    housing: {head: ئۆي, name: قۇرۇلۇش}
    castle: {head: x}
  windows: {1: ئومۇمىي, 99: y}
  other: {副县长: مۇئاۋىن}
`))
	housing, _ := c.Service("housing")
	names := l.Names(c)
	for zh, want := range map[string]string{c.Name.ZH: "خەت-چەك زالى", housing.Topic.Head.ZH: "ئۆي", housing.Name.ZH: "قۇرۇلۇش", "综合窗口": "ئومۇمىي", "副县长": "مۇئاۋىن"} {
		if names[zh] != want {
			t.Errorf("%s is %q", zh, names[zh])
		}
	}
	if len(names) != 5 {
		t.Errorf("names %v", names)
	}
	var codes []string
	for _, f := range l.NotNeeded(c) {
		codes = append(codes, fmt.Sprint(f.Line, f.Key, f.Code, f.Warning))
	}
	if want := []string{"7names.services.castle.headkey.not-neededtrue", "8names.windows.99key.not-neededtrue"}; !slices.Equal(codes, want) {
		t.Errorf("%v", codes)
	}
}

// A template is read without a fault, and filled with the English it stands for a whole language.
func TestTemplate(t *testing.T) {
	c := configuration.Default()
	for _, tag := range []string{"ug", "bo", "zh", "en"} {
		text, err := languages.Template(tag, c)
		if err != nil {
			t.Fatal(err)
		}
		l := languages.Parse(tag+".yaml", text)
		want := "0  file.own-name"
		if l.BuiltIn() {
			want = ""
		}
		if got := told(l); got != want {
			t.Errorf("%s: %s", tag, got)
		}
	}
	text, _ := languages.Template("ug", c)
	l := languages.Parse("ug.yaml", []byte(filled(string(text))))
	if done, all := l.Done(); done != all || told(l) != "" || len(l.NotNeeded(c)) != 0 {
		t.Errorf("%d of %d\n%s", done, all, told(l))
	}
	for key, want := range map[string]string{c.Name.ZH: c.Name.EN, c.Services[1].Topic.About.ZH: c.Services[1].Topic.About.EN} {
		if got := l.Names(c)[key]; got != want {
			t.Errorf("%s is %q", key, got)
		}
	}
	if _, err := languages.Template("no language", c); err == nil {
		t.Error("a template of no language")
	}
}

// filled puts the last comment above each empty text into it, as a translator would put the translation.
func filled(template string) string {
	var out []string
	said := ""
	for line := range strings.SplitSeq(template, "\n") {
		if comment, ok := strings.CutPrefix(strings.TrimSpace(line), "# "); ok {
			parts := strings.Split(comment, "  |  ")
			said = parts[len(parts)-1]
			if zh, en, two := strings.Cut(said, " / "); two && !strings.Contains(zh, "{") {
				said = en
			}
		}
		if open := strings.TrimSuffix(line, `""`); open != line {
			if open == "name: " {
				said = "X"
			}
			quoted, _ := json.Marshal(said)
			line = open + string(quoted)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

var aHole = regexp.MustCompile(`\{\w+\}`)

// check proves that a page can show whatever the language says.
func check(t interface{ Fatalf(string, ...any) }, l *languages.Language) {
	tree := l.Texts()
	for _, text := range languages.Texts() {
		var at any = tree
		for step := range strings.SplitSeq(text.Key, ".") {
			group, ok := at.(map[string]any)
			if !ok {
				t.Fatalf("%s: no keys at %s", text.Key, step)
			}
			at = group[step]
		}
		w, ok := at.(languages.Wording)
		said := []string{w.Plain}
		if text.Plural() {
			said = slices.Collect(maps(w.Forms))
			ok = ok && w.Forms["other"] != ""
		}
		for _, one := range said {
			if !ok || one == "" || strings.ContainsAny(aHole.ReplaceAllString(one, ""), "{}") {
				t.Fatalf("%s says %q", text.Key, one)
			}
		}
	}
	if _, err := json.Marshal(tree); err != nil {
		t.Fatalf("%v", err)
	}
}

func maps(forms map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, text := range forms {
			if !yield(text) {
				return
			}
		}
	}
}

// Whatever a file holds, the pages have every text.
func TestComplete(t *testing.T) {
	keys := languages.Texts()
	rapid.Check(t, func(t *rapid.T) {
		var file strings.Builder
		file.WriteString("name: x\n")
		if rapid.Bool().Draw(t, "english") {
			file.WriteString("fallback: en\n")
		}
		file.WriteString("texts:\n")
		for range rapid.IntRange(0, 30).Draw(t, "texts") {
			path := strings.Split(rapid.SampledFrom(keys).Draw(t, "key").Key, ".")
			cut := rapid.IntRange(1, len(path)).Draw(t, "depth")
			value := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"{n}", "{low} {high}", "{other: '{n}'}", "{one: a}", "[]", "~", "'{'", "<b>", "*a", "&a x"})).Draw(t, "value")
			fmt.Fprintf(&file, "  %s: %s%s%s\n", path[0], strings.Repeat("{", cut-1)+strings.Join(path[1:cut], ": {"), ": "+value, strings.Repeat("}", cut-1))
		}
		check(t, languages.Parse("ug.yaml", []byte(file.String())))
	})
}

func FuzzParse(f *testing.F) {
	template, err := languages.Template("ug", configuration.Default())
	if err != nil {
		f.Fatal(err)
	}
	f.Add("ug.yaml", template)
	f.Add("ug.yaml", []byte(filled(string(template))))
	f.Add("zh.yaml", []byte("texts: {kiosk: {help: x, aid: {large: '{'}}}\n"))
	f.Add("bo.yaml", []byte("name: &a x\ntexts: *a\nnames: {other: {a: b}, services: {a: {answers: [b, c]}}}\n"))
	f.Add("x-y.yaml", []byte("? [a]\n: b\n"))
	c := configuration.Default()
	f.Fuzz(func(t *testing.T, file string, data []byte) {
		l := languages.Parse(file, data)
		check(t, l)
		l.Names(c)
		l.NotNeeded(c)
		if l.Direction != languages.LeftToRight && l.Direction != languages.RightToLeft || l.Fallback != languages.Chinese && l.Fallback != languages.English {
			t.Fatalf("%+v", l)
		}
		if l.Usable() && l.Name == "" {
			t.Fatal("a language without a name can be chosen")
		}
		for _, fault := range l.Faults {
			if fault.Code == "" || fault.ZH == "" || fault.Error() == "" {
				t.Fatalf("%+v", fault)
			}
		}
	})
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func tags(s *languages.Shelf) string {
	var all []string
	for _, l := range s.All() {
		all = append(all, l.Tag)
	}
	return strings.Join(all, " ")
}

func TestShelf(t *testing.T) {
	quiet := slog.New(slog.DiscardHandler)
	if got := tags(languages.OpenShelf(filepath.Join(t.TempDir(), "none"), quiet)); got != "zh en" {
		t.Error(got)
	}
	dir := t.TempDir()
	s := languages.OpenShelf(dir, quiet)
	put(t, dir, "ug.yaml", head)
	put(t, dir, "zh.yaml", "texts: {kiosk: {help: 帮帮我}}\n")
	put(t, dir, "bo.yaml", "name: [\n")
	put(t, dir, "za.yml", "name: x\n")
	put(t, dir, ".ug.yaml.swp", "x")
	put(t, dir, "notes.txt", "x")
	if err := os.Mkdir(filepath.Join(dir, "ii.yaml"), fs.ModePerm); err != nil {
		t.Fatal(err)
	}
	outside := t.TempDir()
	put(t, outside, "secret", "name: x\n")
	if err := os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "kk.yaml")); err != nil {
		t.Fatal(err)
	}
	if got := tags(s); got != "zh en ug" { // seen without opening the shelf anew
		t.Error(got)
	}
	zh, _ := s.Language("zh")
	if wording(t, zh, "kiosk.help") != "帮帮我" {
		t.Error("a change of Chinese is not seen")
	}
	if _, ok := s.Language("bo"); ok {
		t.Error("a file that cannot be read can be chosen")
	}
	var found []string
	for _, l := range s.Files() {
		for _, f := range l.Faults {
			found = append(found, f.File+" "+f.Code)
		}
	}
	if want := []string{"bo.yaml file.corrupt", "ii.yaml file.unreadable", "kk.yaml file.unreadable", "za.yml file.name"}; !slices.Equal(found, want) {
		t.Errorf("%v", found)
	}
	put(t, dir, "ug.yaml", head+"texts: {}\n# mended\n")
	if err := os.Remove(filepath.Join(dir, "zh.yaml")); err != nil {
		t.Fatal(err)
	}
	tags(s)
	if zh, _ := s.Language("zh"); wording(t, zh, "kiosk.help") != "需要帮助" {
		t.Error("Chinese is not given back")
	}
}

func TestTooMany(t *testing.T) {
	dir := t.TempDir()
	for i := range languages.Most {
		put(t, dir, fmt.Sprintf("x-%c.yaml", 'a'+i), "name: x\n")
	}
	s := languages.OpenShelf(dir, slog.New(slog.DiscardHandler))
	if got := len(s.All()); got != languages.Most {
		t.Errorf("%d languages", got)
	}
	if last := s.Files()[languages.Most-1]; told(last) != "0  file.too-many" {
		t.Error(told(last))
	}
}
