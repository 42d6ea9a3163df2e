package escpos

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestQRIsReadByAPhone prints codes and has zbarimg (Debian: zbar-tools) read
// the dots that the printer would burn.
func TestQRIsReadByAPhone(t *testing.T) {
	texts := []string{
		"HTTP://10.0.0.5/T/7KQ2MZ9XW4",
		"HTTPS://XF.ZHIJIANG.GOV.CN/T/7KQ2MZ9XW4",
		"http://hall.example/T/7KQ2MZ9XW4?lang=en",
		strings.Repeat("HTTP://10.0.0.5/T/", 11),
	}
	for _, text := range texts {
		sheets, err := Read(Encode([]Block{QR{Text: text}, Cut{}}, Options{}), Columns58)
		if err != nil || len(sheets) != 1 || len(sheets[0].Items) != 1 {
			t.Fatalf("%v, %v", sheets, err)
		}
		if got := scan(t, sheets[0].Items[0].Picture); got != text {
			t.Errorf("the code for %q reads %q", text, got)
		}
	}
}

// scan reads a code with a white border around it.
func scan(t *testing.T, picture *Bitmap) string {
	t.Helper()
	const border = 4 * moduleDots
	img := image.NewGray(image.Rect(0, 0, picture.Width+2*border, picture.Height+2*border))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	for y := range picture.Height {
		for x := range picture.Width {
			if picture.Black(x, y) {
				img.SetGray(x+border, y+border, color.Gray{})
			}
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "code.png")
	if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "zbarimg", "--quiet", "--raw", name).Output()
	if err != nil {
		t.Fatalf("zbarimg (Debian: zbar-tools): %v", err)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// TestRasterHoldsTheCode takes any address: its raster holds exactly the
// modules, in the middle of the paper, and no command.
func TestRasterHoldsTheCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`HTTP://[0-9]{1,3}\.[0-9]{1,3}/T/[0-9A-Z]{4,40}`).Draw(t, "text")
		sheets, err := Read(Encode([]Block{QR{Text: text}, Cut{}}, Options{}), Columns58)
		if err != nil {
			t.Fatal(err)
		}
		code, err := modules(text)
		if err != nil {
			t.Fatal(err)
		}
		item := sheets[0].Items[0]
		left := firstBlack(item.Picture)
		for y := range item.Picture.Height {
			for x := range len(code) * moduleDots {
				if item.Picture.Black(left+x, y) != code[y/moduleDots][x/moduleDots] {
					t.Fatalf("dot %d, %d is wrong", x, y)
				}
			}
		}
		middle := item.Left + left + len(code)*moduleDots/2
		if off := middle - Columns58*CellWidth/2; off < -16 || off > 16 {
			t.Errorf("the code stands %d dots off the middle", off)
		}
	})
}

// firstBlack is the left edge of a code: its corner is black.
func firstBlack(b *Bitmap) int {
	for x := range b.Width {
		if b.Black(x, 0) {
			return x
		}
	}
	return -1
}

func TestCommandsInARasterAreBroken(t *testing.T) {
	data := []byte{0xff, 0x10, 0x04, 0x10, 0x05, 0x10, 0x14, 0x10, 0x10, 0x04}
	before := bytes.Clone(data)
	breakRealTime(data)
	if indexRealTime(data) >= 0 {
		t.Errorf("a command is left in % X", data)
	}
	for i := range data {
		if data[i]&before[i] != before[i] {
			t.Errorf("byte %d lost a dot: %02X became %02X", i, before[i], data[i])
		}
	}
}

// TestRasterMovesAsideForCommands makes a code whose middle place would put a
// command into the data.
func TestRasterMovesAsideForCommands(t *testing.T) {
	for size := 21; size <= 61; size += 4 {
		for seed := range 8 {
			code := make([][]bool, size)
			for y := range code {
				code[y] = make([]bool, size)
				for x := range code[y] {
					code[y][x] = (x*(seed+1)+y*y)%7 < 2 || x == 0 || x == size-1
				}
			}
			width, data := rasterQR(code, rasterDots)
			if indexRealTime(data) >= 0 || len(data)%width != 0 {
				t.Errorf("size %d, pattern %d: width %d, %d bytes", size, seed, width, len(data))
			}
		}
	}
}

func TestFitsQR(t *testing.T) {
	for text, want := range map[string]bool{
		"":                         false,
		"A":                        true,
		"HTTP://10.0.0.5/T/7KQ2MZ": true,
		strings.Repeat("A", 366):   true,
		strings.Repeat("A", 367):   false,
		strings.Repeat("芷", 2000):  false,
	} {
		if got := FitsQR(text); got != want {
			t.Errorf("%.20q… of %d bytes: %v", text, len(text), got)
		}
	}
}

func TestNativeQR(t *testing.T) {
	const text = "HTTP://10.0.0.5/T/7KQ2MZ9XW4"
	data := Encode([]Block{QR{Text: text}, Cut{}}, Options{NativeQR: true})
	sheets, err := Read(data, Columns58)
	if err != nil || len(sheets) != 1 {
		t.Fatalf("%v, %v", sheets, err)
	}
	if code := sheets[0].Items[0].Code; code == nil || *code != (Code{Text: text, ModuleDots: moduleDots}) {
		t.Errorf("code %v", code)
	}
	if len(data) > 90 {
		t.Errorf("%d bytes for a native code", len(data))
	}
}
