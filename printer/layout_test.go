package printer

import (
	"bytes"
	"encoding/json"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"petitionhall/printer/escpos"
	"petitionhall/printer/picture"
)

// update writes the golden files anew: go test ./printer -run Golden -update.
// Look at what changed before you commit it.
var update = flag.Bool("update", false, "write the golden files anew")

// goldenSlips are the usual slips and the corners of the layout.
func goldenSlips() map[string]Slip {
	slips := map[string]Slip{}
	add := func(name string, change func(*Slip)) {
		slip := ticket()
		change(&slip)
		slips[name] = slip
	}
	add("full", func(*Slip) {})
	add("english", func(s *Slip) { s.Language = "en"; s.ServiceDesk = true })
	add("reprint", func(s *Slip) { s.Reprint = true })
	add("reprint-english", func(s *Slip) { s.Reprint = true; s.Language = "en" })
	add("discreet", func(s *Slip) { s.Windows = []Window{{Number: 10}} })
	add("two-windows", func(s *Slip) { s.Windows = []Window{{Number: 2, Name: "住建"}, {Number: 3, Name: "自然资源"}} })
	add("many-windows", func(s *Slip) {
		s.Windows = []Window{{Number: 1, Name: "综合"}, {Number: 11, Name: "综合"}, {Number: 12, Name: "综合"}, {Number: 13, Name: "综合"}, {Number: 14, Name: "综合"}}
		s.Language = "en"
	})
	add("little-known", func(s *Slip) { s.Windows, s.Wait, s.Persons, s.Ahead, s.Track, s.RejoinAfter = nil, nil, 0, 0, "", 0 })
	add("long-names", func(s *Slip) {
		s.Hall = "芷江侗族自治县社会治安综合治理中心暨人民群众来访接待中心"
		s.Number = "A10123"
	})
	add("room", func(s *Slip) {
		s.Windows = []Window{{Number: 21, Name: "领导接访", Room: "领导接访室", RoomEN: "the leader's reception room"}}
		s.Language = "en"
	})
	add("room-and-windows", func(s *Slip) {
		s.Windows = []Window{{Number: 2}, {Number: 22, Room: "人民调解室"}, {Number: 3}}
	})
	add("room-large", func(s *Slip) { s.Large, s.Windows = true, []Window{{Number: 23, Room: "联合接访室"}} })
	add("native-qr", func(*Slip) {})
	add("large", func(s *Slip) { s.Large = true })
	add("large-reprint", func(s *Slip) { s.Large, s.Reprint, s.Ahead = true, true, 0 })
	add("transfer", func(s *Slip) { s.Kind, s.Windows = KindTransfer, []Window{{Number: 5, Name: "人社"}} })
	add("transfer-english", func(s *Slip) { s.Kind, s.Language = KindTransfer, "en" })
	add("outcome-answered", func(s *Slip) { s.Kind = KindOutcome })
	add("outcome-referred", func(s *Slip) { s.Kind, s.Referred, s.ReferredTo = KindOutcome, true, "自然资源" })
	add("outcome-discreet", func(s *Slip) { s.Kind, s.Referred, s.Language = KindOutcome, true, "en" })
	add("day", func(s *Slip) {
		*s = Slip{Kind: KindDay, Hall: s.Hall, IssuedAt: s.IssuedAt, Day: &Day{
			Date: "2026-03-02", Issued: 400, Done: 385, Served: 385, Resolved: 169, Referred: 216, Cancelled: 9, Left: 4, Deferred: 2, Persons: 902,
		}}
	})
	test := TestSlip()
	test.IssuedAt = ticket().IssuedAt
	slips["test"] = test
	return slips
}

