#!/usr/bin/env bash
# Starts an open hall for trying, its data in data/: the touch window where there is a screen, else only the pages.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x build/bin/petitionhall ]; then
  exec build/bin/petitionhall --open --windowed --data data "$@"
fi
exec build/bin/petitionhall-serve serve --open --data data "$@"
