package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"petitionhall/hall/problem"
	"petitionhall/hall/view"
	"petitionhall/printer"
	"petitionhall/queue"
)

// PrintJob is one slip: how it stands, and what it reads.
type PrintJob struct {
	Job    string        `json:"job"`
	Ticket string        `json:"ticket"`
	Number string        `json:"number"`
	State  string        `json:"state" enum:"none,reserved,sending,confirmed,sent,failed,unknown"`
	Reason string        `json:"reason"`
	Slip   *printer.Slip `json:"slip" doc:"what the slip reads, for a kiosk that prints itself"`
}

// JobPath names a slip.
type JobPath struct {
	Job string `path:"job" maxLength:"64"`
}

// OutcomeRequest tells what became of a slip.
type OutcomeRequest struct {
	State  string `json:"state" enum:"sending,confirmed,sent,failed,unknown"`
	Reason string `json:"reason" required:"false" maxLength:"32" pattern:"^[a-z0-9-]*$" doc:"a printer's code, such as paper-out"`
}

type outcomeInput struct {
	Keyed
	JobPath
	Body OutcomeRequest
}

// TicketPath names a ticket by its id.
type TicketPath struct {
	Keyed
	ID string `path:"id" maxLength:"64"`
}

// Reprint answers the wish for another slip.
type Reprint struct {
	Print view.PrintState `json:"print"`
}

// ReprintRequest says who prints the other slip. It may be left out.
type ReprintRequest struct {
	Printer string `json:"printer" required:"false" maxLength:"32" doc:"who prints; the hub when not told"`
}

type reprintInput struct {
	TicketPath
	Body *ReprintRequest
}

func (a *API) registerPrints() {
	huma.Register(a.huma, operation("printJob", http.MethodGet, "/print-jobs/{job}", "How a slip stands"),
		func(_ context.Context, in *JobPath) (*Body[PrintJob], error) { return a.printJob(in.Job) })
	huma.Register(a.huma, operation("reportPrint", http.MethodPost, "/print-jobs/{job}/outcome", "Tell what became of a slip"), a.reportPrint)
	huma.Register(a.huma, operation("reprint", http.MethodPost, "/tickets/{id}/print", "Print another slip with the same number, marked (补打)"), a.reprint)
	huma.Register(a.huma, operation("printers", http.MethodGet, "/printers", "How the printers are"),
		func(context.Context, *struct{}) (*Body[[]view.Printer], error) {
			return &Body[[]view.Printer]{append([]view.Printer{}, a.hall.Printers()...)}, nil
		})
}

func (a *API) printJob(ref string) (out *Body[PrintJob], err error) {
	a.at(func(s *queue.State, _ view.Moment) {
		id, unknown := s.ParseJobRef(ref)
		if unknown != nil {
			err = problem.From(unknown)
			return
		}
		t, _ := s.Ticket(id.Ticket)
		p, _ := s.Job(id)
		slip := view.OfSlip(s, t, id, a.hall.Track(t.Code))
		out = &Body[PrintJob]{PrintJob{Job: ref, Ticket: s.Ref(t.ID), Number: t.Number(), State: string(p.State), Reason: p.Reason, Slip: &slip}}
	})
	return out, err
}

func (a *API) reportPrint(ctx context.Context, in *outcomeInput) (*Body[PrintJob], error) {
	job, err := a.printJob(in.Job)
	if err != nil {
		return nil, err
	}
	var id queue.JobID
	a.at(func(s *queue.State, _ view.Moment) { id, err = s.ParseJobRef(job.Body.Job) })
	if err != nil {
		return nil, problem.From(err)
	}
	report := queue.ReportPrint{Job: id, State: queue.PrintState(in.Body.State), Reason: in.Body.Reason}
	c, err := in.command("reportPrint", "kiosk", false, report, in.Job, in.Body)
	if err != nil {
		return nil, err
	}
	if _, err := a.do(ctx, c); err != nil {
		return nil, err
	}
	return a.printJob(in.Job)
}

// reprint asks the hub's printer unless another is named. Its answer is about
// the new slip, not the first one.
func (a *API) reprint(ctx context.Context, in *reprintInput) (*Body[Reprint], error) {
	id, err := a.ticketID(in.ID)
	if err != nil {
		return nil, err
	}
	if in.Body == nil {
		in.Body = &ReprintRequest{}
	}
	printer, err := a.printer(in.Body.Printer)
	if err != nil {
		return nil, err
	}
	if printer == "" {
		return nil, problem.New("printer.none")
	}
	c, err := in.command("reprint", "kiosk", false, queue.Reprint{Ticket: id, Printer: printer}, in.ID, in.Body)
	if err != nil {
		return nil, err
	}
	r, err := a.do(context.WithoutCancel(ctx), c) // as with a take
	if err != nil {
		return nil, err
	}
	out := &Body[Reprint]{}
	a.at(func(s *queue.State, _ view.Moment) {
		t, ok := s.Ticket(id)
		if !ok {
			return
		}
		job, p := t.LastPrint()
		for _, e := range r.Events {
			if reserved, ok := e.Data.(*queue.PrintReserved); ok { // another may have come after it
				job.Attempt, p = reserved.Attempt, t.Prints[reserved.Attempt-1]
			}
		}
		out.Body.Print = view.OfPrint(s, job, p)
	})
	if printer == Hub {
		a.print(out.Body.Print)
	}
	return out, nil
}

// print hands a slip on that nobody has begun. Handing it on again does no harm,
// and helps where the first attempt to begin it failed.
func (a *API) print(p view.PrintState) {
	if p.State == string(queue.PrintStateReserved) {
		a.hall.Print(p.Job)
	}
}
