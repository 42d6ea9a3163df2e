// Package shipped holds the voices that come with the program, synthesised by
// build/voice, so that every hall speaks as soon as it is started. A program that
// was built without them has none, and works all the same.
package shipped

import (
	"embed"
	"io/fs"
	"strings"
	"sync"

	"petitionhall/hall/voice/pack"
)

//go:embed all:packs
var packs embed.FS

const (
	place  = "packs"
	ending = ".zip"
)

// voices reads each voice when it is first asked for, and keeps it.
var voices = found()

// Pack gives the voice of a language, such as zh or en; ok is false when none
// comes along.
func Pack(lang string) (p *pack.Pack, ok bool) {
	if voice, there := voices[lang]; there {
		p = voice()
	}
	return p, p != nil && p.Usable()
}

func found() map[string]func() *pack.Pack {
	all := map[string]func() *pack.Pack{}
	names, _ := fs.Glob(packs, place+"/*"+ending) // fails only for a wrong pattern
	for _, name := range names {
		lang := strings.TrimSuffix(strings.TrimPrefix(name, place+"/"), ending)
		all[lang] = sync.OnceValue(func() *pack.Pack { return load(name) })
	}
	return all
}

func load(name string) *pack.Pack {
	data, err := packs.ReadFile(name)
	if err != nil {
		return nil
	}
	clips, err := Open(data)
	if err != nil {
		return nil
	}
	return pack.Read(clips)
}