// TestGoldenSlips holds the exact bytes of each slip on both papers, and what
// can be read on it.
func TestGoldenSlips(t *testing.T) {
	withoutFont(t) // the bytes must not depend on the fonts of a machine
	for name, slip := range goldenSlips() {
		for width, columns := range map[string]int{"80": escpos.Columns80, "58": escpos.Columns58} {
			profile := Profile{Columns: columns, NativeQR: name == "native-qr"}
			data, ok := profile.encode(slip)
			if !ok {
				t.Fatalf("%s was not encoded", name)
			}
			sheets, err := escpos.Read(data, columns)
			if err != nil || len(sheets) != 1 || !sheets[0].Cut {
				t.Fatalf("%s, %s mm: %v, %v", name, width, sheets, err)
			}
			file := filepath.Join("testdata", name+"-"+width)
			golden(t, file+".bin", data)
			golden(t, file+".txt", []byte(sheets[0].Text()))
		}
	}
}

func withoutFont(t *testing.T) {
	t.Helper()
	before := pen
	pen = func() *picture.Pen { return nil }
	t.Cleanup(func() { pen = before })
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got\n%q", file, got)
	}
}

// TestSizeOfTheFullSlip: at 9600 baud a byte costs a millisecond.
func TestSizeOfTheFullSlip(t *testing.T) {
	for native, most := range map[bool]int{false: 800, true: 400} {
		data, _ := Profile{Columns: escpos.Columns80, NativeQR: native}.encode(ticket())
		if len(data) > most {
			t.Errorf("native QR %v: %d bytes, at most %d", native, len(data), most)
		}
	}
}

// TestTopicOfDiscreetWindowIsNotPrinted: one discreet window keeps all names
// off the paper.
func TestTopicOfDiscreetWindowIsNotPrinted(t *testing.T) {
	slip := ticket()
	slip.Windows = []Window{{Number: 1, Name: "综合"}, {Number: 10, Name: ""}}
	data, _ := Profile{Columns: escpos.Columns80}.encode(slip)
	sheets, err := escpos.Read(data, escpos.Columns80)
	if err != nil {
		t.Fatal(err)
	}
	if text := sheets[0].Text(); strings.Contains(text, "综合") || !strings.Contains(text, "1、10号窗口") {
		t.Errorf("the slip says\n%s", text)
	}
}

// anySlip is a slip with anything in it, as after a mistake in a configuration.
func anySlip(t *rapid.T) Slip {
	text := rapid.StringN(0, 60, -1)
	slip := Slip{
		Kind:        KindTicket,
		Hall:        text.Draw(t, "hall"),
		Number:      text.Draw(t, "number"),
		Ahead:       rapid.Int().Draw(t, "ahead"),
		Persons:     rapid.Int().Draw(t, "persons"),
		IssuedAt:    ticket().IssuedAt,
		Track:       text.Draw(t, "track"),
		Language:    rapid.SampledFrom([]string{"zh", "en", ""}).Draw(t, "language"),
		Reprint:     rapid.Bool().Draw(t, "reprint"),
		RejoinAfter: rapid.Int().Draw(t, "rejoin"),
		ServiceDesk: rapid.Bool().Draw(t, "desk"),
	}
	for range rapid.IntRange(0, 30).Draw(t, "windows") {
		slip.Windows = append(slip.Windows, Window{Number: rapid.Int().Draw(t, "window"), Name: text.Draw(t, "name"),
			Room: rapid.OneOf(rapid.Just(""), text).Draw(t, "room"), RoomEN: text.Draw(t, "room in English")})
	}
	if rapid.Bool().Draw(t, "known") {
		slip.Wait = &Wait{rapid.Int().Draw(t, "low"), rapid.Int().Draw(t, "high")}
	}
	return slip
}

