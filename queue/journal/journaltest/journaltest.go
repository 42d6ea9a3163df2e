// Package journaltest proves that a store fulfils the contract of queue/journal, and helps to test what
// stands on a journal.
//
// Run is the suite: every store's tests call it, and a sentence of the contract that it does not check is a
// gap in it. Flaky wraps any journal and makes chosen appends go wrong in the ways that the contract knows.
package journaltest

import (
	"testing"

	"petitionhall/queue/journal"
)

// Subject is one empty storage of the kind that is to be tested.
type Subject struct {
	// Open opens a handle on the storage. The suite closes each handle before it opens the next, except
	// where the storage is Shared, and all of them at the end of a test.
	Open func() (journal.Journal, error)
	// Shared tells that several handles may be open at the same time.
	Shared bool
}

// Run checks a kind of store against every sentence of the contract. It calls fresh for each storage that it
// needs, some hundred times; what fresh sets up is to be cleaned up with the t that it gets.
func Run(t *testing.T, fresh func(t *testing.T) Subject) {
	t.Helper()
	for _, group := range []struct {
		name  string
		tests []test
	}{
		{"append", appendTests},
		{"read", readTests},
		{"wait", waitTests},
		{"days", dayTests},
		{"trim", trimTests},
		{"reopen", reopenTests},
		{"close", closeTests},
		{"context", contextTests},
		{"concurrent", concurrentTests},
		{"shared", sharedTests},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, test := range group.tests {
				t.Run(test.name, func(t *testing.T) {
					subject := fresh(t)
					if test.shared && !subject.Shared {
						return
					}
					test.run(newKit(t, subject))
				})
			}
		})
	}
	t.Run("model", func(t *testing.T) { checkModel(t, fresh) })
}

// test is one sentence of the contract, or a few that belong together.
type test struct {
	name   string
	shared bool // only for storages that are Shared
	run    func(k *kit)
}
