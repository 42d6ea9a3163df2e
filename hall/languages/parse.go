package languages

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

const (
	// maxFile is the largest file that is read, in bytes. A whole translation takes some 60 KB.
	maxFile = 256 << 10
	// maxName is how long a name may be, in characters: that of a language on its button, and those of the hall's own texts.
	maxName, maxLabel = 24, 200
	// suffix ends the name of a language file.
	suffix = ".yaml"
)

// Parse reads the file of a language; file is its name without the folder, such as
// ug.yaml. It never fails: what is wrong stands in Faults, and what is at fault is
// left out. A fault without a key is one of the whole file, of which then nothing
// is used.
func Parse(file string, data []byte) *Language {
	tag := strings.TrimSuffix(file, suffix)
	l := builtin(Chinese)
	if isBuiltIn(tag) {
		l = builtin(tag)
	}
	l.Tag, l.File = tag, file
	r := reading{Language: l}
	if !isBuiltIn(tag) {
		l.Name, l.names = "", map[string]name{}
		if !r.tag() {
			return l
		}
	}
	if root, ok := r.root(data); ok {
		r.top(root)
		slices.SortStableFunc(l.Faults, byPlace)
	}
	return l
}

// reading fills a language from a file.
type reading struct{ *Language }

func (r reading) tell(line int, key, code string, values ...any) {
	r.Faults = append(r.Faults, fault(r.File, line, key, code, values...))
}

// rightToLeft are the scripts that are written from the right.
var rightToLeft = []string{"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"}

// tag checks the name of the file, and takes the direction from the script.
func (r reading) tag() bool {
	t, err := language.Raw.Parse(r.Tag)
	switch {
	case err != nil || r.Tag == "und":
		r.tell(0, "", "file.tag", r.Tag)
		return false
	case t.String() != r.Tag:
		r.tell(0, "", "file.name", t.String()+suffix)
		return false
	}
	if script, _ := t.Script(); slices.Contains(rightToLeft, script.String()) {
		r.Direction = RightToLeft
	}
	return true
}

// root is the tree of the only document in data.
func (r reading) root(data []byte) (*yaml.Node, bool) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF")) // as Windows begins a file
	var document, more yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	switch {
	case len(data) > maxFile:
		r.tell(0, "", "file.too-large", maxFile>>10)
	case !utf8.Valid(data):
		r.tell(0, "", "file.encoding")
	default:
		err := decoder.Decode(&document)
		if err == nil {
			if next := decoder.Decode(&more); !errors.Is(next, io.EOF) {
				err = errors.New("a second document begins (---)")
			}
		}
		return r.document(data, &document, err)
	}
	return nil, false
}

func (r reading) document(data []byte, document *yaml.Node, err error) (*yaml.Node, bool) {
	switch {
	case errors.Is(err, io.EOF), err == nil && len(document.Content) == 0, err == nil && isNull(document.Content[0]):
		r.tell(0, "", "file.empty")
	case err != nil:
		if line := tabbed(data); line > 0 {
			r.tell(line, "", "file.tab")
		} else {
			r.tell(0, "", "file.corrupt", strings.TrimPrefix(err.Error(), "yaml: "))
		}
	case document.Content[0].Kind != yaml.MappingNode:
		r.tell(document.Content[0].Line, "", "file.corrupt", "name: …")
	default:
		return document.Content[0], true
	}
	return nil, false
}

// tabbed is the first line that is indented with a tab, which YAML does not read and its parser does not say; 0 for none.
func tabbed(data []byte) int {
	for i, line := range strings.Split(string(data), "\n") {
		if strings.Contains(line[:len(line)-len(strings.TrimLeft(line, " \t"))], "\t") {
			return i + 1
		}
	}
	return 0
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// top reads what stands at the left edge.
func (r reading) top(root *yaml.Node) {
	r.members(root, "", func(key, path string, n *yaml.Node) {
		switch key {
		case "name":
			r.name(path, n)
		case "direction":
			r.choice(path, n, &r.Direction, LeftToRight, RightToLeft)
		case "fallback":
			r.choice(path, n, &r.Fallback, Chinese, English)
		case "texts":
			r.group("", path, n)
		case "names":
			r.hallNames(path, n)
		default:
			r.tell(n.Line, path, "key.unknown")
		}
	})
	if r.Name == "" {
		r.tell(0, "", "file.own-name")
	}
}

// members goes through the keys of a mapping, each once. A mapping that was left empty has none.
func (r reading) members(n *yaml.Node, path string, do func(key, path string, value *yaml.Node)) {
	switch {
	case isNull(n):
		return
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.tell(n.Line, path, "text.alias")
		return
	case n.Kind != yaml.MappingNode:
		r.tell(n.Line, path, "key.group")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := join(path, shown(key.Value))
		switch {
		case key.Kind != yaml.ScalarNode || key.Anchor != "":
			r.tell(key.Line, at, "key.unknown")
		case seen[key.Value]:
			r.tell(key.Line, at, "key.twice")
		default:
			seen[key.Value] = true
			do(key.Value, at, value)
		}
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// shown cuts a stranger's key so short that a message can hold it.
func shown(key string) string {
	key = strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) {
			return c
		}
		return '�'
	}, key)
	if runes := []rune(key); len(runes) > maxName {
		return string(runes[:maxName]) + "…"
	}
	return key
}

