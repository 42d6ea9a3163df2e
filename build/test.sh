#!/usr/bin/env bash
# Runs the checks of the project, one after another, and says at the end how many passed and failed. `make test` calls
# it after setting up what it needs.
# usage: build/test.sh [lint|walk]     only the style and types, or only the walk
set -uo pipefail
cd "$(dirname "$0")/.."

export TZ=Asia/Shanghai LANG=C.UTF-8
if [ ! -t 1 ] || [ "${TERM:-dumb}" = dumb ]; then export NO_COLOR=1; fi
window=desktop,production,webkit2_41
passed=0 failed=0 broken=()
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# check NAME COMMAND... runs one stage. It counts as one check, unless the command writes "PASSED FAILED" to $work/count.
check() {
  local name=$1 began=$SECONDS state=ok p f; shift
  rm -f "$work/count"
  echo "== $name"
  if "$@"; then p=1 f=0; else p=0 f=1; state=FAILED; broken+=("$name"); fi
  if [ -s "$work/count" ]; then
    read -r p f <"$work/count"
    if [ $state = FAILED ] && [ "$f" = 0 ]; then f=1; fi
  fi
  passed=$((passed + p)) failed=$((failed + f))
  echo "== $name: $state, $((SECONDS - began)) s"
}

sources() { git ls-files --cached --others --exclude-standard "$@"; }

formatted() {
  local odd; odd=$(sources '*.go' | xargs gofmt -l)
  [ -z "$odd" ] || { echo "not in gofmt's form (make fmt):"; echo "$odd"; return 1; }
}

vetted() { go vet ./... && go vet -tags "walk,$window" ./kiosk/... .; }

linted() { "$GOLANGCI_LINT" run ./... && "$GOLANGCI_LINT" run --build-tags "walk,$window" ./kiosk/... .; }

# Makes the generated files anew and compares.
fresh() {
  local before after
  before=$(sources | grep -v '^build/bin/' | xargs -d '\n' sha256sum)
  make --no-print-directory generate >/dev/null || return 1
  after=$(sources | grep -v '^build/bin/' | xargs -d '\n' sha256sum)
  [ "$before" = "$after" ] || { echo "stale (make generate):"; diff <(echo "$before") <(echo "$after"); return 1; }
}

for_windows() { GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go build -tags desktop,production -o "$work/petitionhall.exe" .; }

# go_tests FLAGS... runs Go's tests through the reporter.
go_tests() { go test -json -timeout 20m "$@" | node build/gotest.mjs "$work/count"; }

page_tests() {
  npm --prefix frontend run --silent test -- --reporter=default --reporter=json --outputFile.json="$work/vitest.json"
  local code=$?
  [ -s "$work/vitest.json" ] && node -e '
    const { numPassedTests: p, numTotalTests: all } = JSON.parse(require("fs").readFileSync(process.argv[1]))
    console.log(p, all - p)' "$work/vitest.json" >"$work/count"
  return $code
}

# What must be there for everybody, in every page as a browser shows it.
everybody() { (cd frontend && node scripts/a11y-pages.mjs --count "$work/count"); }

walk() { go_tests -count=1 -tags walk ./kiosk/walk; }

# What the tests leave behind in the checkout would be taken for sources one day.
clean() {
  local left; left=$(comm -13 "$work/before" <(git status --porcelain | sort))
  [ -z "$left" ] || { echo "left behind by the tests:"; echo "$left"; return 1; }
}

git status --porcelain | sort >"$work/before"
case ${1:-all} in lint | all)
  check "gofmt" formatted
  check "go vet" vetted
  check "golangci-lint" linted
  check "eslint, prettier" npm --prefix frontend run --silent lint
  check "vue-tsc" npm --prefix frontend run --silent typecheck
esac
case ${1:-all} in all)
  check "generated files" fresh
  check "go test" go_tests -race ./...
  check "every fault at every byte of a slip" go_tests -count=1 -run 'TestTruth|TestShortPowerCut' ./printer
  check "10,000 hall-hours with faults" env PETITIONHALL_HOURS=10000 bash -c 'go test -count=1 -run "TestHours|TestWaits" -v ./queue/simulate | grep -v "^=== "; exit ${PIPESTATUS[0]}'
  check "waits of logs" go_tests -count=1 -run TestKinds ./hall/estimate
  check "planted bugs" go run ./build/plant
  check "go test, touch window" go_tests -tags "$window" ./kiosk
  check "vitest" page_tests
  check "pages read, hit and found by everybody" everybody
  check "size of the kiosk page" node frontend/scripts/size.mjs
  check "build for Windows" for_windows
esac
case ${1:-all} in walk | all)
  check "the walk" walk
  check "nothing left behind" clean
esac

echo
echo "$passed passed, $failed failed${broken[*]:+ (${broken[*]})}"
[ $failed = 0 ]
