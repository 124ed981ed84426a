# make        set up, then build the shipped data: out/plans.ttl and out/plans.html
# make lint   what can be told without running anything: form, rules, types, imports
# make check  lint, and every test that needs no browser, no server, no Spark and no reader of others, and is not slow: see tests/slow.txt
# make test   set up what the tests need and run all of them, after lint
# make torture kill, damage and fill disks some thousand times, for half an hour (KILLS=1000 DAMAGES=5000 for more)
# make coverage    run all tests and list the lines that none of them reached
# make costs       run what make check may run, tell what it takes, and write tests/slow.txt anew of that
# make findings    run the scripts of findings/, which say whether libraries still do what surprised us
# make bench       measure everything at several sizes (SIZES="10000 1000000") and write tests/benchmarks/RESULTS.md
# make bench-compare  compare what the newest two versions cost (FILES="before.json now.json" for two others)
# make bench-page  measure the page against stock pyvis, for a few minutes
# make bench-serve  measure answers over HTTP against Oxigraph's server and rdflib-endpoint, for half an hour
# make reference   write docs/reference.md anew, of what the ontology and the shapes say
# make footprints  write ontology/rules/footprints.json anew, of what the rules look for
# make bench-draft  measure drafting on a hundred and sixty-two texts against the nearest tools (SEED=article.txt for the first source, too)
# make vendor      get anew the libraries that stand in viz/vendor, by npm, and check them
# make clean  remove what the two above have made

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
INPUTS := $(shell find ontology data kg viz -type f -not -name '*.pyc')
BUILT  := out/plans.ttl out/plans.html
# A build writes its receipt last and gives all three one time, which is that of its beginning. So whatever was
# broken off, taken away, changed since or put there from elsewhere shows, and is built again.
RECEIPT := out/.built.json
STALE  := $(shell for file in $(BUILT); do \
    [ -f $$file ] && [ -f $(RECEIPT) ] && \
    [ -z "$$(find $$file -newer $(RECEIPT); find $(RECEIPT) -newer $$file)" ] || echo stale; done)

# What needs nothing but Python.
ALONE := not browser and not server and not spark and not reader

KILLS   ?= 150
DAMAGES ?= 1000

SIZES  ?= 10000 100000 1000000

.PHONY: all stale lint check costs tools test torture coverage findings bench bench-compare bench-page bench-serve bench-draft reference footprints vendor clean

all: $(RECEIPT)
	@$(BIN)/kg stats

$(RECEIPT): $(VENV)/ready $(INPUTS) $(firstword $(STALE))
	@$(BIN)/kg build --output out

$(BUILT): $(RECEIPT) ;

$(VENV)/ready: pyproject.toml
	@echo "setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@# What is never imported need not be compiled: a fifth less to install and to keep.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[draft,export,formats,frames,mcp,model,serve,tables]' --group dev
	@touch $@

lint: $(VENV)/ready-to-test
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint
	@$(BIN)/pytest -m "not slow and $(ALONE)"

costs: $(VENV)/ready-to-test
	@$(BIN)/pytest -p tests.costs -m "$(ALONE)"
	@$(BIN)/python -m tests.costs

tools: $(VENV)/ready-to-test
	@sh tests/find-tools.sh
	@sh tests/find-spark.sh $(BIN)/python
	@sh tests/find-readers.sh $(BIN)/python

test: tools lint
	@$(BIN)/pytest

torture: $(VENV)/ready-to-test
	@KG_KILLS=$(KILLS) KG_DAMAGES=$(DAMAGES) KG_WORLDS=25 $(BIN)/pytest \
	    tests/store/test_killed.py tests/store/test_killed_commands.py tests/store/test_publication.py \
	    tests/store/test_at_once.py tests/store/test_damaged.py tests/store/test_snapshot.py \
	    tests/cli/test_warden.py tests/cli/test_hostile.py tests/cli/test_robust.py \
	    tests/promises/test_worlds.py tests/promises/test_changes.py \
	    tests/pipeline/test_sequences.py tests/pipeline/test_increments.py tests/pipeline/test_change_examined.py \
	    tests/pipeline/test_neighbourhoods.py tests/pipeline/test_undescribed.py

coverage: tools
	@$(BIN)/coverage erase
	@# The two that are left out see what coverage itself imports and writes.
	@# What is reached is told even where a test fails.
	@$(BIN)/coverage run -m pytest \
	    --deselect tests/test_public.py::test_asking_a_store_imports_no_more_than_it_needs \
	    --deselect tests/store/test_killed.py::test_full_disk_leaves_the_store_and_no_output; \
	told=$$?; $(BIN)/coverage combine --quiet && $(BIN)/coverage report && exit $$told

findings:
	@failed=; \
	for script in findings/*.sh; do \
	    echo "== $$script"; \
	    bash "$$script" || [ $$? = 2 ] || failed="$$failed $$script"; \
	done; \
	[ -z "$$failed" ] || { echo "no longer so:$$failed"; exit 1; }

bench-page: $(VENV)/ready-to-test
	@sh tests/find-tools.sh whole
	@$(BIN)/python -m tests.benchmarks.page

bench-serve: $(VENV)/ready-to-bench
	@$(BIN)/python -m tests.benchmarks.serving

$(VENV)/ready-to-bench: $(VENV)/ready-to-test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@touch $@

bench: $(VENV)/ready-to-bench
	@$(BIN)/python -m tests.benchmarks.run $(SIZES)

bench-compare: $(VENV)/ready
	@$(BIN)/python -m tests.benchmarks.compare $(FILES)

bench-draft: $(VENV)/ready-to-bench
	@SEED="$(SEED)" $(BIN)/python -m tests.benchmarks.drafting

vendor: $(VENV)/ready-to-test
	@sh viz/vendor/fetch.sh
	@$(BIN)/pytest --quiet tests/viz/test_vendored.py

reference: $(VENV)/ready
	@$(BIN)/kg terms --reference --output docs/reference.md

footprints: $(VENV)/ready
	@$(BIN)/python -m kg.pipeline.rule_analysis

clean:
	rm -rf $(VENV) out dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage
