package queue

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Text is a wording in the two languages every hall has.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// ServiceID names a service by its English slug, such as "natural-resources".
type ServiceID string

// WindowID names a window. A window keeps its id when its number changes.
type WindowID string

// Configuration is all that a hall decides. It is recorded whole with each day,
// so that the day replays alone; a change waits for the next day unless a later
// event applies it.
type Configuration struct {
	// Name is the hall's name as screens and slips show it.
	Name Text `json:"name"`
	// TimeZone is the IANA zone in which the hall's day turns, such as "Asia/Shanghai".
	TimeZone string `json:"timeZone"`
	// ServiceDesk says where the desk is, such as "进门右手边"; both empty when not told.
	ServiceDesk Text `json:"serviceDesk"`
	// KiosksClosed says that numbers are not taken at kiosks now, on purpose: they
	// send to the desk. The desk goes on giving numbers.
	KiosksClosed bool `json:"kiosksClosed,omitempty"`
	// Slot is where a kiosk's slip comes out, seen from the screen: below, left or right.
	Slot string `json:"slot"`
	// PublicAddress is the base of the QR's address, such as "HTTP://10.0.0.5";
	// empty when visitors' phones cannot reach the hall, then the slip has no QR.
	PublicAddress string `json:"publicAddress"`
	// General is the service that takes anyone.
	General ServiceID `json:"general"`
	// Rules are the numbers of the queue's discipline.
	Rules Rules `json:"rules"`
	// Services are what people come for, in the order of the kiosk's tiles.
	Services []ServiceConfig `json:"services"`
	// Windows are where people are received, in the order of the board.
	Windows []WindowConfig `json:"windows"`
	// Notices are lines for the boards; at most 20 of at most 60 characters (160 in English).
	Notices []Text `json:"notices"`
	// Hours are when the hall is open; nil when it is whenever somebody opens it.
	Hours *Hours `json:"hours,omitempty"`
	// LeaderService is what numbers for a leader's reception are taken for; it is
	// offered only when Leaders says so. Empty when leaders do not receive here.
	LeaderService ServiceID `json:"leaderService,omitempty"`
	// Leaders are the turns of those who receive; at most 400.
	Leaders []LeaderTurn `json:"leaders,omitempty"`
	// Boards are the wall boards; at most 64. Without any, one board shows all windows and speaks.
	Boards []BoardConfig `json:"boards,omitempty"`
	// Voice is what the hall says aloud; nil for the default.
	Voice *VoiceConfig `json:"voice,omitempty"`
}

// Rules are the numbers of the queue's discipline (see the hall's rules in docs/rules.md).
type Rules struct {
	// RecallSeconds is the least time between two calls of a ticket, 0-600.
	RecallSeconds int `json:"recallSeconds"`
	// MissCalls is how often a ticket is called before it may be marked missed, 1-10.
	MissCalls int `json:"missCalls"`
	// MissSeconds is the least time from the first call to a miss, 0-3600.
	MissSeconds int `json:"missSeconds"`
	// RejoinAfter is how many calls of the window pass before a rejoined ticket comes up, 0-20.
	RejoinAfter int `json:"rejoinAfter"`
	// PriorityRun is k of k:1, the priority tickets called before an ordinary one is due, 1-10.
	PriorityRun int `json:"priorityRun"`
	// PassOver is the bound B on being passed over by preference, 1-20; 0 means 5.
	PassOver int `json:"passOver,omitempty"`
	// UndoSeconds is how long a window may take back its last call, miss or finish, 1-60; 0 means 20.
	UndoSeconds int `json:"undoSeconds,omitempty"`
	// KeepDays is how long ticket rows are kept, 1-90 days; daily totals stay.
	KeepDays int `json:"keepDays"`
}

// ServiceConfig is one thing people come for.
type ServiceConfig struct {
	ID ServiceID `json:"id"`
	// Name is short: at most four Chinese characters fit an LED strip.
	Name     Text `json:"name"`
	FullName Text `json:"fullName"`
	// Series is the letter before the number. Services may share one.
	Series string `json:"series"`
	// Discreet keeps the service's name and its windows off every public place.
	Discreet bool  `json:"discreet"`
	Topic    Topic `json:"topic"`
	// Hours narrow those of the hall; nil for the hall's.
	Hours *Hours `json:"hours,omitempty"`
}

// Topic is how a visitor finds a service: everyday words, not the office's name.
type Topic struct {
	// Head is the tile's large line, at most 9 Chinese characters.
	Head Text `json:"head"`
	// About lists what the service handles, for the second screen.
	About Text `json:"about"`
	// Words are further search words.
	Words []string `json:"words"`
	// Icon names a line drawing of the front end.
	Icon string `json:"icon"`
	// Question leads to the right service where a topic is often mistaken; nil when there is none.
	Question *Question `json:"question"`
}

