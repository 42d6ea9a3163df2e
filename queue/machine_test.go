package queue_test

import (
	"testing"
	"time"

	"petitionhall/queue"
)

// into makes a ticket of every state at window 3, in a hall where window 1 is open as well.
var into = map[queue.TicketState]func(h *hall) *queue.Ticket{
	queue.Waiting: func(h *hall) *queue.Ticket { return h.take("land") },
	queue.Called: func(h *hall) *queue.Ticket {
		t := h.take("land")
		h.next("3")
		return t
	},
	queue.Serving: func(h *hall) *queue.Ticket {
		t := h.take("land")
		h.next("3")
		h.do(queue.Start{Window: "3"})
		return t
	},
	queue.Missed: func(h *hall) *queue.Ticket {
		h.take("land")
		return h.miss("3")
	},
	queue.Held: func(h *hall) *queue.Ticket {
		t := h.take("land")
		h.next("3")
		h.do(queue.Hold{Window: "3"})
		return t
	},
	queue.Done: func(h *hall) *queue.Ticket {
		t := h.take("land")
		h.serve("3")
		return t
	},
	queue.Cancelled: func(h *hall) *queue.Ticket {
		t := h.take("land")
		h.do(queue.Cancel{Ticket: t.ID, Reason: queue.CancelVisitor})
		return t
	},
}

// TestEveryCell walks every state x every command that concerns a ticket: the
// move is made exactly where the machine has an arrow, and refused with the
// machine's code everywhere else.
func TestEveryCell(t *testing.T) {
	commands := map[queue.Move]func(*queue.Ticket) queue.Action{
		queue.MoveRecall:   func(*queue.Ticket) queue.Action { return queue.Recall{Window: "3"} },
		queue.MoveStart:    func(*queue.Ticket) queue.Action { return queue.Start{Window: "3"} },
		queue.MoveFinish:   func(*queue.Ticket) queue.Action { return queue.Finish{Window: "3", Outcome: queue.Referred} },
		queue.MoveMiss:     func(*queue.Ticket) queue.Action { return queue.Miss{Window: "3"} },
		queue.MoveTransfer: func(*queue.Ticket) queue.Action { return queue.Transfer{Window: "3", Service: "homes"} },
		queue.MoveRejoin:   func(t *queue.Ticket) queue.Action { return queue.Rejoin{Ticket: t.ID} },
		queue.MoveCancel: func(t *queue.Ticket) queue.Action {
			return queue.Cancel{Ticket: t.ID, Reason: queue.CancelVisitor}
		},
		queue.MoveCall: func(t *queue.Ticket) queue.Action {
			return queue.CallTicket{Window: "3", Ticket: t.ID, Reason: queue.CallFrail}
		},
		queue.MoveHold:    func(*queue.Ticket) queue.Action { return queue.Hold{Window: "3"} },
		queue.MoveResume:  func(t *queue.Ticket) queue.Action { return queue.Resume{Window: "3", Ticket: t.ID} },
		queue.MoveJoin:    func(*queue.Ticket) queue.Action { return queue.Join{Window: "3", With: "1"} },
		queue.MoveUndo:    func(*queue.Ticket) queue.Action { return queue.Undo{Window: "3"} },
		queue.MoveRelease: func(*queue.Ticket) queue.Action { return queue.CloseWindow{Window: "3"} },
		queue.MoveClose:   func(t *queue.Ticket) queue.Action { return queue.CloseDay{Deferred: []queue.TicketID{t.ID}} },
		queue.MoveTake:    func(*queue.Ticket) queue.Action { return queue.Take{Service: "homes", Persons: 1, Code: "OTHER"} },
	}
	atWindow := map[queue.Move]bool{queue.MoveRecall: true, queue.MoveStart: true, queue.MoveFinish: true, queue.MoveMiss: true, queue.MoveTransfer: true,
		queue.MoveHold: true, queue.MoveJoin: true}
	for state, prepare := range into {
		for move, command := range commands {
			t.Run(string(state)+"/"+string(move), func(t *testing.T) {
				h := newHall(t)
				h.do(queue.OpenWindow{Window: "1"})
				h.do(queue.OpenWindow{Window: "3"})
				ticket := prepare(h)
				if ticket.State != state {
					t.Fatalf("prepared %s", ticket.State)
				}
				if move != queue.MoveUndo {
					h.now = h.now.Add(time.Minute)
				}
				if state == queue.Called && move == queue.MoveMiss {
					h.do(queue.Recall{Window: "3"})
					h.now = h.now.Add(time.Minute)
					h.do(queue.Recall{Window: "3"})
				}
				_, err := h.try(queue.Command{Action: command(ticket)})
				here := state == queue.Called || state == queue.Serving
				switch {
				case (move == queue.MoveCall || move == queue.MoveResume || move == queue.MoveRelease) && here:
					wantCode(t, err, queue.CodeWindowBusy)
				case move == queue.MoveTake, move == queue.MoveRelease && state != queue.Held, move == queue.MoveClose && state.Terminal():
					if err != nil || ticket.State != state {
						t.Fatalf("it has nothing to do with it, yet %v, and it is %s", err, ticket.State)
					}
				case move == queue.MoveUndo && !state.Allows(move) && state == queue.Held:
					wantCode(t, err, queue.CodeUndoMovedOn)
				case move == queue.MoveUndo && !state.Allows(move):
					wantCode(t, err, queue.CodeUndoNothing)
				case move == queue.MoveUndo && state == queue.Serving:
					wantCode(t, err, queue.CodeUndoMovedOn) // the call is undone until the visitor sits there
				case atWindow[move] && !here:
					wantCode(t, err, queue.CodeWindowNoTicket)
				case !state.Allows(move) && state.Terminal():
					wantCode(t, err, queue.CodeTicketEnded)
				case !state.Allows(move):
					wantCode(t, err, queue.Refusals[move])
				case err != nil:
					t.Fatalf("the machine allows it, yet %v", err)
				default:
					wantArrow(t, state, move, ticket.State)
				}
				h.kept()
			})
		}
	}
}

