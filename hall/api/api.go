// Package api is the hall's HTTP interface, version 1: it turns requests into
// commands for the runner and answers with views. It decides nothing itself.
//
// The OpenAPI document is made from the types here and in view; the pages'
// client is generated from it.
package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"petitionhall/hall/help"
	"petitionhall/hall/languages"
	"petitionhall/hall/problem"
	"petitionhall/hall/ratings"
	"petitionhall/hall/runner"
	"petitionhall/hall/view"
	"petitionhall/hall/voice/pack"
	"petitionhall/printer"
	"petitionhall/queue"
	"petitionhall/queue/check"
	"petitionhall/queue/journal"
)

// Hub is the printer id of the hall's own printer, and the one a take without a printer gets.
const Hub = "hub"

// Hall is what the API stands on.
type Hall interface {
	// Configuration is the one in force, with its revision.
	Configuration() (*queue.Configuration, uint64)
	// ApplyConfiguration puts one in force that was made from a revision.
	ApplyConfiguration(ctx context.Context, c *queue.Configuration, from uint64, actor string) error
	// Do has a command decided and recorded.
	Do(ctx context.Context, c queue.Command) (runner.Result, error)
	// View shows the committed state.
	View(look func(s *queue.State, revision journal.Revision))
	// Moment is what a view needs beside the state, at a revision.
	Moment(revision journal.Revision) view.Moment
	// Track is the address behind the QR of a code; empty when phones cannot reach the hall.
	Track(code string) string
	// Wait is the range that whoever takes a number now is told, and its middle in seconds; nil while too little is known. It never blocks.
	Wait(service queue.ServiceID, priority bool) (wait *queue.Wait, middle int)
	// AskPrinter asks the hub's own printer how it is now.
	AskPrinter(ctx context.Context)
	// PrinterIs keeps what a kiosk tells of its own printer.
	PrinterIs(ctx context.Context, p view.Printer, started bool) error
	// Slip says what a print job's slip reads, in the hall's own form.
	Slip(s *queue.State, t *queue.Ticket, job queue.JobID) printer.Slip
	// Templates lists all slips, each as the hall has it.
	Templates() []view.Template
	// SaveTemplate keeps a hall's own template; empty gives back the usual one.
	SaveTemplate(name, text string) error
	// Sample is a slip to try a template with; ok is false for an unknown name.
	Sample(name string) (slip printer.Slip, ok bool)
	// PrintDay prints the day's figures so far; false without a printer or a day.
	PrintDay(ctx context.Context) (printer.Outcome, bool)
	// Print hands a job of the hub's own printer on; it does not wait.
	Print(job string)
	// HasPrinter tells whether the hub prints.
	HasPrinter() bool
	// Voice tells how the voice of the hall is.
	Voice() view.VoiceState
	// Rate counts how content the holder of a ticket of the day was, once; the error may be ratings.ErrGiven.
	Rate(day, ticket string, score ratings.Score) error
	// Rated tells whether a ticket of the day has rated.
	Rated(day, ticket string) bool
	// Ratings is how content the visitors of a day were.
	Ratings(day string) view.Ratings
	// Languages are those that a visitor may choose.
	Languages() *languages.Shelf
	// Voices are those that the hall records.
	Voices() *pack.Shelf
	// Help is where visitors at kiosks ask for a person.
	Help() *help.Desk
	// Check proves the promises on the journal.
	Check(ctx context.Context) (check.Report, error)
}

// API answers requests.
type API struct {
	hall Hall
	log  *slog.Logger
	mux  *http.ServeMux
	huma huma.API
}

func init() {
	// huma keeps these for the whole program: a list is never null in our API, and a refusal is a Problem.
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		p := problem.OfStatus(status)
		if status < http.StatusInternalServerError {
			p.Detail = detail(message, errs)
		}
		return p
	}
}

