package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/view"
	"petitionhall/hall/voice"
)

func (a *API) registerVoice() {
	huma.Register(a.huma, operation("voice", http.MethodGet, "/voice", "How the voice of the hall is: who can say something, what waits, and what is wrong"),
		func(context.Context, *struct{}) (*Body[view.VoiceState], error) {
			return &Body[view.VoiceState]{a.hall.Voice()}, nil
		})
}

// describeSounds adds the sounds to the document; voice serves them.
func (a *API) describeSounds() {
	op := operation("voiceSound", http.MethodGet, strings.TrimPrefix(voice.SoundsPath, "/api/v1")+"{file}", "A sound of what is said")
	op.Description = "Its address stands in Say. The sounds of the newest 16 announcements are kept."
	op.Parameters = []*huma.Param{{Name: "file", In: "path", Required: true, Schema: &huma.Schema{Type: "string"}}}
	op.Responses = map[string]*huma.Response{
		"200": {Description: "the sound, 16-bit mono PCM", Content: map[string]*huma.MediaType{"audio/wav": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}},
		"404": {Description: "it is no longer kept", Content: map[string]*huma.MediaType{"application/problem+json": {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}}}},
	}
	a.huma.OpenAPI().AddOperation(&op)
}
