package printer

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"sync"
	"time"
)

const (
	pieceSize     = 256                    // bytes written at once at most
	writeDeadline = 5 * time.Second        // for one piece; then the port is stuck
	ownDeadline   = writeDeadline * 9 / 10 // for ports that give up by themselves: they know how much left
	drainLook     = 20 * time.Millisecond  // between looks at what the system still has
	drainLimit    = 30 * time.Second       // for a slip that leaves slowly
	closeWait     = time.Second            // for a port to be given back
	hungUpRead    = 50 * time.Millisecond  // an empty read that is faster than this did not wait
	hungUpReads   = 3                      // so many of them in a row mean that the line is gone
	answerTime    = 400 * time.Millisecond // for an answer to a question
)

var (
	errHungUp   = errors.New("the printer's connection ended")
	errStuck    = errors.New("the printer takes no more bytes")
	errNoAnswer = errors.New("the printer does not answer")
)

// session is one open port with a goroutine that reads and one that writes, so
// that neither a read that waits nor a write that hangs ever stops the caller.
// Its methods are for one goroutine at a time.
type session struct {
	port    port
	perByte time.Duration
	pieces  chan []byte  // to the writer
	written chan written // from the writer, one for each piece
	replies chan reply   // from the reader
	hungUp  chan struct{}
	stop    chan struct{} // closed: reader and writer end
	closed  chan struct{} // closed: the port is given back
	ended   bool
	aside   []reply // came while another answer was awaited

	mu      sync.Mutex
	told    int    // automatic statuses since heed
	trouble Reason // the first trouble among them
}

type written struct {
	n   int
	err error
}

func newSession(p port, perByte time.Duration, parser replies) *session {
	s := &session{
		port: p, perByte: perByte,
		pieces:  make(chan []byte),
		written: make(chan written, 1),
		replies: make(chan reply, 64),
		hungUp:  make(chan struct{}),
		stop:    make(chan struct{}),
		closed:  make(chan struct{}),
	}
	reading, writing := make(chan struct{}), make(chan struct{})
	go func() { defer close(reading); s.read(parser) }()
	go func() { defer close(writing); s.writeAll() }()
	// Close blocks while a read or write is under way, so it waits for both
	// here, where nobody waits for it. A write that never returns keeps its port.
	go func() {
		<-reading
		<-writing
		_ = p.Close() // an unplugged port has nothing more to say
		close(s.closed)
	}()
	return s
}

// read passes replies on until the session ends or the line does. After an
// unplug, reads of a serial port return at once, empty, for ever: it is told
// from a read that waited by the clock.
func (s *session) read(parser replies) {
	buffer := make([]byte, 64)
	for fast := 0; ; {
		select {
		case <-s.stop:
			return
		default:
		}
		began := time.Now()
		n, err := s.port.Read(buffer)
		for _, b := range buffer[:n] {
			s.pass(parser.take(b))
		}
		if n == 0 {
			s.pass(parser.quiet())
		}
		if err != nil && !errors.Is(err, io.EOF) {
			fast = hungUpReads
		} else if n == 0 && time.Since(began) < hungUpRead {
			fast++
		} else {
			fast = 0
		}
		if fast >= hungUpReads {
			close(s.hungUp)
			return
		}
	}
}

// pass hands replies on.
func (s *session) pass(replies []reply) {
	for _, r := range replies {
		if r.kind == automaticReply {
			s.tell(troubleOf(r.id))
			continue
		}
		select {
		case s.replies <- r:
		default: // nobody asked for so many
		}
	}
}

// tell keeps what the printer told by itself.
func (s *session) tell(trouble Reason) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told++
	s.trouble = cmp.Or(s.trouble, trouble)
}

// heed begins to listen to what the printer tells by itself; heeded is how often it
// did so since, and the first trouble that it told.
func (s *session) heed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told, s.trouble = 0, ""
}

func (s *session) heeded() (told int, trouble Reason) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.told, s.trouble
}

func (s *session) writeAll() {
	for {
		select {
		case <-s.stop:
			return
		case piece := <-s.pieces:
			n, err := s.port.Write(piece)
			switch {
			case errors.Is(err, os.ErrDeadlineExceeded):
				err = errors.Join(errStuck, err)
			case err != nil:
				err = errors.Join(errHungUp, err)
			case n < len(piece):
				err = io.ErrShortWrite
			}
			s.written <- written{n, err}
		}
	}
}

