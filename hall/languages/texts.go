package languages

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The languages that are inside the program.
const (
	Chinese = "zh"
	English = "en"
)

//go:embed texts.json
var textsFile []byte

// Text is one thing that a page says.
type Text struct {
	// Key is the part it belongs to and its names there, joined by dots: kiosk.aid.large.
	Key string
	// ZH and EN are what it says when no file says otherwise.
	ZH, EN Wording
	// Note tells a translator what it is for; empty when it speaks for itself.
	Note string
}

// Plural tells whether it has a form for each of the language's plurals.
func (t *Text) Plural() bool { return t.ZH.Forms != nil }

// Wording is a text with {holes} in one language, or in the plural forms of one.
type Wording struct {
	// Plain is the text; empty where there are Forms.
	Plain string
	// Forms are by their names in Unicode: zero, one, two, few, many, other. There is always an other.
	Forms map[string]string
}

// MarshalJSON gives a text, or an object of forms.
func (w Wording) MarshalJSON() ([]byte, error) {
	if w.Forms != nil {
		return json.Marshal(w.Forms)
	}
	return json.Marshal(w.Plain)
}

// all are its texts.
func (w Wording) all() []string {
	if w.Forms == nil {
		return []string{w.Plain}
	}
	var all []string
	for _, form := range forms {
		if text, ok := w.Forms[form]; ok {
			all = append(all, text)
		}
	}
	return all
}

// forms are the names that Unicode has for plurals.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// Texts are all that the pages for visitors say, in the order of the template. The list is the caller's.
func Texts() []Text { return slices.Clone(texts) }

var (
	texts  = readTexts()
	byKey  = indexTexts()
	groups = groupTexts()
)

func readTexts() []Text {
	var raw []struct {
		Key, ZH, EN, Note string
		ZHForms, ENForms  map[string]string
	}
	if err := json.Unmarshal(textsFile, &raw); err != nil {
		panic(fmt.Sprintf("the texts inside the program: %v", err))
	}
	var all []Text
	for _, r := range raw {
		all = append(all, Text{Key: r.Key, Note: r.Note, ZH: Wording{r.ZH, r.ZHForms}, EN: Wording{r.EN, r.ENForms}})
	}
	return all
}

func indexTexts() map[string]*Text {
	index := make(map[string]*Text, len(texts))
	for i := range texts {
		index[texts[i].Key] = &texts[i]
	}
	return index
}

// groupTexts are the keys that hold further keys.
func groupTexts() map[string]bool {
	all := map[string]bool{"": true}
	for _, t := range texts {
		for at := parent(t.Key); at != ""; at = parent(at) {
			all[at] = true
		}
	}
	return all
}

func parent(key string) string { return key[:max(strings.LastIndexByte(key, '.'), 0)] }

var hole = regexp.MustCompile(`\{(\w+)\}`)

// holesIn are the names of the holes of a text, each once, in order.
func holesIn(text string) []string {
	var names []string
	for _, m := range hole.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// A choice of holes is where languages differ: one of them must be there.
var clockHours = []string{"hour", "hour12", "hour24"}

// mayLack are holes that a language can do without: those who count hours to 24 need no part of the day.
var mayLack = map[string]string{"words.time": "part", "words.hoursSame": "part"}

// holesWrong compares the holes of a text with what its key has to say. It gives
// one that is missing or one that nobody fills.
func (t *Text) holesWrong(text string) (missing, unknown string) {
	given, wanted := holesIn(text), holesIn(t.ZH.all()[0])
	if t.Key == "words.clock" {
		given = slices.Compact(slices.Sorted(slices.Values(one(given))))
	}
	for _, name := range wanted {
		if !slices.Contains(given, name) && mayLack[t.Key] != name {
			missing = name
		}
	}
	for _, name := range given {
		if !slices.Contains(wanted, name) {
			unknown = name
		}
	}
	return missing, unknown
}

// one takes any way of counting hours for the usual one.
func one(holes []string) []string {
	holes = slices.Clone(holes)
	for i, name := range holes {
		if slices.Contains(clockHours, name) {
			holes[i] = clockHours[0]
		}
	}
	return holes
}
