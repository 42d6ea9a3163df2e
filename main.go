// Command petitionhall issues numbers, calls them and shows who is called, in
// the hall of a county where people bring complaints, requests and disputes.
//
// This file holds the commands and their wiring, and nothing else: the rules
// are in queue, the running hall in hall, the touch window in kiosk, the slips
// in printer, the pages in frontend.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	_ "time/tzdata" // a hall's day turns in its zone, whatever the machine has installed

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"petitionhall/frontend"
	"petitionhall/hall"
	"petitionhall/hall/estimate"
	"petitionhall/hall/simulation"
	"petitionhall/kiosk"
	"petitionhall/printer"
	"petitionhall/queue/check"
	"petitionhall/queue/simulate"
)

// Exit codes: 0 all is well, 1 it failed, 2 the call was wrong, and
// kiosk.ExitFrozen (75): the page in the window froze, start the program again.
const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if args, asked := withoutSupervise(os.Args[1:]); asked {
		os.Exit(supervise(ctx, args, os.Stdout, os.Stderr))
	}
	kiosk.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// usageError marks a call that was wrong, as against a call that failed.
type usageError struct{ error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	p := &program{out: out, errs: errs}
	root := p.commands()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	_, _ = fmt.Fprintf(errs, "petitionhall: %v\n", err)
	if wrong := (usageError{}); errors.As(err, &wrong) || !p.began {
		_, _ = fmt.Fprintln(errs, "petitionhall: see petitionhall --help")
		return exitUsage
	}
	return exitFailed
}

// program is one call of petitionhall: its common flags and where it speaks.
type program struct {
	out, errs io.Writer
	// began is set once the call itself was found right.
	began bool

	data, listen, printer, config, hallURL, logFormat string
	exitPassword, kioskID, board                      string
	open, windowed, supervised                        bool
	pageSilence                                       time.Duration
	simulation                                        simulationFlags
	log, format                                       string
	typed                                             float64
}

// simulationFlags are those of simulate.
type simulationFlags struct {
	seed          uint64
	days, runs    int
	faults        int
	scenario      string
	trace, county bool
}

// What the help of a command with a window says beside its flags.
const (
	wholeHelp = `Without a command: the touch window with the hall inside it, on one machine.

Exit codes: 0 it ended as it was told to; 1 it failed, and said why; 2 it was
called wrongly; 75 the page in its window froze and loading it anew did not help,
so start it again: --supervise does that, or a service manager (docs/unattended.md).`

	clientHelp = `The touch window as a client of a hub. Without its hub it says so to visitors and
waits.

Of the flags of all commands it heeds --printer (its own printer, which the hub
knows by --id), --data (where it keeps what it must not forget of that printer),
--exit-password-file, --windowed, --page-silence, --supervise and --log-format.
The others are the hub's.`

	displayHelp = `A wall board in a window of its own, as a client of a hub. Its page can look, and
nothing else. Without its hub it says how old the picture is and waits; if the hall
has no board of that name, the screen and the log say which there are.

Of the flags of all commands it heeds --windowed, --page-silence, --supervise and
--log-format. It has no way out for staff: end it from its system.`
)

