package configuration

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"petitionhall/queue"
)

// reader fills a configuration from a tree, and remembers where each setting stood.
type reader struct {
	lines map[string]int // by path
}

// fill puts a node of the tree into a value. The types of queue say what is
// known: a struct's keys are its JSON names. A setting that is left empty keeps
// its zero value.
func (r *reader) fill(path string, n *yaml.Node, into reflect.Value) error {
	r.lines[path] = n.Line
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return refuse(path, n, "write it out: a name for something said elsewhere (& or *) is not understood")
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		return nil
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		return r.fill(path, n, into.Elem())
	case reflect.Struct:
		return r.fillStruct(path, n, into)
	case reflect.Slice:
		return r.fillSlice(path, n, into)
	default:
		return fillScalar(path, n, into)
	}
}

func (r *reader) fillStruct(path string, n *yaml.Node, into reflect.Value) error {
	if n.Kind != yaml.MappingNode {
		return refuse(path, n, "here belong settings, each with a name and a colon")
	}
	fields, seen := fieldsOf(into), map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		at := join(path, key.Value)
		field, known := fields[key.Value]
		switch {
		case !known || key.Kind != yaml.ScalarNode:
			return refuse(at, key, "no such setting is known")
		case seen[key.Value]:
			return refuse(at, key, "it stands twice")
		}
		seen[key.Value] = true
		if err := r.fill(at, n.Content[i+1], field); err != nil {
			return err
		}
	}
	return complete(path, n, into, seen)
}

// complete looks for numbers that were left out: zero is a value like any
// other, so leaving one out must not mean it. A number that has a default says so
// by being left out of the record too.
func complete(path string, n *yaml.Node, filled reflect.Value, seen map[string]bool) error {
	for i := range filled.NumField() {
		name := nameOf(filled.Type().Field(i))
		_, options, _ := strings.Cut(filled.Type().Field(i).Tag.Get("json"), ",")
		if filled.Field(i).Kind() == reflect.Int && !seen[name] && options != "omitempty" {
			return refuse(join(path, name), n, "it is missing")
		}
	}
	return nil
}

// fieldsOf are a struct's fields by their JSON names.
func fieldsOf(v reflect.Value) map[string]reflect.Value {
	fields := make(map[string]reflect.Value, v.NumField())
	for i := range v.NumField() {
		fields[nameOf(v.Type().Field(i))] = v.Field(i)
	}
	return fields
}

func nameOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func (r *reader) fillSlice(path string, n *yaml.Node, into reflect.Value) error {
	if n.Kind != yaml.SequenceNode {
		return refuse(path, n, "here belongs a list, each entry after a dash")
	}
	if len(n.Content) == 0 {
		return nil // an empty list is none: a record leaves both out
	}
	list := reflect.MakeSlice(into.Type(), len(n.Content), len(n.Content))
	for i, entry := range n.Content {
		if err := r.fill(fmt.Sprintf("%s[%d]", path, i), entry, list.Index(i)); err != nil {
			return err
		}
	}
	into.Set(list)
	return nil
}

// fillScalar takes a text as it is written, quoted or not, so that a window's
// id may be 1 as well as "1".
func fillScalar(path string, n *yaml.Node, into reflect.Value) error {
	if n.Kind != yaml.ScalarNode || !strings.HasPrefix(n.Tag, "!!") {
		return refuse(path, n, "here belongs a single value")
	}
	switch into.Kind() {
	case reflect.String:
		// An invisible character would go unseen into a printer.
		if i := strings.IndexFunc(n.Value, func(r rune) bool { return !unicode.IsGraphic(r) }); i >= 0 {
			return refuse(path, n, "the line break or invisible character after %q does not belong there", n.Value[:i])
		}
		into.SetString(n.Value)
	case reflect.Int:
		number, err := strconv.Atoi(n.Value)
		if err != nil || n.Tag != "!!int" {
			return refuse(path, n, "%q is not a whole number", n.Value)
		}
		into.SetInt(int64(number))
	case reflect.Bool:
		if n.Tag != "!!bool" {
			return refuse(path, n, "%q is neither true nor false", n.Value)
		}
		into.SetBool(strings.EqualFold(n.Value, "true"))
	default:
		return refuse(path, n, "a %s cannot be read from a file", into.Kind())
	}
	return nil
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func refuse(path string, n *yaml.Node, format string, args ...any) error {
	return &queue.Error{Code: queue.CodeConfiguration, Path: path, Cause: fmt.Errorf("line %d: %s", n.Line, fmt.Sprintf(format, args...))}
}

// locate adds the line to a fault that Validate found: that of the setting, or
// of what it is missing from.
func (r *reader) locate(err error) error {
	var refusal *queue.Error
	if !errors.As(err, &refusal) {
		return err
	}
	for path := refusal.Path; path != ""; path = path[:max(strings.LastIndexAny(path, ".["), 0)] {
		if line, ok := r.lines[path]; ok {
			refusal.Cause = fmt.Errorf("line %d: %w", line, refusal.Cause)
			break
		}
	}
	return err
}
