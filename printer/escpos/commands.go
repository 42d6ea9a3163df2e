package escpos

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// command is what the machine knows of one command: how long it is with its
// arguments, and what it does. The length may depend on the first bytes; 0 asks
// for more of them.
type command struct {
	length    func(data []byte) int
	do        func(m *Machine, data []byte) error
	lineStart bool // only allowed while no line is begun
}

func fixed(n int) func([]byte) int { return func([]byte) int { return n } }

// parameters is the length of the commands that carry their own size in two
// bytes after the first three.
func parameters(data []byte) int {
	if len(data) < 5 {
		return 0
	}
	return 5 + int(data[3]) + int(data[4])<<8
}

// commands are all that the machine understands, by their first two bytes.
var commands = map[[2]byte]command{
	{esc, '@'}:  {fixed(2), func(m *Machine, _ []byte) error { m.reset(); return nil }, false},
	{fs, '&'}:   {fixed(2), func(m *Machine, _ []byte) error { m.chinese = true; return nil }, true},
	{fs, '!'}:   {fixed(3), (*Machine).setChineseSize, false},
	{fs, '.'}:   {fixed(2), func(m *Machine, _ []byte) error { m.chinese = false; return nil }, true},
	{esc, '2'}:  {fixed(2), func(m *Machine, _ []byte) error { m.spacing = LineSpacing; return nil }, false},
	{esc, '3'}:  {fixed(3), func(m *Machine, b []byte) error { m.spacing = int(b[2]); return nil }, false},
	{esc, 'a'}:  {fixed(3), (*Machine).setAlign, true},
	{esc, 'd'}:  {fixed(3), (*Machine).feedLines, true},
	{esc, 'J'}:  {fixed(3), func(m *Machine, b []byte) error { m.sheet.Height += int(b[2]); return nil }, true},
	{esc, 'i'}:  {fixed(2), (*Machine).cutHere, true},
	{esc, 'm'}:  {fixed(2), (*Machine).cutHere, true},
	{gs, '!'}:   {fixed(3), (*Machine).setSize, false},
	{gs, 'B'}:   {fixed(3), (*Machine).setReverse, false},
	{gs, 'V'}:   {cutLength, (*Machine).cutCommand, true},
	{gs, 'v'}:   {rasterLength, (*Machine).raster, true},
	{gs, 'a'}:   {fixed(3), (*Machine).automaticStatus, false},
	{gs, 'e'}:   {presenterLength, (*Machine).presenter, true},
	{gs, 'r'}:   {fixed(3), (*Machine).queuedStatus, true},
	{gs, '('}:   {parameters, (*Machine).extended, true},
	{dle, 0x04}: {fixed(3), (*Machine).realTimeStatus, false},
	{dle, 0x05}: {fixed(3), func(*Machine, []byte) error { return nil }, false},
	{dle, 0x08}: {fixed(3), (*Machine).freeBuffer, false},
}

// step takes one command or character from the front of data and says how many
// bytes it was; 0 means that it has not all arrived.
func (m *Machine) step(data []byte) (int, error) {
	switch first := data[0]; {
	case first == lf:
		return 1, m.endLine()
	case first == 0:
		return 1, nil // filling, sent to end what a broken slip left open
	case first == esc || first == fs || first == gs || first == dle:
		return m.command(data)
	case first < 0x20 || first == 0x7f:
		return 0, fmt.Errorf("control character %02X", first)
	case first < 0x80:
		m.text(string(rune(first)))
		return 1, nil
	}
	return m.chineseCharacter(data)
}

func (m *Machine) command(data []byte) (int, error) {
	if len(data) < 2 {
		return 0, nil
	}
	c, ok := commands[[2]byte{data[0], data[1]}]
	if !ok {
		return 0, fmt.Errorf("unknown command %02X %02X", data[0], data[1])
	}
	n := c.length(data)
	if n < 0 {
		return 0, fmt.Errorf("unknown form of command % X", data[:min(len(data), 4)])
	}
	if n == 0 || len(data) < n {
		return 0, nil
	}
	if c.lineStart && len(m.line) > 0 {
		return 0, fmt.Errorf("command %02X %02X inside a line", data[0], data[1])
	}
	return n, c.do(m, data[:n])
}

