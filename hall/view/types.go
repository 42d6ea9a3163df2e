// Package view turns the hall's state into what programs and people may see of
// it: the JSON of the API and of the live events.
//
// It is the one place that decides what is public. A discreet service shows no
// windows, a discreet window shows its public name and no services; the size of
// a party and its priority stand in the window's own view only.
package view

import (
	"time"

	"petitionhall/queue"
)

// What a hall decides is shown as it was decided.
type (
	// Text is a wording in both languages.
	Text = queue.Text
	// Topic is how a visitor finds a service.
	Topic = queue.Topic
	// Wait is a range of minutes.
	Wait = queue.Wait
)

// Hall is the whole public state: what a board or a kiosk needs to start.
type Hall struct {
	Revision     uint64    `json:"revision" doc:"the journal's revision that this shows"`
	At           time.Time `json:"at" doc:"the hall's clock, with its offset"`
	Day          string    `json:"day" doc:"the date of the day that is open or was closed today; empty before today's first take or opened window"`
	Phase        string    `json:"phase" enum:"closed,open,stopped,paused"`
	Name         Text      `json:"name"`
	TimeZone     string    `json:"timeZone" doc:"IANA name"`
	HelpDesk     Text      `json:"helpDesk" doc:"where the service desk is; empty when not told"`
	KiosksClosed bool      `json:"kiosksClosed" required:"false" doc:"kiosks are out of use on purpose and send to the desk"`
	Slot         string    `json:"slot" enum:"below,left,right" doc:"where a slip comes out, seen from the screen"`
	// RejoinAfter is told on slips and screens: 隔3个号叫您.
	RejoinAfter int       `json:"rejoinAfter"`
	Services    []Service `json:"services"`
	Windows     []Window  `json:"windows"`
	Calls       []Call    `json:"calls" doc:"newest first, at most 10, of each ticket only its newest"`
	Leader      *Leader   `json:"leader" doc:"the leader who receives today; null when none does"`
	NextLeader  *Leader   `json:"nextLeader,omitempty" doc:"the next leader to receive on a later day; absent while none is known"`
	Issuing     Issuing   `json:"issuing" required:"false" doc:"whether numbers are given, by the hours of the hall"`
	// Pause is the pause of the whole hall; absent without one.
	Pause    *Pause    `json:"pause,omitempty"`
	Notices  []Text    `json:"notices"`
	Boards   []Board   `json:"boards" required:"false" doc:"the wall boards, in their order; at least one"`
	General  string    `json:"general" doc:"the service that takes anyone"`
	Help     []Help    `json:"help" required:"false" doc:"visitors at kiosks who ask for a person and whom nobody has answered, oldest first"`
	Printers []Printer `json:"printers" doc:"the hub's own printer, if it has one, and those of kiosks that tell"`
}

// Help is a visitor at a kiosk who asks for a person (需要帮助).
type Help struct {
	ID   string    `json:"id"`
	From string    `json:"from" doc:"which kiosk, by its printer's id"`
	At   time.Time `json:"at"`
}

// Leader is a leader's reception (领导坐班接访).
type Leader struct {
	Post    Text      `json:"post"`
	Name    Text      `json:"name"`
	From    time.Time `json:"from" required:"false"`
	Until   time.Time `json:"until" required:"false"`
	Window  string    `json:"window" required:"false" doc:"where the leader receives"`
	Service string    `json:"service" required:"false" doc:"what the numbers for it are taken for"`
}

// Issuing says whether numbers are given.
type Issuing struct {
	State string     `json:"state" enum:"open,early,off,stopped"`
	From  *time.Time `json:"from,omitempty" doc:"when numbers are given next; absent while they are, or when it is not known"`
}

// Pause is a pause of the whole hall.
type Pause struct {
	Reason string     `json:"reason" enum:"meeting,countryside,meal,materials,handover,other"`
	Until  *time.Time `json:"until,omitempty" doc:"the promised end"`
}

