# petitionhall. `make help` lists what can be typed; each target sets up what it needs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := build/bin
TOOLS := build/tools
# The touch window needs cgo and these tags; webkit2_41 is the WebKit of Debian 12 and later.
WINDOW_TAGS := desktop,production,webkit2_41
GOLANGCI_LINT := $(TOOLS)/golangci-lint-2.15.0
GO_BUILD := go build -trimpath

PAGES := frontend/dist/kiosk.html
PAGE_SOURCES := $(shell find frontend/src frontend/public frontend/*.html frontend/*.ts frontend/package.json -type f 2>/dev/null)
NODE_MODULES := frontend/node_modules/.package-lock.json

# A network that looks into TLS installs its certificate in the system. Go and curl look there; Node has to be told.
export NODE_EXTRA_CA_CERTS ?= $(wildcard /etc/ssl/certs/ca-certificates.crt)

# A screen to open a window on, or nothing.
SCREEN := $(or $(DISPLAY),$(WAYLAND_DISPLAY))

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

.PHONY: run
run: ## start an open hall for trying: the touch window where there is a screen, else the pages for a browser
ifneq ($(SCREEN),)
	@build/setup.sh font window
	@$(MAKE) --no-print-directory build
	@build/run.sh
else
	@build/setup.sh font
	@$(MAKE) --no-print-directory serve-build
	@build/run.sh
endif

.PHONY: test
test: ## check everything: style, types, stale files, all tests, the walk from touch to wall
	@build/setup.sh font window test
	@$(MAKE) --no-print-directory build $(GOLANGCI_LINT)
	@GOLANGCI_LINT=$(GOLANGCI_LINT) build/test.sh

.PHONY: build
build: $(PAGES) serve-build ## build the program at build/bin/petitionhall, with the touch window where its libraries are
	@build/setup.sh --if-possible window
	@if pkg-config --exists gtk+-3.0 webkit2gtk-4.1 2>/dev/null; then \
		$(GO_BUILD) -tags $(WINDOW_TAGS) -o $(BIN)/petitionhall . && echo "built $(BIN)/petitionhall"; \
	else \
		CGO_ENABLED=0 $(GO_BUILD) -o $(BIN)/petitionhall . && \
		echo "built $(BIN)/petitionhall WITHOUT the touch window: GTK 3 and WebKitGTK 4.1 are not installed"; \
	fi

.PHONY: serve-build
serve-build: $(PAGES) ## build the program without a window at build/bin/petitionhall-serve
	@CGO_ENABLED=0 $(GO_BUILD) -o $(BIN)/petitionhall-serve . && echo "built $(BIN)/petitionhall-serve"

.PHONY: windows-build
windows-build: $(PAGES) ## build the touch app for Windows at build/bin/petitionhall.exe
	@GOOS=windows GOARCH=amd64 CGO_ENABLED=0 $(GO_BUILD) -tags desktop,production -o $(BIN)/petitionhall.exe . && echo "built $(BIN)/petitionhall.exe"

.PHONY: bench
bench: build ## measure, each figure as a ratio within the run, and write docs/performance.md
	@build/setup.sh
	@build/bench.sh

.PHONY: bench-pages
bench-pages: serve-build ## measure the pages for as long as a hall uses them (about an hour), and write docs/performance-pages.md
	@build/setup.sh font test
	@node frontend/scripts/bench-pages.mjs $(BIN)/petitionhall-serve docs $(ONLY)

.PHONY: pictures
pictures: serve-build ## make the pictures of README and docs anew, from a hall that runs
	@build/setup.sh font test
	@node frontend/scripts/pictures.mjs docs/images $(BIN)/petitionhall-serve

.PHONY: gallery
gallery: $(PAGES) ## take the pictures of docs/gallery.md anew: every page of a simulated busy hall
	@build/setup.sh font test
	@go run ./build/gallery

.PHONY: voice
voice: ## make the synthesised voices anew that ship with the program (docs/voice.md)
	@build/setup.sh voice
	@go run ./build/voice

.PHONY: setup
setup: ## install what is missing to build and to test, and say what
	@build/setup.sh font window test
	@$(MAKE) --no-print-directory $(NODE_MODULES) $(GOLANGCI_LINT)

.PHONY: simulate
simulate: ## play hall-hours with faults and prove every promise: make simulate HOURS=2000000 SEED=7
	PETITIONHALL_HOURS=$(or $(HOURS),100000) PETITIONHALL_SEED=$(or $(SEED),1) go test -count=1 -timeout 0 -run TestHours -v ./queue/simulate

.PHONY: plant
plant: ## plant bugs one at a time and see that a suite catches each
	go run ./build/plant

.PHONY: generate
generate: $(NODE_MODULES) ## make the API's document and the pages' types anew from the Go types
	go generate ./...
	npm --prefix frontend run --silent generate

.PHONY: lint
lint: $(NODE_MODULES) $(GOLANGCI_LINT) ## check style and types only
	@GOLANGCI_LINT=$(GOLANGCI_LINT) build/test.sh lint

.PHONY: fmt
fmt: $(NODE_MODULES) ## put all sources into their standard form
	gofmt -w $$(git ls-files --cached --others --exclude-standard '*.go')
	npm --prefix frontend run --silent format

.PHONY: walk
walk: ## only the walk: a touch in the real window becomes paper, a call and a line on the wall
	@build/setup.sh font window test
	@$(MAKE) --no-print-directory build
	@build/test.sh walk

.PHONY: clean
clean: ## remove what was built
	rm -rf $(BIN) build/shots frontend/node_modules
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete

$(PAGES): $(NODE_MODULES) $(PAGE_SOURCES)
	@npm --prefix frontend run --silent build >build/pages.log 2>&1 || { cat build/pages.log; exit 1; }
	@rm build/pages.log
	@echo "built the pages"

$(NODE_MODULES): frontend/package-lock.json
	@build/setup.sh
	@npm --prefix frontend ci --no-audit --no-fund --prefer-offline --loglevel=error
	@touch $@

# Pinned, and kept apart from go.mod: a linter's dependencies are no business of the program's.
$(GOLANGCI_LINT):
	@echo "building golangci-lint, once"
	@mkdir -p $(TOOLS)
	@GOFLAGS=-mod=mod GOBIN=$(CURDIR)/$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
	@mv $(TOOLS)/golangci-lint $@
