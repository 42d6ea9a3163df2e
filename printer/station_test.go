package printer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"petitionhall/printer/printertest"
)

// record is a record of jobs, and a printer, that write down what happens.
type record struct {
	mu       sync.Mutex
	events   []string
	refuse   map[string]int // Begin fails so many times more
	unheard  map[string]int // Report fails so many times more
	outcome  Outcome
	status   Status
	printing time.Duration // how long a slip takes
	asked    int
}

func (r *record) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, fmt.Sprintf(format, args...))
}

func (r *record) failing(in map[string]int, job string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	in[job]--
	return in[job] >= 0
}

func (r *record) Begin(_ context.Context, job string) (Slip, error) {
	if r.failing(r.refuse, job) {
		return Slip{}, errors.New("not now")
	}
	r.note("begin %s", job)
	return Slip{Kind: KindTicket, Number: job}, nil
}

func (r *record) Report(ctx context.Context, job string, o Outcome) error {
	if r.failing(r.unheard, job) {
		return errors.New("not heard")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	r.note("report %s %s", job, o.State)
	return nil
}

func (r *record) Print(ctx context.Context, slip Slip) Outcome {
	r.note("print %s", slip.Number)
	select {
	case <-time.After(r.printing):
		return r.outcome
	case <-ctx.Done():
		return Outcome{State: Unknown, Reason: ReasonCancelled}
	}
}

func (r *record) Status(context.Context) Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	return r.status
}

func (r *record) Close() error { return nil }

// atStation runs a test beside a running station, in virtual time, and returns
// what happened once the station has ended.
func atStation(t *testing.T, test func(t *testing.T, s *Station, r *record)) []string {
	t.Helper()
	var events []string
	synctest.Test(t, func(t *testing.T) {
		r := &record{
			outcome: Outcome{State: Sent}, status: Status{State: OK, Paper: PaperEnough},
			refuse: map[string]int{}, unheard: map[string]int{},
		}
		s := NewStation(r, r, slog.New(slog.DiscardHandler))
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx) }()
		test(t, s, r)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		events = r.events
	})
	return events
}

func TestStationPrintsInOrderAndOnce(t *testing.T) {
	events := atStation(t, func(t *testing.T, s *Station, r *record) {
		r.printing = time.Second
		for _, job := range []string{"1", "2", "1", "3", "2"} {
			s.Submit(job)
		}
		time.Sleep(time.Minute)
		s.Submit("3")
		time.Sleep(time.Minute)
	})
	var want []string
	for _, job := range []string{"1", "2", "3"} {
		want = append(want, "begin "+job, "print "+job, "report "+job+" sent")
	}
	if !reflect.DeepEqual(events, want) {
		t.Errorf("%q", events)
	}
}

// TestStationDoesNotPrintWhatIsNotBegun: what could not be recorded as begun is not
// printed, and told as failed until that is recorded: the record may have it as
// begun all the same, and would wait for an end that nobody tells.
func TestStationDoesNotPrintWhatIsNotBegun(t *testing.T) {
	events := atStation(t, func(t *testing.T, s *Station, r *record) {
		r.refuse["1"], r.unheard["1"] = 1, 3
		s.Submit("1")
		s.Submit("2")
		time.Sleep(time.Minute)
		s.Submit("1") // it has its end
		synctest.Wait()
	})
	want := []string{"report 1 failed", "begin 2", "print 2", "report 2 sent"}
	if !reflect.DeepEqual(events, want) {
		t.Errorf("%q", events)
	}
}

func TestStationReportsUntilHeard(t *testing.T) {
	events := atStation(t, func(t *testing.T, s *Station, r *record) {
		r.outcome = Outcome{State: Failed, Reason: ReasonPaperOut}
		r.unheard["1"] = 6
		s.Submit("1")
		s.Submit("2")
		time.Sleep(5 * time.Minute)
	})
	want := []string{
		"begin 1", "print 1", "report 1 failed",
		"begin 2", "print 2", "report 2 failed",
	}
	if !reflect.DeepEqual(events, want) {
		t.Errorf("%q", events)
	}
}

