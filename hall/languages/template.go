package languages

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"petitionhall/queue"
)

// Template is a file to translate: every text that the pages for visitors have,
// empty, with its Chinese and English above it, and every text of the hall's own.
// The error is for a tag that Parse would refuse.
func Template(tag string, c *queue.Configuration) ([]byte, error) {
	file := tag + suffix
	probe := Parse(file, []byte("name: x\n"))
	if !probe.Usable() {
		f := probe.Faults[0]
		return nil, &f
	}
	t := &template{}
	t.line(0, "# %s", file)
	t.line(0, "# 把引号里填上译文，存成 UTF-8，放进大厅数据目录的 languages 文件夹。空着的还没译，显示 fallback 的文字。")
	t.line(0, "# 花括号里的词，例如 {n}，原样留下：页面会填上数目。检查：petitionhall languages check")
	t.line(0, "# Put the translation between the quotes and the file into the folder languages of the hall's data.")
	t.line(0, "# What stays empty is shown in the fallback. Keep what stands in braces, such as {n}, as it is.")
	t.line(0, "")
	if probe.BuiltIn() {
		t.line(0, "# 只写要改的；别的删掉。Leave only what is to be changed.")
	} else {
		t.line(0, "# 这种语言自己的名称，写在按钮上。What the language calls itself, as on its button.")
		t.line(0, `name: ""`)
		t.line(0, "# ltr 从左往右写，rtl 从右往左写。")
		t.line(0, "direction: %s", probe.Direction)
		t.line(0, "# 没译的显示 zh（中文）还是 en（英文）；小票也按这个打。What is not translated, and the slip: zh or en.")
		t.line(0, "fallback: zh")
	}
	t.line(0, "")
	t.line(0, "texts:")
	t.texts()
	if !probe.BuiltIn() {
		t.names(c)
	}
	return t.out.Bytes(), nil
}

type template struct{ out bytes.Buffer }

func (t *template) line(depth int, format string, values ...any) {
	text := fmt.Sprintf(format, values...)
	if text != "" {
		t.out.WriteString(strings.Repeat("  ", depth))
	}
	t.out.WriteString(text + "\n")
}

// key is a name as YAML takes it without doubt.
func key(name string) string {
	var n yaml.Node
	n.SetString(name)
	text, err := yaml.Marshal(&n)
	if err != nil { // a string is always written
		return fmt.Sprintf("%q", name)
	}
	return strings.TrimSpace(string(text))
}

func (t *template) texts() {
	var open []string
	for _, one := range texts {
		path := strings.Split(one.Key, ".")
		groups := path[:len(path)-1]
		same := 0
		for same < len(groups) && same < len(open) && groups[same] == open[same] {
			same++
		}
		for i := same; i < len(groups); i++ {
			t.line(i+1, "%s:", key(groups[i]))
		}
		open = groups
		t.text(len(path), one, path[len(path)-1])
	}
}

func (t *template) text(depth int, one Text, name string) {
	if one.Note != "" {
		t.line(depth, "# (%s)", one.Note)
	}
	for _, usual := range []Wording{one.ZH, one.EN} {
		t.line(depth, "# %s", strings.Join(usual.all(), "  |  "))
	}
	if !one.Plural() {
		t.line(depth, `%s: ""`, key(name))
		return
	}
	t.line(depth, "%s:", key(name))
	t.line(depth+1, `other: ""`)
}

// names are the hall's own texts, to be called something in this language.
func (t *template) names(c *queue.Configuration) {
	t.line(0, "")
	t.line(0, "# 大厅自己的文字。The hall's own texts.")
	t.line(0, "names:")
	t.own(1, "hall", c.Name)
	t.own(1, "serviceDesk", c.ServiceDesk)
	t.line(1, "services:")
	for _, s := range c.Services {
		t.line(2, "%s:", key(string(s.ID)))
		t.own(3, "name", s.Name)
		t.own(3, "fullName", s.FullName)
		t.own(3, "head", s.Topic.Head)
		t.own(3, "about", s.Topic.About)
		q := s.Topic.Question
		if q == nil {
			continue
		}
		t.own(3, "question", q.Ask)
		t.line(3, "answers:")
		for _, a := range q.Answers {
			t.line(4, "# %s", a.Label.ZH)
			t.line(4, `- ""`)
		}
	}
	t.line(1, "windows:")
	for _, w := range c.Windows {
		t.own(2, string(w.ID), w.PublicName)
	}
	t.line(1, "# 别的文字，例如领导的职务、通知：左边照抄中文。Any other text of the hall: its Chinese on the left.")
	t.line(1, "other:")
	t.line(2, `# 副县长: ""`)
}

func (t *template) own(depth int, name string, usual queue.Text) {
	if usual.ZH == "" {
		return
	}
	t.line(depth, "# %s", strings.TrimSuffix(usual.ZH+" / "+usual.EN, " / "))
	t.line(depth, `%s: ""`, key(name))
}
