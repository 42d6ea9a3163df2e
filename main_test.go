package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binary is the built petitionhall, as an operator would start it.
var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "petitionhall")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "petitionhall")
	if out, err := exec.CommandContext(context.Background(), "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s", out)
		os.Exit(1)
	}
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		code = 1
	}
	os.Exit(code)
}

// running is a hall that was started and said that it is ready.
type running struct {
	t       *testing.T
	command *exec.Cmd
	address string
	client  *http.Client
	ended   chan struct{}
	log     *bytes.Buffer
}

// serve starts an open hall on a free port and waits until it says where it is.
func serve(t *testing.T, data string, more ...string) *running {
	t.Helper()
	return serveUnder(t, nil, data, more...)
}

// serveUnder does so below another command, such as a shell that sets a limit.
func serveUnder(t *testing.T, above []string, data string, more ...string) *running {
	t.Helper()
	args := append(above, binary, "serve", "--open", "--data", data, "--listen", "127.0.0.1:0", "--printer", "none")
	args = append(args, more...)
	r := &running{t: t, command: exec.CommandContext(context.WithoutCancel(t.Context()), args[0], args[1:]...), ended: make(chan struct{}), log: &bytes.Buffer{},
		client: &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 32}}}
	out, err := r.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	r.command.Stderr = r.log
	if err := r.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.kill)
	ready := make(chan string, 1)
	go func() {
		defer close(r.ended)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if _, address, ok := strings.Cut(lines.Text(), "ready at "); ok {
				ready <- strings.TrimSpace(address)
			}
		}
		_ = r.command.Wait()
	}()
	select {
	case r.address = <-ready:
	case <-r.ended:
		t.Fatalf("the hall ended before it was ready:\n%s", r.log)
	case <-time.After(30 * time.Second):
		t.Fatal("the hall was not ready after 30 s")
	}
	return r
}

// kill is the power cord: nothing is told to the program.
func (r *running) kill() {
	_ = r.command.Process.Kill()
	<-r.ended
	r.client.CloseIdleConnections()
}

// stop is what a service manager does, and tells how the program ended.
func (r *running) stop() error {
	r.t.Helper()
	if err := r.command.Process.Signal(syscall.SIGTERM); err != nil {
		r.t.Fatal(err)
	}
	select {
	case <-r.ended:
	case <-time.After(5 * time.Second):
		r.t.Fatal("the hall did not end within 5 s of SIGTERM")
	}
	if code := r.command.ProcessState.ExitCode(); code != 0 {
		return fmt.Errorf("exit code %d:\n%s", code, r.log)
	}
	return nil
}

// post asks the hall for something. A status of 0 means that no answer came.
func (r *running) post(ctx context.Context, path, key string, body, answer any) int {
	data, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.address+path, bytes.NewReader(data))
	if err != nil {
		panic(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	response, err := r.client.Do(request)
	if err != nil {
		return 0
	}
	defer func() { _ = response.Body.Close() }()
	got, err := io.ReadAll(response.Body)
	if err != nil {
		return 0
	}
	if answer != nil && response.StatusCode < 300 && response.StatusCode != http.StatusNoContent {
		if err := json.Unmarshal(got, answer); err != nil {
			panic(fmt.Sprintf("%s answered %q: %v", path, got, err))
		}
	}
	return response.StatusCode
}

// run runs a command to its end and gives its exit code and all that it said.
func runProgram(t *testing.T, args ...string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, binary, args...)
	out, err := command.CombinedOutput()
	if err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), string(out)
}

// taken is what a visitor remembers of a take.
type taken struct {
	ID     string `json:"id"`
	Number string `json:"number"`
}

// visitors is what the people in the hall know, over all rounds.
type visitors struct {
	mu sync.Mutex
	// sent are the takes that were asked for, by key; acked those that were answered.
	sent, acked map[string]taken
	count       chan struct{}
}

// TestKillUnderLoad kills the program 50 times while kiosks and windows work,
// and holds after each start that nothing acknowledged is lost, and nothing
// doubled, by the program's own checker and by what the visitors remember.
func TestKillUnderLoad(t *testing.T) {
	const rounds, acksPerRound = 50, 60
	data := t.TempDir()
	people := &visitors{sent: map[string]taken{}, acked: map[string]taken{}, count: make(chan struct{}, 1)}
	for round := range rounds {
		hall := serve(t, data)
		people.retryUnanswered(t, hall)
		ctx, cancel := context.WithCancel(t.Context())
		var work sync.WaitGroup
		for kiosk := range 6 {
			work.Go(func() { people.takeUntil(ctx, hall, fmt.Sprintf("round-%d-kiosk-%d", round, kiosk)) })
		}
		for window := range 3 {
			work.Go(func() { clerk(ctx, hall, fmt.Sprint(window+3), round) })
		}
		for range acksPerRound {
			<-people.count
		}
		hall.kill()
		cancel()
		work.Wait()
		if code, out := runProgram(t, "check", "--data", data); code != 0 {
			t.Fatalf("round %d: check found\n%s", round, out)
		}
	}
	hall := serve(t, data)
	people.retryUnanswered(t, hall)
	people.mustAllBeThere(t, hall)
	if err := hall.stop(); err != nil {
		t.Fatal(err)
	}
	code, out := runProgram(t, "check", "--data", data)
	if want := fmt.Sprintf("%d issued", len(people.acked)); code != 0 || !strings.Contains(out, want) {
		t.Fatalf("want %q and no violation, got exit %d:\n%s", want, code, out)
	}
}

