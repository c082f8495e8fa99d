# Every target first makes the environment, once. Needs only make and Python 3.11 or newer.
# PYTHON: the Python the environment is made with. VENV: where it lies. FUZZ_SECONDS: how long each target is fuzzed.
# NIGHTS, SEED: how many nights in a row something happens to, and which draw. PROCESSES: how many share the tests.
# MUTANTS: how many of each folder are tried (0: all), drawn by SEED.

PYTHON ?= python3
VENV ?= .venv
FUZZ_SECONDS ?= 600
NIGHTS ?= 200
SEED ?= 1
MUTANTS ?= 150
PROCESSES ?= auto

BIN := $(VENV)/bin
READY := $(VENV)/.ready

export DAGSTER_DISABLE_TELEMETRY := yes
export GX_ANALYTICS_ENABLED := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: spark help demo test faults lint format style types walls definitions check ui bench picture fuzz sbom audit nights mutants methods dictionary lock clean

help:
	@echo "make demo     5,000 made-up persons, from inbox to workbook (in demo/)"
	@echo "make test     the tests"
	@echo "make faults   every fault the program is to survive, the long ones too (Linux, as root)"
	@echo "make nights   200 nights in a row, something happening to each (NIGHTS, SEED)"
	@echo "make lint     format, style, types, import walls, definitions"
	@echo "make check    lint and test"
	@echo "make ui       Dagster's pages on the demo, http://127.0.0.1:3000"
	@echo "make spark    pyspark for the engine spark, half a gigabyte; needs Java 17"
	@echo "make picture  the README's picture of Overblik, from 60,000 made-up persons; needs LibreOffice and poppler"
	@echo "make bench    the whole job on 450,000 made-up persons: seconds and memory"
	@echo "make fuzz     the text reader and the XLSX reader on spoiled files, FUZZ_SECONDS each (Linux on x86-64)"
	@echo "make sbom     the list of everything installed, build/sbom.json (CycloneDX)"
	@echo "make audit    the lock held against known vulnerabilities (needs the network)"
	@echo "make mutants  faults put in indicators, plans and disclosure: which ones no test sees (MUTANTS, SEED)"
	@echo "make methods  write docs/methods anew from the catalogue"
	@echo "make dictionary  write docs/sources anew from the contracts"
	@echo "make lock     resolve the locks anew: pyproject.toml's two, the fuzzer's, the auditor's, the mutants'"
	@echo "make clean    remove the demo, the caches and the environment"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	@echo "installing what requirements.lock names into $(VENV): a minute or a few"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	$(BIN)/midtvejs demo

