// Package configuration reads what a hall has decided about itself (its
// windows, services, words and rules) from a YAML file, and holds the twenty
// windows that a hall starts with.
//
// A file is taken as a whole or not at all. It is edited by hand, so the
// reading is strict where a slip of the hand would go unnoticed (an unknown or
// repeated key, a number left out) and every error tells the line and the path.
// What the values mean, and whether they fit each other, is decided by
// queue.Configuration.Validate; JSON, being YAML, is read as well.
package configuration

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"petitionhall/queue"
)

const (
	// maxFile is the largest file that is read, in bytes. The default is 20 KB.
	maxFile = 1 << 20
	// maxRecord is the largest configuration, in bytes of JSON. A day opens with
	// one record of 256 KiB that holds it beside the learned service times.
	maxRecord = 128 << 10
)

//go:embed default.yaml
var defaultFile []byte

// Default is the configuration that a hall starts with: the twenty windows of
// the county's hall. Each call makes a new one.
func Default() *queue.Configuration {
	c, err := Parse(defaultFile)
	if err != nil {
		panic(fmt.Sprintf("the configuration inside the program: %v", err))
	}
	return c
}

// DefaultFile is the text of Default, to be saved as the start of a hall's own
// file. The bytes are the caller's.
func DefaultFile() []byte { return append([]byte(nil), defaultFile...) }

// Read reads a hall's file. The error is a *queue.Error with CodeConfiguration
// that names the file; see Parse.
func Read(path string) (*queue.Configuration, error) {
	data, err := load(path)
	if err != nil {
		return nil, &queue.Error{Code: queue.CodeConfiguration, Cause: err}
	}
	c, err := Parse(data)
	if refusal := (*queue.Error)(nil); errors.As(err, &refusal) {
		refusal.Cause = fmt.Errorf("%s: %w", path, refusal.Cause)
	}
	return c, err
}

func load(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	// One byte more than may be, so that Parse sees that the file is too large.
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return data, nil
}

// Parse reads a configuration and validates it. The error is a *queue.Error
// with CodeConfiguration: Path is the setting, such as "windows[3].number",
// where one is at fault, and the cause says what is wrong and in which line.
func Parse(data []byte) (*queue.Configuration, error) {
	root, err := parse(data)
	if err != nil {
		return nil, &queue.Error{Code: queue.CodeConfiguration, Cause: err}
	}
	c := &queue.Configuration{Notices: []queue.Text{}}
	r := reader{lines: map[string]int{}}
	if err := r.fill("", root, reflect.ValueOf(c).Elem()); err != nil {
		return nil, err
	}
	for i := range c.Services {
		if c.Services[i].Topic.Words == nil {
			c.Services[i].Topic.Words = []string{} // programs that read the JSON expect a list
		}
	}
	if err := Check(c); err != nil {
		return nil, r.locate(err)
	}
	return c, nil
}

// Check holds a configuration to what Validate asks, and to the size that a day
// can record. The error is a *queue.Error with CodeConfiguration.
func Check(c *queue.Configuration) error {
	if err := c.Validate(); err != nil {
		return err
	}
	if record, err := json.Marshal(c); err != nil || len(record) > maxRecord {
		return &queue.Error{Code: queue.CodeConfiguration, Cause: fmt.Errorf("it is too large: at most %d KiB can be recorded with each day", maxRecord>>10)}
	}
	return nil
}

// parse makes the tree of the only document in data.
func parse(data []byte) (*yaml.Node, error) {
	switch {
	case len(data) > maxFile:
		return nil, fmt.Errorf("it is larger than %d KiB, which no configuration is", maxFile>>10)
	case !utf8.Valid(data):
		return nil, errors.New("it is not in UTF-8: save it with that encoding")
	}
	decoder := yaml.NewDecoder(strings.NewReader(string(data)))
	var document, more yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF), err == nil && len(document.Content) == 0:
		return nil, errors.New("it is empty")
	case err != nil:
		return nil, explain(data, err)
	}
	if err := decoder.Decode(&more); err == nil {
		return nil, fmt.Errorf("line %d: a second document begins (---), but there can be only one", more.Line)
	} else if !errors.Is(err, io.EOF) {
		return nil, explain(data, err)
	}
	return document.Content[0], nil
}

// explain says what is wrong with a text that is no YAML. An indentation with a
// tab is the usual reason, and the parser does not say so.
func explain(data []byte, err error) error {
	for i, line := range strings.Split(string(data), "\n") {
		if indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]; strings.Contains(indent, "\t") {
			return fmt.Errorf("line %d: it is indented with a tab: use blanks", i+1)
		}
	}
	return fmt.Errorf("it cannot be read as YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
}
