package journaltest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"petitionhall/queue/journal"
)

var waitTests = []test{
	{name: "not at all for what is there", run: func(k *kit) {
		k.fill(2, "d")
		for after := range journal.Revision(2) {
			if err := k.Wait(k.ctx, after); err != nil {
				k.Errorf("Wait(%d) = %v with the head at 2", after, err)
			}
		}
	}},
	{name: "until the context ends", run: func(k *kit) {
		k.fill(2, "d")
		for _, after := range []journal.Revision{2, 3, ^journal.Revision(0)} {
			ctx, cancel := context.WithTimeout(k.ctx, time.Millisecond)
			if err := k.Wait(ctx, after); !errors.Is(err, context.DeadlineExceeded) {
				k.Errorf("Wait(%d) = %v with the head at 2, want its deadline", after, err)
			}
			cancel()
			ctx, cancel = context.WithCancel(k.ctx)
			ended := k.waiting(ctx, after)
			cancel()
			if err := k.ended(ended); !errors.Is(err, context.Canceled) {
				k.Errorf("Wait(%d) = %v after cancel", after, err)
			}
		}
	}},
	{name: "until the head is above", run: func(k *kit) {
		const last = 20
		waits := make([]<-chan error, last)
		for after := range waits {
			waits[after] = k.waiting(k.ctx, journal.Revision(after))
		}
		for after := range waits {
			k.append(batch("d", string('a'+rune(after))))
			if err := k.ended(waits[after]); err != nil {
				k.Errorf("Wait(%d) = %v with the head at %d", after, err, after+1)
			}
		}
	}},
	{name: "never too short", run: func(k *kit) {
		const last = 50
		ended := make(chan error, 1)
		go func() {
			for after := range journal.Revision(last) {
				if err := k.Wait(k.ctx, after); err != nil {
					ended <- err
					return
				}
				page, err := k.Read(k.ctx, after, 1)
				if err != nil || len(page) != 1 || page[0].Revision != after+1 {
					ended <- errors.Join(fmt.Errorf("after Wait(%d), Read gave %v", after, page), err)
					return
				}
			}
			ended <- nil
		}()
		k.fill(last, "d")
		if err := k.ended(ended); err != nil {
			k.Error(err)
		}
	}},
	{name: "through a trimming", run: func(k *kit) {
		k.fill(2, "d", "e")
		ended := k.waiting(k.ctx, 4)
		k.trim("e")
		k.append(batch("e", "next"))
		if err := k.ended(ended); err != nil {
			k.Error(err)
		}
	}},
}

// waiting starts to wait, and gives the outcome to the channel.
func (k *kit) waiting(ctx context.Context, after journal.Revision) <-chan error {
	ended, j := make(chan error, 1), k.Journal
	go func() { ended <- j.Wait(ctx, after) }()
	return ended
}

// ended returns what was given to the channel, which must come before the test is stuck.
func (k *kit) ended(c <-chan error) error {
	k.Helper()
	select {
	case err := <-c:
		return err
	case <-k.ctx.Done():
		k.Fatal("stuck")
		return nil
	}
}
