package hall

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"petitionhall/hall/api"
	"petitionhall/hall/view"
	"petitionhall/printer"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// jobs keeps the record of the hub's own print jobs in the journal.
type jobs struct{ hall *Hall }

// Begin gives the slip and records that the first byte is about to leave, in this
// order: a job that is recorded as begun must not lack its slip.
func (j jobs) Begin(ctx context.Context, job string) (slip printer.Slip, err error) {
	j.hall.View(func(s *queue.State, _ journal.Revision) {
		var id queue.JobID
		if id, err = s.ParseJobRef(job); err == nil {
			t, _ := s.Ticket(id.Ticket)
			slip = j.hall.Slip(s, t, id)
		}
	})
	if err != nil {
		return printer.Slip{}, fmt.Errorf("print job %s: %w", job, err)
	}
	return slip, j.report(ctx, job, queue.PrintSending, "")
}

// Report records what became of a job. A job whose day is over has its end
// already: unknown, since the day closed.
func (j jobs) Report(ctx context.Context, job string, outcome printer.Outcome) error {
	state := queue.PrintState(outcome.State)
	if outcome.State == printer.NotPrinted {
		state = queue.PrintFailed
	}
	err := j.report(ctx, job, state, string(outcome.Reason))
	if code := queue.CodeOf(err); code == queue.CodeJobUnknown || code == queue.CodeJobEnded {
		j.hall.options.Log.Warn("a slip's outcome came after its end", "job", job, "state", state)
		return nil
	}
	return err
}

func (j jobs) report(ctx context.Context, job string, state queue.PrintState, reason string) (err error) {
	var id queue.JobID
	j.hall.View(func(s *queue.State, _ journal.Revision) { id, err = s.ParseJobRef(job) })
	if err != nil {
		return err
	}
	_, err = j.hall.Do(ctx, queue.Command{Actor: "printer:" + api.Hub, Action: queue.ReportPrint{Job: id, State: state, Reason: reason}})
	return err
}

// printerFile is what the hub's printer must not forget, in the data directory.
const printerFile = "printer.json"

// settleOwnJobs turns the jobs that an earlier run left open to unknown: nobody
// can tell any more what came out. None is printed again without being asked.
func (h *Hall) settleOwnJobs(ctx context.Context) error {
	if h.station != nil {
		if err := h.station.Remember(h.path(printerFile)); err != nil {
			h.options.Log.Warn("what the printer is at cannot be kept for the next start", "cause", err)
		}
	}
	var open []queue.JobID
	sending := false
	h.View(func(s *queue.State, _ journal.Revision) {
		open = s.OpenJobs(api.Hub)
		for _, id := range open {
			p, _ := s.Job(id)
			sending = sending || p.State == queue.PrintSending
		}
	})
	if sending && h.station != nil {
		h.station.Interrupted()
	}
	return h.settle(ctx, open)
}

// settle turns jobs that an earlier run left open to unknown.
func (h *Hall) settle(ctx context.Context, open []queue.JobID) error {
	for _, id := range open {
		report := queue.ReportPrint{Job: id, State: queue.PrintUnknown, Reason: "restarted"}
		if _, err := h.Do(ctx, queue.Command{Actor: "system", Action: report}); err != nil {
			return err
		}
	}
	return nil
}

// HasPrinter tells whether the hub prints.
func (h *Hall) HasPrinter() bool { return h.station != nil }

// Print hands a job of the hub's own printer on.
func (h *Hall) Print(job string) {
	if h.station != nil && job != "" {
		h.station.Submit(job)
	}
}

// printers tells how the printers are: the hub's own first, then the kiosks'.
func (h *Hall) printers() []view.Printer {
	var all []view.Printer
	if h.station != nil {
		s := h.station.Status()
		all = append(all, view.Printer{ID: api.Hub, State: string(s.State), Reason: string(s.Reason), Paper: string(s.Paper)})
	}
	return append(all, h.kiosks.printers(h.now())...)
}

// askTime is how long a kiosk waits at most for a printer's answer.
const askTime = 600 * time.Millisecond

// AskPrinter asks the hub's own printer how it is now.
func (h *Hall) AskPrinter(ctx context.Context) {
	if h.station == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	h.station.Fresh(ctx)
}

// PrinterIs keeps what a kiosk tells of its own printer. A kiosk that has just
// started knows nothing of the slips that it had under way.
func (h *Hall) PrinterIs(ctx context.Context, p view.Printer, started bool) error {
	h.kiosks.tell(p, h.now())
	if !started {
		return nil
	}
	var open []queue.JobID
	h.View(func(s *queue.State, _ journal.Revision) { open = s.OpenJobs(p.ID) })
	return h.settle(ctx, open)
}

// unheard is after how long a kiosk that tells nothing of its printer counts as
// gone; it tells every 15 s at least.
const unheard = 45 * time.Second

// kiosks keeps how the kiosks' own printers are. The zero value is ready.
type kiosks struct {
	mu    sync.Mutex
	heard map[string]kioskPrinter
}

type kioskPrinter struct {
	view.Printer
	at time.Time
}

func (k *kiosks) tell(p view.Printer, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.heard == nil {
		k.heard = map[string]kioskPrinter{}
	}
	if _, known := k.heard[p.ID]; known || len(k.heard) < maxKiosks {
		k.heard[p.ID] = kioskPrinter{Printer: p, at: now}
	}
}

// maxKiosks bounds what strangers could make the hall remember.
const maxKiosks = 64

// printers lists them by name.
func (k *kiosks) printers(now time.Time) []view.Printer {
	k.mu.Lock()
	defer k.mu.Unlock()
	var all []view.Printer
	for _, id := range slices.Sorted(maps.Keys(k.heard)) {
		p := k.heard[id]
		if now.Sub(p.at) > unheard {
			p.State, p.Reason, p.Paper = string(printer.Offline), string(printer.ReasonSilent), string(printer.PaperUnknown)
		}
		all = append(all, p.Printer)
	}
	return all
}
