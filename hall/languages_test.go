package hall_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"petitionhall/hall"
	"petitionhall/hall/api"
	"petitionhall/hall/view"
)

// known asks for a resource that a browser has kept, and gives its tag.
func known(t *testing.T, h *hall.Hall, path, tag string, answer any) (status int, next string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.Address()+"/api/v1"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("If-None-Match", tag)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // read below
	if response.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%s is kept without asking: %q", path, response.Header.Get("Cache-Control"))
	}
	if response.StatusCode == http.StatusOK {
		if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
			t.Fatal(err)
		}
	}
	return response.StatusCode, response.Header.Get("ETag")
}

// asPhone asks as a page that keeps nothing, and gives what it may do with the answer.
func asPhone(t *testing.T, h *hall.Hall, path string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.Address()+"/api/v1"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Cache-Control", "no-cache")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close() // only its head is wanted
	return response.Header.Get("Cache-Control")
}

// TestFurtherLanguage: a hall puts a file into its data directory, and a visitor
// takes a number in that language; what is wrong in it is told to the operator alone.
func TestFurtherLanguage(t *testing.T) {
	data := t.TempDir()
	dir := filepath.Join(data, "languages")
	write := func(name, text string) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("ug.yaml", "name: ئۇيغۇرچە\nfallback: en\ntexts: {kiosk: {help: ياردەم, hint: '<b>'}}\nnames: {services: {housing: {head: ئۆي}, castle: {head: x}}}\n")
	h, end := begin(t, hall.Options{Listen: "127.0.0.1:0", Data: data, Printer: "virtual:" + filepath.Join(data, "printed")})
	defer func() {
		if err := end(); err != nil {
			t.Error(err)
		}
	}()

	var list []api.Language
	status, tag := known(t, h, "/languages", "", &list)
	if status != 200 || len(list) != 3 || list[0].Tag != "zh" || list[1].Tag != "en" {
		t.Fatalf("%d %+v", status, list)
	}
	if ug := list[2]; ug.Tag != "ug" || ug.Name != "ئۇيغۇرچە" || ug.Direction != "rtl" || ug.Fallback != "en" || !ug.Own || ug.Done != 1 || ug.All < 400 || ug.Faults != 2 {
		t.Errorf("%+v", ug)
	}
	if list[0].Own || list[0].Done != list[0].All {
		t.Errorf("Chinese is not as it comes: %+v", list[0])
	}
	if status, again := known(t, h, "/languages", tag, &list); status != 304 || again != tag {
		t.Errorf("%d for what is known", status)
	}

	var ug api.LanguageTexts
	status, texts := known(t, h, "/languages/ug", "", &ug)
	if status != 200 {
		t.Fatal(status)
	}
	kiosk, _ := ug.Texts["kiosk"].(map[string]any)
	if kiosk["help"] != "ياردەم" || kiosk["hint"] != "Two taps for a number" || ug.Names["房产证、漏水、物业"] != "ئۆي" {
		t.Errorf("%v %v; names %v", kiosk["help"], kiosk["hint"], ug.Names)
	}
	if status, _ := known(t, h, "/languages/ug", tag, &ug); status != 200 {
		t.Errorf("%d for another answer than the one that is known", status)
	}
	if status, _ := known(t, h, "/languages/ug", texts, &ug); status != 304 {
		t.Errorf("%d for texts that are known", status)
	}
	for _, path := range []string{"/languages", "/languages/ug"} {
		if got := asPhone(t, h, path); got != "no-store" {
			t.Errorf("a phone may keep %s: %q", path, got)
		}
	}
	var faults []api.LanguageFault
	if status := call(t, h, "GET", "/languages/check", "", nil, &faults); status != 200 || len(faults) != 2 ||
		faults[0].Key != "texts.kiosk.hint" || faults[0].Line != 3 || faults[0].Message.ZH == "" || !faults[1].Warning {
		t.Errorf("%d %+v", status, faults)
	}
	if status := call(t, h, "GET", "/languages/bo", "", nil, nil); status != 404 {
		t.Errorf("a language that is not there: %d", status)
	}

	// Its change is seen by whoever asks next.
	write("bo.yaml", "name: བོད་ཡིག\n")
	if status, _ := known(t, h, "/languages", tag, &list); status != 200 || len(list) != 4 || list[2].Tag != "bo" {
		t.Errorf("%d %+v", status, list)
	}

	// A ticket keeps what its slip is printed in, and not which people's language was chosen.
	for asked, want := range map[string]string{"ug": "en", "bo": "zh", "en": "en", "zh": "zh", "": "zh", "nobody": "zh"} {
		body := map[string]any{"service": "general", "persons": 1, "language": asked}
		if asked == "" {
			delete(body, "language")
		}
		var taken view.TicketTaken
		if status := call(t, h, "POST", "/tickets", "language-"+want+asked, body, &taken); status != 201 {
			t.Fatalf("%q: %d", asked, status)
		}
		var ticket view.Ticket
		if status := call(t, h, "GET", "/tickets/"+taken.Code, "", nil, &ticket); status != 200 || ticket.Language != want {
			t.Errorf("%q: %d %q", asked, status, ticket.Language)
		}
		var job api.PrintJob
		if status := call(t, h, "GET", "/print-jobs/"+taken.Print.Job, "", nil, &job); status != 200 || job.Slip == nil || job.Slip.Language != want {
			t.Errorf("%q: the slip %d %+v", asked, status, job.Slip)
		}
	}
}
