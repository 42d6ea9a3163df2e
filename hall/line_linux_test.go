package hall

import (
	"net"
	"testing"

	"golang.org/x/sys/unix"
)

// A board's line is known to be dead within seconds: the connections of the
// hall's listener have the limit that it was given.
func TestDeadLinesAreNoticed(t *testing.T) {
	listener, err := (&net.ListenConfig{Control: sensitive}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	board, err := new(net.Dialer).DialContext(t.Context(), "tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer board.Close()
	line, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	raw, err := line.(*net.TCPConn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var limit int
	if err := raw.Control(func(fd uintptr) { limit, err = unix.GetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT) }); err != nil {
		t.Fatal(err)
	}
	if err != nil || limit != deadAfter {
		t.Errorf("the limit is %d ms: %v", limit, err)
	}
}
