package printer

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"petitionhall/printer/escpos"
)

func TestOpenTellsWhatIsWrong(t *testing.T) {
	directory := t.TempDir()
	file := filepath.Join(directory, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ uri, code, says string }{
		{"", "printer.uri-invalid", "serial:PORT"},
		{"/dev/ttyUSB0", "printer.uri-invalid", "serial:PORT"},
		{"lpt:1", "printer.scheme-unknown", `"lpt"`},
		{"usb:", "printer.uri-invalid", "missing"},
		{"none:", "printer.scheme-unknown", `"none"`},
		{"serial:", "printer.uri-invalid", "missing"},
		{"serial:?baud=9600", "printer.uri-invalid", "missing"},
		{"virtual:", "printer.uri-invalid", "missing"},
		{"tcp:printer", "printer.uri-invalid", "9100"},
		{"tcp::9100", "printer.uri-invalid", "HOST"},
		{"serial:/dev/ttyUSB0?baud=9601", "printer.option-invalid", "baud=9601"},
		{"serial:/dev/ttyUSB0?baud=fast", "printer.option-invalid", "115200"},
		{"serial:/dev/ttyUSB0?baud=", "printer.option-invalid", "9600"},
		{"serial:/dev/ttyUSB0?width=76", "printer.option-invalid", "80, 58"},
		{"serial:/dev/ttyUSB0?qr=svg", "printer.option-invalid", "raster, native"},
		{"serial:/dev/ttyUSB0?profile=laser", "printer.option-invalid", "generic"},
		{"serial:/dev/ttyUSB0?profile=", "printer.option-invalid", "generic"},
		{"serial:/dev/ttyUSB0?speed=9600", "printer.option-unknown", `"speed"`},
		{"serial:/dev/ttyUSB0?baud=9600&baud=9600", "printer.option-invalid", "twice"},
		{"serial:/dev/ttyUSB0?a=%zz", "printer.uri-invalid", "options"},
		{"serial:/dev/ttyUSB0?flow=yes", "printer.option-invalid", "hardware, xonxoff"},
		{"serial:/dev/ttyUSB0?cut=no", "printer.option-invalid", "feed, plain, old"},
		{"serial:/dev/ttyUSB0?charset=big5", "printer.option-invalid", "gb18030, ascii"},
		{"serial:/dev/ttyUSB0?raster=", "printer.option-invalid", "double, whole"},
		{"usb:/dev/usb/lp0?flow=hardware", "printer.option-unknown", `"flow"`},
		{"virtual:x?baud=9600", "printer.option-unknown", `"baud"`},
		{"serial:" + filepath.Join(directory, "absent"), "printer.port-missing", "absent"},
		{"serial:" + directory, "printer.port-unusable", directory},
		{"serial:" + file, "printer.port-unusable", file},
		{"usb:" + directory, "printer.port-unusable", directory},
		{"usb:" + file, "printer.port-unusable", file},
		{"usb:" + filepath.Join(directory, "absent"), "printer.port-missing", "absent"},
		{"virtual:" + file, "printer.directory", file},
		{"tcp:127.0.0.1:1", "printer.port-missing", "127.0.0.1:1"},
	}
	for _, test := range tests {
		p, err := Open(test.uri)
		var e *Error
		if p != nil || !errors.As(err, &e) {
			t.Errorf("%q: printer %v, error %v", test.uri, p, err)
			continue
		}
		if e.Code != test.code || !strings.Contains(e.Error(), test.says) {
			t.Errorf("%q: %s: %s; want %s and %q", test.uri, e.Code, e, test.code, test.says)
		}
	}
}

