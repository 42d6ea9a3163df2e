package configuration

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sort"

	"petitionhall/queue"
)

// Difference is one setting in which two configurations differ.
type Difference struct {
	// Path is the setting, such as "windows[3].number".
	Path string `json:"path"`
	// Yours and Theirs are its two values as JSON; empty where there is none.
	Yours  string `json:"yours"`
	Theirs string `json:"theirs"`
}

// ChangedError says that the configuration is no longer the one that a change was made from.
type ChangedError struct {
	// Revision is that of the configuration in force.
	Revision uint64
	// Differences are those between the change and what is in force.
	Differences []Difference
}

// Error tells how many settings differ.
func (e *ChangedError) Error() string {
	return fmt.Sprintf("the configuration in force is revision %d, and differs in %d settings", e.Revision, len(e.Differences))
}

// maxDifferences is how many are told: nobody reads more.
const maxDifferences = 200

// Differ lists in which settings two configurations differ, by path; at most 200.
// Entries of a list are held against each other by their place.
func Differ(yours, theirs *queue.Configuration) []Difference {
	found := []Difference{}
	differ("", tree(yours), tree(theirs), &found)
	sort.SliceStable(found, func(i, j int) bool { return found[i].Path < found[j].Path })
	return found[:min(len(found), maxDifferences)]
}

func tree(c *queue.Configuration) (t any) {
	data, err := json.Marshal(c)
	if err != nil || json.Unmarshal(data, &t) != nil {
		panic(fmt.Sprintf("a configuration is plain data: %v", err))
	}
	return t
}

func differ(path string, a, b any, found *[]Difference) {
	if x, ok := a.(map[string]any); ok {
		if y, ok := b.(map[string]any); ok {
			for key := range x {
				differ(join(path, key), x[key], y[key], found)
			}
			for key := range y {
				if _, both := x[key]; !both {
					differ(join(path, key), nil, y[key], found)
				}
			}
			return
		}
	}
	if x, ok := a.([]any); ok {
		if y, ok := b.([]any); ok {
			for i := range max(len(x), len(y)) {
				differ(fmt.Sprintf("%s[%d]", path, i), place(x, i), place(y, i), found)
			}
			return
		}
	}
	if !reflect.DeepEqual(a, b) {
		*found = append(*found, Difference{path, text(a), text(b)})
	}
}

func place(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

func text(v any) string {
	if v == nil {
		return ""
	}
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("what came from JSON goes back to it: %v", err))
	}
	return string(data)
}
