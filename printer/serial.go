package printer

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/tarm/serial"
)

// Flow is how a printer says that it can take no more for the moment.
type Flow string

// The ways of flow control. A slip fits the buffer of every printer that we know
// of, so none is needed; it helps where one is slow to print and short of memory.
const (
	NoFlow   Flow = ""
	Hardware Flow = "hardware" // the lines RTS and CTS
	XONXOFF  Flow = "xonxoff"  // two bytes in the answers
)

// serialPort is a serial line, 8 data bits, no parity, 1 stop bit.
type serialPort struct {
	name string
	baud int
	flow Flow

	mu sync.Mutex
	// device is the name of the very device that was opened first, where the
	// system has one (Linux: /dev/serial/by-id). After an unplug ttyUSB0 may be
	// somebody else.
	device string
}

func (s *serialPort) String() string { return s.name }

// perByte counts ten bits: start, eight of data, stop.
func (s *serialPort) perByte() time.Duration { return 10 * time.Second / time.Duration(s.baud) }

func (s *serialPort) dial(context.Context) (port, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := s.name
	if s.device != "" {
		name = s.device
	}
	line, err := claim(name)
	if err != nil {
		return nil, err
	}
	p, err := serial.OpenPort(&serial.Config{Name: name, Baud: s.baud, ReadTimeout: readTimeout})
	if err != nil {
		return nil, errors.Join(err, line.Close())
	}
	if err := line.setFlow(s.flow); err != nil {
		return nil, errors.Join(err, p.Close(), line.Close())
	}
	if s.device == "" {
		s.device = deviceName(name)
	}
	return &claimedPort{Port: p, line: line}, nil
}

// line is a second hold on a serial port beside tarm/serial's: it keeps other
// programs out and reaches what tarm/serial does not.
type line interface {
	io.Closer
	// setFlow switches flow control on; tarm/serial has switched it off.
	setFlow(Flow) error
	// waiting is how many bytes the system has not handed on yet; 0 where it does
	// not say.
	waiting() int
	// drop lets go of what waits to be sent, and of the port for others.
	drop()
}

// claimedPort gives its claim back when it is closed.
type claimedPort struct {
	*serial.Port
	line line
}

func (p *claimedPort) Close() error { return errors.Join(p.Port.Close(), p.line.Close()) }

func (p *claimedPort) waiting() int { return p.line.waiting() }

// abandon is for a port with a write that does not return: closing it would
// wait for that. What waits in the system is dropped, which mostly lets the
// write return, and the port may be opened anew.
func (p *claimedPort) abandon() { p.line.drop() }
