package configuration

import (
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"petitionhall/queue"
)

// fill reads a node into a value by the names of its JSON form, so that the file
// and the API speak of the same fields. The YAML library could not do it: it
// goes by names of its own, and tells a line but no path.
func fill(into reflect.Value, node *yaml.Node, path string) error {
	if node.Kind == yaml.AliasNode {
		return fault(node, path, "a reference (*name) is not allowed, write it out")
	}
	switch into.Kind() {
	case reflect.Pointer:
		if node.Tag == "!!null" {
			return nil
		}
		into.Set(reflect.New(into.Type().Elem()))
		return fill(into.Elem(), node, path)
	case reflect.Struct:
		return fillStruct(into, node, path)
	case reflect.Slice:
		return fillSlice(into, node, path)
	default:
		return fillScalar(into, node, path)
	}
}

func fillStruct(into reflect.Value, node *yaml.Node, path string) error {
	if node.Kind != yaml.MappingNode {
		return fault(node, path, "fields are expected here")
	}
	fields := fieldsOf(into.Type())
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		at := strings.TrimPrefix(path+"."+key.Value, ".")
		index, ok := fields[key.Value]
		switch {
		case !ok:
			return fault(key, at, "there is no such field")
		case seen[key.Value]:
			return fault(key, at, "it stands here twice")
		}
		seen[key.Value] = true
		if err := fill(into.Field(index), node.Content[i+1], at); err != nil {
			return err
		}
	}
	return nil
}

// fieldsOf finds the fields of a struct by their JSON names.
func fieldsOf(t reflect.Type) map[string]int {
	fields := map[string]int{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		fields[name] = i
	}
	return fields
}

func fillSlice(into reflect.Value, node *yaml.Node, path string) error {
	if node.Kind != yaml.SequenceNode {
		return fault(node, path, "a list is expected here")
	}
	into.Set(reflect.MakeSlice(into.Type(), len(node.Content), len(node.Content)))
	for i, item := range node.Content {
		if err := fill(into.Index(i), item, fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	return nil
}

// expected says what a scalar must look like.
var expected = map[reflect.Kind]string{reflect.String: "!!str", reflect.Int: "!!int", reflect.Bool: "!!bool"}

func fillScalar(into reflect.Value, node *yaml.Node, path string) error {
	// 3 for "3" is what an administrator writes for a window's id, so a text may be a number.
	if node.Kind == yaml.ScalarNode && into.Kind() == reflect.String && node.Tag == "!!int" {
		into.SetString(node.Value)
		return nil
	}
	if node.Kind != yaml.ScalarNode || node.Tag != expected[into.Kind()] {
		return fault(node, path, "%q is no %s", node.Value, into.Kind())
	}
	if err := node.Decode(into.Addr().Interface()); err != nil {
		return fault(node, path, "%q: %v", node.Value, err)
	}
	return nil
}

func fault(node *yaml.Node, path, format string, args ...any) error {
	return &queue.Error{Code: queue.CodeConfiguration, Path: path,
		Cause: fmt.Errorf("line %d: %s", node.Line, fmt.Sprintf(format, args...))}
}
