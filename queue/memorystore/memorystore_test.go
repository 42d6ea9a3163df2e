package memorystore_test

import (
	"testing"

	"petitionhall/queue/journal"
	"petitionhall/queue/journal/journaltest"
	"petitionhall/queue/memorystore"
)

func TestConformance(t *testing.T) {
	journaltest.Run(t, func(*testing.T) journaltest.Subject {
		var storage memorystore.Storage
		return journaltest.Subject{
			Open:   func() (journal.Journal, error) { return storage.Open(), nil },
			Shared: true,
		}
	})
}