// write sends data at the pace of the line and says how many bytes may have
// left at most. After an error the session is good for nothing but close.
func (s *session) write(ctx context.Context, data []byte) (left int, err error) {
	for len(data) > 0 {
		piece := data[:min(len(data), pieceSize)]
		began := time.Now()
		n, err := s.writePiece(ctx, piece)
		left += n
		if err != nil {
			return left, err
		}
		// The printer cannot stop us, and more than it can take is lost.
		pace := time.Duration(len(piece))*s.perByte - time.Since(began)
		if err := s.pause(ctx, pace); err != nil {
			return left, err
		}
		data = data[len(piece):]
	}
	return left, nil
}

func (s *session) writePiece(ctx context.Context, piece []byte) (left int, err error) {
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-s.hungUp:
		return 0, errHungUp
	case s.pieces <- piece:
	}
	deadline := time.NewTimer(writeDeadline)
	defer deadline.Stop()
	failed, hungUp := errStuck, s.hungUp
	for {
		select {
		case w := <-s.written:
			return w.n, w.err
		case <-deadline.C:
			return len(piece), failed
		case <-hungUp:
			// The write fails too in a moment, and only it knows whether anything
			// left.
			failed, hungUp = errHungUp, nil
			deadline.Reset(hungUpRead)
		case <-ctx.Done():
			return len(piece), ctx.Err()
		}
	}
}

// drain waits until the system has handed on what was written: with flow control,
// a printer that takes no more leaves it there. It gives up when nothing has moved
// for a while.
func (s *session) drain(ctx context.Context) error {
	queue, ok := s.port.(interface{ waiting() int })
	if !ok {
		return nil
	}
	last, moved := 0, time.Now()
	for began := moved; ; {
		n := queue.waiting()
		if n != last {
			last, moved = n, time.Now()
		}
		switch {
		case n == 0:
			return nil
		case time.Since(moved) > writeDeadline, time.Since(began) > drainLimit:
			return errStuck
		}
		if err := s.pause(ctx, drainLook); err != nil {
			return err
		}
	}
}

// pause waits while the line works.
func (s *session) pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-s.hungUp:
		return errHungUp
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ask sends a question and waits for an answer that fits.
func (s *session) ask(ctx context.Context, question []byte, wait time.Duration, fits func(reply) bool) (reply, error) {
	s.forget(fits)
	if _, err := s.write(ctx, question); err != nil {
		return reply{}, err
	}
	return s.await(ctx, wait, fits)
}

// await waits for an answer that fits. Others that come meanwhile are kept: a
// slip may be confirmed while the status is being asked.
func (s *session) await(ctx context.Context, wait time.Duration, fits func(reply) bool) (reply, error) {
	if i := slices.IndexFunc(s.aside, fits); i >= 0 {
		r := s.aside[i]
		s.aside = slices.Delete(s.aside, i, i+1)
		return r, nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		select {
		case r := <-s.replies:
			if fits(r) {
				return r, nil
			}
			s.keep(r)
		case <-timer.C:
			return reply{}, errNoAnswer
		case <-s.hungUp:
			return reply{}, errHungUp
		case <-ctx.Done():
			return reply{}, ctx.Err()
		}
	}
}

// keep puts an answer aside; of more than a few, the oldest are noise.
func (s *session) keep(r reply) {
	s.aside = append(s.aside, r)
	if len(s.aside) > 16 {
		s.aside = s.aside[1:]
	}
}

// forget drops answers to earlier questions of the same kind that came too late,
// and says how many.
func (s *session) forget(fits func(reply) bool) int {
	for len(s.replies) > 0 {
		s.keep(<-s.replies)
	}
	before := len(s.aside)
	s.aside = slices.DeleteFunc(s.aside, fits)
	return before - len(s.aside)
}

// close ends the session and waits a little for its port, so that the next
// session finds it free. A port that hangs is left behind.
func (s *session) close() {
	if !s.ended {
		s.ended = true
		close(s.stop)
	}
	select {
	case <-s.closed:
	case <-time.After(closeWait):
		if p, ok := s.port.(interface{ abandon() }); ok {
			p.abandon()
		}
	}
}

// alive tells whether the line has not been seen to end.
func (s *session) alive() bool {
	select {
	case <-s.hungUp:
		return false
	default:
		return !s.ended
	}
}
