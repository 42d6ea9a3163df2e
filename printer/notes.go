package printer

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
)

// notes are what the next run of the program must know of a printer.
type notes struct {
	// Device is whose notes they are.
	Device string `json:"device"`
	// Answered: it has answered a question, so that its silence means trouble.
	Answered bool `json:"answered"`
	// Open: it may wait for the rest of a slip.
	Open bool `json:"open"`
	// Owes is how many answers to GS r may still come.
	Owes int `json:"owes"`
}

// doubtful are the notes that are assumed where they cannot be read.
var doubtful = notes{Open: true, Owes: askedTwice}

// notebook keeps notes in a file, which it writes in place: a few bytes, that a
// disk takes whole or not at all.
type notebook struct {
	file *os.File
	last notes
}

// openNotebook opens the notes on a device, or begins them. Those on another
// device are dropped.
func openNotebook(name, device string) (*notebook, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(file)
	var n notes
	if err != nil || len(data) > 0 && json.Unmarshal(data, &n) != nil {
		n = doubtful
	} else if n.Device != device {
		n = notes{}
	}
	n.Device = device
	return &notebook{file: file, last: n}, nil
}

// write makes notes durable. Where that fails the printer prints all the same.
func (b *notebook) write(n notes) {
	n.Device = b.last.Device
	if n == b.last {
		return
	}
	b.last = n
	data, err := json.Marshal(n)
	if err == nil {
		// Of one length, so that nothing of longer notes is left behind.
		_, err = b.file.WriteAt(fmt.Appendf(nil, "%-511s\n", data), 0)
	}
	if err == nil {
		err = b.file.Sync()
	}
	if err != nil {
		slog.Default().Warn("what the printer is at could not be noted", "file", b.file.Name(), "cause", err)
	}
}

func (b *notebook) close() error { return b.file.Close() }