func (r reading) name(path string, n *yaml.Node) {
	text, ok := r.scalar(path, n)
	if !ok || text == "" || !r.clean(path, n.Line, text) {
		return
	}
	if count := length(text); count > maxName {
		r.tell(n.Line, path, "text.too-long", count, 2)
		return
	}
	r.Name = text
}

// choice takes one of two values. The languages that come with the program keep theirs.
func (r reading) choice(path string, n *yaml.Node, into *string, of ...string) {
	text, ok := r.scalar(path, n)
	switch {
	case !ok || text == "":
	case r.BuiltIn():
		r.tell(n.Line, path, "key.builtin")
	case !slices.Contains(of, text):
		r.tell(n.Line, path, "key.value", strings.Join(of, ", "))
	default:
		*into = text
	}
}

// group reads the texts below a key.
func (r reading) group(key, path string, n *yaml.Node) {
	r.members(n, path, func(name, at string, value *yaml.Node) {
		full := join(key, name)
		switch t, known := byKey[full]; {
		case known:
			r.text(t, at, value)
		case groups[full]:
			r.group(full, at, value)
		default:
			r.tell(value.Line, at, "key.unknown")
		}
	})
}

// text reads one text. One that is left empty is not translated yet.
func (r reading) text(t *Text, path string, n *yaml.Node) {
	if t.Plural() && n.Kind == yaml.MappingNode {
		r.plural(t, path, n)
		return
	}
	text, ok := r.scalar(path, n)
	if !ok || text == "" || !r.fits(t, path, n.Line, text) {
		return
	}
	w := Wording{Plain: text}
	if t.Plural() {
		w = Wording{Forms: map[string]string{"other": text}}
	}
	r.own[t.Key] = w
}

func (r reading) plural(t *Text, path string, n *yaml.Node) {
	w := Wording{Forms: map[string]string{}}
	fine := true
	r.members(n, path, func(form, at string, value *yaml.Node) {
		if !slices.Contains(forms, form) {
			r.tell(value.Line, at, "text.form")
			return
		}
		text, ok := r.scalar(at, value)
		switch {
		case !ok || text != "" && !r.fits(t, at, value.Line, text):
			fine = false
		case text != "":
			w.Forms[form] = text
		}
	})
	switch {
	case !fine || len(w.Forms) == 0:
	case w.Forms["other"] == "":
		r.tell(n.Line, path, "text.other")
	default:
		r.own[t.Key] = w
	}
}

// scalar takes a text as it is written, quoted or not. Empty is a text that was left out.
func (r reading) scalar(path string, n *yaml.Node) (text string, ok bool) {
	switch {
	case isNull(n):
		return "", true
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.tell(n.Line, path, "text.alias")
	case n.Kind != yaml.ScalarNode || !strings.HasPrefix(n.Tag, "!!") || n.Tag == "!!binary":
		r.tell(n.Line, path, "text.no-text")
	default:
		return strings.TrimRight(n.Value, "\n"), true // a block of lines ends with one
	}
	return "", false
}

// fits tells whether a text can stand where its key is.
func (r reading) fits(t *Text, path string, line int, text string) bool {
	if !r.clean(path, line, text) {
		return false
	}
	missing, unknown := t.holesWrong(text)
	switch {
	case strings.ContainsAny(hole.ReplaceAllString(text, ""), "{}"):
		r.tell(line, path, "text.brace")
		return false
	case unknown != "":
		r.tell(line, path, "text.hole-unknown", unknown)
		return false
	case missing != "":
		r.tell(line, path, "text.hole-missing", missing)
		return false
	}
	return r.short(t, path, line, text)
}

// short holds a text to what the screens have room for: letters take about twice
// the characters of Chinese, and no language needs much more than English.
func (r reading) short(t *Text, path string, line int, text string) bool {
	zh := 0
	for _, usual := range t.ZH.all() {
		zh = max(zh, length(usual))
	}
	room := 2 * zh
	for _, usual := range t.EN.all() {
		room = max(room, length(usual))
	}
	room = room*8/5 + 8
	switch count := length(text); {
	case count > 3*room:
		r.tell(line, path, "text.too-long", count, zh)
		return false
	case count > room:
		r.tell(line, path, "text.long", count, zh)
	}
	return true
}

// length counts what takes room, in characters: no vowel signs above or below, no invisible marks.
func length(text string) int {
	n := 0
	for _, c := range text {
		if !unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}

var markup = regexp.MustCompile(`</?[A-Za-z!?]|&(#\w+|[A-Za-z]\w*);`)

// marks are the invisible characters that writing needs: joiners, and the marks of direction.
const marks = "\u200c\u200d\u200e\u200f\u061c"

// clean tells whether a text has nothing in it but what is seen.
func (r reading) clean(path string, line int, text string) bool {
	hidden := strings.IndexFunc(text, func(c rune) bool {
		return c == unicode.ReplacementChar || !unicode.IsGraphic(c) && !strings.ContainsRune(marks, c)
	})
	switch {
	case hidden >= 0:
		r.tell(line, path, "text.control", shown(text[:hidden]))
		return false
	case markup.MatchString(text):
		r.tell(line, path, "text.markup")
		return false
	}
	return true
}
