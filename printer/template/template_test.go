package template_test

import (
	"errors"
	"strings"
	"testing"

	"petitionhall/printer/escpos"
	"petitionhall/printer/template"
)

// paper is what can be read on the paper that a template makes.
func paper(t *testing.T, source string, v template.Values, columns int, english bool) string {
	t.Helper()
	slip, err := template.Parse("x", source)
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := escpos.Read(escpos.Encode(slip.Render(v, template.Paper{Columns: columns, English: english}), escpos.Options{}), columns)
	if err != nil || len(sheets) != 1 {
		t.Fatalf("%d sheets, %v", len(sheets), err)
	}
	return sheets[0].Text()
}

func TestLanguage(t *testing.T) {
	known := template.Values{"hall": "芷江", "ahead": "4", "number": "C012", "windows": "3", "qr": "1", "track": "HTTP://A/T/1"}
	for _, c := range []struct{ name, source, want string }{
		{"values", "{hall}的{number}", "芷江的C012\n"},
		{"an unknown value takes its line along", "大约{low}分钟\n{hall}", "芷江\n"},
		{"the first alternative that is known", "{low}分 || {ahead}个 || 没有", "4个\n"},
		{"the last alternative needs nothing", "{low}分 || 没有", "没有\n"},
		{"an alternative that fits", "这一行比纸宽得多得多得多得多得多得多得多 || 短", "短\n"},
		{"none fits: the first is wrapped", "一二三四五六七八九十一二三四五六七八九十 || 一二三四五六七八九十一二三四五六七八九十甲", "一二三四五六七八九十一二三四五六\n七八九十\n"},
		{"conditions", "[if hall] 有\n[if low] 没有\n[if not low] 不知道", "有\n不知道\n"},
		{"English lines", "中文\n[en] English", "中文\n"},
		{"a new line of paper", `上\n下`, "上\n下\n"},
		{"sizes within a line", "到[2x]{windows}号[/]窗口", "到3号窗口\n"},
		{"brackets themselves", "[[1] {{x}", "[1] {x}\n"},
		{"remarks and empty lines", "# 说明\n\n{hall}", "芷江\n"},
		{"fit narrows", "[4x fit] 一二三四五", "一二三四五\n"},
		{"a code that cannot be one is text", "[qr] " + strings.Repeat("字", 400) + " || x", strings.Repeat(strings.Repeat("字", 16)+"\n", 25)},
	} {
		if got := paper(t, c.source+"\n[cut]\n", known, escpos.Columns58, false); got != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, c.want)
		}
	}
	if got := paper(t, "中文\n[en] English\n[cut]", nil, escpos.Columns58, true); got != "中文\nEnglish\n" {
		t.Errorf("with English: %q", got)
	}
}

// TestErrors: each says the line, what is wrong, and what would be right.
func TestErrors(t *testing.T) {
	for source, says := range map[string]string{
		"{hall}":                        "the last line must be [cut]",
		"{hal}\n[cut]":                  "line 1: there is no value {hal}: known are hall, number",
		"a\n[5x] b\n[cut]":              "line 2: [5x] is not known: write 2x",
		"[2x 号\n[cut]":                  "line 1: the bracket in",
		"{hall\n[cut]":                  `"{hall" is not closed: write }`,
		"到[2x{hall}\n[cut]":             "is not closed: write ]",
		"[gap 300]\n[cut]":              "from 0 to 255",
		"[gap]\n[cut]":                  "from 0 to 255",
		"[gap 8] text\n[cut]":           `nothing may stand behind this bracket, but "text" does`,
		"[if nobody] a\n[cut]":          "no value {nobody}",
		"a\n[if reprint cut]":           "write [cut] alone",
		"[2x]\n[cut]":                   "the line says nothing",
		"[cut]\n{hall}":                 "line 2: nothing may stand after [cut]",
		strings.Repeat("# x\n", 10_000): "at most 16384",
	} {
		_, err := template.Parse("ticket", source)
		var e *template.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), "slip ticket") {
			t.Errorf("%.30q: %v, want %q", source, err, says)
		}
	}
}

// TestBuiltins: what comes with the program is right, and a hall's own that is
// not does not keep a slip from being printed.
func TestBuiltins(t *testing.T) {
	if got := strings.Join(template.Names(), " "); got != "day large outcome test ticket transfer" {
		t.Errorf("there are %s", got)
	}
	for _, name := range template.Names() {
		source, _ := template.Builtin(name)
		if _, err := template.Parse(name, source); err != nil {
			t.Error(err)
		}
		if template.Of(name, "{broken") != template.Of(name, "") {
			t.Errorf("%s: a broken template of the hall's counts", name)
		}
	}
	if template.Of("ticket", "自己的\n[cut]") == template.Of("ticket", "") {
		t.Error("a hall's own template does not count")
	}
}

// FuzzParse: whatever is typed, there is a sentence or a slip that a printer
// understands.
func FuzzParse(f *testing.F) {
	for _, name := range template.Names() {
		source, _ := template.Builtin(name)
		f.Add(source)
	}
	f.Add("[[{{ || \\n [/] [en if not low 2x bar] {hall}\n[cut]")
	f.Fuzz(func(t *testing.T, source string) {
		slip, err := template.Parse("x", source)
		if err != nil {
			return
		}
		v := template.Values{"hall": source, "number": "A001", "ruler": "123"}
		for _, columns := range []int{escpos.Columns58, escpos.Columns80} {
			data := escpos.Encode(slip.Render(v, template.Paper{Columns: columns, English: true}), escpos.Options{})
			if sheets, err := escpos.Read(data, columns); err != nil || len(sheets) != 1 {
				t.Errorf("%q: %d sheets, %v", source, len(sheets), err)
			}
		}
	})
}
