package boltstore_test

import (
	"path/filepath"
	"testing"

	"petitionhall/queue/boltstore"
	"petitionhall/queue/journal"
	"petitionhall/queue/journal/journaltest"
)

func TestConformance(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journaltest.Subject {
		path := filepath.Join(t.TempDir(), "hall.db")
		return journaltest.Subject{Open: func() (journal.Journal, error) {
			return boltstore.Open(path, boltstore.Options{Name: "hall"})
		}}
	})
}