func (p *program) commands() *cobra.Command {
	root := &cobra.Command{Use: "petitionhall", Short: "Numbers for a reception hall: take, print, call, show",
		Long: wholeHelp, Args: noArguments, SilenceUsage: true, SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return p.begin() },
		RunE:              func(c *cobra.Command, _ []string) error { return p.touchWithHall(c.Context()) }}
	root.CompletionOptions.DisableDefaultCmd = true
	flags := root.PersistentFlags()
	flags.StringVar(&p.data, "data", "data", "directory of the hall's data")
	flags.StringVar(&p.listen, "listen", "127.0.0.1:8080", "address to serve on")
	flags.StringVar(&p.printer, "printer", "", "serial:/dev/ttyUSB0?baud=9600, tcp:HOST:9100, virtual:DIR or none")
	flags.StringVar(&p.config, "config", "", "YAML file to import as the configuration at the first start")
	flags.BoolVar(&p.open, "open", false, "no accounts, loopback addresses only: for trying and for tests")
	flags.StringVar(&p.logFormat, "log-format", "text", "text or json")
	flags.BoolVar(&p.windowed, "windowed", false, "an ordinary window instead of the full screen")
	flags.DurationVar(&p.pageSilence, "page-silence", kiosk.PageSilence, "how long the page in the window may give no sign of life before it is loaded anew, 4s or more; if that does not help the program ends with 75; 0 never looks")
	flags.BoolVar(&p.supervised, "supervise", false, "start the program again whenever it ends with another code than 0 and 2, where no service manager does that")
	flags.StringVar(&p.exitPassword, "exit-password-file", "", "file with the password with which staff leave the touch window")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })

	client := p.command("kiosk", "The touch window as a client of a hub", p.touchAsClient)
	client.Long = clientHelp
	client.Flags().StringVar(&p.hallURL, "hall", "", "address of the hub, such as http://10.0.0.2:8080")
	client.Flags().StringVar(&p.kioskID, "id", "kiosk-1", "name of this kiosk's own printer at the hub")
	display := p.command("display", "A wall board in a window of its own, as a client of a hub", p.display)
	display.Long = displayHelp
	display.Flags().StringVar(&p.hallURL, "hall", "", "address of the hub, such as http://10.0.0.2:8080")
	display.Flags().StringVar(&p.board, "board", "", "which of the hall's boards, by its id; without one, the first")
	slips := &cobra.Command{Use: "printer", Short: "Look at a printer, or try it", Args: noArguments, RunE: func(*cobra.Command, []string) error { return usage("printer needs find, test or status") }}
	slips.AddCommand(p.command("find", "Look for printers at every port and speed", p.printerFind), p.command("test", "Print a test slip and say what became of it", p.printerTest), p.command("status", "Say how the printer is", p.printerStatus))
	root.AddCommand(client, display, slips, p.simulateCommand(), p.estimateCommand(), p.languagesCommand(),
		p.command("serve", "The hall without a window", p.serve),
		p.command("check", "Replay the journal and prove that every promise was kept", p.check),
		p.command("openapi", "Write the API's document", p.openAPI),
		p.command("version", "Say what this is", p.version))
	return root
}

func (p *program) simulateCommand() *cobra.Command {
	c := p.command("simulate", "Play days of a hall from a seed, and tell the figures", p.simulate)
	flags, o := c.Flags(), &p.simulation
	flags.Uint64Var(&o.seed, "seed", 1, "what all chance comes from: the same seed gives the same days")
	flags.IntVar(&o.days, "days", 250, "days to play; 250 are a hall's year")
	flags.IntVar(&o.runs, "runs", 60, "runs that each told wait is made of; 0 tells none")
	flags.IntVar(&o.faults, "faults", 0, "of a thousand commands, how many are accompanied by a fault")
	flags.StringVar(&o.scenario, "scenario", "", "YAML file; without one an ordinary day of a county's hall")
	flags.BoolVar(&o.trace, "trace", false, "write every event as a line before the figures")
	flags.BoolVar(&o.county, "show-scenario", false, "write the scenario inside the program, to begin one's own with")
	return c
}

func (p *program) estimateCommand() *cobra.Command {
	c := p.command("estimate", "Replay a real log through the wait estimator, beside the usual ones", p.estimate)
	c.Flags().StringVar(&p.log, "log", "", "CSV file with the columns service, arrived, called, finished, windows; empty cells are unknown")
	c.Flags().Float64Var(&p.typed, "typed", 0, "average in minutes for the formula with a typed average; 0 takes the log's own mean")
	c.Flags().StringVar(&p.format, "format", "text", "text or json")
	return c
}

// estimate tells how well waits would have been told on the days of a log.
func (p *program) estimate(ctx context.Context) error {
	if p.log == "" || !(p.typed >= 0 && p.typed <= 24*60) || p.format != "text" && p.format != "json" {
		return usage("estimate needs --log FILE.csv; --typed is 0 to 1440 minutes, --format text or json")
	}
	file, err := os.Open(p.log)
	if err != nil {
		return err
	}
	defer file.Close()
	bar := newProgress(p.errs, "estimate")
	r, err := estimate.Replay(ctx, file, estimate.Options{Typed: p.typed, Progress: bar.show})
	bar.done()
	if err != nil {
		return fmt.Errorf("%s: %w", p.log, err)
	}
	if p.format == "json" {
		return json.NewEncoder(p.out).Encode(r)
	}
	return r.Tell(p.out)
}

