package kiosk

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"

	"petitionhall/printer"
)

// Printer is the printer of a kiosk that is a client of a hub.
type Printer struct {
	// ID is how the hub calls it: up to 32 small letters, digits and hyphens, but
	// not hub or none. It must be the kiosk's own in that hall.
	ID string
	// Port is what the slips go to; whoever opened it closes it.
	Port printer.Printer
}

// printing prints the tickets taken here and tells the hub what became of them.
type printing struct {
	id      string
	station *printer.Station

	stop    context.CancelFunc
	running sync.WaitGroup
}

// newPrinting starts the station; it ends with close.
func newPrinting(p *Printer, hall *client, log *slog.Logger) *printing {
	ctx, stop := context.WithCancel(context.Background())
	own := &printing{id: p.ID, station: printer.NewStation(p.Port, jobs{hall}, log), stop: stop}
	own.running.Go(func() {
		if err := own.station.Run(ctx); err != nil {
			log.Error("the kiosk's printer stopped", "cause", err)
		}
	})
	return own
}

// close waits until a slip that is being printed is told to the hub.
func (p *printing) close() {
	p.stop()
	p.running.Wait()
}

// submit prints the job that an answer of the hall reserved, if it did. The same
// touch repeated brings the same job, which the station prints once.
func (p *printing) submit(answer json.RawMessage) {
	var reserved struct {
		Print struct {
			Job   string `json:"job"`
			State string `json:"state"`
		} `json:"print"`
	}
	if json.Unmarshal(answer, &reserved) == nil && reserved.Print.State == "reserved" && reserved.Print.Job != "" {
		p.station.Submit(reserved.Print.Job)
	}
}

// status tells how the printer is, in the shape of GET /api/v1/printers.
func (p *printing) status() (json.RawMessage, error) {
	type own struct {
		ID string `json:"id"`
		printer.Status
	}
	return json.Marshal([]own{{p.id, p.station.Status()}})
}

// jobs is the hub's record of print jobs.
type jobs struct{ hall *client }

// Begin tells the hub that the first byte is about to leave and fetches the slip.
func (j jobs) Begin(ctx context.Context, job string) (printer.Slip, error) {
	if err := j.record(ctx, job, printer.Outcome{State: "sending"}); err != nil {
		return printer.Slip{}, err
	}
	answer, err := j.hall.get(ctx, "print-jobs", job)
	if err != nil {
		return printer.Slip{}, err
	}
	var told struct {
		Slip *printer.Slip `json:"slip"`
	}
	if err := json.Unmarshal(answer, &told); err != nil {
		return printer.Slip{}, fmt.Errorf("print job %s: %w", job, err)
	}
	if told.Slip == nil {
		return printer.Slip{}, fmt.Errorf("print job %s has no slip", job)
	}
	return *told.Slip, nil
}

// Report tells the hub what became of the slip.
func (j jobs) Report(ctx context.Context, job string, outcome printer.Outcome) error {
	return j.record(ctx, job, outcome)
}

func (j jobs) record(ctx context.Context, job string, outcome printer.Outcome) error {
	body, err := json.Marshal(struct {
		State  printer.OutcomeState `json:"state"`
		Reason printer.Reason       `json:"reason"`
	}{outcome.State, outcome.Reason})
	if err != nil {
		return err
	}
	_, err = j.hall.post(ctx, "", body, "print-jobs", job, "outcome")
	return err
}
