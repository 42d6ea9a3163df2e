package kiosk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"petitionhall/printer"
)

// Printer is the printer of a kiosk that is a client of a hub.
type Printer struct {
	// ID is how the hub calls it: up to 32 small letters, digits and hyphens, but
	// not hub or none. It must be the kiosk's own in that hall.
	ID string
	// Port is what the slips go to; whoever opened it closes it.
	Port printer.Printer
	// Data is the directory of what must not be forgotten of it between two runs,
	// such as a slip that was begun. Empty: the user's own, for programs' settings.
	Data string
}

// file is where to keep what must not be forgotten of the printer.
func (p *Printer) file() (string, error) {
	directory := p.Data
	if directory == "" {
		own, err := os.UserConfigDir()
		if err != nil {
			return "", err
		}
		directory = filepath.Join(own, "petitionhall")
	}
	return filepath.Join(directory, p.ID+".printer.json"), nil
}

// printing prints the tickets taken here and tells the hub what became of them.
type printing struct {
	id      string
	station *printer.Station
	hall    *client // without waiting for started
	log     *slog.Logger

	stop    context.CancelFunc
	running sync.WaitGroup
	started chan struct{} // closed once the hub knows that this kiosk has started

	mu          sync.Mutex
	unconfirmed json.RawMessage // the hub's list of this printer's slips; nil before the first
}

// newPrinting starts the station; it ends with close. From now on the hall takes
// commands only once it knows that this kiosk has started: with that it ends the
// slips of an earlier run, and one that was taken meanwhile would be among them.
func newPrinting(p *Printer, hall *client, log *slog.Logger) *printing {
	ctx, stop := context.WithCancel(context.Background())
	atOnce := *hall
	own := &printing{
		id: p.ID, station: printer.NewStation(p.Port, jobs{hall, log}, log), hall: &atOnce, log: log,
		stop: stop, started: make(chan struct{}),
	}
	hall.before = own.awaitStarted
	if err := own.remember(p); err != nil {
		log.Warn("what the printer is at cannot be kept for the next start", "cause", err)
	}
	own.running.Go(func() { own.tellHub(ctx) })
	own.running.Go(func() {
		if err := own.station.Run(ctx); err != nil {
			log.Error("the kiosk's printer stopped", "cause", err)
		}
	})
	return own
}

// remember takes up what an earlier run noted of the printer. The hub has ended
// that run's slips; whether the printer waits for the rest of one, it cannot know.
func (p *printing) remember(of *Printer) error {
	file, err := of.file()
	if err != nil {
		return err
	}
	return p.station.Remember(file)
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
		Unconfirmed json.RawMessage `json:"unconfirmed"`
	}
	ctx, cancel := context.WithTimeout(context.Background(), askWithin)
	defer cancel()
	status := p.station.Fresh(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	unconfirmed := p.unconfirmed
	if unconfirmed == nil {
		unconfirmed = json.RawMessage("[]")
	}
	return json.Marshal([]own{{p.id, status, unconfirmed}})
}

const (
	tellEvery  = 15 * time.Second       // how often the hub is told though nothing changed
	lookEvery  = time.Second            // how often the printer's state is looked at
	tellWithin = 5 * time.Second        // for the hub's answer
	askWithin  = 600 * time.Millisecond // for the printer's
)

// awaitStarted waits until the hub knows that this kiosk has started.
func (p *printing) awaitStarted(ctx context.Context) error {
	select {
	case <-p.started:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("the hub was not told that this kiosk has started: %w", ctx.Err())
	}
}

// tellHub tells the hub how the printer is: at the start, at each change, and now
// and then.
func (p *printing) tellHub(ctx context.Context) {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	starting, told, last := true, time.Time{}, printer.Status{}
	for {
		if status := p.station.Status(); starting || status != last || time.Since(told) > tellEvery {
			if err := p.tell(ctx, status, starting); err != nil {
				p.log.Warn("the hub was not told how the printer is", "cause", err)
			} else {
				if starting {
					close(p.started)
				}
				starting, told, last = false, time.Now(), status
			}
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return
		}
	}
}

// tell tells the hub once and keeps which slips it has no confirmation of.
func (p *printing) tell(ctx context.Context, status printer.Status, started bool) error {
	body, err := json.Marshal(struct {
		printer.Status
		Started bool `json:"started"`
	}{status, started})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, tellWithin)
	defer cancel()
	answer, err := p.hall.post(ctx, "", body, "printers", p.id)
	if err != nil {
		return err
	}
	var printers []struct {
		ID          string          `json:"id"`
		Unconfirmed json.RawMessage `json:"unconfirmed"`
	}
	if err := json.Unmarshal(answer, &printers); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, one := range printers {
		if one.ID == p.id {
			p.unconfirmed = one.Unconfirmed
		}
	}
	return nil
}

// jobs is the hub's record of print jobs.
type jobs struct {
	hall *client
	log  *slog.Logger
}

// Begin fetches the slip and then tells the hub that the first byte is about to
// leave: a job that the hub has as begun must not lack its slip.
func (j jobs) Begin(ctx context.Context, job string) (printer.Slip, error) {
	slip, err := j.slip(ctx, job)
	if err != nil {
		return printer.Slip{}, err
	}
	return slip, j.record(ctx, job, printer.Outcome{State: "sending"})
}

func (j jobs) slip(ctx context.Context, job string) (printer.Slip, error) {
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

// Report tells the hub what became of the slip. A job that has its end already,
// or whose day is over, takes no other: told again it would be refused for ever,
// and no later slip would be begun.
func (j jobs) Report(ctx context.Context, job string, outcome printer.Outcome) error {
	if outcome.State == printer.NotPrinted {
		outcome.State = printer.Failed // the hub knows no jobs without a printer
	}
	err := j.record(ctx, job, outcome)
	if code := codeOf(err); code == codeJobEnded || code == codeJobUnknown {
		j.log.Warn("a slip's outcome came after its end", "job", job, "state", outcome.State)
		return nil
	}
	return err
}

// Codes of the hub's that a slip's outcome may meet.
const (
	codeJobEnded   = "job.ended"
	codeJobUnknown = "job.unknown"
)

// codeOf is the code of the hall's refusal, or of the kiosk's own problem.
func codeOf(err error) string {
	var problem *Problem
	if errors.As(err, &problem) {
		return problem.Code
	}
	return ""
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
