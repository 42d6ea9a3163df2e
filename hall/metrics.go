package hall

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

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
	registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "petitionhall_event_streams", Help: "Boards, kiosks and windows that follow the live events."},
			func() float64 { return float64(h.live.Connections()) }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return registry
}
