package api

import (
	"context"
	"crypto/rand"
	"net/http"
	"regexp"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/problem"
	"petitionhall/hall/view"
	"petitionhall/queue"
)

// TicketRequest asks for a number.
type TicketRequest struct {
	Service  string `json:"service" maxLength:"64"`
	Persons  int    `json:"persons" doc:"size of the party, 1 to 99"`
	Priority bool   `json:"priority" required:"false" doc:"asked for and never proven; the reason is not kept"`
	Language string `json:"language" required:"false" maxLength:"35" pattern:"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$" default:"zh" doc:"in which the page spoke, a tag of /languages; any other counts as zh. Only its fallback is kept, zh or en, for the slip"`
	Printer  string `json:"printer" required:"false" maxLength:"32" doc:"who prints the slip: hub (default), none, or a kiosk's printer"`
	Large    bool   `json:"large" required:"false" doc:"a slip in large print: number, window, numbers before"`
	ByHand   bool   `json:"byHand" required:"false" doc:"the desk gives it: outside the hours, and after issuing has stopped"`
}

type takeInput struct {
	Keyed
	Body TicketRequest
}

type takeOutput struct {
	Status int
	Body   view.TicketTaken
}

// CodePath names a ticket by the code of its slip.
type CodePath struct {
	// There is no rule for its form: a code that is none is answered like a wrong one.
	Code string `path:"code"`
}

type cancelInput struct {
	Keyed
	CodePath
}

func (a *API) registerTickets() {
	take := operation("take", http.MethodPost, "/tickets", "Take a number (取号)")
	take.DefaultStatus = http.StatusCreated
	huma.Register(a.huma, take, a.take)
	huma.Register(a.huma, operation("ticket", http.MethodGet, "/tickets/{code}", "A number, for whoever holds its code"),
		func(_ context.Context, in *CodePath) (*Body[view.Ticket], error) { return a.ticketOf(in.Code) })
	huma.Register(a.huma, operation("cancel", http.MethodPost, "/tickets/{code}/cancel", "Give a number back (退号)"), a.cancel)
	huma.Register(a.huma, operation("cancelByDesk", http.MethodPost, "/tickets/{id}/cancel-by-desk", "End the number of a visitor who walked out"),
		func(ctx context.Context, in *TicketPath) (*Body[Voided], error) {
			return a.end(ctx, in, "cancel-by-desk", queue.CancelDesk)
		})
	huma.Register(a.huma, operation("void", http.MethodPost, "/tickets/{id}/void", "Void a number whose slip did not come out (作废)"), a.void)
}

var printerName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// printer says who prints: the hub when it can and nobody else was named.
func (a *API) printer(named string) (string, error) {
	switch {
	case named == "none", (named == "" || named == Hub) && !a.hall.HasPrinter():
		return "", nil
	case named == "":
		return Hub, nil
	case !printerName.MatchString(named):
		return "", problem.New("request.invalid").With("body.printer")
	}
	return named, nil
}

func (a *API) take(ctx context.Context, in *takeInput) (*takeOutput, error) {
	printer, err := a.printer(in.Body.Printer)
	if err != nil {
		return nil, err
	}
	action := queue.Take{Service: queue.ServiceID(in.Body.Service), Persons: in.Body.Persons, Priority: in.Body.Priority,
		Language: a.slipLanguage(in.Body.Language), Code: newCode(), Printer: printer, Large: in.Body.Large, ByHand: in.Body.ByHand}
	action.Wait, action.Middle = a.hall.Wait(action.Service, action.Priority)
	c, err := in.command("take", "kiosk", true, action, in.Body)
	if err != nil {
		return nil, err
	}
	// A visitor who went away in this moment may come back with the key; the slip is printed either way.
	r, err := a.do(context.WithoutCancel(ctx), c)
	if err != nil {
		return nil, err
	}
	out := &takeOutput{Status: http.StatusCreated}
	if r.Repeated {
		out.Status = http.StatusOK
	}
	found := false
	a.at(func(s *queue.State, _ view.Moment) {
		request, ok := s.Request(c.Key)
		t, known := s.Ticket(request.Ticket)
		if ok && known && request.Date == s.Date {
			out.Body, found = view.OfTaken(s, t, a.hall.Track(t.Code)), true
		}
	})
	if !found { // the key is of a day that is over, and so is its ticket
		return nil, problem.New("ticket.unknown")
	}
	if printer == Hub {
		a.print(out.Body.Print)
	}
	return out, nil
}

