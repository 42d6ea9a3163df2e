package api

import (
	"errors"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/problem"
	"petitionhall/hall/view"
	"petitionhall/printer"
	"petitionhall/queue"
)

// schemaName names a schema by its Go type. What a slip reads is named apart:
// its windows are not those of the hall.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := huma.DefaultSchemaNamer(t, hint)
	if t.PkgPath() == reflect.TypeFor[printer.Slip]().PkgPath() && t != reflect.TypeFor[printer.Slip]() {
		return "Slip" + name
	}
	return name
}

// allowNull says of each answer's member that is another schema where it may be
// null: huma has no way to say it beside the type.
func (a *API) allowNull() {
	for schema, members := range map[string][]string{
		"Hall": {"leader"}, "Service": {"wait"}, "ServiceChange": {"wait"}, "Topic": {"question"},
		"TicketTaken": {"wait"}, "Ticket": {"wait", "window"}, "WindowView": {"ticket"}, "PrintJob": {"slip"},
	} {
		properties := a.huma.OpenAPI().Components.Schemas.Map()[schema].Properties
		for _, m := range members {
			properties[m] = &huma.Schema{AnyOf: []*huma.Schema{{Ref: properties[m].Ref}, {Type: "null"}}, Description: properties[m].Description}
		}
	}
}

// keyed are the calls that need a request key. The document says so; huma must
// not, for it would refuse a missing one in its own words.
var keyed = []string{"/tickets", "/windows/{n}/next", "/windows/{n}/finish", "/windows/{n}/transfer"}

// describeKeys says in the document which calls need a key, and what a repeated take gets.
func (a *API) describeKeys() {
	paths := a.huma.OpenAPI().Paths
	for _, path := range keyed {
		for _, parameter := range paths["/api/v1"+path].Post.Parameters {
			parameter.Required = parameter.Required || parameter.In == "header"
		}
	}
	take := paths["/api/v1/tickets"].Post
	take.Responses["200"] = &huma.Response{Description: "The key came again: the same ticket", Content: take.Responses["201"].Content}
}

// describeEvents adds the live events to the document; live serves them.
func (a *API) describeEvents() {
	registry := a.huma.OpenAPI().Components.Schemas
	for _, t := range []any{view.Change{}, view.Tick{}, view.Hall{}, view.Call{}, view.Say{}, problem.Problem{}} {
		registry.Schema(reflect.TypeOf(t), true, "")
	}
	op := operation("events", "GET", "/events", "The hall as it happens, as server-sent events")
	op.Description = "event hall (Hall: first, and after a gap), change (Change), call (Call), say (Say, what is said aloud now, without an id), tick (Tick, every 3 s, without an id). " +
		"The id is the revision, on the last message of a revision only; a reader resumes after Last-Event-ID. " +
		"Who joins while something is said gets a tick and the same say after all else: what is left of it is until less the tick's at, and an id that was said is not said again."
	op.Parameters = []*huma.Param{{Name: "speaks", In: "query", Schema: &huma.Schema{Type: "string"},
		Description: "the id of a board whose sound is on; a page that cannot be heard leaves it out. While no board has its sound on and the hub has no loudspeaker, calls wait a minute to be said"}}
	op.Responses = map[string]*huma.Response{"200": {Description: "the events", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: "string"}}}}}
	a.huma.OpenAPI().AddOperation(&op)
}

// nameTickets adds the tickets that stand in the way, by the numbers people know.
func nameTickets(p *problem.Problem, s *queue.State, err error) {
	var refusal *queue.Error
	if !errors.As(err, &refusal) {
		return
	}
	for _, id := range refusal.Tickets {
		if t, ok := s.Ticket(id); ok {
			p.Tickets = append(p.Tickets, problem.OpenTicket{ID: s.Ref(id), Number: t.Number(), State: string(t.State)})
		}
	}
}
