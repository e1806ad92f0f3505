# `make briefs` builds the sample cities into out/, `make test` passes the tests; each sets up .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What running needs stands in requirements.lock, what work on the program adds in
# requirements-dev.lock. Both are installed as they stand: pip looks for nothing newer.
LIBRARIES := $(VENV)/.libraries
READY := $(VENV)/.ready
DEV_BEGUN := $(VENV)/.dev-begun
DEV_READY := $(VENV)/.dev-ready
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --no-deps --no-compile
COMPILE := uv pip compile pyproject.toml --group install --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
# The samples are built for a fixed day, so that a rebuild gives the same bytes.
AS_OF := 2026-11-28

.DEFAULT_GOAL := help
.PHONY: help briefs test lint cover bench fuzz samples docs lock

help:
	@echo "make briefs     build the three sample cities into out/"
	@echo "make test       lint, types, import contracts, the tests of a few minutes"
	@echo "make cover      the same tests with coverage, which has to reach its share"
	@echo "make lint       lint, types and import contracts only"
	@echo "make bench      print speed as ratios"
	@echo "make fuzz       read 10,000 randomly spoilt workbooks"
	@echo "make samples    make the sample workbooks from inputs/source"
	@echo "make docs       make the reference pages from the tables they describe"
	@echo "make lock       pin the libraries that pyproject.toml names (needs uv)"

# From nothing each time: what an older lock named, or an interrupted install left, is gone.
$(LIBRARIES): requirements.lock
	@"$(PYTHON)" -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 15) else "Python 3.11 to 3.14 is needed: make PYTHON=/path/to/python3.11")'
	"$(PYTHON)" -m venv --clear $(VENV)
	$(INSTALL) --require-hashes --requirement requirements.lock
	@# It comes with the venv of Python 3.11, and nothing here uses it.
	@$(PIP) uninstall --quiet --yes setuptools 2>/dev/null
	@touch $@

$(READY): $(LIBRARIES) pyproject.toml
	$(INSTALL) --no-build-isolation --editable .
	$(PIP) check
	@touch $@

$(DEV_READY): $(LIBRARIES) requirements-dev.lock | $(READY)
	@test ! -e $(DEV_BEGUN) || { rm $(LIBRARIES) && $(MAKE) $(READY); }
	@touch $(DEV_BEGUN)
	$(INSTALL) --require-hashes --requirement requirements-dev.lock
	$(PIP) check
	@touch $@

# Asked for another Python than that of .venv, make starts anew as well.
ifeq ($(origin PYTHON),command line)
VERSION := -c 'import sys; print(sys.version)'
ifneq ($(shell "$(PYTHON)" $(VERSION)),$(shell $(BIN)/python $(VERSION) 2>/dev/null))
.PHONY: $(LIBRARIES)
endif
endif

briefs: $(READY)
	$(BIN)/briefs build --as-of $(AS_OF) --out out

test: lint
	$(BIN)/pytest --numprocesses auto --dist worksteal

lint: $(DEV_READY) $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

cover: $(DEV_READY) $(READY)
	$(BIN)/pytest --numprocesses auto --dist worksteal --cov --cov-report=term:skip-covered

bench: $(DEV_READY) $(READY)
	$(BIN)/python tests/bench.py
	$(BIN)/python tests/bench_analysis.py
	$(BIN)/python tests/bench_word.py
	$(BIN)/python tests/bench_nation.py

fuzz: $(DEV_READY) $(READY)
	$(BIN)/python tests/fuzz_workbooks.py

samples: $(READY)
	$(BIN)/python inputs/source/build_samples.py

docs: $(READY)
	$(BIN)/python docs/build.py

# The second lock leaves out what the first has on every system.
lock:
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra dev --extra parquet --extra cluster --constraints requirements.lock \
		$$(sed -n '/sys_platform/!s/^\([a-z0-9.-]*\)==.*/--no-emit-package \1/p' requirements.lock | sort -u) \
		--output-file requirements-dev.lock
