package printertest

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Memory is a scripted printer and its line in one, without a terminal: for
// tests in virtual time (testing/synctest). It behaves as tarm/serial does on
// Linux: a read waits a fifth of a second at most and then gives 0, io.EOF; after
// a hang-up reads give that at once, for ever, and writes fail; closing must wait
// until no read or write is under way.
type Memory struct {
	Printer
	replies chan byte
	ended   chan struct{} // closed: hung up
	stuck   chan struct{} // closed by Release
	release sync.Once
	busy    atomic.Int32 // reads and writes under way
}

// NewMemory makes a printer that behaves as script says.
func NewMemory(script Script) *Memory {
	m := &Memory{
		replies: make(chan byte, 4096),
		ended:   make(chan struct{}),
		stuck:   make(chan struct{}),
	}
	say := func(b []byte) {
		for _, c := range b {
			m.replies <- c
		}
	}
	m.prepare(script, say, func() { close(m.ended) })
	return m
}

// Read gives what the printer answered.
func (m *Memory) Read(b []byte) (int, error) {
	m.busy.Add(1)
	defer m.busy.Add(-1)
	select {
	case b[0] = <-m.replies:
		return 1, nil
	default:
	}
	select {
	case b[0] = <-m.replies:
		return 1, nil
	case <-m.ended:
	case <-time.After(200 * time.Millisecond):
	}
	return 0, io.EOF
}

// Write gives bytes to the printer. As with a real line, all are taken even when
// the connection ends in their midst.
func (m *Memory) Write(b []byte) (int, error) {
	m.busy.Add(1)
	defer m.busy.Add(-1)
	select {
	case <-m.ended:
		return 0, errors.New("input/output error")
	default:
	}
	for i := range b { // one by one: the line may stick between any two
		m.arrive(b[i : i+1])
		m.mu.Lock()
		stuck, speed := m.sticks, m.script.Speed
		m.mu.Unlock()
		if speed > 0 {
			time.Sleep(time.Second / time.Duration(speed))
		}
		if stuck {
			<-m.stuck
		}
	}
	return len(b), nil
}

// Release ends the hanging of writes.
func (m *Memory) Release() {
	m.mu.Lock()
	m.sticks = false
	m.mu.Unlock()
	m.release.Do(func() { close(m.stuck) })
}

// Close gives the line back. While a read or write is under way a real port's
// Close blocks; here it is an error of the printer (see [Printer.Err]).
func (m *Memory) Close() error {
	if m.busy.Load() > 0 {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.fail(errors.New("closed while a read or write is under way"))
	}
	return nil
}