// Question is the one follow-up question of a topic. It may always be skipped.
type Question struct {
	Ask     Text     `json:"ask"`
	Answers []Answer `json:"answers"`
}

// Answer names the service that an answer leads to.
type Answer struct {
	Label   Text      `json:"label"`
	Service ServiceID `json:"service"`
}

// Presence says how a window is staffed.
type Presence string

// The three kinds of presence: 常驻, 轮驻, 随叫随驻.
const (
	Resident Presence = "resident"
	Rota     Presence = "rota"
	OnCall   Presence = "oncall"
)

// WindowConfig is one place where people are received.
type WindowConfig struct {
	ID WindowID `json:"id"`
	// Number is on the sign above the window, 1-999.
	Number int `json:"number"`
	// PublicName replaces the service's name on boards and slips; discreet windows need one.
	PublicName Text `json:"publicName"`
	// Services are what the window takes, the one it prefers first.
	Services []ServiceID `json:"services"`
	Presence Presence    `json:"presence"`
	// StartAtCall lets a call count as the start, for windows where the visitor already stands there.
	StartAtCall bool `json:"startAtCall"`
	// Hours are when somebody is to be expected there (a rota, 轮驻); nil when not told. Opening it at other times is nobody's fault.
	Hours *Hours `json:"hours,omitempty"`
	// OnCallMinutes is how soon somebody comes to a window on call, 0-240; 0 when not told.
	OnCallMinutes int `json:"onCallMinutes,omitempty"`
	// Room is what the window is instead of a counter; empty for a window.
	Room Room `json:"room,omitempty"`
	// Strip is the small screen above the window; nil for 64 dots and one line.
	Strip *StripConfig `json:"strip,omitempty"`
}

// StripConfig is a small screen above a window (窗口小屏).
type StripConfig struct {
	// HalfWidths is how many half-width characters fit a line, 4-64: 64 dots are 8.
	HalfWidths int `json:"halfWidths"`
	// Lines are 1 or 2.
	Lines int `json:"lines"`
}

// Service finds a service by its id.
func (c *Configuration) Service(id ServiceID) (*ServiceConfig, bool) {
	for i := range c.Services {
		if c.Services[i].ID == id {
			return &c.Services[i], true
		}
	}
	return nil, false
}

// Window finds a window by its id.
func (c *Configuration) Window(id WindowID) (*WindowConfig, bool) {
	for i := range c.Windows {
		if c.Windows[i].ID == id {
			return &c.Windows[i], true
		}
	}
	return nil, false
}

// WindowsOf lists the windows that serve a service, in board order.
func (c *Configuration) WindowsOf(id ServiceID) []*WindowConfig {
	var found []*WindowConfig
	for i := range c.Windows {
		if c.Windows[i].serves(id) {
			found = append(found, &c.Windows[i])
		}
	}
	return found
}

// Discreet tells whether a window takes only discreet services, so that
// nothing public may say what it is for.
func (c *Configuration) Discreet(w *WindowConfig) bool {
	for _, id := range w.Services {
		if s, ok := c.Service(id); ok && !s.Discreet {
			return false
		}
	}
	return len(w.Services) > 0
}

func (w *WindowConfig) serves(id ServiceID) bool {
	return slices.Contains(w.Services, id)
}

// Validate checks the configuration as a whole. The error is an *Error with
// CodeConfiguration and the exact path of the first fault.
func (c *Configuration) Validate() error {
	if c.Name.ZH == "" {
		return invalid("name.zh", "a hall needs a name")
	}
	if _, err := time.LoadLocation(c.TimeZone); err != nil || c.TimeZone == "" {
		return invalid("timeZone", "%q is not a time zone", c.TimeZone)
	}
	switch c.Slot {
	case "below", "left", "right":
	default:
		return invalid("slot", "%q is none of below, left, right", c.Slot)
	}
	if err := c.Rules.validate(); err != nil {
		return err
	}
	if err := c.validateServices(); err != nil {
		return err
	}
	if err := c.validateWindows(); err != nil {
		return err
	}
	if err := c.validateBoards(); err != nil {
		return err
	}
	if err := c.Voice.validate(); err != nil {
		return err
	}
	if err := c.Hours.validate("hours"); err != nil {
		return err
	}
	return c.validateLeaders()
}

// What a rule means that a hall has not set.
const (
	defaultPassOver    = 5
	defaultUndoSeconds = 20
)

func (r Rules) passOver() int { return cmp.Or(r.PassOver, defaultPassOver) }

func (r Rules) undoTime() time.Duration {
	return time.Duration(cmp.Or(r.UndoSeconds, defaultUndoSeconds)) * time.Second
}