// alphabet has no letter or digit that could be read as another.
const alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// newCode makes the unguessable code of a QR: 10 of 32 characters, 50 bits. Each
// is as likely as any other, since 32 divides 256. A code is good for one day,
// and of five thousand in a city's hall one guess in 2e11 finds any: at a
// thousand guesses a second, far more than a hall will answer, one in seven years.
func newCode() string {
	var random [10]byte
	// crypto/rand.Read never fails: it ends the program instead.
	_, _ = rand.Read(random[:])
	for i, b := range random {
		random[i] = alphabet[b%byte(len(alphabet))]
	}
	return string(random[:])
}

// holder is a number that was found by its code.
type holder struct {
	id   queue.TicketID
	ref  string
	day  string
	may  bool // be rated, as far as the queue knows
	view view.Ticket
}

// holding finds the number of a code, and is the only place that looks for one.
//
// A wrong code, an expired one and one that is none get the same answer after
// the same work, so that nobody learns from the time it took which it was: what
// the answer depends on is found out before it is looked at, and until there is
// a number of today nothing else is done.
func (a *API) holding(code string) (h holder, err error) {
	err = problem.New("ticket.unknown")
	a.at(func(s *queue.State, m view.Moment) {
		t, found := s.TicketByCode(code)
		today := s.DateOf(m.Now) <= s.Date
		if found && today {
			h, err = holder{id: t.ID, ref: s.Ref(t.ID), day: s.Date, may: view.MayRate(t), view: view.OfTicket(s, t)}, nil
		}
	})
	return h, err
}

// ticketOf shows the number of a code.
func (a *API) ticketOf(code string) (*Body[view.Ticket], error) {
	h, err := a.holding(code)
	if err != nil {
		return nil, err
	}
	h.view.Rate = h.may && !a.hall.Rated(h.day, h.ref)
	return &Body[view.Ticket]{h.view}, nil
}

func (a *API) cancel(ctx context.Context, in *cancelInput) (*Body[view.Ticket], error) {
	h, err := a.holding(in.Code)
	if err != nil {
		return nil, err
	}
	c, err := in.command("cancel", "visitor", false, queue.Cancel{Ticket: h.id, Reason: queue.CancelVisitor}, in.Code)
	if err != nil {
		return nil, err
	}
	if _, err := a.do(ctx, c); err != nil {
		return nil, err
	}
	return a.ticketOf(in.Code)
}

// Voided answers a void, and a cancellation by the desk.
type Voided struct {
	Number string `json:"number"`
	State  string `json:"state" enum:"cancelled,done"`
}

// void gives back a number that nobody holds: its slip did not come out.
func (a *API) void(ctx context.Context, in *TicketPath) (*Body[Voided], error) {
	return a.end(ctx, in, "void", queue.CancelUnprinted)
}

// end gives a number back for the desk.
func (a *API) end(ctx context.Context, in *TicketPath, what string, reason queue.CancelReason) (*Body[Voided], error) {
	id, err := a.ticketID(in.ID)
	if err != nil {
		return nil, err
	}
	c, err := in.command(what, "desk", false, queue.Cancel{Ticket: id, Reason: reason}, in.ID)
	if err != nil {
		return nil, err
	}
	if _, err := a.do(ctx, c); err != nil {
		return nil, err
	}
	out := &Body[Voided]{}
	a.at(func(s *queue.State, _ view.Moment) {
		if t, ok := s.Ticket(id); ok {
			out.Body = Voided{Number: t.Number(), State: string(t.State)}
		}
	})
	return out, nil
}

// ticketID reads a ticket's id.
func (a *API) ticketID(ref string) (id queue.TicketID, err error) {
	a.at(func(s *queue.State, _ view.Moment) { id, err = s.ParseRef(ref) })
	if err != nil {
		return 0, problem.From(err)
	}
	return id, nil
}