// detail says where in a request the faults lie. It does not send back what was sent.
func detail(message string, errs []error) string {
	for _, err := range errs {
		var fault huma.ErrorDetailer
		if !errors.As(err, &fault) {
			continue
		}
		d := fault.ErrorDetail()
		message += "; " + d.Message
		if d.Location != "" {
			message += " (" + d.Location + ")"
		}
	}
	return message
}

// maxBody is the largest body of a request, in bytes.
const maxBody = 64 << 10

// New makes the API on a mux. Version is the program's, for the document.
func New(hall Hall, mux *http.ServeMux, version string, log *slog.Logger) *API {
	config := huma.DefaultConfig("petitionhall", version)
	config.Info.Description = "Numbers, windows and calls of a reception hall. Nothing here names a person."
	config.CreateHooks = nil // no $schema in bodies
	config.DocsPath, config.SchemasPath = "", ""
	config.OpenAPIPath = "/openapi"
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	a := &API{hall: hall, log: log, mux: mux, huma: humago.New(mux, config)}
	a.registerHall()
	a.registerVoice()
	a.registerVoices()
	a.registerLanguages()
	a.registerTickets()
	a.registerRatings()
	a.registerPrints()
	a.registerTemplates()
	a.registerWindows()
	a.registerDay()
	a.registerHelp()
	a.registerFaults()
	a.describeKeys()
	a.describeEvents()
	a.describeSounds()
	a.allowNull()
	return a
}

// operation describes one call.
func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: "/api/v1" + path, Summary: summary,
		MaxBodyBytes: maxBody, BodyReadTimeout: 10 * time.Second, SkipValidateParams: false}
}

// Keyed is the request key that every POST accepts.
type Keyed struct {
	Key string `header:"Idempotency-Key" doc:"8 to 128 printable characters; the same key never acts twice within two days"`
}

// command makes a command of a request. The hash covers what was asked and
// where, so that a key used for anything else is refused.
func (k Keyed) command(operation, actor string, required bool, action queue.Action, asked ...any) (queue.Command, error) {
	switch {
	case k.Key == "" && required:
		return queue.Command{}, problem.New("request.key-missing")
	case k.Key != "" && !validKey(k.Key):
		return queue.Command{}, problem.New("request.key-missing").With("header.Idempotency-Key")
	}
	hash := sha256.New()
	if err := json.NewEncoder(hash).Encode([]any{operation, actor, asked}); err != nil {
		return queue.Command{}, err
	}
	return queue.Command{Actor: actor, Key: k.Key, Hash: hex.EncodeToString(hash.Sum(nil)[:16]), Action: action}, nil
}

func validKey(key string) bool {
	if len(key) < 8 || len(key) > 128 {
		return false
	}
	for i := range len(key) {
		if key[i] <= ' ' || key[i] > '~' {
			return false
		}
	}
	return true
}

// do has a command decided, and makes a refusal a problem for people.
func (a *API) do(ctx context.Context, c queue.Command) (runner.Result, error) {
	r, err := a.hall.Do(ctx, c)
	if err == nil {
		return r, nil
	}
	p := problem.From(err)
	if p.Code == string(queue.CodeDayNotOpen) && strings.HasPrefix(c.Actor, windowActor) {
		p = problem.New(string(queue.CodeWindowClosed)) // no day has begun because no window was opened
	}
	if p.Status >= http.StatusInternalServerError {
		a.log.Error("a command failed", "actor", c.Actor, "code", p.Code, "cause", err)
	}
	a.hall.View(func(s *queue.State, _ journal.Revision) { nameTickets(p, s, err) })
	return r, p
}

// at shows the committed state together with what a view needs beside it.
func (a *API) at(look func(s *queue.State, m view.Moment)) {
	a.hall.View(func(s *queue.State, revision journal.Revision) { look(s, a.hall.Moment(revision)) })
}

// Document is the OpenAPI document.
func (a *API) Document() *huma.OpenAPI { return a.huma.OpenAPI() }

// Body wraps an answer as huma wants it.
type Body[T any] struct{ Body T }
