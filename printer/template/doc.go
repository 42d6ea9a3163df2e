// Package template is the language in which a hall says what stands on its
// slips: one line of the file is one line of paper.
//
//	# a remark
//	{hall}
//	[gap 20]
//	[4x fit] {number}
//	前面还有{ahead}个号 || 前面没有别的号
//	[en] Number {number}
//	[if reprint 2x bar] 补打  号码不变
//	[qr] {track}
//	[cut]
//
// Words in braces are values. A line of which a value is not known is left out;
// of alternatives, parted by ||, the first is taken whose values are all known
// and that fits the paper. Words in brackets say how: at the beginning of a line
// for all of it, within a line from there on, [/] back to plain. \n begins a new
// line of paper within an alternative, [[ and {{ are the brackets themselves.
//
// There are no loops, no sums and no code: whoever can write a letter can change
// a slip, and what was changed wrongly is said in a sentence with the line.
//
// [Parse] reads a template, [Template.Render] makes the blocks that package
// escpos encodes. [Builtin] gives the templates that come with the program. The
// whole language is told in docs/slips.md.
package template
