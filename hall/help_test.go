package hall_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"petitionhall/hall"
	"petitionhall/hall/view"
)

// TestHelp: a visitor at a kiosk asks for a person. A window's page hears of it
// and says that it shows it; the kiosk's answer is that it is shown; 知道了 takes
// it off. Nothing of it is in the data directory afterwards.
func TestHelp(t *testing.T) {
	data := t.TempDir()
	h, end := begin(t, hall.Options{Data: data, Listen: "127.0.0.1:0"})
	s := &served{t: t, address: h.Address()}
	next, leave := s.follow("")
	defer leave()
	next()
	var heard struct{ State string }
	asked := make(chan int, 1)
	go func() { asked <- call(t, h, "POST", "/help", "", map[string]string{"from": "kiosk-1"}, &heard) }()
	one := helpOf(t, next().Data)
	if one.From != "kiosk-1" {
		t.Fatalf("the window is told %+v", one)
	}
	if status := call(t, h, "POST", "/help/"+one.ID+"/shown", "", nil, nil); status != http.StatusOK {
		t.Fatalf("showing it: %d", status)
	}
	if status := <-asked; status != http.StatusOK || heard.State != "shown" {
		t.Fatalf("the kiosk hears %d %q", status, heard.State)
	}
	for i, want := range []int{http.StatusOK, http.StatusNotFound} {
		if status := call(t, h, "POST", "/help/"+one.ID+"/known", "", nil, nil); status != want {
			t.Errorf("知道了, press %d: %d", i+1, status)
		}
	}
	if e := next(); strings.Contains(e.Data, one.ID) {
		t.Error("it is still on the windows' pages")
	}
	if status := call(t, h, "POST", "/help", "", map[string]string{"from": "Somebody's name"}, nil); status != http.StatusUnprocessableEntity {
		t.Errorf("a wish with words in it: %d", status)
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{one.ID, "kiosk-1"} {
		for file, content := range filesOf(t, data) {
			if bytes.Contains(content, []byte(word)) {
				t.Errorf("%s still has %q", file, word)
			}
		}
	}
}

// filesOf reads all that a data directory has.
func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files, all := os.DirFS(dir), map[string][]byte{}
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all[path], err = fs.ReadFile(files, path)
		}
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d files are read: %v", len(all), err)
	}
	return all
}

func helpOf(t *testing.T, data string) view.Help {
	t.Helper()
	var h view.Hall
	if err := json.Unmarshal([]byte(data), &h); err != nil || len(h.Help) != 1 {
		t.Fatalf("the windows are told %s (%v)", data, err)
	}
	return h.Help[0]
}

// lines is a log that is read.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// TestFaultOfAPage: what failed in a page is in the operator's log, and a page
// that fails again and again does not fill it.
func TestFaultOfAPage(t *testing.T) {
	var log lines
	s := serve(t, hall.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	for range 40 {
		s.must("/api/v1/faults", `{"page":"kiosk","cause":"TypeError: x is undefined at kiosk.js:1:2"}`)
	}
	log.mu.Lock()
	defer log.mu.Unlock()
	if n := strings.Count(log.text.String(), "TypeError: x is undefined"); n != 20 {
		t.Errorf("it is logged %d times", n)
	}
}
