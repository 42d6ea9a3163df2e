package forecast_test

import (
	"fmt"
	"testing"
	"time"

	"petitionhall/queue"
	"petitionhall/queue/forecast"
)

var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("", 8*3600))

// setting has window 1 for homes, window 2 for homes and land, both of them always the same ten minutes.
func setting(open ...queue.WindowID) (forecast.Situation, *forecast.Times) {
	c := &queue.Configuration{Rules: queue.Rules{PriorityRun: 2, RejoinAfter: 3},
		Services: []queue.ServiceConfig{{ID: "homes"}, {ID: "land"}, {ID: "water"}},
		Windows:  []queue.WindowConfig{{ID: "1", Services: []queue.ServiceID{"homes"}}, {ID: "2", Services: []queue.ServiceID{"homes", "land"}}}}
	sit := forecast.Situation{Now: morning, Lineup: queue.NewLineup(c)}
	for _, id := range open {
		sit.Lineup.Open(id, true)
		sit.Desks = append(sit.Desks, forecast.Desk{Window: id})
	}
	return sit, forecast.Learn(tenMinutes("homes", "land"))
}

func tenMinutes(services ...queue.ServiceID) (seen []forecast.Observation) {
	for _, id := range services {
		for range 20 {
			seen = append(seen, forecast.Observation{Service: id, Took: 10 * time.Minute, Weight: 1})
		}
	}
	return seen
}

func wait(sit forecast.Situation, n int, service queue.ServiceID, priority bool) {
	for range n {
		id := 1
		sit.Lineup.Each(func(queue.Entry) { id++ })
		sit.Lineup.Enter(queue.Entry{ID: queue.TicketID(id), Arrival: morning.Add(time.Duration(id) * time.Second), Service: service, Priority: priority})
	}
}

func want(t *testing.T, ranges map[forecast.Line]forecast.Range, service queue.ServiceID, priority bool, minutes int) {
	t.Helper()
	r, ok := ranges[forecast.Line{Service: service, Priority: priority}]
	m := time.Duration(minutes) * time.Minute
	if !ok || r.Low != m || r.Middle != m || r.High != m {
		t.Errorf("%s, priority %t: got %v, want %v", service, priority, r, m)
	}
}

// TestRangesByTheRules: with times that never differ, the wait is what the rules say to the minute.
func TestRangesByTheRules(t *testing.T) {
	sit, times := setting("1")
	wait(sit, 3, "homes", false)
	r := forecast.Ranges(sit, times, forecast.Options{Runs: 20})
	want(t, r, "homes", false, 30)
	want(t, r, "homes", true, 0) // the run is 0: a priority newcomer comes before all who wait
	if _, told := r[forecast.Line{Service: "land"}]; told {
		t.Error("a range for a service that no open window takes")
	}

	sit, times = setting("1", "2")
	wait(sit, 4, "homes", false)
	r = forecast.Ranges(sit, times, forecast.Options{Runs: 20})
	want(t, r, "homes", false, 20)
	want(t, r, "land", false, 20) // window 2 prefers homes
}

// TestOccupiedDesks: what is being served counts with the time that it already took, and a pause until its end.
func TestOccupiedDesks(t *testing.T) {
	sit, times := setting("1", "2")
	sit.Desks[0].Service, sit.Desks[0].Since = "homes", morning.Add(-4*time.Minute)
	sit.Desks[1].Paused, sit.Desks[1].Until = true, morning.Add(25*time.Minute)
	r := forecast.Ranges(sit, times, forecast.Options{Runs: 20})
	want(t, r, "homes", false, 6)
	want(t, r, "land", false, 25)
}

// TestTooLittleKnown: below five observations nothing is told.
func TestTooLittleKnown(t *testing.T) {
	sit, _ := setting("1", "2")
	seen := append(tenMinutes("homes"), tenMinutes("land")[:4]...)
	r := forecast.Ranges(sit, forecast.Learn(seen), forecast.Options{Runs: 20})
	if _, told := r[forecast.Line{Service: "land"}]; told || len(r) != 2 {
		t.Fatalf("told %v", r)
	}
}

// TestForecastChangesNothing: the situation is as it was, and the same seed gives the same ranges.
func TestForecastChangesNothing(t *testing.T) {
	sit, times := setting("1", "2")
	wait(sit, 9, "homes", false)
	wait(sit, 3, "land", true)
	sit.Rates = map[forecast.Line]float64{{Service: "homes", Priority: true}: 6, {Service: "land"}: 4}
	first := forecast.Ranges(sit, times, forecast.Options{Runs: 30, Seed: 5})
	if again := forecast.Ranges(sit, times, forecast.Options{Runs: 30, Seed: 5}); fmt.Sprint(again) != fmt.Sprint(first) {
		t.Fatalf("%v, then %v", first, again)
	}
	n := 0
	sit.Lineup.Each(func(queue.Entry) { n++ })
	if n != 12 {
		t.Fatalf("%d wait", n)
	}
}

// TestRecordComesBackToItsPromise: whatever is wrong with the runs, a tenth of the waits lies beyond each end.
func TestRecordComesBackToItsPromise(t *testing.T) {
	var r forecast.Record
	for i := range 4000 {
		came := time.Duration(5+(i*7919)%60) * time.Minute // 5 to 64 minutes, evenly
		told := r.Adjust(forecast.Range{Low: 9 * time.Minute, Middle: 10 * time.Minute, High: 11 * time.Minute})
		r.Learn(told, came)
	}
	if share := float64(r.Held) / float64(r.Told); share < 0.76 || share > 0.84 {
		t.Fatalf("%.2f held", share)
	}
}

// TestFadedTimes: what is older counts less, and all days together not more than a good one.
func TestFadedTimes(t *testing.T) {
	day := func(took time.Duration) []forecast.Observation {
		return []forecast.Observation{{Service: "homes", Took: took, Weight: 1}, {Service: "homes", Took: took, Weight: 1}, {Service: "homes", Took: took, Weight: 1}}
	}
	days := [][]forecast.Observation{day(time.Hour)}
	for range 20 {
		days = append(days, day(time.Minute))
	}
	if mean := forecast.Learn(forecast.Fade(days)).Mean("homes"); mean < time.Minute || mean > 3*time.Minute {
		t.Fatalf("the mean is %v", mean)
	}
	if seen := forecast.Earlier(map[queue.ServiceID]queue.Histogram{"homes": {0, 0, 500}}); len(seen) != 1 || seen[0].Weight > 50 || seen[0].Took != 150*time.Second {
		t.Fatalf("read back %+v", seen)
	}
}
