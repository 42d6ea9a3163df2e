package hall

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"petitionhall/hall/api"
	"petitionhall/hall/configuration"
	"petitionhall/hall/help"
	"petitionhall/hall/languages"
	"petitionhall/hall/live"
	"petitionhall/hall/office"
	"petitionhall/hall/ratings"
	"petitionhall/hall/runner"
	"petitionhall/hall/view"
	"petitionhall/hall/voice"
	"petitionhall/hall/voice/pack"
	"petitionhall/printer"
	"petitionhall/queue"
	"petitionhall/queue/boltstore"
	"petitionhall/queue/journal"
)

// Options say how a hall runs.
type Options struct {
	// Data is the directory of the journals; it is made when missing.
	Data string
	// Configuration is a YAML file that is imported at the first start; empty for the one that is built in.
	Configuration string
	// Printer is the URI of the hub's own printer; empty for none, or with Open for a virtual one in Data.
	Printer string
	// Open runs without accounts, for trying and for tests, on a loopback address only.
	Open bool
	// Listen is the address to serve on, such as 127.0.0.1:8080; port 0 takes a free one. Empty serves nobody: the handler is used in process.
	Listen string
	// Pages are the built pages.
	Pages fs.FS
	// Version is the program's, for the API's document.
	Version string
	// Player plays on the hub's own loudspeaker; nil for aplay.
	Player voice.Player
	// Now is the clock; nil for the machine's.
	Now func() time.Time
	// Log hears what an operator must know; nil for the default.
	Log *slog.Logger
}

// ErrNotLoopback refuses an open hall that others could reach.
var ErrNotLoopback = errors.New("--open serves loopback addresses only, such as 127.0.0.1:8080")

// Hall is a hall that runs.
type Hall struct {
	options   Options
	journal   journal.Journal
	records   journal.Journal
	office    *office.Office
	runner    *runner.Runner
	live      *live.Hub
	voice     *voice.Announcer
	voices    *pack.Shelf // what the hall recorded
	languages *languages.Shelf
	station   *printer.Station
	device    printer.Printer
	kiosks    kiosks // what they tell of their own printers
	templates *templates
	ratings   *ratings.Book
	waits     *waits
	help      *help.Desk
	api       *api.API
	handler   http.Handler
	listener  net.Listener
	ready     atomic.Bool
	lastZone  atomic.Pointer[time.Location]
	// configuring is held by the one who changes the configuration.
	configuring sync.Mutex
	onReady     func()
}

// CheckListen tells whether an open hall may listen there: only the machine
// itself may reach it.
func CheckListen(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%q is no address to listen on: %w", address, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return ErrNotLoopback
	}
	return nil
}

// Open opens the data directory, replays what happened and listens; Run serves.
// Its errors are for an operator: they say what cannot be used and why.
func Open(ctx context.Context, o Options) (_ *Hall, err error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	h := &Hall{options: o}
	h.waits = &waits{hall: h}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
		}
	}()
	if o.Open && o.Listen != "" {
		if err := CheckListen(o.Listen); err != nil {
			return nil, err
		}
	}
	if err := h.openJournals(); err != nil {
		return nil, err
	}
	if err := h.openOffice(ctx); err != nil {
		return nil, err
	}
	if err := h.openRatings(); err != nil {
		return nil, err
	}
	h.templates = openTemplates(h.path("templates"), o.Log)
	h.languages = languages.OpenShelf(h.path("languages"), o.Log)
	if err := h.openPrinter(); err != nil {
		return nil, err
	}
	if h.runner, err = runner.New(ctx, runner.Options{Journal: h.journal, Opening: h.opening, Now: h.now, Log: o.Log}); err != nil {
		return nil, h.damaged(hallFile, err)
	}
	h.live = live.New(h, o.Log)
	h.help = help.New(h.Clock, h.live.Look)
	if err := h.openVoice(); err != nil {
		return nil, err
	}
	if err := h.listen(ctx); err != nil {
		return nil, err
	}
	h.handler = h.routes()
	return h, nil
}

// The files of a hall, in its data directory.
const (
	hallFile   = "hall.db"
	officeFile = "office.db"
)

func (h *Hall) path(name string) string { return filepath.Join(h.options.Data, name) }

func (h *Hall) openJournals() (err error) {
	if err := os.MkdirAll(h.options.Data, 0o700); err != nil {
		return fmt.Errorf("the data directory: %w", err)
	}
	if h.journal, err = open(h.path(hallFile), "hall"); err != nil {
		return err
	}
	h.records, err = open(h.path(officeFile), "office")
	return err
}

