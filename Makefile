# make        set up, then build the shipped data: out/plans.ttl and out/plans.html
# make test   set up what the tests need and run all of them
# make bench       measure everything at several sizes (SIZES="10000 1000000") and write tests/benchmarks/RESULTS.md
# make bench-page  measure the page against stock pyvis, for a few minutes
# make clean  remove what the two above have made

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
INPUTS := $(shell find ontology data kg viz -type f -not -name '*.pyc')

SIZES  ?= 10000 100000 1000000

.PHONY: all test lint bench bench-page clean

all: out/plans.ttl
	@$(BIN)/kg stats

out/plans.ttl: $(VENV)/ready $(INPUTS)
	@$(BIN)/kg build --output out

$(VENV)/ready: pyproject.toml
	@echo "setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[frames,tables]' --group dev
	@touch $@

test: $(VENV)/ready-to-test
	@sh tests/find-tools.sh
	@sh tests/find-spark.sh $(BIN)/python
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest

bench-page: $(VENV)/ready-to-test
	@sh tests/find-tools.sh
	@$(BIN)/python -m tests.benchmarks.page

$(VENV)/ready-to-bench: $(VENV)/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@touch $@

bench: $(VENV)/ready-to-bench
	@$(BIN)/python -m tests.benchmarks.run $(SIZES)

clean:
	rm -rf $(VENV) out dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
