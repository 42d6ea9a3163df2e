package kiosk

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// machine is the running kiosk behind its window: App and what App leans on. It
// is apart from App because Wails binds everything that App exports, and apart
// from the window so that it can be tested without one.
type machine struct {
	app *App
	// settle ends what else the program runs, when the window cannot be closed.
	settle func()
	// die ends the process.
	die func()
	// end closes the way to a hall inside this program.
	end func() error
	// giveUp ends the life of all that runs.
	giveUp context.CancelFunc

	mu sync.Mutex
	// emit and quit reach the window; before it is open they reach nobody.
	emit func(name string, data any)
	quit func()
	left bool
	// forget unties the end of the program from the window.
	forget func() bool
	// watching are the looks at the page.
	watching sync.WaitGroup
	closing  sync.Once
	closed   error
}

// newMachine readies the kiosk; ctx is the life of the program.
func newMachine(ctx context.Context, o Options) (*machine, error) {
	m := &machine{
		end:    func() error { return nil },
		emit:   func(string, any) {},
		quit:   func() {},
		forget: func() bool { return true },
		settle: o.Settle,
		die:    func() { Exit(ExitFrozen) },
	}
	base, transport := o.HallURL, http.DefaultTransport
	if o.Hall != nil {
		base = "http://127.0.0.1"
		transport, m.end = inside(o.Hall)
	}
	hall, err := newClient(base, transport)
	if err != nil {
		return nil, errors.Join(err, m.end())
	}
	life, giveUp := context.WithCancel(ctx)
	m.giveUp = giveUp
	board := wanted{board: o.Board, log: o.Log}
	emit := func(name string, data any) {
		board.look(name, data)
		m.tell(name, data)
	}
	m.app = &App{
		reader: &reader{
			hall:   hall,
			events: &follower{client: hall, emit: emit, log: o.Log, pause: pause},
			log:    o.Log,
			life:   life,
		},
		exit:    exit{mayLeave: o.MayLeave, now: time.Now},
		printer: o.printer(),
		leave:   m.leave,
	}
	if o.Silence > 0 {
		m.app.watch = newWatch(o.Silence, time.Now())
	}
	if o.Printer != nil {
		m.app.printing = newPrinting(o.Printer, hall, o.Log)
	}
	return m, nil
}

// reach is what can be done with an open window.
type reach struct {
	quit  func(window context.Context) // close it
	renew func(window context.Context) // load its page anew, even one that hangs
	emit  func(window context.Context, name string, data ...any)
}

// opened joins the machine to its open window: events flow, staff may leave,
// the end of the program closes it, and a page that froze is loaded anew.
func (m *machine) opened(window context.Context, r reach) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.emit = func(name string, data any) { r.emit(window, name, data) }
	m.quit = func() { r.quit(window) }
	m.forget = context.AfterFunc(m.app.life, m.leave)
	if w := m.app.watch; w != nil {
		m.watching.Go(func() {
			w.keep(m.app.life, m.app.log, func() { r.renew(window) }, func() { go m.abandon() })
		})
	}
}

// tell hands an event to the page.
func (m *machine) tell(name string, data any) {
	m.mu.Lock()
	emit := m.emit
	m.mu.Unlock()
	emit(name, data)
}

// leave closes the window, once, even if staff and a signal ask for it together.
func (m *machine) leave() {
	m.mu.Lock()
	quit := m.quit
	m.left, m.quit = true, func() {}
	m.mu.Unlock()
	quit()
}

// leaving tells whether the window may close.
func (m *machine) leaving() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.left
}

// settleWithin is how long a slip under way and the hall may take to end once the
// page is given up. A slip takes some 5 s; what still runs then is as after a
// power cut, which loses no ticket and leaves a slip as unknown.
const settleWithin = 30 * time.Second

// abandon ends all around a window whose page is frozen for good: a slip that is
// being printed is waited for, then the process ends with ExitFrozen. The window
// is not closed before: closing one waits for the processes that draw it, and
// those are what hangs.
func (m *machine) abandon() {
	settled := make(chan struct{})
	go func() {
		defer close(settled)
		if err := m.close(); err != nil {
			m.app.log.Error("the kiosk ended badly", "cause", err)
		}
		m.settle()
	}()
	select {
	case <-settled:
	case <-time.After(settleWithin):
	}
	m.die()
}

// close ends what the machine runs, once. The window is closed by then, or is
// given up.
func (m *machine) close() error {
	m.closing.Do(func() { m.closed = m.shut() })
	return m.closed
}

func (m *machine) shut() error {
	m.mu.Lock()
	m.forget()
	m.mu.Unlock()
	m.giveUp()
	m.watching.Wait()
	m.app.events.close()
	if m.app.printing != nil {
		m.app.printing.close()
	}
	return m.end()
}