// chineseCharacter reads one two-byte code.
func (m *Machine) chineseCharacter(data []byte) (int, error) {
	if !m.chinese {
		return 0, fmt.Errorf("byte %02X while Chinese is off", data[0])
	}
	if len(data) < 2 {
		return 0, nil
	}
	if data[1] == 0 {
		m.text(string(replacement)) // a character cut in two, and filling
		return 2, nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data[:2])
	if err != nil || utf8.RuneCount(text) != 1 || string(text) == string(utf8.RuneError) {
		return 0, fmt.Errorf("% X is no two-byte code", data[:2])
	}
	m.text(string(text))
	return 2, nil
}

func (m *Machine) setAlign(b []byte) error {
	if b[2] > byte(Right) {
		return fmt.Errorf("alignment %d", b[2])
	}
	m.align = Align(b[2])
	return nil
}

func (m *Machine) setSize(b []byte) error {
	if b[2]&0x88 != 0 {
		return fmt.Errorf("size %02X", b[2])
	}
	m.width, m.height = int(b[2]>>4)+1, int(b[2]&7)+1
	return nil
}

func (m *Machine) setReverse(b []byte) error {
	m.reverse = b[2]&1 == 1
	return nil
}

func (m *Machine) feedLines(b []byte) error {
	m.sheet.Height += int(b[2]) * m.spacing
	return nil
}

// cutLength: functions A (00, 01, 30, 31) have no argument, B (41, 42) has one.
func cutLength(data []byte) int {
	if len(data) < 3 {
		return 0
	}
	switch data[2] {
	case 0x00, 0x01, 0x30, 0x31:
		return 3
	case 0x41, 0x42:
		return 4
	}
	return -1
}

// knifeDots is how far the knife stands behind the print head on most printers:
// what "feed to the cutting position" adds.
const knifeDots = 96

func (m *Machine) cutCommand(b []byte) error {
	if len(b) == 4 {
		m.sheet.Height += knifeDots + int(b[3])
	}
	m.cut()
	return nil
}

func (m *Machine) realTimeStatus(b []byte) error {
	if (b[2] < 1 || b[2] > 4) && b[2] != PresenterStatus {
		return fmt.Errorf("real-time status %d", b[2])
	}
	m.answer(Query{Kind: RealTimeStatus, Number: b[2]})
	return nil
}

func (m *Machine) queuedStatus(b []byte) error {
	if b[2] != 1 {
		return fmt.Errorf("queued status %d", b[2])
	}
	m.answer(Query{Kind: QueuedStatus})
	return nil
}

// extended are the commands that begin with GS (: QR codes and the process id.
func (m *Machine) extended(b []byte) error {
	switch {
	case b[2] == 'k' && len(b) >= 8 && b[5] == 0x31:
		return m.qrFunction(b[6], b[7:])
	case b[2] == 'H' && len(b) == 11 && b[5] == 0x30 && b[6] == 0x30:
		m.answer(Query{Kind: ProcessID, ID: [4]byte(b[7:11])})
		return nil
	}
	return fmt.Errorf("unknown command % X", b[:min(len(b), 8)])
}

func (m *Machine) qrFunction(function byte, b []byte) error {
	switch function {
	case 0x41: // model
		return nil
	case 0x43:
		m.module = int(b[0])
		return nil
	case 0x45: // level of correction
		return nil
	case 0x50:
		m.stored = string(b[1:])
		return nil
	case 0x51:
		return m.printCode()
	}
	return fmt.Errorf("unknown QR function %02X", function)
}

func (m *Machine) printCode() error {
	code, err := modules(m.stored)
	if err != nil {
		return err
	}
	size := len(code) * m.module
	return m.print(Item{Width: size, Height: size, Code: &Code{Text: m.stored, ModuleDots: m.module}})
}