// simulate plays days, proves the promises on them and tells the figures.
func (p *program) simulate(context.Context) error {
	o := p.simulation
	if o.county {
		_, err := p.out.Write(simulation.County())
		return err
	}
	if o.days < 1 || o.runs < 0 || o.runs > 1000 || o.faults < 0 || o.faults > 1000 {
		return usage("simulate takes at least 1 day, 0 to 1000 runs and 0 to 1000 faults")
	}
	s, err := simulation.Read(o.scenario, p.config)
	if err != nil {
		return usageError{err}
	}
	s.Faults = max(s.Faults, o.faults)
	bar := newProgress(p.errs, "simulate")
	options := simulate.Options{Seed: o.seed, Days: o.days, Runs: o.runs, Digest: true, Progress: func(day int) { bar.show(day, o.days) }}
	if o.trace {
		options.Trace = func(batch []byte) { _, _ = fmt.Fprintf(p.out, "%s\n", batch) }
	}
	r, err := simulate.Run(s, options)
	bar.done()
	if err != nil {
		return err
	}
	for _, v := range r.Report.Violations {
		_, _ = fmt.Fprintln(p.out, v)
	}
	if err := simulation.Tell(p.out, r); err != nil {
		return err
	}
	return verdict(p.out, r.Report)
}

func (p *program) command(name, short string, do func(context.Context) error) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, Args: noArguments, RunE: func(c *cobra.Command, _ []string) error { return do(c.Context()) }}
}

func noArguments(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s does not take %q", c.CommandPath(), args[0])
	}
	return nil
}

// leastSilence leaves a page that beats every 2 s room for one slow beat.
const leastSilence = 4 * time.Second

// begin sets up the log, the first thing that every command needs.
func (p *program) begin() error {
	if p.pageSilence != 0 && p.pageSilence < leastSilence {
		return usage("--page-silence is 0 or at least %s, not %s", leastSilence, p.pageSilence)
	}
	if p.supervised {
		return usage("write %s as it stands, without a value", superviseFlag)
	}
	level := &slog.HandlerOptions{Level: slog.LevelInfo}
	switch p.logFormat {
	case "text":
		slog.SetDefault(slog.New(slog.NewTextHandler(p.errs, level)))
	case "json":
		slog.SetDefault(slog.New(slog.NewJSONHandler(p.errs, level)))
	default:
		return usage("--log-format is text or json, not %q", p.logFormat)
	}
	p.began = true
	return nil
}

// hallOptions says how the hall of this call runs, and refuses what is not safe.
func (p *program) hallOptions() (hall.Options, error) {
	o := hall.Options{Data: p.data, Configuration: p.config, Printer: p.printer, Open: p.open, Listen: p.listen, Pages: frontend.Assets(), Version: programVersion()}
	if !p.open {
		return o, usage("there are no accounts yet, so a hall runs only with --open, on this machine alone")
	}
	if err := hall.CheckListen(p.listen); err != nil {
		return o, usageError{err}
	}
	if p.printer != "" {
		device, err := printer.New(p.printer)
		if err != nil {
			return o, usageError{err}
		}
		return o, device.Close()
	}
	return o, nil
}

// serve runs the hall until it is told to end.
func (p *program) serve(ctx context.Context) error {
	h, err := p.openHall(ctx)
	if err != nil {
		return err
	}
	return errors.Join(h.Run(ctx), h.Close())
}

func (p *program) openHall(ctx context.Context) (*hall.Hall, error) {
	o, err := p.hallOptions()
	if err != nil {
		return nil, err
	}
	h, err := startQuickly(func() (*hall.Hall, error) { return hall.Open(ctx, o) })
	if err != nil {
		return nil, err
	}
	h.OnReady(func() {
		_, _ = fmt.Fprintf(p.out, "petitionhall is ready at %[1]s\n  首页 start   %[1]s/\n  取号 kiosk   %[1]s/kiosk\n  窗口 window  %[1]s/window\n  大屏 board   %[1]s/board\n", h.Address())
	})
	return h, nil
}

// startRoom is how much memory starting may take before it is collected, in bytes.
const startRoom = 128 << 20

