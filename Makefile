# `make briefs` builds the sample cities into out/, `make test` passes the tests; each sets up .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The samples are built for a fixed day, so that a rebuild gives the same bytes.
AS_OF := 2026-11-21

.DEFAULT_GOAL := help
.PHONY: help briefs test cover lint bench fuzz templates samples docs lock

help:
	@echo "make briefs     build the three sample cities into out/"
	@echo "make test       lint, types, import contract, the tests of a few minutes"
	@echo "make cover      the same tests with coverage, which has to reach its share"
	@echo "make lint       lint, types and import contract only"
	@echo "make bench      print speed as ratios"
	@echo "make fuzz       read 10,000 randomly spoilt workbooks"
	@echo "make templates  make the default Word templates from templates/source"
	@echo "make samples    make the sample workbooks from inputs/source"
	@echo "make docs       make the reference pages from the tables they describe"
	@echo "make lock       pin the libraries anew (needs uv)"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

briefs: $(READY)
	$(BIN)/briefs build --as-of $(AS_OF) --out out

test: lint
	$(BIN)/pytest --numprocesses auto --dist worksteal

cover: $(READY)
	$(BIN)/pytest --numprocesses auto --dist worksteal --cov --cov-report=term:skip-covered

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python tests/bench.py
	$(BIN)/python tests/bench_analysis.py

fuzz: $(READY)
	$(BIN)/python tests/fuzz_workbooks.py

templates: $(READY)
	$(BIN)/python templates/source/build.py

samples: $(READY)
	$(BIN)/python inputs/source/build_samples.py

docs: $(READY)
	$(BIN)/python docs/build.py

lock:
	uv pip compile pyproject.toml --extra dev --extra parquet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --output-file requirements.lock
