package queue

// TicketState is where a ticket stands in its life.
type TicketState string

const (
	// Absent is the state before a take: there is no ticket yet.
	Absent TicketState = ""
	// Waiting is entered by a take, a transfer or a rejoin, and left by a call or a cancellation.
	Waiting TicketState = "waiting"
	// Called is entered by a call of a window. It is left when the visitor comes
	// (start), does not come (miss), is sent on (transfer) or gives the number back.
	Called TicketState = "called"
	// Serving is entered when the visitor sits at the window and left by an outcome or a transfer.
	Serving TicketState = "serving"
	// Missed is entered when the visitor did not come after the set calls (过号).
	// The number stays valid: a tap of the staff lets it rejoin.
	Missed TicketState = "missed"
	// Held is entered when the window parks a visitor who comes back to it, and
	// left when it takes the ticket up again (resume, or a call) or closes.
	Held TicketState = "held"
	// Done is an end: the ticket was served, and its outcome says how.
	Done TicketState = "done"
	// Cancelled is an end: the visitor gave the number back, or no slip ever came out.
	Cancelled TicketState = "cancelled"
	// Left is an end: missed, and not back by the end of the day.
	Left TicketState = "left"
	// Deferred is an end: the day closed before its turn, by a named decision.
	Deferred TicketState = "deferred"
)

// TicketStates lists every state, in the order of a ticket's life.
var TicketStates = []TicketState{Waiting, Called, Serving, Held, Missed, Done, Cancelled, Left, Deferred}

// Terminal tells whether a ticket in this state has ended.
func (s TicketState) Terminal() bool {
	switch s {
	case Done, Cancelled, Left, Deferred:
		return true
	default:
		return false
	}
}

// Move names what moves a ticket from one state to another.
type Move string

// The moves of a ticket. MoveRelease is the closing of its window, MoveClose that
// of the day; each of the others is one command.
const (
	MoveTake     Move = "take"
	MoveCall     Move = "call"
	MoveRecall   Move = "recall"
	MoveStart    Move = "start"
	MoveFinish   Move = "finish"
	MoveMiss     Move = "miss"
	MoveRejoin   Move = "rejoin"
	MoveTransfer Move = "transfer"
	MoveCancel   Move = "cancel"
	MoveHold     Move = "hold"
	MoveResume   Move = "resume"
	MoveJoin     Move = "join"
	MoveUndo     Move = "undo"
	MoveRelease  Move = "close-window"
	MoveClose    Move = "close-day"
)

// Moves lists every move.
var Moves = []Move{MoveTake, MoveCall, MoveRecall, MoveStart, MoveFinish, MoveMiss, MoveRejoin, MoveTransfer,
	MoveHold, MoveResume, MoveJoin, MoveUndo, MoveCancel, MoveRelease, MoveClose}

// Transition is one arrow of the machine.
type Transition struct {
	From TicketState
	Move Move
	To   TicketState
	// Note says when the arrow is taken, where the move alone does not.
	Note string
}

//go:generate go test -run TestDrawing -update .

// Machine is the life of a ticket, as data. A move that is not listed for a
// state is refused with Refusals[move].
var Machine = []Transition{
	{Absent, MoveTake, Waiting, ""},
	{Waiting, MoveCall, Called, ""},
	{Called, MoveRecall, Called, ""},
	{Called, MoveStart, Serving, ""},
	{Called, MoveFinish, Done, "implies start"},
	{Serving, MoveFinish, Done, ""},
	{Called, MoveMiss, Missed, "after the set calls and time"},
	{Missed, MoveRejoin, Waiting, ""},
	{Called, MoveTransfer, Waiting, ""},
	{Serving, MoveTransfer, Waiting, ""},
	{Held, MoveCall, Called, "by number"},
	{Missed, MoveCall, Called, "by number"},
	{Called, MoveHold, Held, ""},
	{Serving, MoveHold, Held, ""},
	{Held, MoveResume, Serving, ""},
	{Held, MoveRelease, Waiting, ""},
	{Serving, MoveJoin, Serving, ""},
	{Called, MoveUndo, Waiting, "the call"},
	{Called, MoveUndo, Held, "the call by number"},
	{Called, MoveUndo, Missed, "the call by number"},
	{Serving, MoveUndo, Waiting, "the call, where it is the start"},
	{Serving, MoveUndo, Held, "the call by number, where it is the start"},
	{Serving, MoveUndo, Missed, "the call by number, where it is the start"},
	{Missed, MoveUndo, Called, "the miss"},
	{Done, MoveUndo, Called, "the finish that implied the start"},
	{Done, MoveUndo, Serving, "the finish"},
	{Waiting, MoveCancel, Cancelled, "never started"},
	{Waiting, MoveCancel, Done, "once started: unrecorded"},
	{Called, MoveCancel, Cancelled, "never started"},
	{Called, MoveCancel, Done, "once started: unrecorded"},
	{Held, MoveCancel, Cancelled, "never started"},
	{Held, MoveCancel, Done, "once started: unrecorded"},
	{Missed, MoveCancel, Cancelled, "never started"},
	{Missed, MoveCancel, Done, "once started: unrecorded"},
	{Waiting, MoveClose, Deferred, "never started"},
	{Waiting, MoveClose, Done, "once started: unrecorded"},
	{Called, MoveClose, Deferred, "never started, by a named decision"},
	{Called, MoveClose, Left, "never started, at midnight"},
	{Called, MoveClose, Done, "once started: unrecorded"},
	{Serving, MoveClose, Done, "unrecorded"},
	{Held, MoveClose, Deferred, "never started"},
	{Held, MoveClose, Done, "once started: unrecorded"},
	{Missed, MoveClose, Left, "never started"},
	{Missed, MoveClose, Done, "once started: unrecorded"},
}

// Refusals gives the code with which a move is refused in a state that does not
// allow it. A ticket that has ended is refused with CodeTicketEnded instead
// wherever the move names the ticket itself.
var Refusals = map[Move]Code{
	MoveCall:     CodeTicketNotWaiting,
	MoveRecall:   CodeTicketNotCalled,
	MoveStart:    CodeTicketNotCalled,
	MoveFinish:   CodeTicketNotServing,
	MoveMiss:     CodeTicketNotCalled,
	MoveRejoin:   CodeTicketNotMissed,
	MoveTransfer: CodeTicketNotServing,
	MoveCancel:   CodeTicketNotWaiting,
	MoveHold:     CodeTicketNotServing,
	MoveResume:   CodeTicketNotHeld,
	MoveJoin:     CodeTicketNotServing,
	MoveUndo:     CodeUndoMovedOn,
}

// Allows tells whether the machine has an arrow for the move out of this state.
func (s TicketState) Allows(m Move) bool {
	for _, t := range Machine {
		if t.From == s && t.Move == m {
			return true
		}
	}
	return false
}

// check refuses a move that the machine does not have.
func (s TicketState) check(m Move) error {
	if s.Allows(m) {
		return nil
	}
	if s.Terminal() {
		return refuse(CodeTicketEnded)
	}
	return refuse(Refusals[m])
}
