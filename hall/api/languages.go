package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/languages"
	"petitionhall/hall/problem"
	"petitionhall/queue"
)

// Language is a language that a visitor may choose.
type Language struct {
	Tag       string `json:"tag" doc:"BCP 47, such as zh or ug"`
	Name      string `json:"name" doc:"what it calls itself"`
	Direction string `json:"direction" enum:"ltr,rtl"`
	Fallback  string `json:"fallback" enum:"zh,en" doc:"what stands where it has no text, and what its slips are printed in"`
	Own       bool   `json:"own" doc:"it, or some of its texts, come from a file of the hall"`
	Done      int    `json:"done" doc:"how many of the texts it has itself"`
	All       int    `json:"all" doc:"how many texts there are"`
	Faults    int    `json:"faults" doc:"how many things in its file are to be looked at"`
}

// LanguageTexts are all that the pages for visitors say in a language.
type LanguageTexts struct {
	Language
	Texts map[string]any    `json:"texts" doc:"by the parts words, common, kiosk, track, board, strip; complete: a text that the language lacks is its fallback's. A text is a string, or an object of plural forms"`
	Names map[string]string `json:"names" doc:"the hall's own texts, by the Chinese that stands in its place"`
}

// LanguageFault is what is wrong with a language file or with one text of it.
type LanguageFault struct {
	File    string     `json:"file"`
	Line    int        `json:"line,omitempty"`
	Key     string     `json:"key,omitempty" doc:"empty when nothing of the file is used"`
	Code    string     `json:"code" doc:"as in docs/languages.md"`
	Warning bool       `json:"warning,omitempty" doc:"the text is used all the same"`
	Message queue.Text `json:"message"`
}

// LanguagePath names a language.
type LanguagePath struct {
	Tag string `path:"tag" maxLength:"35"`
}

// Known is what a browser has kept of an answer, or that it keeps nothing: a
// visitor's phone does not.
type Known struct {
	Tag   string `header:"If-None-Match" doc:"the ETag of the answer that is known already"`
	Fresh string `header:"Cache-Control" doc:"no-cache, as of a page that keeps nothing, is answered with no-store"`
}

type languageInput struct {
	LanguagePath
	Known
}

// kept is an answer that a browser may keep, and asks about before it uses it again.
type kept[T any] struct {
	Status       int
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         T
}

func (a *API) registerLanguages() {
	const all = "/languages"
	huma.Register(a.huma, unchanged(operation("languages", http.MethodGet, all, "The languages that a visitor may choose")),
		func(_ context.Context, in *Known) (*kept[[]Language], error) { return keep(a.languages(), *in) })
	huma.Register(a.huma, operation("checkLanguages", http.MethodGet, all+"/check", "What is wrong with the hall's language files"),
		func(context.Context, *struct{}) (*Body[[]LanguageFault], error) {
			return &Body[[]LanguageFault]{a.languageFaults()}, nil
		})
	huma.Register(a.huma, unchanged(operation("languageTexts", http.MethodGet, all+"/{tag}", "All that the pages for visitors say in a language")), a.languageTexts)
}

// unchanged says in the document that a call may answer that nothing is new.
func unchanged(op huma.Operation) huma.Operation {
	op.Responses = map[string]*huma.Response{"304": {Description: "As it is known already"}}
	return op
}

// keep answers with a body, or that it is the one that is known already.
func keep[T any](body T, known Known) (*kept[T], error) {
	data, err := json.Marshal(body) // keys in their order: the same answer, the same bytes
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	answer := &kept[T]{Status: http.StatusOK, ETag: `"` + hex.EncodeToString(sum[:12]) + `"`, CacheControl: "no-cache", Body: body}
	if known.Fresh != "" {
		answer.CacheControl = "no-store"
	}
	for tag := range strings.SplitSeq(known.Tag, ",") {
		if strings.TrimPrefix(strings.TrimSpace(tag), "W/") == answer.ETag {
			answer.Status = http.StatusNotModified
		}
	}
	return answer, nil
}

func (a *API) languages() []Language {
	all := []Language{}
	for _, l := range a.hall.Languages().All() {
		all = append(all, a.languageOf(l))
	}
	return all
}

func (a *API) languageOf(l *languages.Language) Language {
	done, all := l.Done()
	c, _ := a.hall.Configuration()
	return Language{Tag: l.Tag, Name: l.Name, Direction: l.Direction, Fallback: l.Fallback, Own: l.File != "",
		Done: done, All: all, Faults: len(l.Faults) + len(l.NotNeeded(c))}
}

func (a *API) languageTexts(_ context.Context, in *languageInput) (*kept[LanguageTexts], error) {
	all := a.hall.Languages().All()
	i := slices.IndexFunc(all, func(l *languages.Language) bool { return l.Tag == in.LanguagePath.Tag })
	if i < 0 {
		return nil, problem.New("language.unknown")
	}
	c, _ := a.hall.Configuration()
	return keep(LanguageTexts{Language: a.languageOf(all[i]), Texts: all[i].Texts(), Names: all[i].Names(c)}, in.Known)
}

func (a *API) languageFaults() []LanguageFault {
	c, _ := a.hall.Configuration()
	found := []LanguageFault{}
	for _, l := range a.hall.Languages().Files() {
		for _, f := range slices.Concat(l.Faults, l.NotNeeded(c)) {
			found = append(found, LanguageFault{File: f.File, Line: f.Line, Key: f.Key, Code: f.Code, Warning: f.Warning, Message: queue.Text{ZH: f.ZH, EN: f.EN}})
		}
	}
	return found
}

// slipLanguage is what a ticket keeps of the language in which the page spoke: its
// fallback, zh or en, in which the slip is printed. The language itself would tell of
// what people a visitor is, beside a window and a time, for as long as tickets are kept.
func (a *API) slipLanguage(spoken string) string {
	if l, ok := a.hall.Languages().Language(spoken); ok {
		return l.Fallback
	}
	return languages.Chinese
}
