package printer

import (
	"context"
	"net"
	"runtime"
	"sync"
	"testing"
	"time"

	"petitionhall/printer/printertest"
)

// kernel is a system that takes all that is written and hands it on at the pace of
// a printer which may hold it up (CTS).
type kernel struct {
	*printertest.Memory
	mu    sync.Mutex
	queue []byte
}

func (k *kernel) Write(b []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.queue = append(k.queue, b...)
	return len(b), nil
}

func (k *kernel) waiting() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.queue)
}

// handOn lets bytes go, one each pause, until the test ends or so many have gone.
func (k *kernel) handOn(ctx context.Context, pause time.Duration, most int) {
	for n := 0; n < most && ctx.Err() == nil; time.Sleep(pause) {
		k.mu.Lock()
		var b []byte
		if len(k.queue) > 0 {
			b, k.queue = k.queue[:1], k.queue[1:]
			n++
		}
		k.mu.Unlock()
		_, _ = k.Memory.Write(b) // it takes all
	}
}

func (k *kernel) dial(context.Context) (port, error) { return k, nil }
func (k *kernel) perByte() time.Duration             { return time.Millisecond }
func (k *kernel) String() string                     { return "kernel" }

// TestBytesInTheSystemAreNotSent: a printer that cannot answer holds the line up in
// the midst of a slip. What it did not take is not sent. One that is only slow
// gets the time that it takes.
func TestBytesInTheSystemAreNotSent(t *testing.T) {
	length := slipLength(t, "write-only")
	for _, c := range []struct {
		takes int
		pause time.Duration
		want  Outcome
	}{
		{length, 0, Outcome{State: Sent}},
		{length, 3 * time.Millisecond, Outcome{State: Sent}},
		{length - 1, 0, Outcome{Unknown, ReasonStuck}},
		{0, 0, Outcome{Unknown, ReasonStuck}},
		{length, 200 * time.Millisecond, Outcome{Unknown, ReasonStuck}}, // nobody waits for minutes
	} {
		inVirtualTime(t, "write-only", printertest.Script{Mute: true}, func(t *testing.T, b *bench) {
			k := &kernel{Memory: b.printer}
			b.dialer = k
			ctx, stop := context.WithCancel(t.Context())
			var handing sync.WaitGroup
			handing.Go(func() { k.handOn(ctx, max(c.pause, time.Millisecond), c.takes) })
			got := b.Print(t.Context(), ticket())
			if arrived := b.printer.SlipBytes(); got != c.want || got.State == Sent && arrived != length {
				t.Errorf("%d bytes taken, one each %v: %v with %d arrived, want %v", c.takes, c.pause, got, arrived, c.want)
			}
			stop()
			handing.Wait()
			b.printer.Release()
		})
	}
}

// TestCallerGivesUpWhileBytesWait: then the slip has begun, and not all of it left.
func TestCallerGivesUpWhileBytesWait(t *testing.T) {
	inVirtualTime(t, "write-only", printertest.Script{Mute: true}, func(t *testing.T, b *bench) {
		b.dialer = &kernel{Memory: b.printer}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if got := b.Print(ctx, ticket()); got != (Outcome{Unknown, ReasonCancelled}) {
			t.Errorf("outcome %v", got)
		}
	})
}

// TestSystemSaysWhatWaits: a connection whose other end does not read.
func TestSystemSaysWhatWaits(t *testing.T) {
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p, err := tcpPort{address: listener.Addr().String()}.dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := p.(tcpConn)
	if n := c.waiting(); n != 0 {
		t.Errorf("%d bytes wait, and none was written", n)
	}
	if err := c.SetWriteDeadline(time.Now().Add(100 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = c.Conn.Write(make([]byte, 1<<16)) // until no more goes in
	}
	if n := c.waiting(); n == 0 && runtime.GOOS == "linux" {
		t.Error("nothing waits")
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if err := listener.Close(); err != nil {
		t.Error(err)
	}
}
