// Package phrase knows what the voice of a hall says: which clips make up an
// announcement, in which order and with which silence between them, and the same
// as a text for a browser's own voice.
//
//	line, err := phrase.Say("zh", phrase.Announcement{Kind: queue.SayCall, Ticket: "A012", Window: 3}, phrase.Options{})
//	line.Text   // 请A零幺二号，到三号窗口。
//	line.Clips  // please, letter-a, digit-0, digit-yao, digit-2, number, then after 250 ms to-window-3
//
// Clips lists every clip of a language with what is to be read; Needed those of
// one hall. The page that records a voice, the program that makes the voices that
// come along and the checks of a pack all go by this one list.
//
// There are two grammars. English has its own; every other language, whether
// Mandarin, a dialect or Dong, is said by the Chinese one: whoever records it
// says each clip in that language, in the place that the Chinese order gives it.
//
// Everything here is a pure function: no clock, no file, no sound.
package phrase