func TestURIsAreRead(t *testing.T) {
	profile := func(name string, columns int, change func(*address)) address {
		p, ok := profileNamed(name)
		if !ok {
			t.Fatalf("no profile %q", name)
		}
		p.Columns = columns
		a := address{profile: p, baud: 9600}
		change(&a)
		return a
	}
	tests := map[string]address{
		"none": {scheme: "none"},
		"serial:/dev/ttyUSB0": profile("generic", escpos.Columns80, func(a *address) {
			a.scheme, a.place = "serial", "/dev/ttyUSB0"
		}),
		"serial:COM12?baud=115200&width=58&qr=native&profile=epson-tm&flow=xonxoff": profile("epson-tm", escpos.Columns58, func(a *address) {
			a.scheme, a.place, a.baud, a.flow, a.profile.NativeQR = "serial", "COM12", 115200, XONXOFF, true
		}),
		`virtual:C:\slips?width=80&qr=raster`: profile("generic", escpos.Columns80, func(a *address) {
			a.scheme, a.place = "virtual", `C:\slips`
		}),
		"tcp:[fe80::1]:9100?profile=write-only&raster=whole": profile("write-only", escpos.Columns80, func(a *address) {
			a.scheme, a.place, a.profile.WholeRaster = "tcp", "[fe80::1]:9100", true
		}),
		"usb:/dev/usb/lp0?profile=xprinter&chinese-size=no&cut=plain": profile("xprinter", escpos.Columns80, func(a *address) {
			a.scheme, a.place, a.profile.ChineseSize, a.profile.Cut = "usb", "/dev/usb/lp0", false, feedAndCut
		}),
		"serial:/dev/ttyS0?profile=custom-presenter&cut=feed&flow=none": profile("custom-presenter", escpos.Columns80, func(a *address) {
			a.scheme, a.place, a.profile.Cut = "serial", "/dev/ttyS0", nil
		}),
	}
	for uri, want := range tests {
		if got, err := parse(uri); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, %v; want %+v", uri, got, err, want)
		}
	}
}

// TestNewDoesNotNeedThePort: a kiosk may start before its printer.
func TestNewDoesNotNeedThePort(t *testing.T) {
	p, err := New("serial:" + filepath.Join(t.TempDir(), "absent"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Status(t.Context()); got != (Status{Offline, ReasonPortMissing, PaperUnknown}) {
		t.Errorf("status %v", got)
	}
	if got := p.Print(t.Context(), ticket()); got != (Outcome{Failed, ReasonPortMissing}) {
		t.Errorf("outcome %v", got)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

func TestNoPrinter(t *testing.T) {
	p, err := Open("none")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Print(t.Context(), ticket()); got != (Outcome{NotPrinted, ReasonNoPrinter}) {
		t.Errorf("outcome %v", got)
	}
	if got := p.Status(t.Context()); got.State != NoPrinter {
		t.Errorf("status %v", got)
	}
}

// TestNetworkPrinter prints to a listener that takes bytes, says nothing, and
// then hangs up.
func TestNetworkPrinter(t *testing.T) {
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	paper := make(chan *escpos.Machine, 1)
	hangUp, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		takeSlip(conn, paper)
		<-hangUp
		_ = conn.Close()
		_ = listener.Close()
	}()
	p, err := Open("tcp:" + listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Print(t.Context(), ticket()); got != (Outcome{State: Sent}) {
		t.Errorf("outcome %v", got)
	}
	m := <-paper
	if sheets := m.Sheets(); len(sheets) != 1 || !strings.Contains(sheets[0].Text(), "C012") {
		t.Errorf("paper %v", sheets)
	}
	close(hangUp)
	<-gone
	deadline := time.After(20 * time.Second)
	for p.Status(t.Context()).State != Offline {
		select {
		case <-deadline:
			t.Fatal("the printer's hanging up was not noticed")
		default:
		}
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

// takeSlip reads until a slip is cut.
func takeSlip(conn net.Conn, paper chan<- *escpos.Machine) {
	m := escpos.NewMachine(escpos.Columns80)
	buffer := make([]byte, 512)
	for {
		n, err := conn.Read(buffer)
		_, strict := m.Write(buffer[:n])
		if err != nil || strict != nil || len(m.Sheets()) > 0 && m.Sheets()[0].Cut {
			paper <- m
			return
		}
	}
}
