# Shoreline: `make run` serves it, `make test` proves it. Both set up what they need, once.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
HOST ?= localhost
PORT ?= 8000
WORKERS ?= 2
THREADS ?= 4
MINUTES ?= 60
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
MODULES := frontend/node_modules/.installed
DIST := frontend/dist/.built
# The wheel's npm would quietly take the system's node if this were not first.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# What may already stand in a caller's environment and would change what the commands below do.
unexport FLASK_DEBUG FLASK_APP
# Without compiled modules every test run compiles all of its own anew, and so does every process it starts.
unexport PYTHONDONTWRITEBYTECODE
SOURCES = $(shell find frontend/src frontend/public frontend/scripts -type f -not -path '*/generated/*' 2>/dev/null) \
  $(wildcard frontend/*.json frontend/*.ts frontend/*.html frontend/.npmrc)
CONTENT = $(shell find journal/content -name '*.py' -o -name '*.json')

.PHONY: help
help: ## say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: build ## set up what is missing and serve the app at the address it prints
	@! (exec 3<>/dev/tcp/$(HOST)/$(PORT)) 2>/dev/null || \
	  { echo 'Something answers at $(HOST):$(PORT) already. Stop it, or choose another port: make run PORT=8001'; exit 1; }
	@$(BIN)/python -m journal.first_start
	@printf '\n  Shoreline is at http://%s:%s  (stop it with Ctrl-C)\n\n' $(HOST) $(PORT)
	@SHORELINE_ORIGIN=$${SHORELINE_ORIGIN:-http://$(HOST):$(PORT)} exec $(BIN)/gunicorn --config python:journal.serving \
	  --bind $(HOST):$(PORT) --workers $(WORKERS) --threads $(THREADS) wsgi:app

.PHONY: demo
demo: $(RUNTIME) ## fill it with a believable patient and say how to sign in
	@$(BIN)/python -m journal.first_start
	@$(BIN)/flask --app wsgi demo

.PHONY: build
build: $(RUNTIME) $(DIST) ## build the front end

.PHONY: test
test: $(DEVELOPMENT) build browser ## every test: both databases, a real browser
	@$(MAKE) --no-print-directory lint
	@echo '== tests'
	@$(BIN)/pytest -q -n 2 --dist loadgroup

.PHONY: quick
quick: $(DEVELOPMENT) $(MODULES) ## the everyday tests, in a minute or two: SQLite, no servers, no browser
	@$(BIN)/pytest -q -n 2 --dist loadgroup -m 'not slow and not browser'

.PHONY: check
check: $(DEVELOPMENT) lint ## lint, types, then tests, fastest first
	@$(MAKE) --no-print-directory quick
	@$(MAKE) --no-print-directory build browser
	@$(BIN)/pytest -q -n 2 --dist loadgroup -m 'slow or browser'

.PHONY: lint
lint: $(DEVELOPMENT) $(MODULES) frontend/src/generated/catalogue.json
	@echo '== lint and types'
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache
	@$(BIN)/mypy --no-error-summary
	@cd frontend && npm run --silent check && npm test --silent

.PHONY: bench
bench: $(DEVELOPMENT) build ## speed as ratios, measured in one run
	@$(BIN)/python -m bench

.PHONY: torture
torture: $(DEVELOPMENT) ## kill -9 whatever runs 100 times during 50,000 writes, then look for every one; a database gone for a minute
	@$(BIN)/python -m tests.faults.torture
	@SHORELINE_GONE_FOR=60 $(BIN)/pytest -q -n 0 tests/faults/test_database_gone.py

.PHONY: soak
soak: $(DEVELOPMENT) ## an hour of mixed load: no error, no more memory than at the beginning; MINUTES=10 for less
	@$(BIN)/python -m tests.faults.soak --minutes $(MINUTES)

.PHONY: bench-start
bench-start: $(DEVELOPMENT) build browser ## how soon a kept phone asks its first question
	@$(BIN)/python -m bench.start

.PHONY: lighthouse
lighthouse: $(DEVELOPMENT) build browser bench/lighthouse/node_modules/.installed ## the app on a phone, as Lighthouse sees it
	@$(BIN)/python -m bench.lighthouse

.PHONY: api
api: $(DEVELOPMENT) $(MODULES) ## write the typed client anew from the routes
	@$(BIN)/python -m journal.publish openapi frontend/src/generated/openapi.json
	@cd frontend && npm run --silent api

.PHONY: lock
lock: $(DEVELOPMENT) ## pin the dependencies anew, with hashes
	@$(BIN)/uv pip compile $(PIN) pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile $(PIN) --group build -o requirements-build.lock
	@$(BIN)/uv pip compile $(PIN) pyproject.toml --group build --group test -c requirements.lock -o requirements-dev.lock
PIN := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
  --no-emit-find-links

.PHONY: clean
clean: ## remove what was set up; journals and secrets in instance/ stay
	rm -rf $(VENV) frontend/node_modules frontend/dist frontend/src/generated

.PHONY: browser
browser:
	@bash .ci/browser

# ---- what is made once ----

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { echo 'Python 3.11 or newer is missing. Install it, then run make again.'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "This is $$($(PYTHON) -V). Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo 'The venv module is missing. On Debian: apt-get install python3-venv'; exit 1; }
	@echo '== making $(VENV)'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUNTIME): requirements.lock $(VENV)/.made
	@echo '== installing the libraries (pinned by hash)'
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	@echo '== installing the tools for building and testing (pinned by hash)'
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.node: requirements-build.lock $(VENV)/.made
	@echo '== installing Node'
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
	@touch $@

$(MODULES): frontend/package-lock.json $(VENV)/.node
	@echo '== installing the front end'"'"'s libraries (pinned by hash)'
	@cd frontend && npm ci --silent --no-audit --no-fund
	@touch $@

bench/lighthouse/node_modules/.installed: bench/lighthouse/package-lock.json $(VENV)/.node
	@echo '== installing Lighthouse (pinned by hash)'
	@cd bench/lighthouse && npm ci --silent --no-audit --no-fund
	@touch $@

frontend/src/generated/catalogue.json: $(CONTENT) $(RUNTIME)
	@$(BIN)/python -m journal.publish catalogue $@

$(DIST): $(MODULES) frontend/src/generated/catalogue.json $(SOURCES) journal/content/messages/en.json
	@echo '== building the front end'
	@cd frontend && npm run --silent build
	@touch $@
