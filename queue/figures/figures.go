// Package figures counts what the hall's reports tell, by the definitions that
// every report prints (docs/rules.md, "The figures").
//
// A Book follows a day's events and sums the day up when it has closed. Figures
// of days can be added together: whatever a year's report needs is in them,
// the medians too, for durations are kept as histograms of one minute. Nothing in
// them is about a ticket, so they stay when tickets are purged.
package figures

import (
	"maps"
	"math"
	"slices"
	"time"

	"petitionhall/queue"
)

// Counts are of tickets, each counted once.
type Counts struct {
	// Issued are the numbers taken (取号量).
	Issued int `json:"issued"`
	// Done, Cancelled, Left and Deferred are how they ended; Open have not, of which a closed day has none.
	Done      int `json:"done"`
	Cancelled int `json:"cancelled"`
	Left      int `json:"left"`
	Deferred  int `json:"deferred"`
	Open      int `json:"open,omitempty"`
	// Served were started at least once (接待批次); Persons came with them (接待人次).
	Served  int `json:"served"`
	Persons int `json:"persons"`
	// Resolved (现场答复解决), Referred (交（转）办) and Unrecorded (未填结果) are their
	// outcomes; StartedOpen have none yet.
	Resolved    int `json:"resolved"`
	Referred    int `json:"referred"`
	Unrecorded  int `json:"unrecorded"`
	StartedOpen int `json:"startedOpen,omitempty"`
}

// CountsOf are those of one ticket.
func CountsOf(t *queue.Ticket) Counts {
	c := Counts{Issued: 1}
	switch t.State {
	case queue.Done:
		c.Done = 1
	case queue.Cancelled:
		c.Cancelled = 1
	case queue.Left:
		c.Left = 1
	case queue.Deferred:
		c.Deferred = 1
	default:
		c.Open = 1
	}
	if !t.Served() {
		return c
	}
	c.Served, c.Persons = 1, t.Persons
	switch t.Outcome {
	case queue.Resolved:
		c.Resolved = 1
	case queue.Referred:
		c.Referred = 1
	case queue.Unrecorded:
		c.Unrecorded = 1
	default:
		c.StartedOpen = 1
	}
	return c
}

// Plus adds counts.
func (c Counts) Plus(d Counts) Counts {
	c.Issued += d.Issued
	c.Done += d.Done
	c.Cancelled += d.Cancelled
	c.Left += d.Left
	c.Deferred += d.Deferred
	c.Open += d.Open
	c.Served += d.Served
	c.Persons += d.Persons
	c.Resolved += d.Resolved
	c.Referred += d.Referred
	c.Unrecorded += d.Unrecorded
	c.StartedOpen += d.StartedOpen
	return c
}

// IssuedAddsUp is the first check line: issued = done + cancelled + left + deferred + open.
func (c Counts) IssuedAddsUp() bool {
	return c.Issued == c.Done+c.Cancelled+c.Left+c.Deferred+c.Open
}

// ServedAddsUp is the second: served = resolved + referred + unrecorded + started and still open.
func (c Counts) ServedAddsUp() bool {
	return c.Served == c.Resolved+c.Referred+c.Unrecorded+c.StartedOpen
}

// ResolvedRate is 现场解决率, resolved of those resolved or referred, in percent
// with one decimal; ReferredRate is the rest. ok is false when there are none.
func (c Counts) ResolvedRate() (percent float64, ok bool) {
	return share(c.Resolved, c.Resolved+c.Referred)
}

// ReferredRate is the share of referred among those resolved or referred, likewise.
func (c Counts) ReferredRate() (percent float64, ok bool) {
	return share(c.Referred, c.Resolved+c.Referred)
}

// NoShowRate is 取号未到率, cancelled, left or deferred of those issued, in percent with one decimal.
func (c Counts) NoShowRate() (percent float64, ok bool) {
	return share(c.Cancelled+c.Left+c.Deferred, c.Issued)
}

func share(part, of int) (percent float64, ok bool) {
	if of == 0 {
		return 0, false
	}
	return math.Round(1000*float64(part)/float64(of)) / 10, true
}

// Durations are how long something took, many times.
type Durations struct {
	// Count is how many; Seconds their sum, Longest the longest of them in seconds.
	Count   int `json:"count"`
	Seconds int `json:"seconds"`
	Longest int `json:"longest"`
	// Minutes counts by whole minutes, 240 for as long or longer; empty minutes at the end are left off.
	Minutes queue.Histogram `json:"minutes"`
}

// Bins is the length of a full histogram: minutes 0 to 239, and 240 for as long or longer.
const Bins = lastMinute + 1

const lastMinute = 240

// NoteMinutes counts one duration in a histogram; below zero, which a corrected
// clock makes, it is none. The histogram grows as far as it must.
func NoteMinutes(h queue.Histogram, took time.Duration) queue.Histogram {
	minute := min(max(int(took/time.Minute), 0), lastMinute)
	for len(h) <= minute {
		h = append(h, 0)
	}
	h[minute]++
	return h
}

// Note counts one; below zero, which a corrected clock makes, it is none.
func (d *Durations) Note(took time.Duration) {
	took = max(took, 0)
	d.Minutes = NoteMinutes(d.Minutes, took)
	d.Count++
	d.Seconds += int(took / time.Second)
	d.Longest = max(d.Longest, int(took/time.Second))
}

