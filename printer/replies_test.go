package printer

import (
	"reflect"
	"testing"
)

// parse takes bytes apart.
func parseReplies(data []byte) []reply {
	r := replies{presenter: true}
	var out []reply
	for _, b := range data {
		out = append(out, r.take(b)...)
	}
	return append(out, r.quiet()...)
}

func TestReplies(t *testing.T) {
	process := func(id string) reply { return reply{kind: processReply, id: [4]byte([]byte(id))} }
	realTime := func(b byte) reply { return reply{kind: realTimeReply, status: b} }
	queued := func(b byte) reply { return reply{kind: queuedReply, status: b} }
	tests := []struct {
		name string
		data []byte
		want []reply
	}{
		{"status", []byte{0x12, 0x72, 0x1e}, []reply{realTime(0x12), realTime(0x72), realTime(0x1e)}},
		{"queued status", []byte{0x00, 0x0f}, []reply{queued(0x00), queued(0x0f)}},
		{"process id with digits that look like status", []byte("\x37\x222222\x00"), []reply{process("2222")}},
		{"process id after noise", []byte("\xff\xfe\x370\x37\x37\x220001\x00"), []reply{process("0001")}},
		{"block that breaks off", []byte("\x37\x22000\x12\x12"), []reply{realTime(0x12), realTime(0x12)}},
		{"block that noise began", []byte("\x37\x22\x12\x72"), []reply{realTime(0x12), realTime(0x72)}},
		{"presenter with a slip", []byte{0x10, 0x0f, 0x20, 0, 0, 0, 0x12}, []reply{{kind: presenterReply, status: 0x20}, realTime(0x12)}},
		{"automatic status", []byte{0x10, 0x00, 0x0c, 0x00, 0x16}, []reply{{kind: automaticReply, id: [4]byte{0x10, 0, 0x0c, 0}}, realTime(0x16)}},
		{"automatic status in trouble", []byte{0x38, 0x00, 0x0f, 0x00, 0}, []reply{{kind: automaticReply, id: [4]byte{0x38, 0, 0x0f, 0}}, queued(0)}},
		{"automatic status that breaks off is no queued status", []byte{0x18, 0x00, 0x00}, nil},
		{"automatic status that an answer breaks off", []byte{0x18, 0x00, 0x12}, []reply{realTime(0x12)}},
		{"automatic status after noise that looks like a process id", []byte{0x37, 0x22, 0x10, 0xe0, 0x10, 0, 0, 0}, []reply{{kind: automaticReply, id: [4]byte{0x10, 0, 0, 0}}}},
		{"flow control is no answer", []byte{0x11, 0x13, 0x91, 0x93}, nil},
	}
	for _, test := range tests {
		if got := parseReplies(test.data); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// FuzzReplies: a line's noise brings nothing down, makes no answer out of what
// is none, and a status is understood again soon after it.
func FuzzReplies(f *testing.F) {
	f.Add([]byte("\x12\x37\x220001\x00\x00"))
	f.Add([]byte{0x10, 0x10, 0x37, 0x37, 0x22, 0x93})
	f.Fuzz(func(t *testing.T, noise []byte) {
		for _, r := range parseReplies(noise) {
			switch {
			case r.kind == realTimeReply && r.status&0x93 != 0x12:
				t.Errorf("%02X is no real-time status", r.status)
			case r.kind == queuedReply && r.status&0x90 != 0:
				t.Errorf("%02X is no queued status", r.status)
			}
		}
		// At most a block that has begun is still open.
		calm := append(noise, 0x12, 0x12, 0x12, 0x12, 0x12, 0x12, 0x12, 0x12)
		all := parseReplies(calm)
		if len(all) == 0 || all[len(all)-1] != (reply{kind: realTimeReply, status: 0x12}) {
			t.Errorf("after % X the printer is not understood any more", noise)
		}
	})
}

func TestTroubleOf(t *testing.T) {
	for status, want := range map[[4]byte]Reason{
		{0x10, 0, 0, 0}:    "",
		{0x14, 0, 3, 0}:    "", // the drawer's line; the paper's near end
		{0x38, 0, 0, 0}:    ReasonCoverOpen,
		{0x38, 0, 0x0c, 0}: ReasonCoverOpen,
		{0x18, 0, 0x0c, 0}: ReasonPaperOut,
		{0x18, 0x08, 0, 0}: ReasonCutter,
		{0x18, 0x04, 0, 0}: ReasonJam,
		{0x10, 0x40, 0, 0}: ReasonOverheated,
		{0x18, 0, 0, 0}:    ReasonError,
	} {
		if got := troubleOf(status); got != want {
			t.Errorf("% X: %q, want %q", status, got, want)
		}
	}
}

func TestStatusOf(t *testing.T) {
	tests := []struct {
		offline, fault, paper byte
		want                  Status
	}{
		{0x12, 0, 0x12, Status{OK, "", PaperEnough}},
		{0x12, 0, 0x1e, Status{OK, "", PaperNearEnd}},
		{0x32, 0, 0x7e, Status{PaperOut, ReasonPaperOut, PaperGone}},
		{0x32, 0, 0x12, Status{PaperOut, ReasonPaperOut, PaperGone}},
		{0x36, 0, 0x72, Status{CoverOpen, ReasonCoverOpen, PaperGone}},
		{0x52, 0x1a, 0x12, Status{Faulty, ReasonCutter, PaperEnough}},
		{0x52, 0x16, 0x12, Status{Faulty, ReasonJam, PaperEnough}},
		{0x52, 0x52, 0x12, Status{Faulty, ReasonOverheated, PaperEnough}},
		{0x52, 0x32, 0x12, Status{Faulty, ReasonError, PaperEnough}},
	}
	for _, test := range tests {
		if got := statusOf(test.offline, test.fault, test.paper); got != test.want {
			t.Errorf("%02X %02X %02X: %v, want %v", test.offline, test.fault, test.paper, got, test.want)
		}
	}
}
