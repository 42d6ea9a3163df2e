// Package configuration reads a hall's configuration from a file, and holds the
// one that every new hall starts with: twenty windows, their topics and the
// rules of the queue.
//
// default.yaml is the example to copy. A file is read strictly: whoever writes a
// name wrong must hear of it, with its place, and not wonder later why a setting
// does nothing.
package configuration

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"reflect"

	"go.yaml.in/yaml/v3"

	"petitionhall/queue"
)

//go:embed default.yaml
var defaultFile []byte

// maxFile is the largest file that is read, in bytes; the default is 20 KB.
const maxFile = 1 << 20

// Default is the configuration of a new hall.
func Default() *queue.Configuration {
	c, err := Parse(defaultFile)
	if err != nil {
		panic(fmt.Sprintf("the built-in configuration: %v", err)) // a test reads it
	}
	return c
}

// DefaultFile is the text of the default configuration, for whoever wants to write another.
func DefaultFile() []byte { return append([]byte(nil), defaultFile...) }

// Read reads a file and checks it. Besides the errors of Parse there are those
// of reading the file.
func Read(path string) (*queue.Configuration, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	if info.Size() > maxFile || !info.Mode().IsRegular() {
		return nil, &queue.Error{Code: queue.CodeConfiguration, Cause: fmt.Errorf("%s is no file of at most 1 MB", path)}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	return Parse(data)
}

// Parse reads YAML and checks it as a whole. The error is a *queue.Error with
// CodeConfiguration, the path of the first fault, such as
// services[3].topic.head, and a cause that names the line where there is one.
func Parse(data []byte) (*queue.Configuration, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, &queue.Error{Code: queue.CodeConfiguration, Cause: err}
	}
	if len(document.Content) != 1 {
		return nil, &queue.Error{Code: queue.CodeConfiguration, Cause: errors.New("the file is empty")}
	}
	c := new(queue.Configuration)
	if err := fill(reflect.ValueOf(c).Elem(), document.Content[0], ""); err != nil {
		return nil, err
	}
	return c, c.Validate()
}
