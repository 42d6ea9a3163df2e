// Package printertest is a scripted printer, for tests of everything that prints,
// without a printer. Its usual line is a pseudo-terminal.
//
//	p, err := printertest.Start(printertest.Script{Confirms: true})
//	...
//	driver, err := printer.Open(p.URI("baud=115200&profile=epson-tm"))
//
// It reads what arrives as strictly as package escpos does: a byte that no
// printer command begins with is an error (see [Printer.Err]), not junk on paper.
// It answers as its [Script] says, and the script can be changed while it runs:
// the paper ends, the cover opens, the power goes.
//
// [Start] needs Linux. A [Memory] is the same printer without a terminal, for
// tests of the driver in virtual time.
//
// Pseudo-terminals take bytes much faster than a line does. What a test may rely
// on is the order of things, not their times.
package printertest