// Board is a wall board, with what it left to the hall filled in.
type Board struct {
	ID             string   `json:"id"`
	Name           Text     `json:"name"`
	Windows        []string `json:"windows" doc:"ids, in the order of the board"`
	Columns        int      `json:"columns" doc:"0: as many as look best"`
	DistanceMetres int      `json:"distanceMetres" doc:"from how far its calls must be read; 0: it fills the screen"`
	ScreenInches   int      `json:"screenInches" doc:"the screen's diagonal"`
	Orientation    string   `json:"orientation" enum:",landscape,portrait"`
	Notices        []Text   `json:"notices"`
	Leader         bool     `json:"leader" doc:"it shows the leader on duty"`
	Speaks         bool     `json:"speaks" doc:"the voice comes out of it"`
}

// Say is what the hall says aloud now. There is one at a time in the whole hall.
type Say struct {
	ID string `json:"id" doc:"never used again: whoever said it does not say it once more"`
	// Kind is one of queue.Announcements.
	Kind  string    `json:"kind"`
	At    time.Time `json:"at" doc:"when it began"`
	Until time.Time `json:"until" doc:"when it will be over: nobody else speaks before"`
	Chime string    `json:"chime" doc:"address of the chime's sound; empty for none"`
	Parts []SayPart `json:"parts" doc:"said one after the other, with a second of silence between them"`
}

// SayPart is what is said in one language. The first voice there is says the whole of it.
type SayPart struct {
	Language    string `json:"language"`
	Text        string `json:"text" doc:"for the browser's own voice, numbers spelled out"`
	Times       int    `json:"times" minimum:"1"`
	Recorded    string `json:"recorded" doc:"address of the sound in the recorded pack, all times; empty when it has not every clip"`
	Synthesised string `json:"synthesised" doc:"address of the sound in the pack that comes with the program, all times; empty when there is none in this language"`
}

// Service is one thing people come for.
type Service struct {
	Name     Text     `json:"name"`
	FullName Text     `json:"fullName"`
	Series   string   `json:"series"`
	Discreet bool     `json:"discreet"`
	Topic    Topic    `json:"topic"`
	Windows  []string `json:"windows" doc:"window ids; empty for a discreet service"`
	ServiceChange
}

// ServiceChange is what changes of a service during a day.
type ServiceChange struct {
	ID           string     `json:"id"`
	Waiting      int        `json:"waiting" doc:"numbers, not persons"`
	Wait         *Wait      `json:"wait" doc:"null while too little is known"`
	Availability string     `json:"availability" enum:"open,paused,closed,oncall"`
	Until        *time.Time `json:"until" nullable:"true" doc:"the promised end of a pause"`
	Issuing      string     `json:"issuing,omitempty" enum:"open,off,stopped" doc:"whether numbers are given for it, beside the hall's own hours; absent means open"`
	From         *time.Time `json:"from,omitempty" doc:"when it opens: today, while numbers are given for it already; else the next day on which it does"`
	Staffed      bool       `json:"staffed" doc:"somebody sits at one of its windows; open without it: a number may be taken, and is called once somebody comes"`
}

// Window is what the public sees of a window.
type Window struct {
	ID      string     `json:"id"`
	Number  int        `json:"number"`
	Name    Text       `json:"name" doc:"the public name"`
	Status  string     `json:"status" enum:"closed,idle,calling,serving,paused,oncall"`
	Ticket  *string    `json:"ticket" nullable:"true" doc:"the number at the window, such as C012"`
	Waiting int        `json:"waiting"`
	Until   *time.Time `json:"until" nullable:"true" doc:"the promised end of a pause"`
	Reason  string     `json:"reason" enum:",meeting,countryside,meal,materials,handover,other"`
	// Expected tells a closed window that is staffed every day from one that may not open today.
	Expected bool `json:"expected" doc:"closed, but it will open today"`
	// From is when somebody is to be expected there today, by its hours.
	From *time.Time `json:"from,omitempty" doc:"of a closed window: when it is to open today"`
	// OnCallMinutes is how soon somebody comes to a window on call.
	OnCallMinutes int `json:"onCallMinutes,omitempty" doc:"of a window on call: staff come within so many minutes"`
	// Room is what the window is instead of a counter.
	Room string `json:"room,omitempty" enum:"joint,leader,mediation"`
	// Strip is what the small screen above the window shows.
	Strip []string `json:"strip" required:"false" doc:"the small screen above the window: one line or two, the second may be empty; in Chinese, every character one of GBK"`
}

