package printer

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"petitionhall/printer/escpos"
	"petitionhall/printer/picture"
)

// tool finds a program of the system; a machine without it cannot run the test.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

// TestTextByIconv reads the slip's text back with a decoder that is not ours.
func TestTextByIconv(t *testing.T) {
	iconv := tool(t, "iconv")
	for _, columns := range []int{escpos.Columns58, escpos.Columns80} {
		slip := ticket()
		slip.Track = "" // dots are no text
		data, _ := Profile{Columns: columns}.encode(slip)
		command := exec.CommandContext(t.Context(), iconv, "-f", "GB18030", "-t", "UTF-8")
		command.Stdin = bytes.NewReader(data)
		var said bytes.Buffer
		command.Stderr = &said
		text, err := command.Output()
		if err != nil {
			t.Fatalf("iconv: %v %s", err, said.String())
		}
		for _, line := range []string{"芷江信访超市\n", "C012\n", "3号窗口\n", "自然资源\n", "前面还有4个号\n", "大约等10到25分钟\n", "隔3个号叫您\n", "本机不记姓名、不查证件、不拍照\n"} {
			if !strings.Contains(string(text), line) {
				t.Errorf("iconv does not find %q", line)
			}
		}
	}
}

// TestCodeByZbar has zbarimg read the code off the paper at nine sizes of a
// module, drawn by us and by the printer.
func TestCodeByZbar(t *testing.T) {
	zbarimg := tool(t, "zbarimg")
	ink, _ := picture.NewPen() // a code needs no font
	const address = "HTTP://10.0.0.5/T/7KQ2MZ9XW4"
	directory := t.TempDir()
	for module := 2; module <= 10; module++ {
		for _, drawing := range []escpos.Drawing{escpos.Raster, escpos.Native} {
			blocks := []escpos.Block{escpos.Feed{Dots: 60}, escpos.QR{Text: address, Module: module, Drawing: drawing}, escpos.Feed{Dots: 60}, escpos.Cut{}}
			sheets, err := escpos.Read(escpos.Encode(blocks, escpos.Options{}), escpos.Columns80)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := png.Encode(&out, ink.Draw(sheets[0])); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(directory, fmt.Sprintf("%d-%d.png", module, drawing))
			if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			read, err := exec.CommandContext(t.Context(), zbarimg, "--quiet", "--raw", file).Output()
			if err != nil || strings.TrimSpace(string(read)) != address {
				t.Errorf("modules of %d dots, drawing %d: read %q, %v", module, drawing, read, err)
			}
		}
	}
}

// TestPrinterWithoutChinese: every line with Chinese is sent as dots, and the
// number, which needs none, as text.
func TestPrinterWithoutChinese(t *testing.T) {
	data, _ := Profile{Columns: escpos.Columns80, Charset: ASCII}.encode(ticket())
	sheets, err := escpos.Read(data, escpos.Columns80)
	if err != nil {
		t.Fatal(err)
	}
	if text := sheets[0].Text(); text != "C012\n" {
		t.Errorf("sent as text:\n%s", text)
	}
	pictures := 0
	for _, item := range sheets[0].Items {
		if item.Picture != nil {
			pictures++
		}
	}
	if pictures < 10 {
		t.Errorf("%d pictures", pictures)
	}
	t.Logf("%d bytes", len(data))
}