// damaged tells an operator what is wrong with a journal, and the way on.
func (h *Hall) damaged(file string, err error) error {
	return fmt.Errorf("%s cannot be gone on with, and was left as it is: %w\n"+
		"See all that is wrong:  petitionhall check --data %s\n"+
		"Go on:                  move the data directory aside and put the last good copy of it in its place (docs/restore.md)", h.path(file), err, h.options.Data)
}

// open keeps a nil *Store out of the interface.
func open(path, name string) (journal.Journal, error) {
	store, err := boltstore.Open(path, boltstore.Options{Name: name})
	switch {
	case errors.Is(err, journal.ErrCorrupt):
		return nil, fmt.Errorf("%w\nNothing was changed. To go on, move the data directory aside and put the last good copy of it in its place (docs/restore.md)", err)
	case err != nil:
		return nil, err
	}
	return store, nil
}

// openOffice finds the configuration: the one that was applied last, or at the
// first start the file that was given, or the one that is built in.
func (h *Hall) openOffice(ctx context.Context) (err error) {
	if h.office, err = office.Open(ctx, h.records, h.options.Log); err != nil {
		return h.damaged(officeFile, err)
	}
	if h.office.Configuration() != nil {
		if h.options.Configuration != "" {
			h.options.Log.Warn("the configuration file is imported at the first start only; this hall has one already", "file", h.options.Configuration)
		}
		return nil
	}
	first := configuration.Default()
	if h.options.Configuration != "" {
		if first, err = configuration.Read(h.options.Configuration); err != nil {
			return err
		}
	}
	return h.office.ApplyConfiguration(ctx, first, "setup")
}

// openPrinter opens the hub's own printer. A printer that does not answer is no
// reason to keep the hall shut: its state is shown, and the queue works.
func (h *Hall) openPrinter() error {
	uri := h.options.Printer
	if uri == "" && h.options.Open {
		uri = "virtual:" + h.path("slips")
	}
	if uri == "" || uri == "none" {
		return nil
	}
	device, err := printer.New(uri)
	if err != nil {
		return err
	}
	if checked, err := printer.Open(uri); err != nil {
		h.options.Log.Warn("the printer is not there; numbers are issued all the same and slips follow once it is", "printer", uri, "cause", err)
	} else if err := checked.Close(); err != nil {
		return err
	}
	h.device = device
	h.station = printer.NewStation(device, jobs{h}, h.options.Log)
	return nil
}

// openVoice finds the voices of the hall.
func (h *Hall) openVoice() (err error) {
	dir := h.path("voices")
	if h.voices, err = pack.OpenShelf(dir, h.Clock); err != nil {
		return err
	}
	h.voice = voice.New(voice.Options{Hall: h, Screens: h.live, Packs: voice.NewLibrary(dir, h.voices), Player: h.options.Player, Log: h.options.Log})
	return nil
}

func (h *Hall) listen(ctx context.Context) (err error) {
	if h.options.Listen == "" {
		return nil
	}
	if h.listener, err = (&net.ListenConfig{Control: sensitive}).Listen(ctx, "tcp", h.options.Listen); err != nil {
		return fmt.Errorf("cannot listen on %s: %w; is another petitionhall running there? choose another with --listen", h.options.Listen, err)
	}
	h.tellAddress()
	return nil
}

// Address is where the hall is served, such as http://127.0.0.1:8080; empty when it is not.
func (h *Hall) Address() string {
	if h.listener == nil {
		return ""
	}
	return "http://" + h.listener.Addr().String()
}

// Handler serves pages, API and live events, for a touch window in the same process.
func (h *Hall) Handler() http.Handler { return h.handler }

// OnReady has a function called once the hall answers. Set it before Run.
func (h *Hall) OnReady(do func()) { h.onReady = do }

