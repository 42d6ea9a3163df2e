package api

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/problem"
	"petitionhall/hall/view"
	"petitionhall/printer"
	"petitionhall/printer/template"
	"petitionhall/queue"
)

// TemplateText is a hall's own template.
type TemplateText struct {
	Text string `json:"text" minLength:"1" maxLength:"16384"`
}

// TemplatePath names a slip.
type TemplatePath struct {
	Name string `path:"name" maxLength:"32"`
}

type templateInput struct {
	TemplatePath
	Body TemplateText
}

// PreviewRequest asks for the picture of a slip.
type PreviewRequest struct {
	Name     string `json:"name" maxLength:"32"`
	Text     string `json:"text" required:"false" maxLength:"16384" doc:"as it would be saved; the present one when not told"`
	Width    int    `json:"width" required:"false" enum:"80,58" default:"80" doc:"of the paper, in millimetres"`
	Language string `json:"language" required:"false" enum:"zh,en" default:"zh"`
	Reprint  bool   `json:"reprint" required:"false"`
}

type previewInput struct{ Body PreviewRequest }

type previewOutput struct {
	ContentType string `header:"Content-Type"`
	Bytes       int    `header:"Slip-Bytes" doc:"how many bytes the printer gets"`
	Body        []byte
}

// DayPrinted tells what became of the day's slip.
type DayPrinted struct {
	State  string `json:"state" enum:"confirmed,sent,failed,unknown"`
	Reason string `json:"reason"`
}

func (a *API) registerTemplates() {
	huma.Register(a.huma, operation("templates", http.MethodGet, "/slips", "What stands on the slips"),
		func(context.Context, *struct{}) (*Body[[]view.Template], error) {
			return &Body[[]view.Template]{a.hall.Templates()}, nil
		})
	huma.Register(a.huma, operation("saveTemplate", http.MethodPut, "/slips/{name}", "Change a slip"),
		func(_ context.Context, in *templateInput) (*Body[[]view.Template], error) {
			return a.saveTemplate(in.Name, in.Body.Text)
		})
	huma.Register(a.huma, operation("resetTemplate", http.MethodDelete, "/slips/{name}", "Give back the slip that came with the program"),
		func(_ context.Context, in *TemplatePath) (*Body[[]view.Template], error) {
			return a.saveTemplate(in.Name, "")
		})
	preview := operation("previewTemplate", http.MethodPost, "/slips/preview", "The picture of a slip, from the very bytes a printer would get")
	preview.Responses = map[string]*huma.Response{"200": {Description: "The picture", Content: map[string]*huma.MediaType{"image/png": {}}}}
	huma.Register(a.huma, preview, a.preview)
	huma.Register(a.huma, operation("printDay", http.MethodPost, "/day/slip", "Print the day's figures at the hub's printer"),
		func(ctx context.Context, _ *struct{ Keyed }) (*Body[DayPrinted], error) {
			outcome, ok := a.hall.PrintDay(ctx)
			if !ok {
				return nil, problem.New("printer.none")
			}
			return &Body[DayPrinted]{DayPrinted{State: string(outcome.State), Reason: string(outcome.Reason)}}, nil
		})
}

func (a *API) saveTemplate(name, text string) (*Body[[]view.Template], error) {
	if err := a.hall.SaveTemplate(name, text); err != nil {
		return nil, a.templateProblem(err)
	}
	return &Body[[]view.Template]{a.hall.Templates()}, nil
}

// templateProblem keeps the sentence that says what is wrong with a template.
func (a *API) templateProblem(err error) error {
	var wrong *printer.Error
	switch {
	case !errors.As(err, &wrong):
		a.log.Error("a slip's template was not kept", "cause", err)
		return problem.New("internal")
	case wrong.Code == "printer.template-unknown":
		return problem.New("slip.unknown")
	}
	p := problem.New("slip.template")
	if line := (&template.Error{}); errors.As(err, &line) {
		p.Message = queue.Text{ZH: line.Chinese(), EN: line.Error()}
	}
	return p
}

func (a *API) preview(_ context.Context, in *previewInput) (*previewOutput, error) {
	slip, ok := a.hall.Sample(in.Body.Name)
	if !ok {
		return nil, problem.New("slip.unknown")
	}
	slip.Language, slip.Reprint = in.Body.Language, in.Body.Reprint
	if in.Body.Text != "" {
		slip.Template = in.Body.Text
	}
	data, picture, err := printer.Preview(slip, in.Body.Width)
	if err != nil {
		return nil, a.templateProblem(err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, err
	}
	return &previewOutput{ContentType: "image/png", Bytes: len(data), Body: out.Bytes()}, nil
}
