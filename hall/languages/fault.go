package languages

import (
	"cmp"
	"fmt"
)

// Fault is what is wrong with a language file or with one key of it, in words for
// the person who looks after the hall. It is an error as well.
type Fault struct {
	// File is its name, such as ug.yaml.
	File string
	// Line is where it stands; 0 when the whole file is meant.
	Line int
	// Key is the full name, such as texts.kiosk.greeting; empty when the whole file is at fault and nothing of it is used.
	Key string
	// Code is one of those in docs/languages.md, such as text.hole-missing.
	Code string
	// Warning says that the text is used all the same.
	Warning bool
	ZH, EN  string
}

// Error gives the English words.
func (f *Fault) Error() string { return f.place() + f.EN }

// Chinese gives the Chinese words, with the same place.
func (f *Fault) Chinese() string { return f.place() + f.ZH }

func (f *Fault) place() string {
	at := f.File
	if f.Line > 0 {
		at += fmt.Sprintf(":%d", f.Line)
	}
	if f.Key != "" {
		at += " " + f.Key
	}
	return at + ": "
}

// faults holds the words of every code.
var faults = map[string]struct {
	zh, en  string
	warning bool
}{
	"file.unreadable": {"文件读不了：%v", "it cannot be read: %v", false},
	"file.too-large":  {"文件太大，最多%dKB", "it is larger than %d KB", false},
	"file.encoding":   {"不是UTF-8编码，请另存为UTF-8", "it is not in UTF-8: save it with that encoding", false},
	"file.tab":        {"用制表符缩进了，请改成空格", "it is indented with a tab: use blanks", false},
	"file.corrupt":    {"不是能读的YAML：%s", "it cannot be read as YAML: %s", false},
	"file.empty":      {"文件是空的", "it is empty", false},
	"file.tag":        {"文件名里的 %q 不是语言代号，例如 ug、bo、za", "%q in its name is no tag of a language, such as ug, bo, za", false},
	"file.name":       {"文件名请写成 %s", "name it %s", false},
	"file.own-name":   {"缺 name：这种语言自己的名称", "name is missing: what the language calls itself", false},
	"file.too-many":   {"最多%d种语言，这一种没有用", "there are at most %d languages; this one is not used", false},

	"key.unknown":    {"没有这一项", "no such key is known", false},
	"key.twice":      {"写了两次，用的是第一次", "it stands twice; the first is used", false},
	"key.builtin":    {"自带的语言不能改这一项", "this cannot be changed in a language that comes with the program", false},
	"key.group":      {"这里要写下一级的各项", "here belong further keys", false},
	"key.list":       {"这里要写一个列表，每行以 - 开头", "here belongs a list, each entry after a dash", false},
	"key.value":      {"只能是 %s", "it is one of %s", false},
	"key.not-needed": {"大厅里现在没有这一项", "the hall has nothing of this name now", true},

	"text.no-text":      {"这里要写一句文字", "here belongs a text", false},
	"text.alias":        {"不能用 & 和 * 引用，请写全", "write it out: a name for something said elsewhere (& or *) is not understood", false},
	"text.hole-missing": {"缺 {%s}", "{%s} is missing", false},
	"text.hole-unknown": {"没有 {%s} 可填", "nothing fills {%s}", false},
	"text.brace":        {"花括号没有配成 {名称}", "a brace does not belong to a {name}", false},
	"text.markup":       {"不能有标记，例如 <b> 或 &nbsp;", "markup such as <b> or &nbsp; is not understood", false},
	"text.control":      {"“%s”后面有换行或看不见的字符", "there is a line break or an invisible character after %q", false},
	"text.too-long":     {"太长，有%d个字符，屏幕放不下（中文%d个）", "it is too long for the screen: %d characters, in Chinese %d", false},
	"text.long":         {"可能太长，有%d个字符（中文%d个），请在屏幕上看一看", "it may be too long: %d characters, in Chinese %d; look at it on the screen", true},
	"text.form":         {"没有这种复数形式，可用的有 zero、one、two、few、many、other", "there is no such plural form: they are zero, one, two, few, many, other", false},
	"text.other":        {"复数形式里缺 other", "the form other is missing", false},
}

// Codes lists every code a Fault can have.
func Codes() []string {
	codes := make([]string, 0, len(faults))
	for code := range faults {
		codes = append(codes, code)
	}
	return codes
}

// fault makes a fault; values fill the words of both languages in their order.
func fault(file string, line int, key, code string, values ...any) Fault {
	words := faults[code]
	f := Fault{File: file, Line: line, Key: key, Code: code, Warning: words.warning, ZH: words.zh, EN: words.en}
	if len(values) > 0 {
		f.ZH, f.EN = fmt.Sprintf(words.zh, values...), fmt.Sprintf(words.en, values...)
	}
	return f
}

// byPlace orders faults as one meets them in the file.
func byPlace(a, b Fault) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Code, b.Code))
}
