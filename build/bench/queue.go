package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/boltstore"
	"petitionhall/queue/forecast"
	"petitionhall/queue/journal"
)

// bigHall is a hall with so many windows and so many who wait. Each window takes
// two services, its own and its neighbour's, so that preference and its bound are
// at work; one in six asks for priority.
type bigHall struct {
	state  *queue.State
	config *queue.Configuration
	now    time.Time
	n      int
}

func newBigHall(windows, waiting int) (*bigHall, error) {
	c := &bigHall{state: queue.NewState(), now: time.Date(2026, 11, 22, 17, 0, 0, 0, time.UTC),
		config: &queue.Configuration{Name: queue.Text{ZH: "大厅"}, TimeZone: "Asia/Shanghai", Slot: "below", General: "s0", Rules: queue.Rules{MissCalls: 1, PriorityRun: 2, RejoinAfter: 3, KeepDays: 30}}}
	service := func(i int) queue.ServiceID { return queue.ServiceID(fmt.Sprint("s", i%windows)) }
	for i := range windows {
		c.config.Services = append(c.config.Services, queue.ServiceConfig{ID: service(i), Name: queue.Text{ZH: "事"}, Series: string(rune('A' + i%26))})
		c.config.Windows = append(c.config.Windows, queue.WindowConfig{ID: queue.WindowID(fmt.Sprint(i)), Number: i + 1, Services: []queue.ServiceID{service(i), service(i + 1)}, Presence: queue.Resident})
	}
	for i := range windows {
		if err := c.do(queue.OpenWindow{Window: queue.WindowID(fmt.Sprint(i))}); err != nil {
			return nil, err
		}
	}
	apart := min(20*time.Second, 20*time.Hour/time.Duration(max(waiting, 1))) // 180 an hour, three times the peak of a county's hall, or more, so that all come on one day
	for range waiting {
		c.now = c.now.Add(apart)
		if err := c.take(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *bigHall) do(a queue.Action) error {
	c.now = c.now.Add(time.Millisecond)
	events, err := queue.Decide(c.state, queue.Command{Opening: &queue.Opening{Date: "2026-11-23", Epoch: 1, Configuration: c.config}, Action: a}, c.now)
	for i := range events {
		if err == nil {
			err = queue.Evolve(c.state, events[i])
		}
	}
	return err
}

func (c *bigHall) take() error {
	c.n++
	return c.do(queue.Take{Service: queue.ServiceID(fmt.Sprint("s", c.n*7%len(c.config.Services))), Persons: 3, Priority: c.n%6 == 0, Code: fmt.Sprint("N", c.n)})
}

// next gives the median time of a call of the next, in microseconds; the bigHall stays as large as it is.
func (c *bigHall) next(rounds int) (float64, error) {
	times := make([]float64, 0, rounds)
	for i := range rounds {
		window := queue.WindowID(fmt.Sprint(i % len(c.config.Windows)))
		began := time.Now()
		if err := c.do(queue.Next{Window: window}); err != nil {
			return 0, err
		}
		times = append(times, float64(time.Since(began).Nanoseconds())/1000)
		if err := c.do(queue.Finish{Window: window, Outcome: queue.Resolved}); err != nil {
			return 0, err
		}
		if err := c.take(); err != nil {
			return 0, err
		}
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}

// nextOfMany measures a call of the next, and how it grows.
func nextOfMany(context.Context) ([]figure, error) {
	usual, err := newBigHall(20, 5000)
	if err != nil {
		return nil, err
	}
	took, err := usual.next(4000)
	if err != nil {
		return nil, err
	}
	sizes := []int{1000, 3000, 10000, 30000, 100000}
	curve := make([]float64, len(sizes))
	for i, n := range sizes {
		c, err := newBigHall(500, n)
		if err != nil {
			return nil, err
		}
		if curve[i], err = c.next(3000); err != nil {
			return nil, err
		}
	}
	if err := drawCurve(sizes, curve); err != nil {
		return nil, err
	}
	last := len(sizes) - 1
	grown, logarithm := curve[last]/curve[0], math.Log(float64(sizes[last]))/math.Log(float64(sizes[0]))
	return []figure{
		{Name: "call the next of 5,000 who wait, 20 windows, decided and applied, p50", Ours: fmt.Sprintf("%.2f µs", took), Other: "20 µs", Against: "the promise", Value: took, Limit: 20, Unit: "µs"},
		{Name: "the same with 500 windows, 100,000 who wait against 1,000", Ours: fmt.Sprintf("%.2f µs", curve[last]), Other: fmt.Sprintf("%.2f µs", curve[0]),
			Against: fmt.Sprintf("log n grows %.2f x (picture below)", logarithm), Value: grown / logarithm, Limit: 1, Unit: "x log n"},
	}, nil
}

// drawCurve draws the time of a call against how many wait, beside log n from the same start.
func drawCurve(sizes []int, took []float64) error {
	const width, height, left, bottom = 640.0, 260.0, 60.0, 40.0
	top := slices.Max(took) * 1.3
	x := func(n int) float64 {
		return left + (math.Log10(float64(n))-3)/2*(width-left-30)
	}
	y := func(v float64) float64 { return height - bottom - v/top*(height-bottom-30) }
	var line, logs, marks strings.Builder
	for i, n := range sizes {
		fmt.Fprintf(&line, "%.1f,%.1f ", x(n), y(took[i]))
		fmt.Fprintf(&logs, "%.1f,%.1f ", x(n), y(took[0]*math.Log(float64(n))/math.Log(float64(sizes[0]))))
		fmt.Fprintf(&marks, `<circle cx="%.1f" cy="%.1f" r="4" fill="#1b6ca8"/><text x="%.1f" y="%.1f" text-anchor="middle">%d</text><text x="%.1f" y="%.1f" text-anchor="middle">%.2f µs</text>`+"\n",
			x(n), y(took[i]), x(n), height-bottom+18, n, x(n), y(took[i])-10, took[i])
	}
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="sans-serif" font-size="12" fill="#222">
<rect width="100%%" height="100%%" fill="#fff"/>
<text x="%g" y="18" font-weight="bold">Calling the next, 500 windows: time against how many wait (dashed: log n)</text>
<line x1="%g" y1="%g" x2="%g" y2="%g" stroke="#888"/>
<polyline points="%s" fill="none" stroke="#888" stroke-dasharray="5 4"/>
<polyline points="%s" fill="none" stroke="#1b6ca8" stroke-width="2"/>
%s</svg>
`, width, height, left, left, height-bottom, width-20, height-bottom, logs.String(), line.String(), marks.String())
	return os.WriteFile(filepath.Join("docs", "images", "next.svg"), []byte(svg), 0o644)
}

// waitsOfAll measures the wait ranges of twenty services with 500 who wait.
func waitsOfAll(context.Context) ([]figure, error) {
	c, err := newBigHall(20, 500)
	if err != nil {
		return nil, err
	}
	var seen []forecast.Observation
	for i := range c.config.Services {
		for minute := range 25 {
			seen = append(seen, forecast.Observation{Service: c.config.Services[i].ID, Took: time.Duration(minute+3) * time.Minute, Weight: 1})
		}
	}
	times := make([]float64, 0, 21)
	for i := range 21 {
		began := time.Now()
		ranges := forecast.Ranges(forecast.SituationOf(c.state, c.now), forecast.Learn(seen), forecast.Options{Seed: uint64(i)})
		times = append(times, float64(time.Since(began).Microseconds())/1000)
		if len(ranges) != 40 {
			return nil, fmt.Errorf("%d ranges were told, 40 are due", len(ranges))
		}
	}
	slices.Sort(times)
	took := times[len(times)/2]
	return []figure{{Name: "wait ranges of all 20 services, both classes, 500 who wait, p50", Ours: fmt.Sprintf("%.1f ms", took), Other: "100 ms", Against: "the promise", Value: took, Limit: 100, Unit: "ms"}}, nil
}

// checkMillion measures the checker as an operator types it: the command, on a
// file that keeps a million events.
func checkMillion(ctx context.Context, program string) (_ []figure, err error) {
	dir, err := os.MkdirTemp("", "petitionhall-bench")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	events, err := fillYears(ctx, filepath.Join(dir, "hall.db"))
	if err != nil {
		return nil, err
	}
	began := time.Now()
	said, err := exec.CommandContext(ctx, program, "check", "--data", dir).Output()
	took := time.Since(began).Seconds()
	if err != nil || !strings.Contains(string(said), fmt.Sprintf("%d events", events)) {
		return nil, fmt.Errorf("check: %w: %s", err, said)
	}
	return []figure{{Name: "petitionhall check on a million events, the command's whole run", Ours: fmt.Sprintf("%.2f s", took), Other: "5 s", Against: "the promise", Value: took, Limit: 5, Unit: "s"}}, nil
}

// commandsAtOnce is how many commands a batch of the file holds, as in a busy hall.
const commandsAtOnce = 40

// fillYears writes a journal of closed days until it keeps a million events.
func fillYears(ctx context.Context, path string) (events int, err error) {
	j, err := boltstore.Open(path, boltstore.Options{Name: "hall"})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	for day := 0; events < 1_000_000; day++ {
		commands, n, err := dayOfEvents(day)
		if err != nil {
			return 0, err
		}
		events += n
		for batch := range slices.Chunk(commands, commandsAtOnce) {
			head, err := j.Head(ctx)
			if err != nil {
				return 0, err
			}
			for i := range batch { // the lists of all commands become one
				batch[i] = batch[i][1 : len(batch[i])-1]
			}
			data := slices.Concat([]byte("["), bytes.Join(batch, []byte(",")), []byte("]"))
			if _, err := j.Append(ctx, head, journal.Batch{ID: fmt.Sprint(head), Day: fmt.Sprintf("day-%04d", day), Data: data}); err != nil {
				return 0, err
			}
		}
	}
	return events, nil
}

// dayOfEvents is a day of 400 tickets, each taken, printed, called, started and finished, as a journal holds it.
func dayOfEvents(day int) (batches [][]byte, n int, err error) {
	c, err := newBigHall(20, 0)
	if err != nil {
		return nil, 0, err
	}
	c.state = queue.NewState()
	date := time.Date(2026, 1, 1, 1, 0, 0, 0, time.UTC).AddDate(0, 0, day)
	now := date
	do := func(a queue.Action) {
		if err != nil {
			return
		}
		now = now.Add(time.Second)
		var decided []queue.Event
		if decided, err = queue.Decide(c.state, queue.Command{Actor: "bench", Key: fmt.Sprintf("%d-%d", day, n), Opening: &queue.Opening{Date: date.Format(time.DateOnly), Epoch: 1, Configuration: c.config}, Action: a}, now); err != nil || len(decided) == 0 {
			return
		}
		for _, e := range decided {
			if err = queue.Evolve(c.state, e); err != nil {
				return
			}
		}
		n += len(decided)
		data, encodeErr := queue.EncodeEvents(decided)
		if err = encodeErr; err == nil {
			batches = append(batches, data)
		}
	}
	for i := range 20 {
		do(queue.OpenWindow{Window: queue.WindowID(fmt.Sprint(i))})
	}
	for i := range 400 {
		window := queue.WindowID(fmt.Sprint(i % 20))
		do(queue.Take{Service: c.config.Windows[i%20].Services[0], Persons: 3, Language: "zh", Code: fmt.Sprintf("CODE%06d", i), Printer: "hub"})
		do(queue.ReportPrint{Job: queue.JobID{Ticket: queue.TicketID(i + 1), Attempt: 1}, State: queue.PrintConfirmed})
		do(queue.Next{Window: window})
		do(queue.Start{Window: window})
		do(queue.Finish{Window: window, Outcome: queue.Resolved})
	}
	do(queue.CloseDay{})
	return batches, n, err
}
