package escpos

import (
	"reflect"
	"strings"
	"testing"
)

func TestWhatNoPrinterIsSentIsAnError(t *testing.T) {
	start := "\x1b@\x1c&"
	for name, data := range map[string]string{
		"bell":                        "\x07",
		"delete":                      "\x7f",
		"unknown ESC command":         "\x1bQ",
		"unknown GS command":          "\x1dQ",
		"unknown form of a cut":       "\x1dV\x07",
		"Chinese while it is off":     "\x1b@\xd6\xb7",
		"lone 80h":                    start + "\x80",
		"lead byte before a newline":  start + "\xd6\n",
		"four-byte code":              start + "\x81\x30\x81\x30",
		"alignment inside a line":     start + "a\x1ba\x01",
		"Chinese off inside a line":   start + "a\x1c.",
		"cut inside a line":           start + "a\x1dVB\x00",
		"unknown alignment":           "\x1ba\x03",
		"size 9":                      "\x1d!\x80",
		"line wider than the paper":   strings.Repeat("a", 49) + "\n",
		"raster wider than the paper": "\x1dv0\x00\x49\x00\x01\x00" + strings.Repeat("\x00", 73),
		"raster of nothing":           "\x1dv0\x00\x00\x00\x00\x00",
		"raster of unknown mode":      "\x1dv0\x04\x01\x00\x01\x00\x00",
		"command inside a raster":     "\x1dv0\x00\x02\x00\x01\x00\x10\x04",
		"status question 5":           "\x10\x04\x05",
		"queued status 2":             "\x1dr\x02",
		"QR code without a text":      "\x1d(k\x03\x001Q0",
		"unknown QR function":         "\x1d(k\x03\x001Z0",
		"unknown GS ( function":       "\x1d(Q\x02\x00\x00\x00",
		"end inside a command":        "\x1d",
		"end inside a raster":         "\x1dv0\x00\x02\x00\x01\x00\x00",
		"end inside a line":           "abc",
	} {
		if sheets, err := Read([]byte(data), Columns80); err == nil {
			t.Errorf("%s: no error, paper %v", name, sheets)
		}
	}
}

func TestEveryCommandIsUnderstood(t *testing.T) {
	data := "\x1b@\x1c&\x1b2\x1b3\x20\x1ba\x02\x1d!\x11a\x1dB\x01b\x1dB\x00\n\x1bd\x02\x1bJ\x10\x1c." +
		"\x1dv0\x01\x01\x00\x01\x00\x80\x1dV\x01c\x1d!\x00\n\x10\x04\x01\x10\x05\x02\x1dr\x01\x1d(H\x06\x0000\x31\x32\x33\x34"
	var asked []Query
	m := NewMachine(Columns80)
	m.Answer = func(q Query) { asked = append(asked, q) }
	if _, err := m.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	sheets := m.Sheets()
	if len(sheets) != 2 || !sheets[0].Cut || sheets[1].Cut {
		t.Fatalf("sheets %v", sheets)
	}
	// One line 48 high, two lines fed at a spacing of 32, 16 dots, a picture of 1.
	if got := sheets[0].Height; got != 48+64+16+1 {
		t.Errorf("height %d", got)
	}
	if got := sheets[0].Text() + sheets[1].Text(); got != "ab\nc\n" {
		t.Errorf("text %q", got)
	}
	want := []Query{
		{Kind: RealTimeStatus, Number: 1}, {Kind: QueuedStatus},
		{Kind: ProcessID, ID: [4]byte{'1', '2', '3', '4'}},
	}
	if !reflect.DeepEqual(asked, want) {
		t.Errorf("asked %v", asked)
	}
}

// FuzzMachine: no bytes bring the machine down, and it makes no difference how
// they are cut up on the way.
func FuzzMachine(f *testing.F) {
	f.Add([]byte("\x1b@\x1c&\xd6\xb7\xbd\xad\n\x1dVB\x00"), 3)
	f.Add(Encode([]Block{QR{Text: "HTTP://10.0.0.5/T/7KQ2MZ9XW4"}, Cut{}}, Options{}), 100)
	f.Add(Encode([]Block{QR{Text: "HTTP://10.0.0.5/T/7KQ2MZ9XW4"}, Cut{}}, Options{NativeQR: true}), 30)
	f.Add([]byte("\x10\x04\x01\x1dr\x01\x1d(H\x06\x00001234"), 1)
	f.Fuzz(func(t *testing.T, data []byte, at int) {
		whole, errWhole := Read(data, Columns80)
		m := NewMachine(Columns80)
		at = min(max(at, 0), len(data))
		_, err := m.Write(data[:at])
		if err == nil {
			_, err = m.Write(data[at:])
		}
		if err == nil {
			err = m.Close()
		}
		if (err == nil) != (errWhole == nil) || !reflect.DeepEqual(m.Sheets(), whole) {
			t.Errorf("whole: %v, %v; cut at %d: %v, %v", whole, errWhole, at, m.Sheets(), err)
		}
	})
}