// Run runs the hall until ctx ends, and returns within 5 s of that.
//
// The queue ends last: what was asked before still gets its true answer, and
// the outcome of a slip that is under way is still recorded.
func (h *Hall) Run(ctx context.Context) error {
	work, ctx := errgroup.WithContext(ctx)
	queueing, endQueue := context.WithCancel(context.WithoutCancel(ctx))
	work.Go(func() error { return h.runner.Run(queueing) })
	work.Go(func() error {
		defer endQueue()
		return h.serveAll(ctx)
	})
	err := work.Wait()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// serveAll runs all that stands on the queue.
func (h *Hall) serveAll(ctx context.Context) error {
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return h.live.Run(ctx) })
	work.Go(func() error { return h.voice.Run(ctx) })
	work.Go(func() error { return h.keepBooks(ctx) })
	work.Go(func() error { return h.waits.run(ctx) })
	h.fitDay(ctx, "system")
	if err := h.settleOwnJobs(ctx); err != nil {
		h.options.Log.Error("open print jobs could not be settled", "cause", err)
	}
	if h.station != nil {
		work.Go(func() error { return h.station.Run(ctx) })
	}
	if h.listener != nil {
		work.Go(func() error { return h.serve(ctx) })
	}
	h.ready.Store(true)
	if h.onReady != nil {
		h.onReady()
	}
	err := work.Wait()
	h.ready.Store(false)
	return err
}

const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	endTimeout    = 4 * time.Second
)

func (h *Hall) serve(ctx context.Context) error {
	server := &http.Server{Handler: h.handler, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout,
		ErrorLog: slog.NewLogLogger(h.options.Log.Handler(), slog.LevelDebug)}
	done := make(chan error, 1)
	go func() { done <- server.Serve(h.listener) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve %s: %w", h.Address(), err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return errors.Join(server.Close(), nil)
	}
	return nil
}

// Close gives back what Open took. Call it after Run has returned.
func (h *Hall) Close() error {
	var err error
	if h.listener != nil {
		_ = os.Remove(h.path(addressFile)) // a note that is no longer true; check says so if it stays
		if e := h.listener.Close(); e != nil && !errors.Is(e, net.ErrClosed) {
			err = e
		}
	}
	if h.device != nil {
		err = errors.Join(err, h.device.Close())
	}
	if h.voices != nil {
		err = errors.Join(err, h.voices.Close())
	}
	for _, j := range []journal.Journal{h.journal, h.records} {
		if j != nil {
			err = errors.Join(err, j.Close())
		}
	}
	return err
}

func (h *Hall) now() time.Time { return h.options.Now() }

// Clock is the hall's clock, in its zone.
func (h *Hall) Clock() time.Time { return h.now().In(h.zone()) }

// Voice tells how the voice is.
func (h *Hall) Voice() view.VoiceState { return h.voice.State() }

// zone is the hall's own, also before its first day. Finding one means reading
// a file, so the last one found is kept.
func (h *Hall) zone() *time.Location {
	name := h.office.Configuration().TimeZone
	if known := h.lastZone.Load(); known != nil && known.String() == name {
		return known
	}
	zone, err := time.LoadLocation(name)
	if err != nil { // the configuration was valid when it was applied
		return time.UTC
	}
	h.lastZone.Store(zone)
	return zone
}

// learnedDays is over how many days service times are learned.
const learnedDays = 30

// opening is what the next day starts with.
func (h *Hall) opening(now time.Time) *queue.Opening {
	return &queue.Opening{Date: now.In(h.zone()).Format(time.DateOnly), Epoch: 1, Configuration: h.office.Configuration(),
		ServiceTimes: h.office.ServiceTimes(learnedDays), Waits: h.office.Waits()}
}

// Track is the address behind the QR of a code. Capitals make the QR smaller.
func (h *Hall) Track(code string) string {
	base := h.office.Configuration().PublicAddress
	if base == "" && h.options.Open {
		base = h.Address()
	}
	if base == "" {
		return ""
	}
	return strings.ToUpper(strings.TrimRight(base, "/")) + "/T/" + code
}

// Do has a command decided and recorded.
func (h *Hall) Do(ctx context.Context, c queue.Command) (runner.Result, error) {
	return h.runner.Do(ctx, c)
}

// View shows the committed state.
func (h *Hall) View(look func(s *queue.State, revision journal.Revision)) { h.runner.View(look) }

// Subscribe begins to follow what is committed.
func (h *Hall) Subscribe(room int, look func(s *queue.State, revision journal.Revision)) *runner.Subscription {
	return h.runner.Subscribe(room, look)
}

// Moment is what a view needs beside the state.
func (h *Hall) Moment(revision journal.Revision) view.Moment {
	m := view.Moment{Revision: uint64(revision), Now: h.now().In(h.zone()).Truncate(time.Millisecond), Configuration: h.office.Configuration()}
	m.Printers = h.printers()
	m.Help = h.help.Open()
	m.Waits = h.waitsOf()
	return m
}
