package live

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// message is what is sent at once: the events of one revision, or a heartbeat.
type message struct{ buffer bytes.Buffer }

// add appends an event. Revision 0 gives it no id.
func (m *message) add(event string, revision uint64, data any) {
	b := &m.buffer
	b.WriteString("event: ")
	b.WriteString(event)
	if revision > 0 {
		b.WriteString("\nid: ")
		b.WriteString(strconv.FormatUint(revision, 10))
	}
	b.WriteString("\ndata: ")
	b.Write(encode(data))
	b.WriteString("\n\n")
}

func (m *message) bytes() []byte { return m.buffer.Bytes() }

// encode makes one line of JSON.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // views are plain data, which always encodes
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

const (
	// keptRevisions and keptBytes bound what is kept for readers that resume: a
	// break of minutes on a busy day.
	keptRevisions = 512
	keptBytes     = 1 << 20
)

// entry is what was sent about the revisions after from, up to to. They are the
// same when something changed without a revision.
type entry struct {
	from, to uint64
	bytes    []byte
}

// history keeps the newest messages for readers that resume.
type history struct {
	first   uint64 // where this hub began
	entries []entry
	size    int
}

func (k *history) begin(revision uint64) { *k = history{first: revision} }

func (k *history) add(e entry) {
	k.entries = append(k.entries, e)
	k.size += len(e.bytes)
	for len(k.entries) > keptRevisions || k.size > keptBytes {
		k.size -= len(k.entries[0].bytes)
		k.entries = k.entries[1:]
	}
}

// after gives what a reader missed that has all up to a revision, and head is
// the newest. Not ok means that it must begin with the whole hall: what it
// missed is gone, or it has not been with this hub, whose revisions may be those
// of another journal.
func (k *history) after(revision, head uint64) (missed []byte, ok bool) {
	if revision <= k.first || revision > head {
		return nil, false
	}
	covered := revision == head
	for _, e := range k.entries {
		covered = covered || e.from <= revision
		if e.to > revision || e.from >= revision {
			missed = append(missed, e.bytes...)
		}
	}
	return missed, covered
}
