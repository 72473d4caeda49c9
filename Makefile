# Everything a clone needs, from nothing but Python 3.11+ and Node 20+. `make help` lists the targets.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

ifdef UV
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.DEFAULT_GOAL := help
.PHONY: help demo test test-python test-ui conformance check fix bench bench-desktop crash outage types lock ui chromium clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: export ANSWERBACK_DATA_DIR ?= $(CURDIR)/.data
demo: .venv/.runtime ui ## Start a whole centre with emulator and phones, data in .data
	$(BIN)/answerback demo $(ARGS)

test: test-python test-ui ## Run every test: Python, browser and UI

test-python: .venv/.dev ui chromium
	$(BIN)/pytest -q -n auto $(ARGS)

test-ui: .venv/.runtime
	@$(BIN)/python hatch_build.py install
	@if [ -f ui/package.json ]; then cd ui && npm run --silent test; fi

conformance: .venv/.dev ## Hold every provider against the shared behaviours and print the table
	$(BIN)/pytest -q tests/providers/conformance $(ARGS)

check: .venv/.dev ## Check format, rules, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/python hatch_build.py install
	@if [ -f ui/package.json ]; then cd ui && npm run --silent check; fi

fix: .venv/.dev ## Repair what can be repaired by itself
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .
	@$(BIN)/python hatch_build.py install
	@if [ -f ui/package.json ]; then cd ui && npm run --silent fix; fi

bench: .venv/.runtime ## Measure ingest, routing, dispatch and stream on this machine
	@for subject in ingest routing dispatch stream; do $(BIN)/answerback bench $$subject --json $(ARGS) || exit 1; done

bench-desktop: .venv/.dev ui chromium ## Measure the desktop: weight of its first load, frames of a long thread
	$(BIN)/python -m bench.desktop

crash: .venv/.runtime ## Kill server and database under load, then count every text (SEED=n repeats a run)
	$(BIN)/answerback bench crash $(if $(SEED),--seed $(SEED)) $(ARGS)

outage: .venv/.runtime ## Take one of three providers down for five minutes under load (PROVIDER=acs, ARGS="--down-seconds 30")
	$(BIN)/answerback bench outage --json $(if $(PROVIDER),--provider $(PROVIDER)) $(ARGS)

types: .venv/.dev ## Make the desktop's types from the API's description
	$(BIN)/python tools/make_openapi.py
	@$(BIN)/python hatch_build.py install
	cd ui && npm run --silent types

lock: .venv/.dev ## Lock the newest allowed Python dependencies, with hashes
	$(BIN)/uv pip compile $(LOCK) --upgrade pyproject.toml --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group build -c requirements/dev.txt -o requirements/runtime.txt

# No addresses in the lock: each installation asks its own package index and the hashes decide.
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

ui: .venv/.runtime
	@$(BIN)/python hatch_build.py build

chromium: .venv/.runtime
	@$(BIN)/python tests/system_chromium.py

clean: ## Remove what was installed and built; the data in .data stays
	rm -rf .venv ui/node_modules tests/contract/node_modules src/answerback/web/static dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed. Install it, or name it: make PYTHON=/path/to/python3"; exit 1; fi
ifdef UV
	$(UV) venv --quiet --python "$(PYTHON)" .venv
else
	$(PYTHON) -m venv .venv || { echo "This Python lacks venv; on Debian and Ubuntu: apt install python3-venv"; rm -rf .venv; exit 1; }
endif

.venv/.runtime: requirements/runtime.txt pyproject.toml | .venv/bin/python
	@echo "Installing Python packages..."
	@$(INSTALL) --require-hashes -r requirements/runtime.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	@echo "Installing Python development packages..."
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@
