// Package queue holds the rules of the hall: who may take a number, whom a
// window calls next, and what becomes of every ticket.
//
// It is pure. There is no goroutine, no clock and no input or output in it, and
// it imports nothing of ours. Two functions are its heart:
//
//	Decide(state, command, now) -> (events, error)   // what would happen
//	Evolve(state, event)                             // what did happen
//
// Decide never changes the state and never looks at anything but its arguments:
// the same state, command and time give the same events, always. Whatever is
// costly or comes from outside (a ticket's secret code, a wait range, the
// configuration of a day that has to be opened) is computed before and handed in
// as data. Evolve owns the state that it is given and changes it in place; it
// obeys events even where Decide would refuse today, because the journal is the
// truth and rules may have changed since it was written. What no rules could have
// decided it refuses: then the journal is damaged.
//
// A newcomer reads in this order: machine.go (the states of a ticket and the
// moves between them), configuration.go and hours.go (what a hall decides, and
// when it is open), command.go and event.go (what is asked and what happened),
// state.go, pick.go (whom a window calls next), then the decide files, evolve.go
// and evolve_fits.go (what cannot have happened). The package check proves on any
// journal that the promises were kept; figures counts what reports tell.
//
// The day is the unit: numbers restart with each day.opened, which carries the
// whole configuration, so that a day replays alone.
package queue
