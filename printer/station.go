package printer

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Jobs keeps the record of print jobs: the hall for its own printer, or a
// kiosk's client that asks the hall.
type Jobs interface {
	// Begin records durably that the job's first byte is about to leave, and
	// gives the slip. With an error nothing is printed, and the job is reported as
	// Failed: the record may have it as begun though it could not say so.
	Begin(ctx context.Context, job string) (Slip, error)
	// Report records what became of a job. It is called again, with growing
	// pauses, until it returns nil: recording the same outcome twice must do no
	// harm.
	Report(ctx context.Context, job string, outcome Outcome) error
}

const (
	statusEvery   = 4 * time.Second        // how often an idle printer is asked
	statusTimeout = 3 * time.Second        // how long one asking may take
	firstRetry    = 250 * time.Millisecond // first pause before reporting again
	lastRetry     = 10 * time.Second       // longest such pause
	lastWord      = 2 * time.Second        // for the report of a job that an ending station had begun
	remembered    = 4096                   // jobs kept in mind against being submitted twice
)

// Station prints jobs one at a time, in the order of their submission, and has
// each outcome recorded before it begins the next. It knows nothing of queues:
// a job is a name that [Jobs] understands.
type Station struct {
	printer Printer
	jobs    Jobs
	log     *slog.Logger
	wake    chan struct{}      // holds one token when jobs wait
	asks    chan chan struct{} // somebody wants to know how the printer is now

	mu      sync.Mutex
	waiting []string
	known   map[string]bool // submitted
	order   []string        // known, oldest first
	status  Status
}

// NewStation joins a printer and the record of its jobs. Nothing happens before
// [Station.Run].
func NewStation(p Printer, jobs Jobs, log *slog.Logger) *Station {
	return &Station{
		printer: p, jobs: jobs, log: log,
		wake:   make(chan struct{}, 1),
		asks:   make(chan chan struct{}),
		known:  map[string]bool{},
		status: Status{State: Uncertain, Paper: PaperUnknown},
	}
}

// Submit puts a job at the end of the line and returns at once. A job that was
// submitted before is not printed again.
func (s *Station) Submit(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[job] {
		return
	}
	s.remember(job)
	s.waiting = append(s.waiting, job)
	select {
	case s.wake <- struct{}{}:
	default: // a token is there already
	}
}

// Status is what the printer last said: after each job, and every few seconds
// while it is idle.
func (s *Station) Status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

// Fresh asks the printer now: before a number is issued for which a slip is to
// come. When ctx ends first, or while a slip is being printed, it is the last
// known status.
func (s *Station) Fresh(ctx context.Context) Status {
	done := make(chan struct{})
	select {
	case s.asks <- done:
	case <-ctx.Done():
		return s.Status()
	}
	select {
	case <-done:
	case <-ctx.Done():
	}
	return s.Status()
}

// Run prints until ctx ends, and then returns nil. A job being printed at that
// moment is still reported; those that wait are not begun.
func (s *Station) Run(ctx context.Context) error {
	s.refresh(ctx)
	idle := time.NewTicker(statusEvery)
	defer idle.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-idle.C:
			s.refresh(ctx)
		case <-s.changed():
			s.refresh(ctx)
		case done := <-s.asks:
			s.refresh(ctx)
			close(done)
		case <-s.wake:
			s.printWaiting(ctx)
			s.refresh(ctx)
		}
	}
}

// changed has something to read when the printer's line has ended; nil, which
// never has, for a printer that cannot tell.
func (s *Station) changed() <-chan struct{} {
	if p, ok := s.printer.(interface{ Changed() <-chan struct{} }); ok {
		return p.Changed()
	}
	return nil
}

// Interrupted says that an earlier run of the program ended while a slip was
// being printed. The printer may still wait for the rest of a picture, and half a
// slip hang out of it: both are ended before the next one. Call it before
// [Station.Run].
func (s *Station) Interrupted() {
	if p, ok := s.printer.(interface{ Interrupted() }); ok {
		p.Interrupted()
	}
}

// Remember keeps what the next run of the program must know of the printer in a
// file of its own: that it can answer at all, so that its silence means trouble;
// that a slip was begun, should the program end in its midst. Call it before
// [Station.Run]. For a printer that cannot leave anything open it does nothing.
func (s *Station) Remember(file string) error {
	if p, ok := s.printer.(interface{ Remember(file string) error }); ok {
		return p.Remember(file)
	}
	return nil
}

func (s *Station) printWaiting(ctx context.Context) {
	for ctx.Err() == nil {
		job, ok := s.next()
		if !ok {
			return
		}
		s.print(ctx, job)
	}
}

func (s *Station) print(ctx context.Context, job string) {
	slip, err := s.jobs.Begin(ctx, job)
	if err != nil {
		s.log.Warn("print job not begun", "job", job, "error", err)
		s.report(ctx, job, Outcome{State: Failed, Reason: ReasonNotBegun})
		return
	}
	outcome := s.printer.Print(ctx, slip)
	if outcome.State == Failed || outcome.State == Unknown {
		s.log.Warn("slip not known to be printed", "job", job, "state", outcome.State, "reason", outcome.Reason)
	}
	s.report(ctx, job, outcome)
}

// report tries until the outcome is recorded or ctx has ended. Then it tries
// once more with a little time of its own: the slip is out, and only this
// station knows.
func (s *Station) report(ctx context.Context, job string, outcome Outcome) {
	for pause := firstRetry; ctx.Err() == nil; pause = min(2*pause, lastRetry) {
		err := s.jobs.Report(ctx, job, outcome)
		if err == nil {
			return
		}
		s.log.Warn("outcome of a print job not recorded yet", "job", job, "state", outcome.State, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWord)
	defer cancel()
	if err := s.jobs.Report(last, job, outcome); err != nil {
		s.log.Error("outcome of a print job lost", "job", job, "state", outcome.State, "error", err)
	}
}

func (s *Station) refresh(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	asking, cancel := context.WithTimeout(ctx, statusTimeout)
	defer cancel()
	status := s.printer.Status(asking)
	s.mu.Lock()
	defer s.mu.Unlock()
	if status != s.status {
		s.log.Info("printer", "state", status.State, "reason", status.Reason, "paper", status.Paper)
	}
	s.status = status
}

func (s *Station) next() (job string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting) == 0 {
		return "", false
	}
	job, s.waiting = s.waiting[0], s.waiting[1:]
	return job, true
}

// remember keeps job in mind; of more than a printer prints in weeks, the
// oldest are let go.
func (s *Station) remember(job string) {
	s.known[job] = true
	s.order = append(s.order, job)
	if len(s.order) > remembered {
		delete(s.known, s.order[0])
		s.order = s.order[1:]
	}
}
