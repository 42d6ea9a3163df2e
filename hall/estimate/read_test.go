package estimate_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"petitionhall/hall/estimate"
)

// TestUnreadable: what is no log is refused with the line and the reason.
func TestUnreadable(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "column names",
		"service,called\n":              `line 1: the column "arrived"`,
		"service;arrived\n":             `line 1: the column "called"`,
		"arrived,called\nyesterday,\n":  "line 2: arrived: \"yesterday\"",
		"arrived,called\n1,2\n\n3,4x\n": "line 4: called: \"4x\"",
		"arrived,called,finished\n1,2,25:00:00\n": "line 2: finished",
		"arrived,called,windows\n1,2,many\n":      "line 2: windows: \"many\"",
		"arrived,called\n,\n":                     "no visit",
		"arrived,called\n9,3000\n9000,3\n,\n":     "",
		"arrived,called\n\"1,2\n":                 "line 2: extraneous or missing",
		"arrived,called":                          "no visit",
		"PK\x03\x04\x00\x00":                      "column",
	} {
		_, err := estimate.Replay(t.Context(), strings.NewReader(text), estimate.Options{})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: got %v, want something about %s", text, err, want)
		}
	}
}

// TestForms: one log in every form that it may come in is one and the same.
func TestForms(t *testing.T) {
	h := hall{days: 2, hours: 6, services: []string{"a", "b"}, rate: []float64{6}, windows: []int{1}, mean: 10, spread: 0.5, grain: time.Minute}
	rows := h.play(4)
	plain := h.log(rows, nil)
	want := replay(t, plain)
	timed := func(form func(time.Time) string) string {
		return h.log(rows, func(_ int, cells []string) {
			for i := 1; i <= 3; i++ {
				if at, err := time.Parse(time.RFC3339, cells[i]); err == nil {
					cells[i] = form(at)
				}
			}
		})
	}
	layout := func(l string) string { return timed(func(at time.Time) string { return at.Format(l) }) }
	body := strings.SplitN(plain, "\n", 2)
	lines := strings.Split(strings.TrimSpace(body[1]), "\n")
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	for name, text := range map[string]string{
		"mark and CRLF":   "\ufeff" + strings.ReplaceAll(plain, "\n", "\r\n"),
		"semicolons":      strings.ReplaceAll(plain, ",", ";"),
		"tabs":            strings.ReplaceAll(plain, ",", "\t"),
		"UTF-16":          wide(strings.ReplaceAll(plain, ",", "\t")),
		"spreadsheet":     "sep=;\n" + strings.ReplaceAll(plain, ",", ";"),
		"quoted names":    "\"Service\", \"ARRIVED\",\"Called\",\"finished\",\"Windows\",\"Nr.\"\n" + body[1],
		"without a T":     layout("2006-01-02 15:04:05"),
		"slashes":         layout("2006/1/2 15:04"),
		"Chinese":         layout("2006年1月2日 15:04"),
		"American":        layout("1/2/2006 3:04 PM"),
		"seconds":         timed(func(at time.Time) string { return fmt.Sprint(at.Unix()) }),
		"parts":           timed(func(at time.Time) string { return fmt.Sprintf("%d.25", at.Unix()) }),
		"milliseconds":    timed(func(at time.Time) string { return fmt.Sprint(at.UnixMilli()) }),
		"times alone":     layout("15:04"),
		"another zone":    timed(func(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }),
		"out of order":    body[0] + "\n" + strings.Join(lines, "\n"),
		"further columns": strings.ReplaceAll(strings.ReplaceAll(plain, "\n", ",x\n"), "number,x", "number,note"),
		"empty lines":     strings.ReplaceAll(plain, "\n", "\n\n"),
	} {
		if got := replay(t, text); got.Visits != want.Visits || got.Days != want.Days || abs(float64(got.Told-want.Told)) > 5 || abs(got.Scores[2].Error-want.Scores[2].Error) > 0.001 {
			t.Errorf("%s: %d visits on %d days, %d told, last called %.3f; want %d, %d, %d, %.3f", name,
				got.Visits, got.Days, got.Told, got.Scores[2].Error, want.Visits, want.Days, want.Told, want.Scores[2].Error)
		}
	}
}

func abs(x float64) float64 { return max(x, -x) }

func replay(t *testing.T, text string) *estimate.Report {
	t.Helper()
	r, err := estimate.Replay(t.Context(), strings.NewReader(text), estimate.Options{Runs: 20})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wide is a text as a spreadsheet writes "Unicode".
func wide(text string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// TestCells: rows that say nothing are counted, those that say it twice too, and
// times that were never set are unknown.
func TestCells(t *testing.T) {
	text := "arrived,called,finished,id\n" +
		"2026-03-02 09:00:10,2026-03-02 09:05:00,2026-03-02 09:09:00,1\n" +
		"2026-03-02 09:00:10,2026-03-02 09:05:00,2026-03-02 09:09:00,1\n" + // twice
		"2026-03-02 09:01:40,2026-03-02 09:01:00,,2\n" + // the other clock cuts off seconds
		"2026-03-02 09:02:00,2026-03-02 08:00:00,,3\n" + // called before it came
		",2026-03-02 09:05:00,,4\n" +
		"2026-03-02 09:02:00,0,1970-01-01 00:00:00,5\n" +
		"2026-03-02 09:03:00,NULL,n/a,6\n" +
		"2026-03-02 23:58:00,00:01:00,0:07:00,7\n"
	if r := replay(t, text); r.Visits != 5 || r.Doubled != 1 || r.LeftOut != 2 || r.Called != 3 {
		t.Errorf("%+v", r)
	}
}

// FuzzReplay: whatever is in a file, it is read or refused.
func FuzzReplay(f *testing.F) {
	f.Add("service,arrived,called,finished,windows\na,1,2,3,4\nb,9:00,9:05,,\n")
	f.Add("arrived;called\n1e18;-1e18\n-5;NaN\n")
	f.Add("arrived\tcalled\n2026-03-02 09:00:10\t0001-01-01T00:00:00Z\n9999-12-31T23:59:59Z\t\n")
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := estimate.Replay(t.Context(), strings.NewReader(text), estimate.Options{Runs: 20}); err == nil && r.Visits == 0 {
			t.Error("a log without a visit was read")
		}
	})
}
