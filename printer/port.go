package printer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

// port is an open line to a printer. Read returns within about readTimeout: with
// (0, nil) or (0, io.EOF) when nothing came, as tarm/serial does on Windows and
// Linux. Read and Write may run at the same time; Close must not be called while
// either runs, for it would wait for them.
type port interface {
	io.Reader
	io.Writer
	io.Closer
}

// dialer opens the same port again and again.
type dialer interface {
	dial(ctx context.Context) (port, error)
	// perByte is the time that a byte takes on the line, 0 if that is not known.
	perByte() time.Duration
	String() string
}

// readTimeout is how long a read waits for a byte. The driver of a serial port
// counts in tenths of a second.
const readTimeout = 200 * time.Millisecond

// tcpPort is a printer on the network, or a serial server, at HOST:PORT.
type tcpPort struct{ address string }

func (t tcpPort) String() string { return t.address }

func (t tcpPort) perByte() time.Duration { return 0 }

func (t tcpPort) dial(ctx context.Context) (port, error) {
	conn, err := (&net.Dialer{Timeout: 3 * time.Second}).DialContext(ctx, "tcp", t.address)
	if err != nil {
		return nil, err
	}
	return tcpConn{conn}, nil
}

// tcpConn makes a connection behave as a port: no byte in time is no error, and
// the other end's hanging up is one.
type tcpConn struct{ net.Conn }

func (c tcpConn) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(readTimeout)); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(b)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, nil
	case errors.Is(err, io.EOF):
		return n, fmt.Errorf("the printer ended the connection: %w", net.ErrClosed)
	}
	return n, err
}

func (c tcpConn) Write(b []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(ownDeadline)); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

// waiting is how many bytes the printer has not acknowledged yet; 0 where the
// system does not say.
func (c tcpConn) waiting() int {
	if conn, ok := c.Conn.(syscall.Conn); ok {
		return outQueue(conn)
	}
	return 0
}

// dialReason is why a port could not be opened.
func dialReason(err error) Reason {
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		return ReasonCancelled
	case errors.Is(err, os.ErrNotExist), errors.As(err, &dns), errors.As(err, &op):
		return ReasonPortMissing
	case errors.Is(err, os.ErrPermission):
		return ReasonPortDenied
	case errors.Is(err, errLocked), errors.Is(err, syscall.EBUSY):
		return ReasonPortBusy
	}
	return ReasonPortUnusable
}

// errLocked says that another process holds the port.
var errLocked = errors.New("another program uses the port")

// portSentences say what an installer must know of a port that does not open.
var portSentences = map[Reason]string{
	ReasonPortMissing:  "there is no printer at %s",
	ReasonPortDenied:   "no right to open %s (on Linux, add the user to the group dialout)",
	ReasonPortBusy:     "%s is in use by another program",
	ReasonPortUnusable: "%s is not a port that a printer can be at",
	ReasonCancelled:    "%s was not opened in time",
}

// portError is the error of [Open] for a port that does not open.
func portError(place string, err error) *Error {
	reason := dialReason(err)
	return &Error{Code: "printer." + string(reason), Text: fmt.Sprintf(portSentences[reason], place), Err: err}
}
