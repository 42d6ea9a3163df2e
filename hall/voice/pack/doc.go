// Package pack reads and writes the voices of a hall. A voice is a folder: WAV
// clips of 16-bit mono PCM, all at one rate, and a manifest.json that tells the
// language, that the speaker agreed, the licence, and of each clip its file, its
// checksum, its length and its levels.
//
//	p := pack.Read(os.DirFS("voices/dong"))   // what is wrong stands in p.Faults
//	line, err := phrase.Say("dong", call, phrase.Options{})
//	s, missing, err := p.Join(line.Clips)      // the whole phrase, or what it lacks
//
// A folder is somebody's work and may be anything: what is missing, broken, too
// long, silent or another clip's is told as a Fault in words, and that clip counts
// as missing. A phrase that lacks one clip is not said in that voice at all: half
// a call in each of two voices would not be understood.
//
// A Shelf is the folder in which a hall keeps the voices that it records.
//
// No person's name has a place in a manifest, and none is asked for: whoever
// speaks is heard, not written down.
package pack
