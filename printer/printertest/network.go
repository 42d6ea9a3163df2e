package printertest

import (
	"context"
	"fmt"
	"net"
	"sync"
)

// Network is a scripted printer at a TCP port of this machine.
type Network struct {
	Printer
	listener net.Listener
	done     chan struct{}

	mine sync.Mutex
	conn net.Conn // nil before the first
}

// Listen makes a printer that behaves as script says. Close ends it.
func Listen(ctx context.Context, script Script) (*Network, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("make a printer on the network: %w", err)
	}
	n := &Network{listener: listener, done: make(chan struct{})}
	n.prepare(script, n.say, n.close)
	go n.run()
	return n, nil
}

// URI is the printer's URI with options such as "profile=epson-tm", which may be
// empty.
func (n *Network) URI(options string) string {
	uri := "tcp:" + n.listener.Addr().String()
	if options != "" {
		uri += "?" + options
	}
	return uri
}

// Close ends the printer and waits until it has ended.
func (n *Network) Close() error {
	n.HangUp()
	<-n.done
	return nil
}

// run serves one connection after the other, as such printers do.
func (n *Network) run() {
	defer close(n.done)
	for {
		conn, err := n.listener.Accept()
		if err != nil {
			return // closed
		}
		n.mine.Lock()
		n.conn = conn
		n.mine.Unlock()
		n.serve(conn)
	}
}

func (n *Network) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }() // the other end has gone
	buffer := make([]byte, 4096)
	for {
		count, err := conn.Read(buffer)
		n.arrive(buffer[:count])
		if err != nil {
			return
		}
	}
}

func (n *Network) say(b []byte) {
	n.mine.Lock()
	defer n.mine.Unlock()
	if n.conn != nil {
		_, _ = n.conn.Write(b) // who has gone does not hear it
	}
}

func (n *Network) close() {
	_ = n.listener.Close() // twice is no harm
	n.mine.Lock()
	defer n.mine.Unlock()
	if n.conn != nil {
		_ = n.conn.Close()
	}
}
