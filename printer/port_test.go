package printer

import (
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// TestNetworkPrinterThatTakesNoMore: the printer is there, its memory is full and
// it prints nothing. That is no cable that was pulled.
func TestNetworkPrinterThatTakesNoMore(t *testing.T) {
	for _, takes := range []int{0, 1, 300} {
		synctest.Test(t, func(t *testing.T) {
			near, far := net.Pipe()
			s := newSession(tcpConn{near}, 0, replies{})
			go func() { _, _ = io.ReadFull(far, make([]byte, takes)) }()
			began := time.Now()
			left, err := s.write(t.Context(), make([]byte, 700))
			if left != takes || err == nil || reasonOf(err) != ReasonStuck {
				t.Errorf("%d bytes taken: %d left, reason %s (%v)", takes, left, reasonOf(err), err)
			}
			if took := time.Since(began); took > writeDeadline {
				t.Errorf("given up after %v", took)
			}
			s.close()
			if err := far.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