// startQuickly spares the replay of a day from collecting what it still needs,
// and gives back afterwards what it took: a hall may share a small machine.
func startQuickly[T any](start func() (T, error)) (T, error) {
	percent, limit := debug.SetGCPercent(-1), debug.SetMemoryLimit(startRoom)
	defer debug.FreeOSMemory()
	defer debug.SetGCPercent(percent)
	defer debug.SetMemoryLimit(limit)
	return start()
}

// touchWithHall is the smallest hall: window, queue, printing and pages in one process.
func (p *program) touchWithHall(ctx context.Context) error {
	if !kiosk.Built {
		return usage("%w", kiosk.ErrNoWindow)
	}
	h, err := p.openHall(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var work errgroup.Group
	work.Go(func() error {
		defer cancel()
		return h.Run(ctx)
	})
	settled := sync.OnceValue(func() error {
		cancel()
		return errors.Join(work.Wait(), h.Close())
	})
	settle := func() {
		if err := settled(); err != nil {
			slog.Error("the hall ended badly", "cause", err)
		}
	}
	shown := p.touch(ctx, kiosk.Options{Hall: h.Handler(), Settle: settle})
	return errors.Join(shown, settled())
}

// hubAddress refuses a call that does not name its hub.
func (p *program) hubAddress(command string) error {
	address, err := url.Parse(p.hallURL)
	if err != nil || address.Host == "" {
		return usage("%s needs --hall with the hub's address, such as http://10.0.0.2:8080", command)
	}
	return nil
}

// display is a wall board in a window of its own.
func (p *program) display(ctx context.Context) error {
	if err := p.hubAddress("display"); err != nil {
		return err
	}
	if p.exitPassword != "" {
		return usage("display has no way out for staff: end it from its system, or show it --windowed")
	}
	return p.touch(ctx, kiosk.Options{HallURL: p.hallURL, Display: true, Board: p.board})
}

func (p *program) touchAsClient(ctx context.Context) error {
	if err := p.hubAddress("kiosk"); err != nil {
		return err
	}
	o := kiosk.Options{HallURL: p.hallURL}
	if p.printer == "" || p.printer == "none" {
		return p.touch(ctx, o)
	}
	port, err := printer.New(p.printer)
	if err != nil {
		return usageError{err}
	}
	o.Printer = &kiosk.Printer{ID: p.kioskID, Port: port, Data: p.data}
	return errors.Join(p.touch(ctx, o), port.Close())
}

func (p *program) touch(ctx context.Context, o kiosk.Options) error {
	if !kiosk.Built {
		return usage("%w", kiosk.ErrNoWindow) // starting it again would not help
	}
	o.Pages, o.Windowed, o.Log = frontend.Assets(), p.windowed, slog.Default()
	if o.Silence = p.pageSilence; o.Silence == 0 {
		o.Silence = -1 // nobody looks
	}
	if p.exitPassword != "" {
		password, err := os.ReadFile(p.exitPassword)
		if err != nil {
			return fmt.Errorf("the staff's password: %w", err)
		}
		o.MayLeave = kiosk.Password(strings.TrimSpace(string(password)))
	}
	return kiosk.Run(ctx, o)
}

// checkGC lets the memory of a check grow to four times what it holds before it is
// tidied up: the command reads once and ends, and is a fifth faster for it.
const checkGC = 300

// check proves the promises on the journal of a data directory, or asks the
// hall that has it open.
func (p *program) check(ctx context.Context) error {
	debug.SetGCPercent(checkGC)
	progress := newProgress(p.errs, "check")
	report, err := hall.Check(ctx, p.data, progress.show)
	progress.done()
	if err != nil {
		return err
	}
	for _, v := range report.Violations {
		_, _ = fmt.Fprintln(p.out, v)
	}
	_, _ = fmt.Fprintf(p.out, "%d days, %d batches, %d events: %d issued = %d done + %d cancelled + %d left + %d deferred + %d open\n",
		report.Days, report.Batches, report.Events, report.Issued, report.Done, report.Cancelled, report.Left, report.Deferred, report.Open)
	_, _ = fmt.Fprintf(p.out, "%d served = %d resolved + %d referred + %d unrecorded + %d not ended yet\n",
		report.Served, report.Resolved, report.Referred, report.Unrecorded, report.StartedOpen)
	return verdict(p.out, report)
}

func verdict(out io.Writer, report check.Report) error {
	if !report.OK() {
		return fmt.Errorf("%d promises were not kept", len(report.Violations))
	}
	_, _ = fmt.Fprintln(out, "every promise was kept")
	return nil
}

// progress shows that long work moves, on a terminal's line.
type progress struct {
	out   io.Writer
	what  string
	shown time.Time
}

func newProgress(out io.Writer, what string) *progress {
	return &progress{out: out, what: what, shown: time.Now()}
}

func (g *progress) show(read, total int) {
	if time.Since(g.shown) < 200*time.Millisecond {
		return
	}
	g.shown = time.Now()
	_, _ = fmt.Fprintf(g.out, "\r%s %3d%% of %d", g.what, read*100/max(total, 1), total)
}

func (g *progress) done() { _, _ = fmt.Fprint(g.out, "\r") }

// withPrinter opens the printer that --printer names.
func (p *program) withPrinter(do func(printer.Printer) error) error {
	if p.printer == "" {
		return usage("name the printer: --printer serial:/dev/ttyUSB0?baud=9600")
	}
	if _, err := printer.New(p.printer); err != nil {
		return usageError{err}
	}
	device, err := printer.Open(p.printer)
	if err != nil {
		return err
	}
	return errors.Join(do(device), device.Close())
}

func (p *program) printerTest(ctx context.Context) error {
	return p.withPrinter(func(device printer.Printer) error {
		outcome := device.Print(ctx, printer.TestSlip())
		words := outcome.Words()
		_, _ = fmt.Fprintf(p.out, "%s\n%s (%s)\n", words.ZH, words.EN, codes(string(outcome.State), string(outcome.Reason)))
		if outcome.State == printer.Confirmed || outcome.State == printer.Sent {
			return nil
		}
		return errors.New("the test slip did not come out")
	})
}

func (p *program) printerStatus(ctx context.Context) error {
	return p.withPrinter(func(device printer.Printer) error {
		p.tellStatus(device.Status(ctx))
		return nil
	})
}

func (p *program) tellStatus(s printer.Status) {
	words := s.Words()
	_, _ = fmt.Fprintf(p.out, "%s\n%s (%s)\n", words.ZH, words.EN, codes(string(s.State), string(s.Reason), "paper "+string(s.Paper)))
}

// codes are what programs would read, for whoever asks for help.
func codes(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), ", ")
}

