package kiosk

import (
	"reflect"
	"slices"
	"testing"
)

// TestDisplayOnlyLooks: whatever script ran in a board's page, it could take no
// number, print, call, cancel or leave: Wails binds what the bound type exports.
func TestDisplayOnlyLooks(t *testing.T) {
	var methods []string
	for method := range reflect.TypeFor[*Display]().Methods() {
		methods = append(methods, method.Name)
	}
	if want := []string{"Beat", "Follow", "Hall", "Language", "Languages"}; !slices.Equal(methods, want) {
		t.Errorf("a board's page may ask for %q, want %q", methods, want)
	}
	if fields := reflect.VisibleFields(reflect.TypeFor[Display]()); slices.ContainsFunc(fields, func(f reflect.StructField) bool { return f.IsExported() && !f.Anonymous }) {
		t.Errorf("a board's page is shown the fields %v", fields)
	}
}
