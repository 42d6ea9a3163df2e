package hall

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"petitionhall/queue/boltstore"
	"petitionhall/queue/check"
	"petitionhall/queue/journal"
)

// addressFile says where a running hall is served, for the checker: the journal is locked then.
const addressFile = "address"

// Check proves the promises on the journal of a data directory. Beside a
// running hall it asks the hall, otherwise it opens the file, for reading only.
// Progress is told while a file is read.
func Check(ctx context.Context, data string, progress func(read, total int)) (check.Report, error) {
	path := filepath.Join(data, hallFile)
	j, err := boltstore.Open(path, boltstore.Options{Name: "hall", ReadOnly: true})
	switch {
	case errors.Is(err, journal.ErrLocked):
		return ask(ctx, data)
	case errors.Is(err, fs.ErrNotExist):
		return check.Report{}, fmt.Errorf("there is no hall in %s: %w", data, err)
	case err != nil:
		return check.Report{}, err
	}
	report, err := check.Journal(ctx, j, progress)
	if err = errors.Join(err, j.Close()); err != nil {
		return report, err
	}
	return withRatings(report, data)
}

// ask has the hall that is running check itself.
func ask(ctx context.Context, data string) (r check.Report, err error) {
	address, err := os.ReadFile(filepath.Join(data, addressFile))
	if err != nil {
		return r, fmt.Errorf("another program has the hall's journal open, and does not say where it can be asked: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSpace(string(address))+"/api/v1/check", nil)
	if err != nil {
		return r, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return r, fmt.Errorf("ask the running hall: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return r, fmt.Errorf("the running hall answered %s", response.Status)
	}
	return r, json.NewDecoder(response.Body).Decode(&r)
}

// Check proves the promises on the journal of this hall, while it runs.
func (h *Hall) Check(ctx context.Context) (check.Report, error) {
	report, err := check.Journal(ctx, h.journal, func(int, int) {})
	if err != nil {
		return report, err
	}
	return withRatings(report, h.options.Data)
}

// tellAddress leaves a note for the checker. Without it the hall works all the same.
func (h *Hall) tellAddress() {
	if err := os.WriteFile(h.path(addressFile), []byte(h.Address()+"\n"), 0o600); err != nil {
		h.options.Log.Warn("petitionhall check will not find this hall while it runs", "cause", err)
	}
}
