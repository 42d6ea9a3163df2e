package template

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed builtin/*.slip
var files embed.FS

// Builtin is the source of a template that comes with the program; ok is false
// when there is none of that name.
func Builtin(name string) (source string, ok bool) {
	data, err := files.ReadFile("builtin/" + name + ".slip")
	return string(data), err == nil
}

// Names are those of the templates that come with the program, sorted.
func Names() []string {
	paths, err := fs.Glob(files, "builtin/*.slip")
	if err != nil { // the pattern is ours
		panic(err)
	}
	found := make([]string, len(paths))
	for i, path := range paths {
		found[i] = strings.TrimSuffix(strings.TrimPrefix(path, "builtin/"), ".slip")
	}
	slices.Sort(found)
	return found
}

// builtins are the templates that come with the program, read once.
var builtins = sync.OnceValue(func() map[string]*Template {
	all := map[string]*Template{}
	for _, name := range Names() {
		source, _ := Builtin(name)
		t, err := Parse(name, source)
		if err != nil { // a test reads them all
			panic(fmt.Sprintf("template: %v", err))
		}
		all[name] = t
	}
	return all
})

// Of is the template of that name: the hall's own source if it has one that is
// right, else the one that comes with the program. It is nil for an unknown name.
func Of(name, own string) *Template {
	if own != "" {
		if t, err := Parse(name, own); err == nil {
			return t
		}
	}
	return builtins()[name]
}
