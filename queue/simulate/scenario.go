// Package simulate plays days of a hall: visitors who come, clerks who call,
// and what goes wrong, on a clock of its own.
//
// It is the harness of the queue's tests and the heart of `petitionhall
// simulate`. Whatever happens is decided by the engine (queue.Decide) and shown
// to the checker (queue/check), and all chance comes from one seed: the same
// seed, scenario and program give the same events, byte for byte.
//
// A newcomer reads scenario.go (what a day is like), day.go (the clock, the
// visitors, the commands), clerk.go (what the people at the windows do), fault.go
// (what is done on purpose to break it) and estimate.go (waits that are told, and
// what came of them, beside the usual estimators).
package simulate

import (
	"fmt"

	"petitionhall/queue"
)

// Scenario says what the days of a hall are like. Times of day are minutes from
// midnight, shares are between 0 and 1.
type Scenario struct {
	Configuration *queue.Configuration `yaml:"-" json:"-"`
	// Opens and Closes are when windows open, and when nobody is let in any more.
	Opens  int `yaml:"opens"`
	Closes int `yaml:"closes"`
	// Arrivals are the visitors to be expected in each half-hour from Opens on.
	Arrivals []float64 `yaml:"arrivals"`
	// Services are how visitors spread, and how long they take.
	Services map[queue.ServiceID]Service `yaml:"services"`
	// Persons is the mean size of a party, from 1.
	Persons float64 `yaml:"persons"`
	// Priority is the share that asks for priority.
	Priority float64 `yaml:"priority"`
	// NoShow is the share that does not come when called, Back the share of these that comes later.
	NoShow float64 `yaml:"noShow"`
	Back   float64 `yaml:"back"`
	// Transfer, Hold, Joint, ByNumber, Undo and Cancel are the shares of tickets to which that happens.
	Transfer float64 `yaml:"transfer"`
	Hold     float64 `yaml:"hold"`
	Joint    float64 `yaml:"joint"`
	ByNumber float64 `yaml:"byNumber"`
	Undo     float64 `yaml:"undo"`
	Cancel   float64 `yaml:"cancel"`
	// Pauses is how often a window pauses on a day, each for about PauseMinutes.
	Pauses       float64 `yaml:"pauses"`
	PauseMinutes float64 `yaml:"pauseMinutes"`
	// Shifts are when windows are staffed; the others are all day.
	Shifts map[queue.WindowID]Shift `yaml:"shifts"`
	// Bursts are groups that come at once.
	Bursts []Burst `yaml:"bursts"`
	// Variation is how much slower or faster whole days are: the standard deviation of the logarithm.
	Variation float64 `yaml:"variation"`
	// TypedMinutes is the average that somebody typed in, for the usual estimator; 0 for the true one.
	TypedMinutes float64 `yaml:"typedMinutes"`
	// Faults is how many commands in a thousand are accompanied by a fault.
	Faults int `yaml:"faults"`
}

// Service is how a service is asked for.
type Service struct {
	// Share is its part of the visitors, against the others.
	Share float64 `yaml:"share"`
	// Minutes is how long a visitor is received, on average.
	Minutes float64 `yaml:"minutes"`
	// Spread is the standard deviation of the logarithm: 0.5 is usual, 1 is wild.
	Spread float64 `yaml:"spread"`
}

// Shift is when a window is staffed.
type Shift struct {
	From  int `yaml:"from"`
	Until int `yaml:"until"`
}

// Burst is a group that comes at once.
type Burst struct {
	At      int             `yaml:"at"`
	Service queue.ServiceID `yaml:"service"`
	Count   int             `yaml:"count"`
	// Share is on which part of the days it happens; 0 means every day.
	Share float64 `yaml:"share"`
}

// Fill gives what is not said a usual value, and refuses what cannot be played.
// The error names the field.
func (s *Scenario) Fill() error {
	if s.Configuration == nil {
		return fmt.Errorf("a scenario needs a configuration")
	}
	if s.Opens == 0 && s.Closes == 0 {
		s.Opens, s.Closes = 9*60, 17*60
	}
	if s.Opens < 0 || s.Closes <= s.Opens || s.Closes > 22*60 {
		return fmt.Errorf("opens, closes: %d to %d is no day between 0 and 1320", s.Opens, s.Closes)
	}
	if len(s.Arrivals) == 0 {
		s.Arrivals = []float64{10, 16, 18, 15, 10, 4, 4, 6, 12, 14, 12, 9, 6, 4, 2, 1}
	}
	if s.Persons == 0 {
		s.Persons = 3.5
	}
	if s.PauseMinutes == 0 {
		s.PauseMinutes = 12
	}
	if len(s.Services) == 0 {
		s.Services = map[queue.ServiceID]Service{}
		for i := range s.Configuration.Services {
			s.Services[s.Configuration.Services[i].ID] = Service{Share: 1, Minutes: 14, Spread: 0.6}
		}
	}
	for id, service := range s.Services {
		if _, ok := s.Configuration.Service(id); !ok {
			return fmt.Errorf("services: the hall has no %q", id)
		}
		if service.Share < 0 || service.Minutes <= 0 || service.Spread < 0 {
			return fmt.Errorf("services.%s: share and spread are not below 0, minutes are above", id)
		}
	}
	for i, b := range s.Bursts {
		if _, ok := s.Configuration.Service(b.Service); !ok || b.Count < 0 {
			return fmt.Errorf("bursts[%d]: %d for %q cannot come", i, b.Count, b.Service)
		}
	}
	for id := range s.Shifts {
		if _, ok := s.Configuration.Window(id); !ok {
			return fmt.Errorf("shifts: the hall has no window %q", id)
		}
	}
	for name, share := range map[string]float64{"priority": s.Priority, "noShow": s.NoShow, "back": s.Back, "transfer": s.Transfer, "hold": s.Hold,
		"joint": s.Joint, "byNumber": s.ByNumber, "undo": s.Undo, "cancel": s.Cancel} {
		if share < 0 || share > 1 {
			return fmt.Errorf("%s: %v is not between 0 and 1", name, share)
		}
	}
	return nil
}
