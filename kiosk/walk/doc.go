// Package walk holds the one test that takes nothing for granted: the program as
// it is installed, in a real window on a real screen (Xvfb), is touched; the slip
// comes out of a serial port; a clerk's page in Chromium calls the number, and
// the board in Chromium shows it.
//
// It needs a built program and the tools that build/setup.sh installs, so it is
// compiled with the tag walk only; `make walk` runs it alone. Pictures of each
// step are left in build/shots.
package walk
