// Package simulation is what `petitionhall simulate` reads and says: a scenario
// from a YAML file, and the figures of the days that were played. The playing
// itself is queue/simulate.
package simulation

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"petitionhall/hall/configuration"
	"petitionhall/queue"
	"petitionhall/queue/figures"
	"petitionhall/queue/simulate"
)

//go:embed county.yaml
var county []byte

// County is an ordinary day of a county's hall, as a file to begin one's own with.
func County() []byte { return bytes.Clone(county) }

// Read reads a scenario; path "" is County. The hall is the one of the
// configuration file, or the one that every hall starts with. The error says what is
// wrong in which file.
func Read(path, hallFile string) (*simulate.Scenario, error) {
	data, name := county, "the scenario inside the program"
	if path != "" {
		var err error
		if data, err = os.ReadFile(path); err != nil {
			return nil, err
		}
		name = path
	}
	s := &simulate.Scenario{}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(s); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s.Configuration = configuration.Default()
	if hallFile != "" {
		var err error
		if s.Configuration, err = configuration.Read(hallFile); err != nil {
			return nil, err
		}
	}
	if err := s.Fill(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// Tell writes the figures of the days that were played, by the definitions of
// the hall's reports, and how often the ranges held.
func Tell(out io.Writer, r simulate.Result) error {
	t := &text{}
	t.line("%d days, %.0f hall-hours, %d commands, %d events", r.Days, r.Hours, r.Commands, r.Events)
	t.counts(&r.Figures)
	t.durations(&r.Figures)
	t.halfHours(&r.Figures)
	t.windows(&r.Figures)
	if e := r.Estimate; e.Told+e.AtOnce > 0 {
		t.line("waits told: %d ranges, %.1f%% held (80%% promised); %d were told that it is their turn at once", e.Told, 100*e.HitRate(), e.AtOnce)
		t.line("mean error: middle of the range %.2f min; typed average x people ahead / windows %.2f min; wait of the last called %.2f min", e.Range.Mean(), e.Typed.Mean(), e.Last.Mean())
	}
	for _, name := range slices.Sorted(maps.Keys(r.Faults)) {
		t.line("fault: %s, %d times", name, r.Faults[name])
	}
	if r.Trace != "" {
		t.line("trace %s", r.Trace)
	}
	_, err := out.Write(t.Bytes())
	return err
}

// text is what is told, line by line.
type text struct{ bytes.Buffer }

func (t *text) line(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }

func (t *text) counts(f *figures.Figures) {
	t.line("取号量 issued %d = done %d + cancelled %d + left %d + deferred %d + open %d", f.Issued, f.Done, f.Cancelled, f.Left, f.Deferred, f.Open)
	t.line("接待批次 served %d = 现场答复解决 resolved %d + 交（转）办 referred %d + 未填结果 unrecorded %d + started and open %d", f.Served, f.Resolved, f.Referred, f.Unrecorded, f.StartedOpen)
	t.line("接待人次 persons %d", f.Persons)
	if rate, ok := f.ResolvedRate(); ok {
		t.line("现场解决率 resolved on the spot %.1f%% (%d of %d)", rate, f.Resolved, f.Resolved+f.Referred)
	}
	if rate, ok := f.NoShowRate(); ok {
		t.line("取号未到率 taken and not received %.1f%% (%d of %d)", rate, f.Cancelled+f.Left+f.Deferred, f.Issued)
	}
	if rate, ok := f.MissedRate(); ok {
		t.line("过号未回率 called and not back %.1f%% (%d of %d)", rate, f.Left, f.Wait.Count)
	}
	for _, month := range slices.Sorted(maps.Keys(f.LeaderMonths)) {
		t.line("领导接访 leader reception in %s: %d", month, f.LeaderMonths[month])
	}
}

func (t *text) durations(f *figures.Figures) {
	for _, d := range []struct {
		name string
		of   figures.Durations
	}{{"等候时长 from the take to the first call", f.Wait}, {"转办等候 of a number sent on, to the next call", f.Legs},
		{"到窗时长 from the call to the start", f.Arrival}, {"办理时长 from the start to the close", f.Service}} {
		median, ok := d.of.Quantile(0.5)
		if !ok {
			continue
		}
		ninety, _ := d.of.Quantile(0.9)
		mean, _ := d.of.Mean()
		t.line("%s: median %s, P90 %s, longest %s, mean %s (n = %d)", d.name, minutes(median), minutes(ninety), minutes(time.Duration(d.of.Longest)*time.Second), minutes(mean), d.of.Count)
	}
	if rate, ok := f.LongWaitRate(); ok {
		t.line("等候超30分钟 waits above 30 minutes: %d, %.1f%%", f.LongWaits, rate)
	}
}

// barWidth is how wide the longest bar is.
const barWidth = 40

func (t *text) halfHours(f *figures.Figures) {
	if f.Issued == 0 {
		return
	}
	t.line("取号 by half-hour:")
	busiest := slices.Max(f.HalfHours[:])
	for half, n := range f.HalfHours {
		if n > 0 {
			t.line("  %02d:%02d %6d %s", half/2, half%2*30, n, strings.Repeat("█", (n*barWidth+busiest-1)/busiest))
		}
	}
}

func (t *text) windows(f *figures.Figures) {
	t.line("%-8s %8s %8s %8s %12s %12s", "window", "首接", "转入", "转出", "在岗 min", "暂停 min")
	first := 0
	for _, id := range slices.SortedFunc(maps.Keys(f.Windows), byNumber) {
		w := f.Windows[id]
		first += w.FirstServed
		t.line("%-8s %8d %8d %8d %12d %12d", id, w.FirstServed, w.In, w.Out, w.OpenSeconds/60, w.PausedSeconds/60)
	}
	t.line("首接 adds up to %d, 接待批次 is %d", first, f.Served)
}

// byNumber orders window ids as people count: 2 before 10.
func byNumber(a, b queue.WindowID) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func minutes(d time.Duration) string { return fmt.Sprintf("%.1f min", d.Minutes()) }
