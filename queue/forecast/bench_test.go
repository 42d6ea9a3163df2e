package forecast_test

import (
	"fmt"
	"testing"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/forecast"
)

// BenchmarkRanges tells the waits of twenty services with 500 who wait; each
// window takes its own service and its neighbour's.
func BenchmarkRanges(b *testing.B) {
	c := &queue.Configuration{Rules: queue.Rules{PriorityRun: 2, RejoinAfter: 3}}
	sit := forecast.Situation{Now: morning, Rates: map[forecast.Line]float64{}}
	var services []queue.ServiceID
	for i := range 20 {
		services = append(services, queue.ServiceID(fmt.Sprint("s", i)))
		c.Services = append(c.Services, queue.ServiceConfig{ID: services[i]})
		c.Windows = append(c.Windows, queue.WindowConfig{ID: queue.WindowID(fmt.Sprint(i)), Services: []queue.ServiceID{services[i], queue.ServiceID(fmt.Sprint("s", (i+1)%20))}})
		sit.Rates[forecast.Line{Service: services[i]}] = 7
		sit.Rates[forecast.Line{Service: services[i], Priority: true}] = 1.5
	}
	sit.Lineup = queue.NewLineup(c)
	for i := range 20 {
		sit.Lineup.Open(c.Windows[i].ID, true)
		sit.Desks = append(sit.Desks, forecast.Desk{Window: c.Windows[i].ID})
	}
	for i := range 500 {
		sit.Lineup.Enter(queue.Entry{ID: queue.TicketID(i + 1), Arrival: morning.Add(time.Duration(i-600) * 20 * time.Second), Service: services[i*7%20], Priority: i%6 == 0})
	}
	times := forecast.Learn(tenMinutes(services...))
	for b.Loop() {
		forecast.Ranges(sit, times, forecast.Options{})
	}
}