func wantCode(t *testing.T, err error, code queue.Code) {
	t.Helper()
	if queue.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func wantArrow(t *testing.T, from queue.TicketState, m queue.Move, to queue.TicketState) {
	t.Helper()
	for _, a := range queue.Machine {
		if a.From == from && a.Move == m && a.To == to {
			return
		}
	}
	t.Fatalf("the machine has no arrow from %s by %s to %s", from, m, to)
}

// TestMachineIsWhole holds the table itself: ends have no way out but the undo of a finish, and every other state has one.
func TestMachineIsWhole(t *testing.T) {
	for _, s := range queue.TicketStates {
		ways, in := 0, 0
		for _, a := range queue.Machine {
			if a.From == s && a.Move != queue.MoveUndo {
				ways++
			}
			if a.To == s {
				in++
			}
		}
		if s.Terminal() != (ways == 0) {
			t.Errorf("%s has %d ways out", s, ways)
		}
		if in == 0 {
			t.Errorf("nothing leads to %s", s)
		}
	}
	for _, m := range queue.Moves {
		if _, ok := queue.Refusals[m]; !ok && m != queue.MoveTake && m != queue.MoveRelease && m != queue.MoveClose {
			t.Errorf("%s has no refusal", m)
		}
	}
}

// TestServedTicketEndsAsReception: a visitor who was received and then gives
// the number back was received all the same.
func TestServedTicketEndsAsReception(t *testing.T) {
	h := newHall(t)
	h.do(queue.OpenWindow{Window: "3"})
	ticket := into[queue.Serving](h)
	h.do(queue.Transfer{Window: "3", Service: "homes"})
	h.do(queue.Cancel{Ticket: ticket.ID, Reason: queue.CancelVisitor})
	if ticket.State != queue.Done || ticket.Outcome != queue.Unrecorded {
		t.Fatalf("it is %s with outcome %q", ticket.State, ticket.Outcome)
	}
	if r := h.kept(); r.Served != 1 || r.Unrecorded != 1 {
		t.Fatalf("counted as %+v", r.Counts)
	}
}
