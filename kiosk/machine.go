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
}

// newMachine readies the kiosk; ctx is the life of the program.
func newMachine(ctx context.Context, o Options) (*machine, error) {
	m := &machine{
		end:    func() error { return nil },
		emit:   func(string, any) {},
		quit:   func() {},
		forget: func() bool { return true },
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
	m.app = &App{
		hall:    hall,
		events:  &follower{client: hall, emit: m.tell, log: o.Log, pause: pause},
		exit:    exit{mayLeave: o.MayLeave, now: time.Now},
		log:     o.Log,
		life:    life,
		printer: o.printer(),
		leave:   m.leave,
	}
	if o.Printer != nil {
		m.app.printing = newPrinting(o.Printer, hall, o.Log)
	}
	return m, nil
}

// opened joins the machine to its open window: events flow, staff may leave,
// and the end of the program closes it.
func (m *machine) opened(window context.Context, quit func(context.Context), emit func(context.Context, string, ...any)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.emit = func(name string, data any) { emit(window, name, data) }
	m.quit = func() { quit(window) }
	m.forget = context.AfterFunc(m.app.life, m.leave)
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

// close ends what the machine runs. The window is closed by then.
func (m *machine) close() error {
	m.mu.Lock()
	m.forget()
	m.mu.Unlock()
	m.giveUp()
	m.app.events.close()
	if m.app.printing != nil {
		m.app.printing.close()
	}
	return m.end()
}
