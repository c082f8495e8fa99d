# Every target first makes the environment, once. Needs only make and Python 3.11 or newer.
# PYTHON: the Python the environment is made with. VENV: where it lies. PERSONS: how many people `make bench` runs.

PYTHON ?= python3
VENV ?= .venv
PERSONS ?= 50000

BIN := $(VENV)/bin
READY := $(VENV)/.ready

export DAGSTER_DISABLE_TELEMETRY := yes
export GX_ANALYTICS_ENABLED := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint check ui bench methods lock clean

help:
	@echo "make demo     5,000 made-up persons, from inbox to workbook (in demo/)"
	@echo "make test     the tests"
	@echo "make lint     format, style, types, import walls, definitions"
	@echo "make check    lint and test"
	@echo "make ui       Dagster's pages on the demo, http://127.0.0.1:3000"
	@echo "make bench    the whole path on PERSONS=$(PERSONS), with the seconds at every step"
	@echo "make methods  write docs/methods anew from the catalogue"
	@echo "make lock     resolve requirements.lock anew from pyproject.toml"
	@echo "make clean    remove the demo, the caches and the environment"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	$(BIN)/midtvejs demo

test: $(READY)
	$(BIN)/pytest

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dagster definitions validate -m pipelines.definitions
	$(BIN)/dg check defs

check: lint test

ui: demo
	MIDTVEJS_KEY_FILE=demo/pseudonym.key $(BIN)/midtvejs ui --home demo/home

bench: $(READY)
	rm -rf build/bench
	$(BIN)/midtvejs demo --persons $(PERSONS) --home build/bench

methods: $(READY)
	$(BIN)/python -m indicators.method_sheets docs/methods

lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --extra ui --extra dev --python-version 3.11 --universal \
		--generate-hashes --no-header --no-annotate --no-strip-extras --quiet --output-file requirements.lock

clean:
	rm -rf demo build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache $(VENV)
