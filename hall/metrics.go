package hall

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"petitionhall/hall/voice"
	"petitionhall/queue"
	"petitionhall/queue/forecast"
	"petitionhall/queue/journal"
)

// metrics are the figures that an operator watches. None is about a person.
func (h *Hall) metrics() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	gauge := func(name, help string, value func(s *queue.State, revision journal.Revision) int) {
		registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "petitionhall_" + name, Help: help}, func() float64 {
			n := 0
			h.View(func(s *queue.State, revision journal.Revision) { n = value(s, revision) })
			return float64(n)
		}))
	}
	gauge("revision", "Revision of the hall's journal.", func(_ *queue.State, r journal.Revision) int { return int(r) })
	gauge("tickets_issued", "Numbers issued on the present day.", func(s *queue.State, _ journal.Revision) int { return len(s.Tickets()) })
	gauge("tickets_waiting", "Numbers that wait, over all services.", func(s *queue.State, _ journal.Revision) int {
		sum := 0
		for _, n := range s.Counts() {
			sum += n
		}
		return sum
	})
	gauge("waits_told", "Told wait ranges of the present day whose wait is known.", func(s *queue.State, _ journal.Revision) int {
		r := forecast.RecordOf(s)
		return r.Told
	})
	gauge("waits_held", "Those of them that held; 80 of 100 are promised.", func(s *queue.State, _ journal.Revision) int {
		r := forecast.RecordOf(s)
		return r.Held
	})
	gauge("windows_staffed", "Windows that are open and not paused.", func(s *queue.State, _ journal.Revision) int {
		n := 0
		if s.Configuration == nil {
			return 0
		}
		for _, w := range s.Configuration.Windows {
			if window, ok := s.Window(w.ID); ok && window.Open && !window.Paused {
				n++
			}
		}
		return n
	})
	registry.MustRegister(voiceMetrics{h.voice},
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "petitionhall_event_streams", Help: "Boards, kiosks and windows that follow the live events."},
			func() float64 { return float64(h.live.Connections()) }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return registry
}

// voiceMetrics are the figures of the voice, taken at one moment.
type voiceMetrics struct{ voice *voice.Announcer }

var (
	voiceSaid     = prometheus.NewDesc("petitionhall_voice_said_total", "Announcements said since the hub began, by kind.", []string{"kind"}, nil)
	voiceDropped  = prometheus.NewDesc("petitionhall_voice_dropped_total", "Announcements that were not said: moved-on, too-old, renewed by another call, or voiceless.", []string{"reason"}, nil)
	voiceWaiting  = prometheus.NewDesc("petitionhall_voice_waiting", "Announcements that wait to be said.", nil, nil)
	voiceWait     = prometheus.NewDesc("petitionhall_voice_wait_seconds", "How long the oldest waiting announcement has waited.", nil, nil)
	voiceLongest  = prometheus.NewDesc("petitionhall_voice_longest_wait_seconds", "The longest that a call waited which was said, since the hub began.", nil, nil)
	voiceHeard    = prometheus.NewDesc("petitionhall_voice_heard", "1 while a board with its sound on or the hub's loudspeaker can say something.", nil, nil)
	voiceSpeakers = prometheus.NewDesc("petitionhall_voice_speakers", "Boards whose sound is on.", nil, nil)
	voiceFailures = prometheus.NewDesc("petitionhall_voice_loudspeaker_failures_total", "How often the hub's own loudspeaker failed since the hub began.", nil, nil)
)

// Describe names the figures.
func (m voiceMetrics) Describe(all chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{voiceSaid, voiceDropped, voiceWaiting, voiceWait, voiceLongest, voiceHeard, voiceSpeakers, voiceFailures} {
		all <- d
	}
}

// Collect takes the figures.
func (m voiceMetrics) Collect(all chan<- prometheus.Metric) {
	f := m.voice.Figures()
	for kind, n := range f.Said {
		all <- prometheus.MustNewConstMetric(voiceSaid, prometheus.CounterValue, float64(n), string(kind))
	}
	for why, n := range f.Dropped {
		all <- prometheus.MustNewConstMetric(voiceDropped, prometheus.CounterValue, float64(n), string(why))
	}
	heard := 0.0
	if f.Heard {
		heard = 1
	}
	for _, g := range []struct {
		desc  *prometheus.Desc
		kind  prometheus.ValueType
		value float64
	}{
		{voiceWaiting, prometheus.GaugeValue, float64(f.Waiting)},
		{voiceWait, prometheus.GaugeValue, f.Wait.Seconds()},
		{voiceLongest, prometheus.GaugeValue, f.Longest.Seconds()},
		{voiceHeard, prometheus.GaugeValue, heard},
		{voiceSpeakers, prometheus.GaugeValue, float64(f.Speakers)},
		{voiceFailures, prometheus.CounterValue, float64(f.Failures)},
	} {
		all <- prometheus.MustNewConstMetric(g.desc, g.kind, g.value)
	}
}