// Call is one call of a number to a window.
type Call struct {
	Revision     uint64    `json:"revision"`
	Ticket       string    `json:"ticket"`
	Window       string    `json:"window"`
	WindowNumber int       `json:"windowNumber"`
	WindowName   Text      `json:"windowName" doc:"empty for a discreet window"`
	Room         string    `json:"room,omitempty" enum:"joint,leader,mediation"`
	Times        int       `json:"times" minimum:"1"`
	At           time.Time `json:"at"`
}

// Change is what one revision changed; absent lists did not change.
type Change struct {
	Revision uint64          `json:"revision"`
	Windows  []Window        `json:"windows,omitempty"`
	Services []ServiceChange `json:"services,omitempty"`
}

// Tick is the heartbeat of the live events.
type Tick struct {
	Revision uint64    `json:"revision"`
	At       time.Time `json:"at"`
}

// Printer is how a printer is.
type Printer struct {
	ID     string `json:"id"`
	State  string `json:"state" enum:"ok,paper-out,cover-open,error,silent,offline,none,unknown"`
	Reason string `json:"reason"`
	Paper  string `json:"paper" enum:"ok,near-end,out,unknown"`
	// Unconfirmed are slips whose visitors may have none.
	Unconfirmed []UnconfirmedSlip `json:"unconfirmed" doc:"newest first, at most 5: slips of numbers still awaited that are not known to have come out"`
}

// Template is what stands on one kind of slip.
type Template struct {
	Name string `json:"name"`
	Own  bool   `json:"own" doc:"the hall changed it"`
	Text string `json:"text"`
}

// UnconfirmedSlip is a slip that is not known to have come out.
type UnconfirmedSlip struct {
	Job    string `json:"job"`
	Ticket string `json:"ticket"`
	Number string `json:"number"`
	State  string `json:"state" enum:"failed,unknown"`
	Reason string `json:"reason"`
}

// WindowReference names a window.
type WindowReference struct {
	ID     string `json:"id"`
	Number int    `json:"number"`
	Name   Text   `json:"name" doc:"empty for a discreet window"`
	Room   string `json:"room,omitempty" enum:"joint,leader,mediation"`
}

// PrintState is how a slip stands.
type PrintState struct {
	Job    string `json:"job" doc:"empty when there is no slip"`
	State  string `json:"state" enum:"none,reserved,sending,confirmed,sent,failed,unknown"`
	Reason string `json:"reason"`
	Slip   string `json:"slip" enum:"ticket,transfer,outcome" doc:"what the slip is for"`
}

// TicketTaken answers a take.
type TicketTaken struct {
	ID       string            `json:"id"`
	Number   string            `json:"number"`
	Service  string            `json:"service"`
	Windows  []WindowReference `json:"windows"`
	Ahead    int               `json:"ahead" doc:"numbers called before it if nobody else comes"`
	Wait     *Wait             `json:"wait"`
	IssuedAt time.Time         `json:"issuedAt"`
	Track    string            `json:"track" doc:"the address in the QR; empty when phones cannot reach the hall"`
	Code     string            `json:"code"`
	Print    PrintState        `json:"print"`
}

// Ticket is what the holder of a number sees on a phone.
type Ticket struct {
	Number  string            `json:"number"`
	State   string            `json:"state" enum:"waiting,called,serving,held,missed,done,cancelled,left,deferred"`
	Ahead   int               `json:"ahead"`
	Wait    *Wait             `json:"wait"`
	Window  *WindowReference  `json:"window" doc:"where it is called, served or missed; null while it waits"`
	Windows []WindowReference `json:"windows" doc:"the windows that may call it"`
	Times   int               `json:"times,omitempty" doc:"how often it has been called since it last waited; absent while it waits"`
	// Transferred goes with the state waiting alone.
	Transferred bool `json:"transferred,omitempty" doc:"another window sent it on, and it waits there with its number"`
	// Language is told to the phone that holds the slip, and to nobody else.
	Language string       `json:"language,omitempty" doc:"in which its slip is printed: zh or en"`
	Paused   *TicketPause `json:"paused,omitempty" doc:"nobody calls it now; absent where somebody may"`
	Rate     bool         `json:"rate,omitempty" doc:"it was received and has ended, and its holder may say today how it was"`
}

