package hall

import (
	_ "embed"
	"html/template"
	"log/slog"
	"net/http"
	"sort"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/api"
	"petitionhall/hall/problem"
)

//go:embed docs.html
var docsHTML string

var docsPage = template.Must(template.New("docs").Parse(docsHTML))

// call is one line of the page.
type call struct{ Method, Path, Summary string }

// docs lists the calls of the API. It needs no script and nothing from
// elsewhere; who programs against the hall reads /openapi.json with a tool.
func (h *Hall) docs(w http.ResponseWriter, _ *http.Request) {
	var calls []call
	for path, item := range h.api.Document().Paths {
		for _, op := range []struct {
			method  string
			summary *string
		}{{http.MethodGet, summary(item.Get)}, {http.MethodPost, summary(item.Post)}, {http.MethodPut, summary(item.Put)}} {
			if op.summary != nil {
				calls = append(calls, call{op.method, path, *op.summary})
			}
		}
	}
	sort.Slice(calls, func(i, j int) bool { return calls[i].Path+calls[i].Method < calls[j].Path+calls[j].Method })
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := docsPage.Execute(w, calls); err != nil {
		problem.From(err).Write(w)
	}
}

func summary(op *huma.Operation) *string {
	if op == nil {
		return nil
	}
	return &op.Summary
}

//go:generate sh -c "go run .. openapi > ../frontend/openapi.json"

// Document is the API's document, made without a running hall.
func Document(version string) *huma.OpenAPI {
	return api.New(nil, http.NewServeMux(), version, slog.Default()).Document()
}
