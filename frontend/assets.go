// Package frontend holds the pages of the hall (kiosk, window, board, phone)
// as they were built by Vite, so that the program carries its screens with it.
//
// The sources stand beside this file; README.md tells how they are built. A
// checkout in which nobody ran the build compiles all the same and holds an
// empty folder.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Assets returns the built pages: index.html, kiosk.html, window.html,
// board.html and track.html at the root, and what they load under assets/.
// Before a build it holds nothing but .gitkeep.
func Assets() fs.FS {
	pages, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // fs.Sub fails only for an invalid path, and "dist" is valid
	}
	return pages
}