// TicketPause tells the holder of a number that calling has paused. Why somebody
// is away is nobody's business outside.
type TicketPause struct {
	Hall     bool       `json:"hall" doc:"the whole hall, not only the windows of this number"`
	Until    *time.Time `json:"until,omitempty" doc:"the promised end, of the window that is back first; absent where none was promised"`
	TimeZone string     `json:"timeZone" doc:"of the hall, for its clock"`
}

// WindowView is a window as its clerk sees it.
type WindowView struct {
	ID       string             `json:"id"`
	Number   int                `json:"number"`
	Name     Text               `json:"name"`
	FullName Text               `json:"fullName"`
	Services []ServiceReference `json:"services"`
	Status   string             `json:"status" enum:"closed,idle,calling,serving,paused,oncall"`
	Reason   string             `json:"reason" enum:",meeting,countryside,meal,materials,handover,other"`
	Until    *time.Time         `json:"until" nullable:"true"`
	Revision uint64             `json:"revision"`
	At       time.Time          `json:"at"`
	Phase    string             `json:"phase" enum:"closed,open,stopped,paused"`
	Ticket   *WindowTicket      `json:"ticket"`
	Waiting  []WindowTicket     `json:"waiting" doc:"first the one to be called next, then by arrival"`
	Held     []WindowTicket     `json:"held"`
	Missed   []WindowTicket     `json:"missed"`
	Joined   *Joined            `json:"joined,omitempty" doc:"another window's number that this one helps to receive (联合接访)"`
	Undo     *Undo              `json:"undo,omitempty" doc:"what the action undo would take back"`
	Served   Served             `json:"served" doc:"finished here today"`
	Actions  []Action           `json:"actions" doc:"legal now, or from a moment on; what is absent is not legal"`
}

// ServiceReference names a service.
type ServiceReference struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
}

// WindowTicket is a ticket as a window sees it.
type WindowTicket struct {
	ID          string     `json:"id"`
	Number      string     `json:"number"`
	State       string     `json:"state" enum:"waiting,called,serving,held,missed"`
	Service     string     `json:"service"`
	ServiceName Text       `json:"serviceName"`
	Persons     int        `json:"persons"`
	Priority    bool       `json:"priority"`
	ArrivedAt   time.Time  `json:"arrivedAt"`
	CalledAt    *time.Time `json:"calledAt" nullable:"true"`
	LastCallAt  *time.Time `json:"lastCallAt" nullable:"true"`
	StartedAt   *time.Time `json:"startedAt" nullable:"true"`
	MissedAt    *time.Time `json:"missedAt" nullable:"true"`
	HeldAt      *time.Time `json:"heldAt" nullable:"true"`
	Times       int        `json:"times"`
	FirstWindow *int       `json:"firstWindow" nullable:"true" doc:"the number of the window that called it first"`
	Joined      []int      `json:"joined" nullable:"false" doc:"the numbers of the windows that receive it as well"`
	Transferred bool       `json:"transferred"`
	Rejoined    bool       `json:"rejoined"`
	Print       string     `json:"print" enum:"none,reserved,sending,confirmed,sent,failed,unknown"`
}

// Joined is a reception that a window takes part in.
type Joined struct {
	Number string `json:"number"`
	Window int    `json:"window" doc:"the number of the window that the visitor sits at"`
}

// Undo is what a window may take back.
type Undo struct {
	What   string    `json:"what" enum:"call,miss,finish"`
	Number string    `json:"number"`
	Until  time.Time `json:"until"`
}

// Served counts what a window finished today: its own figures, never beside another's.
type Served struct {
	Tickets    int `json:"tickets" doc:"接待批次: the sum of the three outcomes"`
	Persons    int `json:"persons" doc:"接待人次"`
	Resolved   int `json:"resolved" doc:"现场答复解决"`
	Referred   int `json:"referred" doc:"交（转）办"`
	Unrecorded int `json:"unrecorded" doc:"未填结果"`
}

// Action is what a window may do.
type Action struct {
	Name string     `json:"name" enum:"next,call,recall,start,finish,miss,transfer,hold,resume,join,part,undo,pause,open,close,rejoin"`
	From *time.Time `json:"from" nullable:"true" doc:"not before; null means now"`
	// CallsLeft is told of a miss only: why the button is still grey.
	CallsLeft int `json:"callsLeft,omitempty" doc:"calls that are due before it is legal"`
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
