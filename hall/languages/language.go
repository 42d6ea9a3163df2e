package languages

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"petitionhall/queue"
)

// The directions of writing.
const (
	LeftToRight = "ltr"
	RightToLeft = "rtl"
)

// Language is a language as the pages can show it. It does not change, and several goroutines may use it.
type Language struct {
	// Tag is its BCP 47 tag, such as zh or ug.
	Tag string
	// Name is what it calls itself, as on the button that chooses it.
	Name string
	// Direction is LeftToRight or RightToLeft.
	Direction string
	// Fallback is zh or en: what stands where it has no text, and what its slips are printed in.
	Fallback string
	// File is where it, or a change of it, was read from; empty for one as it comes with the program.
	File string
	// Faults are what is wrong with the file, in its order. Most warnings are among them.
	Faults []Fault

	own   map[string]Wording // by key
	names map[string]name    // by path below names
}

// name is what a hall's own text is called in another language.
type name struct {
	text string
	line int
}

// builtin is a language that comes with the program.
func builtin(tag string) *Language {
	l := &Language{Tag: tag, Name: "中文", Direction: LeftToRight, Fallback: tag, own: map[string]Wording{}}
	if tag == English {
		l.Name = "English"
	}
	return l
}

// Usable tells whether a visitor may choose it: its file could be read at all.
func (l *Language) Usable() bool {
	return !slices.ContainsFunc(l.Faults, func(f Fault) bool { return f.Key == "" })
}

// BuiltIn tells whether it comes with the program.
func (l *Language) BuiltIn() bool { return isBuiltIn(l.Tag) }

func isBuiltIn(tag string) bool { return tag == Chinese || tag == English }

// Done is how many texts it says itself, of how many in all.
func (l *Language) Done() (done, all int) {
	if l.BuiltIn() {
		return len(texts), len(texts)
	}
	return len(l.own), len(texts)
}

// Wording is what it says for a key; where it has no text of its own, what its
// fallback says. ok is false for a key that no page has.
func (l *Language) Wording(key string) (w Wording, ok bool) {
	t, ok := byKey[key]
	if !ok {
		return Wording{}, false
	}
	if w, ok := l.own[key]; ok {
		return w, true
	}
	if l.Fallback == English {
		return t.EN, true
	}
	return t.ZH, true
}

// Texts are all that it says, as the pages' own files have it: each part an object
// of objects, each text a string, or an object of forms. No key is ever missing.
func (l *Language) Texts() map[string]any {
	tree := map[string]any{}
	for _, t := range texts {
		at := tree
		path := strings.Split(t.Key, ".")
		for _, step := range path[:len(path)-1] {
			next, ok := at[step].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[step] = next
			}
			at = next
		}
		at[path[len(path)-1]], _ = l.Wording(t.Key)
	}
	return tree
}

// Names are what the hall's own texts are in this language: by the Chinese that
// stands in the configuration, because that is what the pages get.
func (l *Language) Names(c *queue.Configuration) map[string]string {
	names := map[string]string{}
	if c == nil {
		return names
	}
	for path, text := range hallTexts(c) {
		if n, ok := l.names[path]; ok && text.ZH != "" {
			names[text.ZH] = n.text
		}
	}
	for path, n := range l.names {
		if zh, ok := strings.CutPrefix(path, "other."); ok {
			names[zh] = n.text
		}
	}
	return names
}

// NotNeeded are the names for which the hall has nothing, as warnings: a slip of
// the hand, or a window that is no more.
func (l *Language) NotNeeded(c *queue.Configuration) []Fault {
	var found []Fault
	known := hallTexts(c)
	for _, path := range slices.Sorted(maps.Keys(l.names)) {
		if _, ok := known[path]; !ok && !strings.HasPrefix(path, "other.") {
			found = append(found, fault(l.File, l.names[path].line, "names."+path, "key.not-needed"))
		}
	}
	slices.SortStableFunc(found, byPlace)
	return found
}

// hallTexts are a hall's own texts by their paths below names.
func hallTexts(c *queue.Configuration) map[string]queue.Text {
	all := map[string]queue.Text{"hall": c.Name, "serviceDesk": c.ServiceDesk}
	for _, s := range c.Services {
		at := "services." + string(s.ID) + "."
		all[at+"name"], all[at+"fullName"], all[at+"head"], all[at+"about"] = s.Name, s.FullName, s.Topic.Head, s.Topic.About
		if q := s.Topic.Question; q != nil {
			all[at+"question"] = q.Ask
			for i, a := range q.Answers {
				all[at+"answers."+strconv.Itoa(i+1)] = a.Label
			}
		}
	}
	for _, w := range c.Windows {
		if w.PublicName.ZH != "" {
			all["windows."+string(w.ID)] = w.PublicName
		}
	}
	return all
}

// Changed is how many texts its file has, fit to be shown.
func (l *Language) Changed() int { return len(l.own) }
