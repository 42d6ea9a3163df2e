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
	Slip    string `json:"slip" required:"false" enum:"ticket,transfer,outcome" doc:"what for; the number itself when not told"`
	Large   bool   `json:"large" required:"false" doc:"in large print"`
	To      string `json:"to" required:"false" maxLength:"64" doc:"the service a matter was referred to, for an outcome"`
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
	huma.Register(a.huma, operation("reportPrinter", http.MethodPost, "/printers/{printer}", "Tell how a kiosk's own printer is"), a.reportPrinter)
	huma.Register(a.huma, operation("printers", http.MethodGet, "/printers", "How the printers are; the hub's own is asked"),
		func(ctx context.Context, _ *struct{}) (*Body[[]view.Printer], error) {
			a.hall.AskPrinter(ctx)
			return a.printers(), nil
		})
}

// PrinterStatus is what a kiosk tells of its own printer.
type PrinterStatus struct {
	State  string `json:"state" enum:"ok,paper-out,cover-open,error,silent,offline,none,unknown"`
	Reason string `json:"reason" required:"false" maxLength:"32" pattern:"^[a-z0-9-]*$"`
	Paper  string `json:"paper" enum:"ok,near-end,out,unknown"`
	// Started ends what an earlier run of the kiosk had under way.
	Started bool `json:"started" required:"false" doc:"the kiosk has just started: its open jobs become unknown"`
}

type printerInput struct {
	Printer string `path:"printer" maxLength:"32"`
	Body    PrinterStatus
}

func (a *API) printers() *Body[[]view.Printer] {
	out := &Body[[]view.Printer]{}
	a.at(func(s *queue.State, m view.Moment) { out.Body = view.OfPrinters(s, m) })
	return out
}

// reportPrinter keeps what a kiosk tells. It is no command: how a printer is now
// is nothing to replay.
func (a *API) reportPrinter(ctx context.Context, in *printerInput) (*Body[[]view.Printer], error) {
	if !printerName.MatchString(in.Printer) || in.Printer == Hub || in.Printer == "none" {
		return nil, problem.New("request.invalid").With("path.printer")
	}
	told := view.Printer{ID: in.Printer, State: in.Body.State, Reason: in.Body.Reason, Paper: in.Body.Paper}
	if err := a.hall.PrinterIs(ctx, told, in.Body.Started); err != nil {
		return nil, problem.From(err)
	}
	return a.printers(), nil
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
		slip := a.hall.Slip(s, t, id)
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
	c, err := in.command("reprint", "kiosk", false, queue.Reprint{Ticket: id, Printer: printer,
		Slip: view.SlipKind(in.Body.Slip), Large: in.Body.Large, To: queue.ServiceID(in.Body.To)}, in.ID, in.Body)
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

// print hands a slip on that nobody has begun. Handing it on again does no harm: the
// station prints each job once.
func (a *API) print(p view.PrintState) {
	if p.State == string(queue.PrintStateReserved) {
		a.hall.Print(p.Job)
	}
}