// TestAnySlipIsPrinted: whatever the slip says, its bytes are understood, and
// every character of its texts is on the paper, or 〓 in its place.
func TestAnySlipIsPrinted(t *testing.T) {
	withoutFont(t) // with one, lines of rare characters are pictures
	rapid.Check(t, func(t *rapid.T) {
		slip := anySlip(t)
		profile := Profile{
			Columns:  rapid.SampledFrom([]int{escpos.Columns58, escpos.Columns80}).Draw(t, "columns"),
			NativeQR: rapid.Bool().Draw(t, "native"),
		}
		data, ok := profile.encode(slip)
		if !ok {
			t.Fatal("not encoded")
		}
		sheets, err := escpos.Read(data, profile.Columns)
		if err != nil || len(sheets) != 1 {
			t.Fatalf("%v, %v", sheets, err)
		}
		paper := solid(sheets[0].Text())
		for _, text := range []string{slip.Hall, slip.Number, departments(slip.Windows)} {
			if !strings.Contains(paper, solid(escpos.Printable(text))) {
				t.Errorf("%q is lost; the paper says\n%s", text, paper)
			}
		}
		if code := sheets[0].Items; !escpos.FitsQR(slip.Track) && !strings.Contains(paper, solid(escpos.Printable(slip.Track))) {
			t.Errorf("%q is lost; the paper says\n%s%v", slip.Track, paper, code)
		}
	})
}

// solid is text without spaces and line ends, which wrapping may change.
func solid(text string) string { return strings.Join(strings.Fields(text), "") }

// TestRareCharactersAreDrawn: a name that no printer has a code for is on the
// paper all the same, as dots; what is usual stays text, which is shorter.
func TestRareCharactersAreDrawn(t *testing.T) {
	slip := ticket()
	slip.Hall = "𠮷镇信访超市"
	data, _ := Profile{Columns: escpos.Columns80}.encode(slip)
	sheets, err := escpos.Read(data, escpos.Columns80)
	if err != nil {
		t.Fatal(err)
	}
	first := sheets[0].Items[0]
	if first.Picture == nil || first.Height != escpos.CellHeight || first.Left == 0 {
		t.Fatalf("the hall's name is %+v", first)
	}
	black := 0
	for i := range first.Picture.Width * first.Picture.Height {
		if first.Picture.Black(i%first.Picture.Width, i/first.Picture.Width) {
			black++
		}
	}
	if black < 200 {
		t.Errorf("the picture has %d black dots", black)
	}
	if strings.Contains(sheets[0].Text(), "〓") || sheets[0].Items[1].Picture != nil {
		t.Error("more, or less, than that line was drawn")
	}
	slip.Hall = "芷江¥信访•超市"
	data, _ = Profile{Columns: escpos.Columns80}.encode(slip)
	if sheets, err = escpos.Read(data, escpos.Columns80); err != nil || !strings.Contains(sheets[0].Text(), "芷江￥信访·超市") {
		t.Errorf("substitutes: %v, %v", sheets, err)
	}
}

// TestLogo prints a picture above the hall's name, on both papers, and says what
// is wrong with one that cannot be used.
func TestLogo(t *testing.T) {
	var file bytes.Buffer
	source := image.NewGray(image.Rect(0, 0, 600, 300)) // black
	if err := png.Encode(&file, source); err != nil {
		t.Fatal(err)
	}
	logo, err := NewLogo(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(logo)
	if err != nil {
		t.Fatal(err)
	}
	slip := ticket()
	slip.Logo = new(Logo)
	if err := json.Unmarshal(data, slip.Logo); err != nil {
		t.Fatal(err)
	}
	for _, columns := range []int{escpos.Columns58, escpos.Columns80} {
		encoded, _ := Profile{Columns: columns}.encode(slip)
		sheets, err := escpos.Read(encoded, columns)
		if err != nil {
			t.Fatal(err)
		}
		if p := sheets[0].Items[0].Picture; p == nil || p.Width != 288 || p.Height != 144 || !p.Black(100, 70) {
			t.Errorf("on %d columns the logo is %+v", columns, sheets[0].Items[0])
		}
	}
	for name, wrong := range map[string][]byte{"text": []byte("logo"), "half": file.Bytes()[:file.Len()/2], "large": make([]byte, 3<<20)} {
		if _, err := NewLogo(wrong); err == nil || !strings.Contains(err.Error(), "logo") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
