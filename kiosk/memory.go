package kiosk

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// memory is a network of one listener inside the program. The hall is served on
// it by a real http.Server, so that a call from the touch window passes through
// the same rules (streams, deadlines, limits, recovered panics) as one from the
// hall's network, yet needs no port.
type memory struct {
	connections chan net.Conn
	closed      chan struct{}
	once        sync.Once
}

func newMemory() *memory {
	return &memory{connections: make(chan net.Conn), closed: make(chan struct{})}
}

// Accept waits for the next dial.
func (m *memory) Accept() (net.Conn, error) {
	select {
	case connection := <-m.connections:
		return connection, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

// Close lets every waiting Accept and dial fail. It may be called again.
func (m *memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

// Addr is the loopback address: who asks sits in this very program.
func (m *memory) Addr() net.Addr { return loopback }

var loopback = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}

// dial connects to the listener.
func (m *memory) dial(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case m.connections <- local{server}:
		return client, nil
	case <-m.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// local is a connection whose other end is this program. net.Pipe calls its
// ends "pipe", which a handler that reads RemoteAddr cannot parse.
type local struct{ net.Conn }

func (local) RemoteAddr() net.Addr { return loopback }
func (local) LocalAddr() net.Addr  { return loopback }

// inside serves the hall in memory and returns the way to it and its end. The
// end cuts what still runs, event streams included.
func inside(hall http.Handler) (transport http.RoundTripper, end func() error) {
	network := newMemory()
	server := &http.Server{Handler: hall, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(network) }()
	roundTripper := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return network.dial(ctx) },
	}
	return roundTripper, func() error {
		roundTripper.CloseIdleConnections()
		err := server.Close()
		if serveErr := <-served; !errors.Is(serveErr, http.ErrServerClosed) {
			err = errors.Join(err, serveErr)
		}
		return err
	}
}