// takeUntil takes tickets one after the other until the hall is gone.
func (p *visitors) takeUntil(ctx context.Context, hall *running, who string) {
	services := []string{"natural-resources", "civil-affairs", "social-security", "general"}
	for n := 0; ctx.Err() == nil; n++ {
		key := fmt.Sprintf("%s-%d", who, n)
		p.mu.Lock()
		p.sent[key] = taken{}
		p.mu.Unlock()
		if p.take(ctx, hall, key, services[len(key)%len(services)]) == 0 {
			return
		}
		select {
		case p.count <- struct{}{}:
		case <-ctx.Done():
		}
	}
}

func (p *visitors) take(ctx context.Context, hall *running, key, service string) int {
	var got taken
	status := hall.post(ctx, "/api/v1/tickets", key, map[string]any{"service": service, "persons": 2, "priority": false, "language": "zh"}, &got)
	if status == http.StatusCreated || status == http.StatusOK {
		p.mu.Lock()
		p.acked[key] = got
		delete(p.sent, key)
		p.mu.Unlock()
	}
	return status
}

// retryUnanswered asks again, with the same key, for every take whose answer was lost.
func (p *visitors) retryUnanswered(t *testing.T, hall *running) {
	t.Helper()
	services := []string{"natural-resources", "civil-affairs", "social-security", "general"}
	var keys []string
	for key := range p.sent {
		keys = append(keys, key)
	}
	for _, key := range keys {
		if status := p.take(t.Context(), hall, key, services[len(key)%len(services)]); status != 200 && status != 201 {
			t.Fatalf("a retry was answered with %d", status)
		}
	}
}

// mustAllBeThere asks for every acknowledged take again: the same key gives the same ticket, each another one.
func (p *visitors) mustAllBeThere(t *testing.T, hall *running) {
	t.Helper()
	services := []string{"natural-resources", "civil-affairs", "social-security", "general"}
	holders := map[string]string{}
	for key, ticket := range p.acked {
		var again taken
		status := hall.post(t.Context(), "/api/v1/tickets", key, map[string]any{"service": services[len(key)%len(services)], "persons": 2, "priority": false, "language": "zh"}, &again)
		if status != http.StatusOK || again != ticket {
			t.Errorf("%s was given %+v, and now %+v (status %d)", key, ticket, again, status)
		}
		if other, twice := holders[ticket.ID]; twice {
			t.Errorf("%s and %s hold the same ticket %s", key, other, ticket.Number)
		}
		holders[ticket.ID] = key
	}
}

// clerk opens a window and receives visitors until the hall is gone.
func clerk(ctx context.Context, hall *running, window string, round int) {
	at := "/api/v1/windows/" + window
	if hall.post(ctx, at+"/open", fmt.Sprintf("open-%d-%s", round, window), struct{}{}, nil) == 0 {
		return
	}
	for n := 0; ctx.Err() == nil; n++ {
		key := fmt.Sprintf("clerk-%d-%s-%d", round, window, n)
		if hall.post(ctx, at+"/next", key+"-next", struct{}{}, nil) == 0 {
			return
		}
		if hall.post(ctx, at+"/finish", key+"-finish", map[string]string{"outcome": "resolved"}, nil) == 0 {
			return
		}
	}
}

// TestUsage: a wrong call says what is wrong and exits with 2.
func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		{"dance"}, {"serve", "--no-such-flag"}, {"serve"}, {"serve", "--open", "--listen", "0.0.0.0:8080"}, {"serve", "--open", "--listen", "nonsense"},
		{"serve", "--open", "--printer", "carrier-pigeon:/home"}, {"serve", "--open", "--log-format", "runes"}, {"kiosk"}, {"kiosk", "--hall", "not a url"},
		{"display"}, {"display", "--hall", "not a url"}, {"display", "--hall", "http://10.0.0.2:8080", "--exit-password-file", "password"},
		{"kiosk", "--hall", "http://10.0.0.2:8080", "--page-silence", "1s"}, {"serve", "--supervise=true"},
		{"check", "too", "many"}, {"printer", "test"}, {"printer", "test", "--printer", "serial:/dev/null?baud=fast"},
	} {
		code, out := runProgram(t, append(args, "--data", t.TempDir())...)
		if code != 2 || len(strings.TrimSpace(out)) == 0 || strings.Contains(out, "goroutine") {
			t.Errorf("%v: exit %d, said %q", args, code, out)
		}
	}
}