// Quantile is the length below which a share lies, between the ends of its
// minute; ok is false when there are none.
func (d *Durations) Quantile(share float64) (took time.Duration, ok bool) {
	if d.Count == 0 {
		return 0, false
	}
	before, want := 0, share*float64(d.Count)
	for minute, n := range d.Minutes {
		if n > 0 && float64(before+n) >= want {
			if minute == lastMinute {
				return time.Duration(d.Longest) * time.Second, true
			}
			inside := (want - float64(before)) / float64(n)
			return min(time.Duration((float64(minute)+inside)*float64(time.Minute)), time.Duration(d.Longest)*time.Second), true
		}
		before += n
	}
	return time.Duration(d.Longest) * time.Second, true
}

// Mean is the mean; ok is false when there are none.
func (d *Durations) Mean() (took time.Duration, ok bool) {
	if d.Count == 0 {
		return 0, false
	}
	return time.Duration(d.Seconds) * time.Second / time.Duration(d.Count), true
}

// plus adds durations; the histogram is new.
func (d *Durations) plus(e *Durations) Durations {
	sum := make(queue.Histogram, max(len(d.Minutes), len(e.Minutes)))
	copy(sum, d.Minutes)
	for minute, n := range e.Minutes {
		sum[minute] += n
	}
	return Durations{d.Count + e.Count, d.Seconds + e.Seconds, max(d.Longest, e.Longest), sum}
}

// Window are the figures of one window.
type Window struct {
	// FirstServed are the served tickets that it called first (首接): over all windows they add up to 接待批次.
	FirstServed int `json:"firstServed"`
	// In and Out are the numbers sent to it by name or taken over from another service (转入), and sent on by it (转出).
	In  int `json:"in"`
	Out int `json:"out"`
	// OpenSeconds and PausedSeconds are 窗口在岗: how long it was open, the pauses among it.
	OpenSeconds   int `json:"openSeconds"`
	PausedSeconds int `json:"pausedSeconds"`
}

// Figures are those of a day, or of several added together.
type Figures struct {
	Days int `json:"days"`
	Counts
	// Wait is 等候时长, from the take to the first call; LongWaits are those above 30 minutes.
	Wait      Durations `json:"wait"`
	LongWaits int       `json:"longWaits"`
	// Legs are the waits of a number that was sent on, until the next call: apart from Wait.
	Legs Durations `json:"legs"`
	// Arrival is 到窗时长, from the call to the start; Service is 办理时长, from the last start to the close.
	Arrival Durations `json:"arrival"`
	Service Durations `json:"service"`
	// Windows are by window.
	Windows map[queue.WindowID]Window `json:"windows"`
	// HalfHours are the numbers issued in each half-hour of the day, from midnight.
	HalfHours [48]int `json:"halfHours"`
	// LeaderMonths are the leaders' receptions by month, as 2006-01.
	LeaderMonths map[string]int `json:"leaderMonths,omitempty"`
	// Told are the ranges whose waits are known, Held those that held, AtOnce those who were told that it is their turn.
	Told   int `json:"told"`
	Held   int `json:"held"`
	AtOnce int `json:"atOnce"`
}

// longWait is above which a wait counts as long (等候超30分钟).
const longWait = 30 * time.Minute

// MissedRate is 过号未回率: of the numbers that were called, those that were missed
// and never came back, in percent with one decimal.
func (f *Figures) MissedRate() (percent float64, ok bool) { return share(f.Left, f.Wait.Count) }

// LongWaitRate is the share of waits above 30 minutes, in percent with one decimal.
func (f *Figures) LongWaitRate() (percent float64, ok bool) { return share(f.LongWaits, f.Wait.Count) }

// Add adds the figures of further days.
func (f *Figures) Add(g *Figures) {
	f.Days += g.Days
	f.Counts = f.Plus(g.Counts)
	f.Wait, f.Legs = f.Wait.plus(&g.Wait), f.Legs.plus(&g.Legs)
	f.Arrival, f.Service = f.Arrival.plus(&g.Arrival), f.Service.plus(&g.Service)
	f.LongWaits += g.LongWaits
	windows := maps.Clone(f.Windows)
	if windows == nil {
		windows = map[queue.WindowID]Window{}
	}
	for id, w := range g.Windows {
		sum := windows[id]
		sum.FirstServed += w.FirstServed
		sum.In += w.In
		sum.Out += w.Out
		sum.OpenSeconds += w.OpenSeconds
		sum.PausedSeconds += w.PausedSeconds
		windows[id] = sum
	}
	f.Windows = windows
	for i, n := range g.HalfHours {
		f.HalfHours[i] += n
	}
	for _, month := range slices.Sorted(maps.Keys(g.LeaderMonths)) {
		if f.LeaderMonths == nil {
			f.LeaderMonths = map[string]int{}
		}
		f.LeaderMonths[month] += g.LeaderMonths[month]
	}
	f.Told, f.Held, f.AtOnce = f.Told+g.Told, f.Held+g.Held, f.AtOnce+g.AtOnce
}
