package estimate

import (
	"cmp"
	"context"
	"io"
	"slices"
	"time"

	"petitionhall/queue/forecast"
)

// Options of a replay.
type Options struct {
	// Typed is the average that somebody typed in, in minutes; 0 takes the log's own mean, known beforehand.
	Typed float64
	// Runs is how many forward runs each range is made of; 0 for the usual number.
	Runs int
	// Progress hears how many of how many arrivals are over.
	Progress func(done, total int)
	// Told hears what was told to the visit of a row, the first below the column names being 1.
	Told func(row int, r forecast.Range)
}

// Replay replays a log: a table with a line of column names (see the package). The
// error says what cannot be read in which line, or that the context has ended.
func Replay(ctx context.Context, in io.Reader, o Options) (*Report, error) {
	log, err := read(in)
	if err != nil {
		return nil, err
	}
	if o.Runs == 0 {
		o.Runs = 60
	}
	r := &replay{options: o, lines: map[string]*line{}, all: newPool(1), ends: newEnds(), report: newReport(log)}
	if r.report.Typed = o.Typed; o.Typed == 0 {
		r.report.Typed, r.report.FromLog = meanMinutes(log.visits), true
	}
	if err := r.play(ctx, log.visits); err != nil {
		return nil, err
	}
	return r.report, nil
}

// replay is a log that is being replayed, up to a moment.
type replay struct {
	options Options
	lines   map[string]*line
	all     *pool
	said    int
	before  time.Time // the last arrival or call
	arrived int
	opening opening
	ends    ends // of all services
	report  *Report
}

// What happens at the same moment happens in this order: ends free windows, who
// waits is called, and only then newcomers come.
const (
	happensEnd = iota
	happensCall
	happensArrival
	happensCallAtOnce
	happensEndAtOnce
)

type event struct {
	at   time.Time
	kind int
	v    *visitor
}

func events(visits []visit) []event {
	var all []event
	for i := range visits {
		v := &visitor{visit: &visits[i]}
		all = append(all, event{v.arrived, happensArrival, v})
		call := happensCall
		if v.called.Equal(v.arrived) {
			call = happensCallAtOnce
		}
		if !v.called.IsZero() {
			all = append(all, event{v.called, call, v})
		}
		if !v.finished.IsZero() {
			end := happensEnd
			if v.finished.Equal(v.called) || v.finished.Equal(v.arrived) {
				end = happensEndAtOnce
			}
			all = append(all, event{v.finished, end, v})
		}
	}
	slices.SortStableFunc(all, func(a, b event) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.kind, b.kind)) })
	return all
}

// night is for how long nobody comes or is called between two days.
const night = 4 * time.Hour

func (r *replay) play(ctx context.Context, visits []visit) error {
	for _, e := range events(visits) {
		l := r.lines[e.v.service]
		if l == nil {
			l = newLine(r.all)
			r.lines[e.v.service] = l
		}
		if e.kind != happensEnd && e.kind != happensEndAtOnce {
			if e.at.Sub(r.before) > night {
				r.newDay()
			}
			r.before = e.at
		}
		r.happen(l, e)
		if e.kind != happensArrival {
			continue
		}
		if r.arrived++; r.options.Progress != nil {
			r.options.Progress(r.arrived, len(visits))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (r *replay) happen(l *line, e event) {
	switch {
	case e.kind == happensArrival:
		r.arrive(l, e.v)
	case e.kind == happensCall, e.kind == happensCallAtOnce:
		r.call(l, e.v)
	case e.v.called.IsZero():
		l.leave(e.v)
	default:
		l.end(e.v)
	}
}

func (r *replay) newDay() {
	r.report.Days++
	r.opening.newDay()
	r.all.newDay()
	for _, l := range r.lines {
		l.pools[0].newDay()
		l.usual.last = 0
	}
}

// arrive tells a newcomer how long it will be.
func (r *replay) arrive(l *line, v *visitor) {
	v.day = r.report.Days
	if v.windows > 0 {
		l.said, r.said = v.windows, v.windows
	}
	if l.known() {
		draws := l.draws(v, [2]int{l.said, r.said}, r.opening.at(v.arrived), len(r.lines) > 1, r.options.Runs)
		v.raw, v.middles, v.known = l.blend.mixed(len(l.pools[0].waiting), &draws)
	}
	if v.known {
		v.adjusted = r.endsOf(l).adjust(v.raw)
		v.usual = l.usual.tell(v.arrived, l.pools[0], r.report.Typed, l.said)
		if r.options.Told != nil {
			r.options.Told(v.row, v.adjusted)
		}
	}
	l.arrive(v)
}

// endsOf are the ends of a service, or those of all while it has few answers itself.
func (r *replay) endsOf(l *line) *ends {
	if l.ends.answers() < keptEnds/2 {
		return &r.ends
	}
	return &l.ends
}

func (r *replay) call(l *line, v *visitor) {
	r.opening.call(v.called)
	l.call(v, r.said)
	if !v.known || v.day != r.report.Days {
		return // nothing was told, or for another day
	}
	came := v.called.Sub(v.arrived)
	l.blend.learn(v.at[0].ahead, v.middles, came)
	r.report.add(v, came)
	l.ends.learn(v.raw, v.adjusted, came)
	r.ends.learn(v.raw, v.adjusted, came)
}

// usualMinutes is the average of a log that knows no service time at all.
const usualMinutes = 5

// meanMinutes is the mean of the service times that the log knows.
func meanMinutes(visits []visit) float64 {
	sum, n := 0.0, 0
	for _, v := range visits {
		if took := v.finished.Sub(v.called); !v.called.IsZero() && !v.finished.IsZero() && took <= longest {
			sum += took.Minutes()
			n++
		}
	}
	if n == 0 {
		return usualMinutes
	}
	return sum / float64(n)
}
