package view

import "time"

// VoiceState is how the voice of the hall is, for whoever looks after it.
type VoiceState struct {
	On bool `json:"on" doc:"false: the hall is switched to silence"`
	// Heard is what a hall without a loudspeaker finds out by: what it wants to say waits a minute and is dropped.
	Heard    bool        `json:"heard" doc:"somebody can say something now: a board whose sound is on, or the hub's loudspeaker"`
	Speakers []string    `json:"speakers" doc:"ids of the boards whose sound is on, each once"`
	Silent   []string    `json:"silent" doc:"ids of the boards that should speak, and of which none has its sound on"`
	Saying   string      `json:"saying" doc:"what is said now, one of queue.Announcements; empty when the hall is silent"`
	Waiting  int         `json:"waiting" doc:"announcements that wait"`
	Wait     float64     `json:"waitSeconds" doc:"how long the oldest of them has waited"`
	Longest  float64     `json:"longestWaitSeconds" doc:"the longest that a call waited which was said, since the hub began"`
	Hub      Loudspeaker `json:"hub" doc:"the hub's own loudspeaker"`
	// Languages are in the order in which they are spoken.
	Languages []SpokenLanguage `json:"languages"`
	Said      int              `json:"said" doc:"announcements said since the hub began"`
	Dropped   int              `json:"dropped" doc:"announcements that were not said, such as calls of numbers that had moved on"`
}

// Loudspeaker is how the hub's own loudspeaker is.
type Loudspeaker struct {
	State  string `json:"state" enum:"none,ok,no-player,failed"`
	Device string `json:"device" doc:"empty for none"`
	Reason Text   `json:"reason" doc:"what to do, for people; empty when all is well"`
	// Since is when it began to fail.
	Since *time.Time `json:"since,omitempty"`
}

// SpokenLanguage is one language that the hall speaks.
type SpokenLanguage struct {
	Language    string `json:"language"`
	Pack        string `json:"pack" doc:"the recorded pack; empty for none"`
	State       string `json:"state" enum:"none,ok,missing,faults" doc:"of the recorded pack: missing when nothing of it can be used, faults when some clips cannot"`
	Faults      int    `json:"faults" doc:"of the recorded pack"`
	Synthesised bool   `json:"synthesised" doc:"a pack that comes with the program speaks it"`
	Text        bool   `json:"text" doc:"a browser's own voice can speak it, where it has one"`
}