// TestStationEndsInTheMidstOfASlip: the slip is told as unknown, the next is
// not begun.
func TestStationEndsInTheMidstOfASlip(t *testing.T) {
	events := atStation(t, func(t *testing.T, s *Station, r *record) {
		r.printing = time.Hour
		s.Submit("1")
		s.Submit("2")
		synctest.Wait()
	})
	if want := []string{"begin 1", "print 1", "report 1 unknown"}; !reflect.DeepEqual(events, want) {
		t.Errorf("%q", events)
	}
}

func TestStationEndsWhileNobodyHears(t *testing.T) {
	events := atStation(t, func(t *testing.T, s *Station, r *record) {
		r.unheard["1"] = 1000
		s.Submit("1")
		synctest.Wait()
	})
	if want := []string{"begin 1", "print 1"}; !reflect.DeepEqual(events, want) {
		t.Errorf("%q", events)
	}
}

func TestStationKnowsItsPrinter(t *testing.T) {
	atStation(t, func(t *testing.T, s *Station, r *record) {
		synctest.Wait()
		if got := s.Status(); got.State != OK {
			t.Errorf("at the start %v", got)
		}
		r.mu.Lock()
		r.status, r.asked = Status{PaperOut, ReasonPaperOut, PaperGone}, 0
		r.mu.Unlock()
		time.Sleep(time.Minute)
		if got := s.Status(); got.State != PaperOut {
			t.Errorf("a minute after the paper ended %v", got)
		}
		r.mu.Lock()
		asked := r.asked
		r.mu.Unlock()
		if asked < 10 || asked > 20 {
			t.Errorf("the idle printer was asked %d times in a minute", asked)
		}
	})
	if got := NewStation(none{}, nil, slog.Default()).Status(); got.State != Uncertain {
		t.Errorf("before its start %v", got)
	}
}

func TestStationForgetsOldJobs(t *testing.T) {
	s := NewStation(none{}, nil, slog.Default())
	for i := range 3 * remembered {
		s.Submit(fmt.Sprint(i))
	}
	if len(s.known) != remembered || len(s.order) != remembered {
		t.Errorf("%d and %d jobs in mind", len(s.known), len(s.order))
	}
	if !slices.Contains(s.order, fmt.Sprint(3*remembered-1)) {
		t.Error("the last job was forgotten")
	}
}

// TestUnplugIsSeenAtOnce: between two askings the station hears of a pulled cable.
func TestUnplugIsSeenAtOnce(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		station := NewStation(b.device, &record{}, slog.New(slog.DiscardHandler))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- station.Run(ctx) }()
		time.Sleep(time.Second)
		if got := station.Status().State; got != OK {
			t.Errorf("status %v", got)
		}
		b.printer.HangUp()
		time.Sleep(time.Second)
		if got := station.Status(); got.State != Offline {
			t.Errorf("a second after the cable was pulled, status %v", got)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// TestFreshStatus: what is asked before a number is issued is how the printer is
// now, not what it was seconds ago.
func TestFreshStatus(t *testing.T) {
	inVirtualTime(t, "generic", printertest.Script{}, func(t *testing.T, b *bench) {
		station := NewStation(b.device, &record{}, slog.New(slog.DiscardHandler))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- station.Run(ctx) }()
		time.Sleep(time.Second)
		b.printer.Change(func(s *printertest.Script) { s.PaperOut = true })
		if got := station.Status().State; got != OK {
			t.Errorf("before anybody asked: %v", got)
		}
		if got := station.Fresh(t.Context()).State; got != PaperOut {
			t.Errorf("asked: %v", got)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		over, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if got := station.Fresh(over).State; got != PaperOut {
			t.Errorf("with nobody to ask: %v", got)
		}
	})
}
