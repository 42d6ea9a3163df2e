#!/usr/bin/env bash
# Measures what the project promises about its speed. Each figure is a ratio within one run on this machine, against
# something a reader knows; docs/performance.md tells what they mean.
set -euo pipefail
cd "$(dirname "$0")/.."

go test -run '^$' -bench . -benchtime 2s ./...

# What the kiosk page loads at its start, compressed; the limit is 120 KB.
node frontend/scripts/size.mjs
