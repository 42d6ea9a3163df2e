package estimate

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

// Score is what came of one estimator.
type Score struct {
	Name string `json:"name"`
	// Error is the mean absolute error in minutes over the visits to which something
	// was told and that were called the same day; Count is how many these are.
	Error float64 `json:"error"`
	Count int     `json:"count"`
}

// Report is what a replay found.
type Report struct {
	// Visits were replayed, Called of them were called, on so many days (a night is
	// four hours in which nobody comes or is called).
	Visits int `json:"visits"`
	Called int `json:"called"`
	Days   int `json:"days"`
	// LeftOut are rows without an arrival, or called before it; Doubled are rows that stood there before.
	LeftOut int `json:"leftOut"`
	Doubled int `json:"doubled"`
	// Told are ranges whose waits are known, Held those that held, in whole minutes.
	Told int `json:"told"`
	Held int `json:"held"`
	// AtOnce were told that it is their turn within a minute, and are not in Told;
	// Kept are those for whom it was.
	AtOnce int `json:"atOnce"`
	Kept   int `json:"kept"`
	// Typed is the average of the formula with a typed average, in minutes. FromLog
	// tells that it is the mean of the whole log, which nobody could have typed in beforehand.
	Typed   float64 `json:"typed"`
	FromLog bool    `json:"typedFromLog"`
	// Scores are those of the estimators, ours first.
	Scores []Score `json:"scores"`
}

// HitRate is the share of the ranges that held, 0 to 1; 0 when none was told.
func (r *Report) HitRate() float64 { return float64(r.Held) / math.Max(float64(r.Told), 1) }

const ours = "forward runs, middle of the range"

func newReport(log table) *Report {
	r := &Report{Visits: len(log.visits), LeftOut: log.left, Doubled: log.doubled, Scores: []Score{{Name: ours}}}
	for _, name := range usualNames {
		r.Scores = append(r.Scores, Score{Name: name})
	}
	for _, v := range log.visits {
		if !v.called.IsZero() {
			r.Called++
		}
	}
	return r
}

// add counts what came of somebody who was told something.
func (r *Report) add(v *visitor, came time.Duration) {
	switch {
	case v.adjusted.AtOnce():
		r.AtOnce++
		if came <= time.Minute {
			r.Kept++
		}
	case v.adjusted.Holds(came):
		r.Held++
		fallthrough
	default:
		r.Told++
	}
	r.Scores[0].add(v.adjusted.Middle, came)
	for i, told := range v.usual {
		r.Scores[1+i].add(told, came)
	}
}

// add takes one more absolute error into the mean.
func (s *Score) add(told, came time.Duration) {
	s.Count++
	s.Error += (math.Abs((told - came).Minutes()) - s.Error) / float64(s.Count)
}

// Tell writes the report for people.
func (r *Report) Tell(out io.Writer) error {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%d visits (%d called; days: %d); left out: %d rows without an arrival or called before it, %d that stood there twice", r.Visits, r.Called, r.Days, r.LeftOut, r.Doubled)
	if r.Told+r.AtOnce == 0 {
		line("nothing was told: fewer than %d visits were seen of each service before the last came", enough)
		_, err := io.WriteString(out, b.String())
		return err
	}
	line("%d ranges told, %.1f%% held (80%% promised)", r.Told, 100*r.HitRate())
	if r.AtOnce > 0 {
		line("%d were told that it is their turn within a minute; for %.1f%% it was", r.AtOnce, 100*float64(r.Kept)/float64(r.AtOnce))
	}
	line("")
	line("mean absolute error in minutes, over %d visits", r.Scores[0].Count)
	for i, s := range r.Scores {
		note := ""
		if i == 1+usualTyped {
			note = fmt.Sprintf("  (%.2f min, typed in)", r.Typed)
			if r.FromLog {
				note = fmt.Sprintf("  (%.2f min, the mean of the whole log: known only afterwards)", r.Typed)
			}
		}
		line("%-48s %8.2f%s", s.Name, s.Error, note)
	}
	_, err := io.WriteString(out, b.String())
	return err
}
