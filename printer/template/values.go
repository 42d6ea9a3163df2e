package template

// Values are what is known for one slip, by name. A flag is there with any text.
type Values map[string]string

// names are all values that a template may use, as docs/slips.md tells them.
var names = []string{
	"hall", "number", "place", "placeEn", "windows", "windowsEn", "departments", "ahead", "aheadEn", "wait", "low", "high", "minutes",
	"persons", "time", "seconds", "track", "qr", "rejoin", "reprint", "desk", "logo",
	"referred", "referredTo",
	"date", "issued", "done", "resolved", "referredCount", "unrecorded", "cancelled", "left", "deferred", "open", "served", "startedOpen", "visitors",
	"ruler",
}

// knows tells whether a value is there.
func (v Values) knows(name string) bool {
	_, ok := v[name]
	return ok
}
