#!/usr/bin/env bash
# Measures what the project promises about its speed. Each figure is a ratio within one run on this machine, against
# something a reader knows; the report, docs/performance.md, tells what they mean. An argument measures only that part.
set -euo pipefail
cd "$(dirname "$0")/.."

# The parts of the engine, the journal and the printer, for whoever changes them.
[ -n "${1:-}" ] || go test -run '^$' -bench . -benchtime 1s ./queue/... ./printer/...

go run ./build/bench -only "${1:-}"