// printerFind asks at every port; that takes some seconds each.
func (p *program) printerFind(ctx context.Context) error {
	found, err := printer.Find(ctx, func(port string, baud int) {
		if baud == 0 {
			_, _ = fmt.Fprintf(p.errs, "\rasking at %s                    ", port)
		} else {
			_, _ = fmt.Fprintf(p.errs, "\rasking at %s, %d baud        ", port, baud)
		}
	})
	_, _ = fmt.Fprintln(p.errs)
	if err != nil {
		return err
	}
	for _, f := range found {
		p.tellFound(f)
	}
	if !slices.ContainsFunc(found, func(f printer.Found) bool { return f.URI != "" }) {
		return fmt.Errorf("no printer answered (%d ports asked): look at power and cable; one that cannot answer is not found, try `printer test` with each port", len(found))
	}
	return nil
}

func (p *program) tellFound(f printer.Found) {
	name := strings.TrimSpace(codes(f.Port, f.USB, f.Product))
	switch {
	case f.Err != nil:
		_, _ = fmt.Fprintf(p.out, "%s: %v\n", name, f.Err)
	case f.URI == "":
		_, _ = fmt.Fprintf(p.out, "%s: nothing answered\n", name)
	default:
		_, _ = fmt.Fprintf(p.out, "%s: a printer answered\n  --printer %q\n  ", name, f.URI)
		p.tellStatus(f.Status)
	}
}

func (p *program) openAPI(context.Context) error {
	out := json.NewEncoder(p.out)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(hall.Document(programVersion()))
}

func (p *program) version(context.Context) error {
	_, err := fmt.Fprintf(p.out, "petitionhall %s, touch window %t\n", programVersion(), kiosk.Built)
	return err
}

// programVersion is the module's version, or devel when it was built from a checkout.
func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
