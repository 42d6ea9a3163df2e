#!/usr/bin/env bash
# Measures what the project promises about its speed. Each figure is a ratio within one run on this machine, against
# something a reader knows; the report, docs/performance.md, tells what they mean. An argument measures only that part.
set -euo pipefail
cd "$(dirname "$0")/.."

# The parts of the engine, the journal and the printer, for whoever changes them.
[ -n "${1:-}" ] || go test -run '^$' -bench . -benchtime 1s ./queue/... ./printer/...

# The touch app shows its page on a screen without a monitor where there is no other.
if [ -z "${DISPLAY:-}" ] && command -v Xvfb >/dev/null; then
  exec {number}< <(exec Xvfb -displayfd 1 -screen 0 1080x1920x24 -nolisten tcp 2>/dev/null)
  screen=$!
  trap 'kill $screen' EXIT
  read -r -u "$number" DISPLAY
  export DISPLAY=":$DISPLAY"
fi

go run ./build/bench -only "${1:-}"
