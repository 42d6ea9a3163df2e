package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLanguages: a translator begins a file, checks it, and is told what is wrong with it.
func TestLanguages(t *testing.T) {
	command := func(want int, args ...string) (out, errs string) {
		t.Helper()
		var o, e strings.Builder
		if code := run(t.Context(), append([]string{"languages"}, args...), &o, &e); code != want {
			t.Fatalf("%v ended with %d: %s%s", args, code, o.String(), e.String())
		}
		return o.String(), e.String()
	}
	data := t.TempDir()
	dir := filepath.Join(data, "languages")
	if _, errs := command(1, "check", "--data", data); !strings.Contains(errs, "petitionhall languages template") {
		t.Errorf("nothing to check: %s", errs)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(dir, "ug.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	template, _ := command(0, "template", "ug")
	for _, part := range []string{"direction: rtl\n", "    # 您好！先取号，再坐着等\n", "    greeting: \"\"\n", "    housing:\n", `      # 住建 / Housing`} {
		if !strings.Contains(template, part) {
			t.Errorf("the template lacks %q", part)
		}
	}
	write(strings.Replace(template, `name: ""`, "name: ئۇيغۇرچە", 1))
	if out, _ := command(0, "check", dir); !strings.HasPrefix(out, "ug.yaml: ئۇيغۇرچە, rtl, 译了0句，共") {
		t.Error(out)
	}
	write("name: ئۇيغۇرچە\ntexts: {kiosk: {help: ياردەم, colour: x}}\n")
	out, errs := command(1, "check", "--data", data)
	if !strings.Contains(out, "译了1句") || !strings.Contains(out, "ug.yaml:2 texts.kiosk.colour: 没有这一项") || !strings.Contains(errs, "1 things") {
		t.Errorf("%s%s", out, errs)
	}
	command(2, "template")
	command(2, "template", "no language")
	command(2, "check", "a", "b")
	command(2)
}
