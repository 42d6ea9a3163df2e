// Package printer turns a ticket into paper and tells the truth about it.
//
// A [Slip] is plain data: what a visitor's paper says. [Open] makes a [Printer]
// of a URI; its Print lays the slip out, encodes it, sends it, and answers with
// an [Outcome] that never claims more than is known. A [Station] prints jobs
// one at a time and has each outcome recorded by whoever keeps the record.
//
// The way of a slip: layout (what stands where, in words) -> blocks -> bytes
// (package escpos) -> port. The virtual printer keeps the bytes and draws the
// picture that they make (package picture); package printertest has a scripted
// printer for tests.
//
// The package knows no queue and no hall, and imports nothing of ours.
package printer
