// Package simulation is what `petitionhall simulate` reads and says: a scenario
// from a YAML file, and the figures of the days that were played. The playing
// itself is queue/simulate.
package simulation

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"petitionhall/hall/configuration"
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
	var b bytes.Buffer
	f := r.Figures
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%d days, %.0f hall-hours, %d commands, %d events", r.Days, r.Hours, r.Commands, r.Events)
	line("取号量 issued %d = done %d + cancelled %d + left %d + deferred %d", f.Issued, r.Report.Done, f.Cancelled, f.Left, f.Deferred)
	line("接待批次 served %d = 现场答复解决 resolved %d + 交（转）办 referred %d + 未填结果 unrecorded %d; 接待人次 persons %d", f.Served, f.Resolved, f.Referred, f.Unrecorded, f.Persons)
	if n := f.Resolved + f.Referred; n > 0 {
		line("现场解决率 resolved on the spot %.1f%% (%d of %d)", 100*float64(f.Resolved)/float64(n), f.Resolved, n)
	}
	line("等候时长 wait from the take to the first call: median %s, P90 %s, longest %s", minutes(f.Median), minutes(f.P90), minutes(f.Longest))
	if e := r.Estimate; e.Told+e.AtOnce > 0 {
		line("waits told: %d ranges, %.1f%% held (80%% promised); %d were told that it is their turn at once", e.Told, 100*e.HitRate(), e.AtOnce)
		line("mean error: middle of the range %.2f min; typed average x people ahead / windows %.2f min; wait of the last called %.2f min", e.Range.Mean(), e.Typed.Mean(), e.Last.Mean())
	}
	for _, name := range slices.Sorted(maps.Keys(r.Faults)) {
		line("fault: %s, %d times", name, r.Faults[name])
	}
	if r.Trace != "" {
		line("trace %s", r.Trace)
	}
	_, err := out.Write(b.Bytes())
	return err
}

func minutes(d time.Duration) string { return fmt.Sprintf("%.1f min", d.Minutes()) }
