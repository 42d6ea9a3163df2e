package hall_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"petitionhall/hall"
	"petitionhall/hall/view"
	"petitionhall/printer/escpos"
)

// TestOwnSlips: a hall changes a slip, sees it first, prints it, and gets the
// usual one back; what is wrong is said with its line.
func TestOwnSlips(t *testing.T) {
	data := t.TempDir()
	slips := filepath.Join(data, "printed")
	h, end := begin(t, hall.Options{Listen: "127.0.0.1:0", Data: data, Printer: "virtual:" + slips})
	var all []view.Template
	if status := call(t, h, "GET", "/slips", "", nil, &all); status != 200 || len(all) != 6 {
		t.Fatalf("%d, %d slips", status, len(all))
	}
	preview := func(text string) (status int, problem string) {
		body, err := json.Marshal(map[string]any{"name": "ticket", "text": text, "width": 58})
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.Address()+"/api/v1/slips/preview", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }() // read below
		if response.StatusCode != http.StatusOK {
			var p struct{ Message struct{ ZH, EN string } }
			if err := json.NewDecoder(response.Body).Decode(&p); err != nil {
				t.Fatal(err)
			}
			return response.StatusCode, p.Message.ZH + p.Message.EN
		}
		if picture, err := png.Decode(response.Body); err != nil || picture.Bounds().Dx() < 384 {
			t.Errorf("the preview: %v", err)
		}
		return 200, ""
	}
	if status, problem := preview(""); status != 200 {
		t.Errorf("the usual slip: %d %s", status, problem)
	}
	if status, problem := preview("{hall}\n[5x] {number}\n[cut]"); status != 422 || !strings.Contains(problem, "line 2: [5x] is not known") || !strings.Contains(problem, "第2行：没有 [5x] 这种写法") {
		t.Errorf("a wrong one: %d %q", status, problem)
	}
	own := "本县自己的小票\n[4x] {number}\n[cut]\n"
	if status := call(t, h, "PUT", "/slips/ticket", "", map[string]string{"text": "{hall"}, nil); status != 422 {
		t.Errorf("saving a wrong one: %d", status)
	}
	if status := call(t, h, "PUT", "/slips/poster", "", map[string]string{"text": own}, nil); status != 404 {
		t.Errorf("saving an unknown one: %d", status)
	}
	if status := call(t, h, "PUT", "/slips/ticket", "", map[string]string{"text": own}, &all); status != 200 {
		t.Fatalf("saving: %d", status)
	}
	take := func(h *hall.Hall, key string) string {
		var taken view.TicketTaken
		if status := call(t, h, "POST", "/tickets", key, map[string]any{"service": "housing", "persons": 1}, &taken); status != 201 {
			t.Fatalf("taking: %d", status)
		}
		for {
			found, err := filepath.Glob(filepath.Join(slips, "*-"+taken.Number+".bin"))
			if err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 {
				continue // the printer is at it
			}
			printed, err := os.ReadFile(found[0])
			if err != nil {
				t.Fatal(err)
			}
			sheets, err := escpos.Read(printed, escpos.Columns80)
			if err != nil {
				t.Fatal(err)
			}
			return sheets[0].Text()
		}
	}
	if text := take(h, "first-touch"); !strings.Contains(text, "本县自己的小票") || strings.Contains(text, "请坐着等") {
		t.Errorf("printed was\n%s", text)
	}
	var day struct{ State string }
	if status := call(t, h, "POST", "/day/slip", "", nil, &day); status != 200 || day.State != "confirmed" {
		t.Errorf("the day's slip: %d %+v", status, day)
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}

	h, _ = begin(t, hall.Options{Listen: "127.0.0.1:0", Data: data, Printer: "virtual:" + slips})
	if text := take(h, "second-touch"); !strings.Contains(text, "本县自己的小票") {
		t.Errorf("after a restart\n%s", text)
	}
	if status := call(t, h, "DELETE", "/slips/ticket", "", nil, nil); status != 200 {
		t.Errorf("giving back: %d", status)
	}
	if text := take(h, "third-touch-"); strings.Contains(text, "本县自己的小票") {
		t.Errorf("given back, and still\n%s", text)
	}
}

// TestBrokenTemplateFile: an installer's slip of the pen keeps nobody from a number.
func TestBrokenTemplateFile(t *testing.T) {
	data := t.TempDir()
	if err := os.MkdirAll(filepath.Join(data, "templates"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"ticket.slip": "{hal}", "logo.png": "no picture"} {
		if err := os.WriteFile(filepath.Join(data, "templates", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h, _ := begin(t, hall.Options{Listen: "127.0.0.1:0", Data: data})
	var all []view.Template
	call(t, h, "GET", "/slips", "", nil, &all)
	for _, slip := range all {
		if slip.Own || !strings.Contains(slip.Text, "[cut]") {
			t.Errorf("slip %s is %+v", slip.Name, slip)
		}
	}
}