func (r Rules) validate() error {
	for _, f := range []struct {
		name           string
		value, low, hi int
	}{
		{"recallSeconds", r.RecallSeconds, 0, 600},
		{"missCalls", r.MissCalls, 1, 10},
		{"missSeconds", r.MissSeconds, 0, 3600},
		{"rejoinAfter", r.RejoinAfter, 0, 20},
		{"priorityRun", r.PriorityRun, 1, 10},
		{"passOver", r.PassOver, 0, 20},
		{"undoSeconds", r.UndoSeconds, 0, 60},
		{"keepDays", r.KeepDays, 1, 90},
	} {
		if f.value < f.low || f.value > f.hi {
			return invalid("rules."+f.name, "%d is not between %d and %d", f.value, f.low, f.hi)
		}
	}
	return nil
}

func (c *Configuration) validateServices() error {
	if len(c.Services) == 0 {
		return invalid("services", "a hall needs a service")
	}
	seen := map[ServiceID]bool{}
	for i, s := range c.Services {
		at := fmt.Sprintf("services[%d]", i)
		switch {
		case s.ID == "":
			return invalid(at+".id", "a service needs an id")
		case seen[s.ID]:
			return invalid(at+".id", "%q stands twice", s.ID)
		case s.Name.ZH == "":
			return invalid(at+".name.zh", "a service needs a name")
		case !validSeries(s.Series):
			return invalid(at+".series", "%q is not a series: one letter A-Z", s.Series)
		}
		if err := s.Hours.validate(at + ".hours"); err != nil {
			return err
		}
		seen[s.ID] = true
	}
	if !seen[c.General] {
		return invalid("general", "%q is no service of this hall", c.General)
	}
	for i, s := range c.Services {
		if s.Topic.Question == nil {
			continue
		}
		for j, a := range s.Topic.Question.Answers {
			if !seen[a.Service] {
				return invalid(fmt.Sprintf("services[%d].topic.question.answers[%d].service", i, j), "%q is no service of this hall", a.Service)
			}
		}
	}
	return nil
}

func validSeries(s string) bool { return len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z' }

const (
	maxWindows = 500
	maxOnCall  = 240
)

func (c *Configuration) validateWindows() error {
	if len(c.Windows) == 0 {
		return invalid("windows", "a hall needs a window")
	}
	if len(c.Windows) > maxWindows {
		return invalid("windows", "%d windows are more than %d", len(c.Windows), maxWindows)
	}
	ids, numbers := map[WindowID]bool{}, map[int]bool{}
	for i := range c.Windows {
		w := &c.Windows[i]
		at := fmt.Sprintf("windows[%d]", i)
		switch {
		case w.ID == "":
			return invalid(at+".id", "a window needs an id")
		case ids[w.ID]:
			return invalid(at+".id", "%q stands twice", w.ID)
		case w.Number < 1 || w.Number > 999:
			return invalid(at+".number", "%d is not between 1 and 999", w.Number)
		case numbers[w.Number]:
			return invalid(at+".number", "%d stands twice", w.Number)
		case w.Presence != Resident && w.Presence != Rota && w.Presence != OnCall:
			return invalid(at+".presence", "%q is none of resident, rota, oncall", w.Presence)
		case len(w.Services) == 0:
			return invalid(at+".services", "a window needs a service")
		case w.OnCallMinutes < 0 || w.OnCallMinutes > maxOnCall:
			return invalid(at+".onCallMinutes", "%d is not between 0 and %d", w.OnCallMinutes, maxOnCall)
		case !slices.Contains([]Room{"", JointRoom, LeaderRoom, MediationRoom}, w.Room):
			return invalid(at+".room", "%q is none of joint, leader, mediation", w.Room)
		case w.Strip != nil && (w.Strip.HalfWidths < 4 || w.Strip.HalfWidths > 64):
			return invalid(at+".strip.halfWidths", "%d is not between 4 and 64", w.Strip.HalfWidths)
		case w.Strip != nil && (w.Strip.Lines < 1 || w.Strip.Lines > 2):
			return invalid(at+".strip.lines", "%d is neither 1 nor 2", w.Strip.Lines)
		}
		if err := w.Hours.validate(at + ".hours"); err != nil {
			return err
		}
		ids[w.ID], numbers[w.Number] = true, true
		for j, id := range w.Services {
			if _, ok := c.Service(id); !ok {
				return invalid(fmt.Sprintf("%s.services[%d]", at, j), "%q is no service of this hall", id)
			}
			if slices.Contains(w.Services[:j], id) {
				return invalid(fmt.Sprintf("%s.services[%d]", at, j), "%q stands twice", id)
			}
		}
		if c.Discreet(w) && w.PublicName.ZH == "" {
			return invalid(at+".publicName.zh", "a discreet window needs a public name")
		}
	}
	for i := range c.Services {
		if len(c.WindowsOf(c.Services[i].ID)) == 0 {
			return invalid(fmt.Sprintf("services[%d].id", i), "no window takes %q: whoever takes a number for it would wait for nobody", c.Services[i].ID)
		}
	}
	return nil
}
