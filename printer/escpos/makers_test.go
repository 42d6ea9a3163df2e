package escpos

import (
	"bytes"
	"reflect"
	"testing"
)

// TestMakersWaysGiveOnePaper: whatever commands a make needs, the paper is the
// same, but for how far it is fed to the knife.
func TestMakersWaysGiveOnePaper(t *testing.T) {
	blocks := []Block{
		Line{Align: Center, Spans: []Span{{Text: "C012", Width: 4, Height: 4}, {Text: "号", Height: 2}}},
		QR{Text: "HTTP://10.0.0.5/T/7KQ2MZ9XW4"},
		Cut{},
	}
	want := read(t, Encode(blocks, Options{}))
	for name, o := range map[string]Options{
		"old cut":         {Cut: []byte{esc, 'd', 5, gs, 'V', 1}},
		"older cut":       {Cut: []byte{esc, 'i'}},
		"presenter":       {Cut: []byte{esc, 'i', gs, 'e', 3, 0}},
		"size of Chinese": {ChineseSize: true},
		"whole raster":    {WholeRaster: true},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, Encode(blocks, o))
			if len(got.Items) != len(want.Items) || !got.Cut {
				t.Fatalf("%d items, cut %t", len(got.Items), got.Cut)
			}
			if !reflect.DeepEqual(got.Items[0], want.Items[0]) {
				t.Errorf("the line is %+v, want %+v", got.Items[0], want.Items[0])
			}
			if g, w := got.Items[1].Picture, want.Items[1].Picture; g.Height != w.Height || w.Width-g.Width >= 16 {
				t.Errorf("the code is %d x %d dots, want %d x %d", g.Width, g.Height, w.Width, w.Height)
			}
		})
	}
}

func read(t *testing.T, data []byte) Sheet {
	t.Helper()
	sheets, err := Read(data, Columns80)
	if err != nil || len(sheets) != 1 {
		t.Fatalf("%d sheets, %v", len(sheets), err)
	}
	return sheets[0]
}

// TestPowerCycle: what a printer held is lost with the power, the paper is not.
func TestPowerCycle(t *testing.T) {
	m := NewMachine(Columns80)
	write(t, m, Encode([]Block{Line{Spans: []Span{{Text: "一"}}}}, Options{}))
	write(t, m, []byte{gs, 'v', '0', 0, 4, 0, 4, 0, 1, 2, 3}) // a picture whose rest is lost
	m.PowerCycle()
	write(t, m, Encode([]Block{Line{Spans: []Span{{Text: "二"}}}, Cut{}}, Options{}))
	sheets := m.Sheets()
	if len(sheets) != 1 || sheets[0].Text() != "一\n二\n" {
		t.Errorf("the paper shows %+v", sheets)
	}
}

func write(t *testing.T, m *Machine, data []byte) {
	t.Helper()
	if _, err := m.Write(data); err != nil {
		t.Fatal(err)
	}
}

// TestMakersCommands reads each command whole, and refuses forms that no maker has.
func TestMakersCommands(t *testing.T) {
	var asked []Query
	m := NewMachine(Columns80)
	m.Answer = func(q Query) { asked = append(asked, q) }
	write(t, m, []byte{gs, 'a', 0xff, dle, 0x08, 1, dle, 0x04, PresenterStatus, gs, 'e', 5, gs, 'e', 3, 9})
	want := []Query{{Kind: AutomaticStatus, Number: 0xff}, {Kind: FreeBuffer}, {Kind: RealTimeStatus, Number: PresenterStatus}, {Kind: Presenter, Number: 5}, {Kind: Presenter, Number: 3}}
	if !reflect.DeepEqual(asked, want) {
		t.Errorf("understood %+v", asked)
	}
	for _, wrong := range [][]byte{{gs, 'e', 9}, {dle, 0x08, 2}, {fs, '!', 0x04}, {fs, '!', 0x80}, {dle, 0x04, 9}} {
		if _, err := NewMachine(Columns80).Write(bytes.Clone(wrong)); err == nil {
			t.Errorf("% X was understood", wrong)
		}
	}
}
