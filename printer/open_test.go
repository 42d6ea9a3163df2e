package printer

import (
	"errors"
	"net"
	"os"
	"path/filepath"
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
		{"usb:1", "printer.scheme-unknown", `"usb"`},
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
		{"virtual:x?baud=9600", "printer.option-unknown", `"baud"`},
		{"serial:" + filepath.Join(directory, "absent"), "printer.port-missing", "absent"},
		{"serial:" + directory, "printer.port-unusable", directory},
		{"serial:" + file, "printer.port-unusable", file},
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
	tests := []struct {
		uri  string
		want address
	}{
		{"none", address{scheme: "none"}},
		{"serial:/dev/ttyUSB0", address{"serial", "/dev/ttyUSB0", 9600, Profile{Name: "generic", Columns: escpos.Columns80, Asks: true}}},
		{
			"serial:COM12?baud=115200&width=58&qr=native&profile=epson-tm",
			address{"serial", "COM12", 115200, Profile{Name: "epson-tm", Columns: escpos.Columns58, NativeQR: true, Asks: true, Confirm: ByProcessID}},
		},
		{`virtual:C:\slips?width=80&qr=raster`, address{"virtual", `C:\slips`, 9600, Profile{Name: "generic", Columns: escpos.Columns80, Asks: true}}},
		{"tcp:[fe80::1]:9100?profile=write-only", address{"tcp", "[fe80::1]:9100", 9600, Profile{Name: "write-only", Columns: escpos.Columns80}}},
	}
	for _, test := range tests {
		if got, err := parse(test.uri); err != nil || got != test.want {
			t.Errorf("%q: %+v, %v; want %+v", test.uri, got, err, test.want)
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
