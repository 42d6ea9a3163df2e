package hall_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"petitionhall/hall"
	"petitionhall/hall/configuration"
)

// TestPurge: the tickets of days that are older than the hall keeps are gone
// from its file, and the totals of those days stay.
func TestPurge(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hall.yaml")
	text := strings.Replace(string(configuration.DefaultFile()), "keepDays: 30", "keepDays: 2", 1)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := newClock()
	s := serve(t, hall.Options{Now: c.read, Configuration: file})
	for range 6 {
		s.must("/api/v1/windows/2/open", "")
		s.must("/api/v1/tickets", `{"service":"housing","persons":3}`)
		s.must("/api/v1/windows/2/next", "")
		s.must("/api/v1/windows/2/finish", `{"outcome":"referred"}`)
		s.must("/api/v1/day/close", "")
		c.move(24 * time.Hour)
	}
	s.must("/api/v1/windows/2/open", "")
	kept := func() (days int) {
		var report struct{ Days int }
		if err := json.Unmarshal(s.ask("GET", "/api/v1/check", "", nil).body, &report); err != nil {
			t.Fatal(err)
		}
		return report.Days
	}
	for kept() > 3 { // the keeper of books works behind the answers
		runtime.Gosched()
	}
	totals := s.hall.Totals()
	served := 0
	for _, day := range totals {
		served += day.Served
	}
	if len(totals) != 6 || served != 6 {
		t.Errorf("of six days with a visitor each, totals of %d days with %d stay", len(totals), served)
	}
}
