package printer

import (
	"slices"

	"petitionhall/printer/escpos"
)

// Profile is what is known of a printer's make, as data.
type Profile struct {
	Name string
	// Makes says, for an installer, which printers it is for.
	Makes string
	// Columns is the width of its paper in half-width characters.
	Columns int
	// Charset is the characters that it has; the zero value is GB18030.
	Charset Charset
	// NativeQR lets it draw QR codes itself; otherwise they are sent as dots,
	// which every board prints.
	NativeQR bool
	// WholeRaster sends every dot of a picture, for boards that do not double it.
	WholeRaster bool
	// ChineseSize says the size of Chinese a second time in its own command.
	ChineseSize bool
	// Cut are the bytes that cut; empty is the usual GS V 66 0.
	Cut []byte
	// Before are bytes that stand before every slip.
	Before []byte
	// Asks tells whether it is worth asking for its status. A printer that has never
	// answered is taken for one that cannot, unless Answers says better.
	Asks bool
	// Answers: its maker documents the answers to DLE EOT, so that silence means
	// that it is off or its cable is not in.
	Answers bool
	// Tells: by its maker's word it tells by itself what changes (GS a), trouble that
	// is over before it is asked included.
	Tells bool
	// Confirm are the ways in which it may say that a slip is finished, the surest
	// first. A printer that is well and does not answer to one is tried with the
	// next at the next slip.
	Confirm []Confirmation
	// Presenter: it holds the slip out and knows whether it was taken.
	Presenter bool
}

// Charset is which characters a printer has of its own.
type Charset string

const (
	// GB18030 is Chinese in codes of two bytes.
	GB18030 Charset = ""
	// ASCII is Latin letters only; Chinese is sent as dots.
	ASCII Charset = "ascii"
)

// Confirmation is a way in which a printer says that a slip is finished.
type Confirmation string

const (
	// ByProcessID is for one that returns a number which stood after the cut
	// (GS ( H).
	ByProcessID Confirmation = "process-id"
	// ByQueuedStatus is for one that answers a status request which waited
	// behind the cut (GS r).
	ByQueuedStatus Confirmation = "queued-status"
)

// The cuts that makes differ in; see docs/printing.md.
var (
	feedAndCut   = []byte{0x1b, 'd', 5, 0x1d, 'V', 1} // for boards without GS V 66
	oldCut       = []byte{0x1b, 'd', 5, 0x1b, 'i'}    // for old boards
	cutToPresent = []byte{0x1b, 'i', 0x1d, 'e', 3, 0} // KPM210 manual: cut all through, hold the slip out
	clearTheWay  = []byte{0x1d, 'e', 5}               // KPM210 manual: let go of a slip that nobody took
)

// profiles are known by name in a printer's URI. The first is the default, safe
// for every make: it uses nothing that some board would print as text before it
// has answered a question that all of those boards know.
var profiles = []Profile{
	{Name: "generic", Makes: "any other", Asks: true, Confirm: []Confirmation{ByQueuedStatus}},
	{Name: "write-only", Makes: "any, where only the line to the printer is wired"},
	{Name: "epson-tm", Makes: "Epson TM-T81, TM-T82, TM-T88", Asks: true, Answers: true, Tells: true, Confirm: []Confirmation{ByProcessID, ByQueuedStatus}},
	{Name: "snbc", Makes: "SNBC BTP, New Beiyang", Asks: true, Answers: true, Tells: true, Confirm: []Confirmation{ByProcessID, ByQueuedStatus}},
	{Name: "xprinter", Makes: "Xprinter, Gprinter and their like", ChineseSize: true, Asks: true, Answers: true, Tells: true, Confirm: []Confirmation{ByQueuedStatus}},
	{Name: "custom-presenter", Makes: "Custom KPM, TK with a presenter", Asks: true, Answers: true, Confirm: []Confirmation{ByQueuedStatus},
		Cut: cutToPresent, Before: clearTheWay, Presenter: true},
}

// profileNamed finds a profile; ok is false when there is none of that name.
func profileNamed(name string) (p Profile, ok bool) {
	i := slices.IndexFunc(profiles, func(p Profile) bool { return p.Name == name })
	if i < 0 {
		return Profile{}, false
	}
	return profiles[i], true
}

// encode is the bytes of a slip for this printer; ok is false for a kind of
// slip that is not known.
func (p Profile) encode(slip Slip) (data []byte, ok bool) {
	blocks, ok := layout(slip, p.Columns, p.Charset)
	if !ok {
		return nil, false
	}
	return slices.Concat(p.Before, escpos.Encode(blocks, p.options())), true
}

func (p Profile) options() escpos.Options {
	return escpos.Options{NativeQR: p.NativeQR, WholeRaster: p.WholeRaster, ChineseSize: p.ChineseSize, Cut: p.Cut, Tell: p.Tells}
}
