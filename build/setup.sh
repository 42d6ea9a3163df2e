#!/usr/bin/env bash
# Installs what is missing to build, run and test petitionhall on Debian or one of its kin, and says what it installs.
# usage: build/setup.sh [--if-possible] [font] [window] [test] [voice]
#   font     a Chinese font, for the pictures of slips
#   window   a C compiler and the libraries of the touch window
#   test     a screen without a screen, a browser, and what looks at them
#   voice    the synthesiser of the voices that ship, to make them anew
# With --if-possible a system on which nothing can be installed is no failure.
set -euo pipefail

required=yes
if [ "${1:-}" = --if-possible ]; then required=no; shift; fi

# need PACKAGE COMMAND... : PACKAGE is missing if the command fails.
missing=()
need() { local package=$1; shift; "$@" >/dev/null 2>&1 || missing+=("$package"); }
has() { command -v "$1"; }
# The places where the program looks for a font, see printer/picture.
has_font() { ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc; }

for group in "$@"; do
  case $group in
    font) need fonts-noto-cjk has_font ;;
    window)
      need gcc has gcc
      need libc6-dev test -e /usr/include/stdlib.h
      need pkg-config has pkg-config
      need libgtk-3-dev pkg-config --exists gtk+-3.0
      need libwebkit2gtk-4.1-dev pkg-config --exists webkit2gtk-4.1 ;;
    test)
      need xvfb has Xvfb
      need openbox has openbox
      need xdotool has xdotool
      need imagemagick has import
      need zbar-tools has zbarimg
      need chromium has chromium
      need dbus-daemon has dbus-run-session ;;
    voice) need espeak-ng has espeak-ng ;;
    *) echo "setup: there is no group $group" >&2; exit 2 ;;
  esac
done

# The languages come with the machine: their versions are the project's choice, not the distribution's.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; }
tool() { # NAME MINIMUM INSTALLED
  if [ -z "$3" ] || ! at_least "$2" "$3"; then
    echo "setup: $1 $2 or later is needed, ${3:-none} is installed" >&2
    exit 1
  fi
}
tool Go 1.26 "$(go env GOVERSION 2>/dev/null | sed 's/^go//')"
tool Node 20.19 "$(node --version 2>/dev/null | sed 's/^v//')"
tool npm 9 "$(npm --version 2>/dev/null)"

[ ${#missing[@]} -gt 0 ] || exit 0

root=()
if [ "$(id -u)" != 0 ]; then root=(sudo); fi
if ! has apt-get >/dev/null || { [ ${#root[@]} -gt 0 ] && ! has sudo >/dev/null; }; then
  echo "setup: these Debian packages (or their like) are missing and cannot be installed from here: ${missing[*]}" >&2
  [ $required = no ] && exit 0
  exit 1
fi
echo "setup: installing ${missing[*]}"
install() {
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@" </dev/null
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { install update && install install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "setup: apt-get failed; the packages wanted are: ${missing[*]}" >&2
  [ $required = no ] && exit 0
  exit 1
fi
