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
// the paper ends, the cover opens, the power goes. What goes wrong at an exact
// byte is a [Fault]. In trouble it does what most printers do: it holds what
// arrives and prints it once the trouble is over ([Script.Well]).
//
// Questions about the status are answered the moment they arrive, between two
// commands or not, as real printers do: a question that a driver asks inside a
// picture, or dots of a picture that look like one, spoil the picture, and that
// is an error.
//
// What stands on the paper is in [Printer.Sheets], as text, and in
// [Printer.Picture], as an image.
//
// [Start] needs Linux. [Listen] is the same printer on a TCP port. A [Memory] is the same printer without a terminal, for
// tests of the driver in virtual time.
//
// Pseudo-terminals take bytes much faster than a line does. What a test may rely
// on is the order of things, not their times.
package printertest
