package printer

import (
	"slices"

	"petitionhall/printer/escpos"
)

// Profile is what is known of a printer's make, as data.
type Profile struct {
	Name string
	// Columns is the width of its paper in half-width characters.
	Columns int
	// NativeQR lets it draw QR codes itself.
	NativeQR bool
	// Asks tells whether it is worth asking for its status. A printer that does
	// not answer all the same is taken for one that cannot.
	Asks bool
	// Confirm is how it says that a slip is finished.
	Confirm Confirmation
}

// Confirmation is a way in which a printer says that a slip is finished.
type Confirmation string

const (
	// NoConfirmation is for a printer that cannot; its best outcome is Sent.
	NoConfirmation Confirmation = ""
	// ByProcessID is for one that returns a number which stood after the cut
	// (GS ( H).
	ByProcessID Confirmation = "process-id"
	// ByQueuedStatus is for one that answers a status request which waited
	// behind the cut (GS r).
	ByQueuedStatus Confirmation = "queued-status"
)

// profiles are known by name in a printer's URI. The first is the default, safe
// for every make.
var profiles = []Profile{
	{Name: "generic", Asks: true},
	{Name: "write-only"},
	{Name: "epson-tm", Asks: true, Confirm: ByProcessID},
	{Name: "queued-status", Asks: true, Confirm: ByQueuedStatus},
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
	if slip.Kind != KindTicket && slip.Kind != KindTest {
		return nil, false
	}
	return escpos.Encode(layout(slip, p.Columns), escpos.Options{NativeQR: p.NativeQR}), true
}
