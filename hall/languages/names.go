package languages

import (
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// What a service has a name for.
var serviceTexts = []string{"name", "fullName", "head", "about", "question"}

// hallNames reads what the hall's own texts are in this language.
func (r reading) hallNames(path string, n *yaml.Node) {
	if r.BuiltIn() {
		r.tell(n.Line, path, "key.builtin") // they stand in the configuration
		return
	}
	r.members(n, path, func(key, at string, value *yaml.Node) {
		switch key {
		case "hall", "serviceDesk":
			r.label(key, at, value)
		case "services":
			r.members(value, at, func(id, at string, value *yaml.Node) {
				r.members(value, at, func(what, at string, value *yaml.Node) { r.ofService(id, what, at, value) })
			})
		case "windows", "other":
			r.members(value, at, func(id, at string, value *yaml.Node) { r.label(key+"."+id, at, value) })
		default:
			r.tell(value.Line, at, "key.unknown")
		}
	})
}

func (r reading) ofService(id, what, at string, n *yaml.Node) {
	switch {
	case what == "answers" && n.Kind == yaml.SequenceNode && n.Anchor == "":
		for i, answer := range n.Content {
			step := ".answers." + strconv.Itoa(i+1)
			r.label("services."+id+step, at+"["+strconv.Itoa(i)+"]", answer)
		}
	case slices.Contains(serviceTexts, what):
		r.label("services."+id+"."+what, at, n)
	case what == "answers" && isNull(n):
	case what == "answers":
		r.tell(n.Line, at, "key.list")
	default:
		r.tell(n.Line, at, "key.unknown")
	}
}

func (r reading) label(key, path string, n *yaml.Node) {
	text, ok := r.scalar(path, n)
	if !ok || text == "" || !r.clean(path, n.Line, text) {
		return
	}
	if count := length(text); count > maxLabel {
		r.tell(n.Line, path, "text.too-long", count, 0)
		return
	}
	r.names[key] = name{text, n.Line}
}
