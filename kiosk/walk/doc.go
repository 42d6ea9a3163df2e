// Package walk holds the tests that take nothing for granted: the program as
// it is installed, in a real window on a real screen (Xvfb), is touched; the slip
// comes out of a serial port; a clerk's page in Chromium calls the number, and
// the board in Chromium shows it.
//
// With the tag more it also goes through all that the kiosk's page can do and hangs
// up displays: go test -tags walk,more ./kiosk/walk, on a machine with nothing else
// to do. Those are not part of `make test` yet.
//
// It needs a built program and the tools that build/setup.sh installs, so it is
// compiled with the tag walk only; `make walk` runs it alone. Pictures of each
// step are left in build/shots.
package walk
