package hall

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"petitionhall/hall/office"
	"petitionhall/hall/view"
	"petitionhall/printer"
	"petitionhall/printer/template"
	"petitionhall/queue"
	"petitionhall/queue/journal"
)

// templates are the hall's own slips: files in a directory of its data, one for
// each slip that it changed, and its logo.
type templates struct {
	directory string

	mu   sync.Mutex
	own  map[string]string
	logo *printer.Logo
}

const (
	templateSuffix = ".slip"
	logoFile       = "logo.png"
)

// openTemplates reads what the hall has changed. A file that is wrong is told and
// left alone; its slip is printed the usual way.
func openTemplates(directory string, log *slog.Logger) *templates {
	t := &templates{directory: directory, own: map[string]string{}}
	for _, name := range template.Names() {
		text, err := os.ReadFile(t.file(name))
		if err == nil {
			err = printer.CheckTemplate(name, string(text))
		}
		switch {
		case err == nil:
			t.own[name] = string(text)
		case !errors.Is(err, fs.ErrNotExist):
			log.Error("a slip's template cannot be used; the usual one is printed", "file", t.file(name), "cause", err)
		}
	}
	picture, err := os.ReadFile(filepath.Join(directory, logoFile))
	if err == nil {
		t.logo, err = printer.NewLogo(picture)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		log.Error("the logo cannot be used", "file", filepath.Join(directory, logoFile), "cause", err)
	}
	return t
}

func (t *templates) file(name string) string { return filepath.Join(t.directory, name+templateSuffix) }

// dress gives a slip the hall's own template and logo.
func (t *templates) dress(slip printer.Slip) printer.Slip {
	name, _ := slip.TemplateName()
	t.mu.Lock()
	defer t.mu.Unlock()
	slip.Template, slip.Logo = t.own[name], t.logo
	return slip
}

// Templates lists all slips, each as the hall has it.
func (h *Hall) Templates() []view.Template {
	h.templates.mu.Lock()
	defer h.templates.mu.Unlock()
	var all []view.Template
	for _, name := range template.Names() {
		text, own := h.templates.own[name]
		if !own {
			text, _ = template.Builtin(name)
		}
		all = append(all, view.Template{Name: name, Own: own, Text: text})
	}
	return all
}

// SaveTemplate keeps a hall's own template, or gives back the usual one when text
// is empty. It is on the disk before it counts.
func (h *Hall) SaveTemplate(name, text string) error {
	t := h.templates
	if text == "" {
		if _, ok := template.Builtin(name); !ok {
			return printer.CheckTemplate(name, text)
		}
	} else if err := printer.CheckTemplate(name, text); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if text == "" {
		if err := os.Remove(t.file(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("give back the usual slip %s: %w", name, err)
		}
		delete(t.own, name)
		return nil
	}
	if err := writeFile(t.file(name), []byte(text)); err != nil {
		return fmt.Errorf("keep the slip %s: %w", name, err)
	}
	t.own[name] = text
	return nil
}

// writeFile writes a file so that it is there whole or not at all.
func writeFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // what is left of it is of no use
	}
	return err
}

// Slip says what a print job's slip reads, in the hall's own form.
func (h *Hall) Slip(s *queue.State, t *queue.Ticket, job queue.JobID) printer.Slip {
	return h.templates.dress(view.OfSlip(s, t, job, h.Track(t.Code)))
}

// Sample is a slip to try a template with; ok is false for an unknown name.
func (h *Hall) Sample(name string) (slip printer.Slip, ok bool) {
	slip, ok = printer.Sample(name, h.office.Configuration().Name.ZH, h.now().In(h.zone()))
	return h.templates.dress(slip), ok
}

// daySlip is the day's figures so far; ok is false before the first day.
func (h *Hall) daySlip() (slip printer.Slip, ok bool) {
	at := h.now().In(h.zone())
	h.View(func(s *queue.State, _ journal.Revision) {
		if s.Configuration == nil {
			return
		}
		f := office.TotalsOf(s).Figures
		slip, ok = printer.Slip{Kind: printer.KindDay, Hall: s.Configuration.Name.ZH, IssuedAt: at, Day: &printer.Day{
			Date: s.Date, Issued: f.Issued, Done: f.Done, Served: f.Served, Resolved: f.Resolved, Referred: f.Referred, Unrecorded: f.Unrecorded,
			Cancelled: f.Cancelled, Left: f.Left, Deferred: f.Deferred, Open: f.Open, StartedOpen: f.StartedOpen, Persons: f.Persons,
		}}, true
	})
	return h.templates.dress(slip), ok
}

// daySlipTime is how long the day's slip may take.
const daySlipTime = 30 * time.Second

// PrintDay prints the day's figures so far at the hub's printer. It is no job of
// the journal's: whoever asks stands there and may ask again.
func (h *Hall) PrintDay(ctx context.Context) (printer.Outcome, bool) {
	slip, ok := h.daySlip()
	if !ok || h.device == nil {
		return printer.Outcome{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, daySlipTime)
	defer cancel()
	return h.device.Print(ctx, slip), true
}
