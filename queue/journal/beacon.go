package journal

import (
	"context"
	"sync"
)

// Beacon shows where the head is and wakes those who wait for it to move. Stores use it to fulfil Wait.
// The zero value shows revision 0.
type Beacon struct {
	mu     sync.Mutex
	head   Revision
	closed bool
	moved  chan struct{} // closed when the head moves; nil while nobody waits
}

// Show moves the head forward. A revision that is not above the one shown already changes nothing.
func (b *Beacon) Show(head Revision) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if head > b.head {
		b.head = head
		b.wake()
	}
}

// Wait is Journal.Wait.
func (b *Beacon) Wait(ctx context.Context, after Revision) error {
	for {
		moved, err := b.look(after)
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case moved == nil:
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Close makes all who wait, and all who will, return ErrClosed.
func (b *Beacon) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.wake()
}

// look returns what to wait on, nil when the head is above after already.
func (b *Beacon) look(after Revision) (<-chan struct{}, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.closed:
		return nil, ErrClosed
	case b.head > after:
		return nil, nil
	case b.moved == nil:
		b.moved = make(chan struct{})
	}
	return b.moved, nil
}

func (b *Beacon) wake() {
	if b.moved != nil {
		close(b.moved)
		b.moved = nil
	}
}