// TestDataDirectories: a data directory that cannot be used is told, and nothing in it is touched.
func TestDataDirectories(t *testing.T) {
	for name, prepare := range map[string]func(t *testing.T) string{
		"a file": func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "file")
			write(t, path, "hello")
			return path
		},
		"a foreign journal": func(t *testing.T) string {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "hall.db"), strings.Repeat("not ours\n", 4000))
			return dir
		},
		"a truncated journal": func(t *testing.T) string {
			dir := t.TempDir()
			hall := serve(t, dir)
			if status := hall.post(t.Context(), "/api/v1/windows/3/open", "key-12345678", struct{}{}, nil); status != 200 {
				t.Fatal(status)
			}
			hall.kill()
			if err := os.Truncate(filepath.Join(dir, "hall.db"), 20000); err != nil {
				t.Fatal(err)
			}
			return dir
		},
		"one that another hall has": func(t *testing.T) string {
			dir := t.TempDir()
			serve(t, dir)
			return dir
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := prepare(t)
			code, out := runProgram(t, "serve", "--open", "--listen", "127.0.0.1:0", "--data", dir)
			if code != 1 || len(out) == 0 || strings.Contains(out, "goroutine") {
				t.Fatalf("exit %d, said %q", code, out)
			}
			t.Log(out)
		})
	}
}

// TestReadOnlyDirectory: a directory that this user may not write in is told,
// whoever runs the test.
func TestReadOnlyDirectory(t *testing.T) {
	dir, err := os.MkdirTemp("", "petitionhall-read-only") //nolint:usetesting // a test's own directory lies below one that only its user may enter
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(binary), 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, binary, "serve", "--open", "--listen", "127.0.0.1:0", "--data", dir)
	if os.Getuid() == 0 { // root may write anywhere; nobody may not
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		command.Dir = "/"
	}
	out, err := command.CombinedOutput()
	if err == nil || command.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), dir) {
		t.Fatalf("%v, said %q", err, out)
	}
}

// TestFullDisk: when no more can be written, nobody is promised anything; what
// was promised before is all there.
func TestFullDisk(t *testing.T) {
	data := t.TempDir()
	hall := serveUnder(t, []string{"bash", "-c", `ulimit -f 1200; exec "$0" "$@"`}, data)
	people := &visitors{sent: map[string]taken{}, acked: map[string]taken{}}
	refused := 0
	for n := 0; refused < 3; n++ {
		if n == 20000 {
			t.Fatal("the disk never filled")
		}
		if status := people.take(t.Context(), hall, fmt.Sprintf("visitor-%06d", n), "water"); status == http.StatusServiceUnavailable {
			refused++
		} else if status != http.StatusCreated {
			t.Fatalf("take %d was answered with %d", n, status)
		}
	}
	hall.kill()
	code, out := runProgram(t, "check", "--data", data)
	if want := fmt.Sprintf("%d issued", len(people.acked)); code != 0 || !strings.Contains(out, want) {
		t.Fatalf("want %q, got exit %d:\n%s", want, code, out)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestTakenPort: a port that is in use is told by its number.
func TestTakenPort(t *testing.T) {
	hall := serve(t, t.TempDir())
	address := strings.TrimPrefix(hall.address, "http://")
	code, out := runProgram(t, "serve", "--open", "--listen", address, "--data", t.TempDir())
	if code != 1 || !strings.Contains(out, address) {
		t.Fatalf("exit %d, said %q", code, out)
	}
}

// TestCheckBesideRunningHall: the checker works on a hall that is open for visitors.
func TestCheckBesideRunningHall(t *testing.T) {
	dir := t.TempDir()
	hall := serve(t, dir)
	if status := hall.post(t.Context(), "/api/v1/windows/3/open", "key-12345678", struct{}{}, nil); status != 200 {
		t.Fatal(status)
	}
	code, out := runProgram(t, "check", "--data", dir)
	if code != 0 || !strings.Contains(out, "0 issued") {
		t.Fatalf("exit %d, said %q", code, out)
	}
}

// TestVersion: an operator can tell what is running.
func TestVersion(t *testing.T) {
	if code, out := runProgram(t, "version"); code != 0 || !strings.Contains(out, "petitionhall") {
		t.Fatalf("exit %d, said %q", code, out)
	}
}
