package escpos

import (
	"errors"
	"fmt"
	"strings"
)

// Sheet is one piece of paper, up to the cut.
type Sheet struct {
	Columns int    // its width in half-width columns of normal size
	Height  int    // how far the paper went, in dots
	Items   []Item // what stands on it, from top to bottom
	Cut     bool   // false: the bytes ended before a cut
}

// Text is what can be read on the sheet, one line each; QR codes drawn by the
// printer are not among it.
func (s Sheet) Text() string {
	var text strings.Builder
	for _, item := range s.Items {
		for _, span := range item.Spans {
			text.WriteString(span.Text)
		}
		if item.Spans != nil {
			text.WriteByte('\n')
		}
	}
	return text.String()
}

// Item is one line of text, one picture or one QR code on a sheet: exactly one
// of Spans, Picture and Code is set.
type Item struct {
	Top, Left int // dots from the upper left corner of the printable area
	Width     int // dots
	Height    int // dots
	Spans     []Span
	Picture   *Bitmap
	Code      *Code
}

// Code is a QR code that the printer draws itself.
type Code struct {
	Text       string
	ModuleDots int
}

// Query is a question in the stream that the printer answers at once.
type Query struct {
	Kind QueryKind
	// Number is n of a real-time status request (1 to 4).
	Number byte
	// ID is what a process-id request wants to see again.
	ID [4]byte
}

// QueryKind tells the questions apart.
type QueryKind int

const (
	// RealTimeStatus is DLE EOT n: answered even while the printer is busy.
	RealTimeStatus QueryKind = iota + 1
	// QueuedStatus is GS r 1: answered once all before it was processed.
	QueuedStatus
	// ProcessID is GS ( H 48: answered once all before it is on paper.
	ProcessID
	// AutomaticStatus is GS a n: four bytes now and whenever something changes;
	// n = 0 switches it off.
	AutomaticStatus
	// FreeBuffer is DLE BS 1: answered at once with two bytes.
	FreeBuffer
	// Presenter is GS e n: no question, but something that a printer does.
	Presenter
)

// Machine follows a stream of bytes as a printer would. The zero value is not
// usable; see [NewMachine].
type Machine struct {
	// Answer, if set, is told each question at the place where it stands.
	Answer func(Query)

	columns int
	rest    []byte // the beginning of a command that has not all arrived
	read    int    // bytes taken before rest
	err     error

	sheet   Sheet
	done    []Sheet
	line    []Span
	align   Align
	width   int
	height  int
	reverse bool
	chinese bool
	spacing int
	stored  string // text of the next native QR code
	module  int
}

// NewMachine is a printer just switched on, with paper of so many columns.
func NewMachine(columns int) *Machine {
	m := &Machine{columns: columns}
	m.reset()
	m.sheet.Columns = columns
	return m
}

// Read is the paper that data makes on a printer just switched on. Data that
// stops inside a command, or leaves a line unprinted, is an error.
func Read(data []byte, columns int) ([]Sheet, error) {
	m := NewMachine(columns)
	if _, err := m.Write(data); err != nil {
		return m.Sheets(), err
	}
	return m.Sheets(), m.Close()
}

// Write takes the next bytes of the stream. The first byte that is no known
// command ends it: this and every later call returns the error, which tells the
// byte's position.
func (m *Machine) Write(data []byte) (int, error) {
	if m.err != nil {
		return 0, m.err
	}
	m.rest = append(m.rest, data...)
	for len(m.rest) > 0 {
		n, err := m.step(m.rest)
		if err != nil {
			m.err = fmt.Errorf("byte %d: %w", m.read, err)
			return 0, m.err
		}
		if n == 0 {
			break // more of this command is to come
		}
		m.rest = m.rest[n:]
		m.read += n
	}
	return len(data), nil
}

// Close tells whether the stream ended where a printer has nothing left in
// hand.
func (m *Machine) Close() error {
	switch {
	case m.err != nil:
		return m.err
	case len(m.rest) > 0:
		return fmt.Errorf("byte %d: the data end inside a command", m.read)
	case len(m.line) > 0:
		return errors.New("the data end inside a line")
	}
	return nil
}

// Pending is the beginning of a command whose rest has not arrived yet; empty
// between commands.
func (m *Machine) Pending() []byte { return m.rest }

// Sheets is the paper so far; the last sheet may not be cut yet.
func (m *Machine) Sheets() []Sheet {
	sheets := append([]Sheet(nil), m.done...)
	if m.sheet.Height > 0 {
		sheets = append(sheets, m.sheet)
	}
	return sheets
}

func (m *Machine) reset() {
	m.line = nil
	m.align, m.width, m.height, m.reverse = Left, 1, 1, false
	m.chinese, m.spacing = false, LineSpacing
	m.stored, m.module = "", 3
}

// text adds characters to the line that waits in the printer.
func (m *Machine) text(s string) {
	last := len(m.line) - 1
	span := Span{Text: s, Width: m.width, Height: m.height, Reverse: m.reverse}
	if last >= 0 {
		like := m.line[last]
		like.Text = s
		if like == span {
			m.line[last].Text += s
			return
		}
	}
	m.line = append(m.line, span)
}

// endLine prints the waiting line and moves on by its height.
func (m *Machine) endLine() error {
	item := Item{Top: m.sheet.Height, Spans: m.line}
	for _, span := range m.line {
		item.Width += columnsOf(span.Text) * CellWidth * span.Width
		item.Height = max(item.Height, span.Height*CellHeight)
	}
	if err := m.place(&item); err != nil {
		return err
	}
	if len(m.line) > 0 {
		m.sheet.Items = append(m.sheet.Items, item)
	}
	m.sheet.Height += max(m.spacing, item.Height)
	m.line = nil
	return nil
}

// print puts a picture or code on the paper.
func (m *Machine) print(item Item) error {
	item.Top = m.sheet.Height
	if err := m.place(&item); err != nil {
		return err
	}
	m.sheet.Items = append(m.sheet.Items, item)
	m.sheet.Height += item.Height
	return nil
}

// place finds the left edge. What is wider than the paper would be wrapped or
// cut off by a printer, each in its own way; here it is an error.
func (m *Machine) place(item *Item) error {
	spare := m.columns*CellWidth - item.Width
	if spare < 0 {
		return fmt.Errorf("%d dots do not fit on paper of %d", item.Width, m.columns*CellWidth)
	}
	switch m.align {
	case Left:
	case Center:
		item.Left = spare / 2
	case Right:
		item.Left = spare
	}
	return nil
}

func (m *Machine) cut() {
	m.sheet.Cut = true
	m.done = append(m.done, m.sheet)
	m.sheet = Sheet{Columns: m.columns}
}

func (m *Machine) answer(q Query) {
	if m.Answer != nil {
		m.Answer(q)
	}
}

// columnsOf is the width of text that came from a printer's own codes: ASCII is
// one column wide, all else two.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		if r < 0x80 {
			n++
		} else {
			n += 2
		}
	}
	return n
}