picture: $(READY)
	rm -rf build/picture
	$(BIN)/midtvejs demo --persons 60000 --home build/picture
	pdftoppm -r 90 -f 3 -l 3 -singlefile -png \
		build/picture/home/published/indsatsplan-2018-2022/2020-06/latest/*.pdf docs/images/overblik

spark: $(READY)
	$(BIN)/pip install --quiet --require-hashes -r requirements.spark.lock

# What goes together, and what goes first, is said in tests/sharing.py.
test: $(READY)
	$(BIN)/pytest --numprocesses $(PROCESSES) --dist loadscope --no-loadscope-reorder

faults: $(READY)
	$(BIN)/pytest tests/whole/faults -m "" --deselect tests/whole/faults/test_many_nights.py

nights: export MIDTVEJS_NIGHTS := $(NIGHTS)
nights: export MIDTVEJS_SEED := $(SEED)
nights: $(READY)
	$(BIN)/pytest tests/whole/faults/test_many_nights.py -m "" -s

lint: format style types walls definitions

format: $(READY)
	$(BIN)/ruff format --check .

style: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

walls: $(READY)
	$(BIN)/lint-imports

# Both programs count their use unless the settings of a home of theirs say no.
definitions: export DAGSTER_HOME := $(CURDIR)/build/dagster
definitions: export VIRTUAL_ENV := $(abspath $(VENV))
definitions: $(READY)
	@mkdir -p $(DAGSTER_HOME)
	@printf 'telemetry:\n  enabled: false\n' > $(DAGSTER_HOME)/dagster.yaml
	$(BIN)/dagster definitions validate -m pipelines.definitions
	$(BIN)/dg check defs

check: lint test

ui: demo
	MIDTVEJS_KEY_FILE=demo/pseudonym.key $(BIN)/midtvejs ui --home demo/home

bench: $(READY)
	$(BIN)/python benchmarks/whole_job.py --work build/bench

# atheris has a lock and a folder of its own: there is no wheel of it for other machines.
build/fuzz/.ready: requirements.fuzz.lock $(READY)
	$(BIN)/pip install --quiet --require-hashes --no-deps --only-binary :all: --upgrade --target build/fuzz/lib \
		-r requirements.fuzz.lock
	@touch $@

fuzz: export PYTHONPATH := $(CURDIR):$(CURDIR)/build/fuzz/lib
fuzz: build/fuzz/.ready
	$(BIN)/python tests/fuzzing/fuzz_text.py -max_total_time=$(FUZZ_SECONDS)
	$(BIN)/python tests/fuzzing/fuzz_xlsx.py -max_total_time=$(FUZZ_SECONDS)

# A tool box of its own: what looks at the packages is not one of them.
build/audit/.ready: requirements.audit.lock $(READY)
	$(BIN)/pip install --quiet --require-hashes --no-deps --only-binary :all: --upgrade --target build/audit/lib \
		-r requirements.audit.lock
	@touch $@

sbom audit: export PYTHONPATH := $(CURDIR)/build/audit/lib
sbom: build/audit/.ready
	$(BIN)/python -m cyclonedx_py environment $(VENV) --pyproject pyproject.toml --output-reproducible \
		--output-file build/sbom.json

# Strict: a package that no advisory source knows of is a failure, not a line in passing. The source is asked of one package
# first, because pip-audit ends in a traceback when it does not answer.
audit: build/audit/.ready
	@$(BIN)/python -c 'from urllib.request import urlopen as ask; ask("https://api.osv.dev/v1/query", b"{\"package\": {\"name\": \"pip\", \"ecosystem\": \"PyPI\"}}", 20)' 2>/dev/null \
		|| { echo "The advisories could not be looked up: api.osv.dev does not answer from here. Nothing was audited." >&2; exit 1; }
	$(BIN)/python -m pip_audit --strict --require-hashes --disable-pip --vulnerability-service osv \
		--progress-spinner off --requirement requirements.lock

# A tool box of its own, likewise.
build/mutants/.ready: requirements.mutants.lock $(READY)
	$(BIN)/pip install --quiet --require-hashes --no-deps --only-binary :all: --upgrade --target build/mutants/lib \
		-r requirements.mutants.lock
	@touch $@

mutants: export PYTHONPATH := $(CURDIR):$(CURDIR)/build/mutants/lib
mutants: build/mutants/.ready
	$(BIN)/python -m tests.mutating.sample --mutants $(MUTANTS) --seed $(SEED)

methods: $(READY)
	$(BIN)/python -m indicators.method_sheets docs/methods

dictionary: $(READY)
	$(BIN)/python -m expectations.dictionary docs/sources

lock: RESOLVE := $(BIN)/uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes \
	--no-header --no-annotate --no-strip-extras --quiet
lock: $(READY)
	$(RESOLVE) --extra ui --extra dev --extra postgres --output-file requirements.lock
	$(RESOLVE) --extra spark --constraint requirements.lock --output-file requirements.spark.lock
	echo atheris | $(BIN)/uv pip compile - --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet \
		--output-file requirements.fuzz.lock
	printf 'cyclonedx-bom>=7\npip-audit>=2.9\n' | $(BIN)/uv pip compile - --python-version 3.11 --universal \
		--generate-hashes --no-header --no-annotate --quiet --output-file requirements.audit.lock
	echo 'mutmut>=3.8' | $(BIN)/uv pip compile - --python-version 3.11 --universal --generate-hashes --no-header \
		--no-annotate --quiet --constraint requirements.lock --output-file requirements.mutants.lock

clean:
	rm -rf demo build mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache $(VENV)
