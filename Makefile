# Six words: review (default), test, check, docs, coverage, help. A fresh machine needs python3 with pip and venv, make and git.
.DEFAULT_GOAL := review
.DELETE_ON_ERROR:
BIN := .venv/bin
READY := .venv/.ready
FACTS ?= ../shared/facts
APT := $(shell [ "$$(id -u)" = 0 ] || echo sudo) apt-get

.PHONY: review test test-cluster test-spark test-long bench bench-register check docs coverage messages serve bench-serve lock wheel browser clean help

$(READY): requirements.lock pyproject.toml
	@python3 -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

# What tests of a cluster need, each with an environment of its own: both hold a folder `pyspark`. And what benchmarks need.
.venv-%/.ready: requirements-%.lock | $(READY)
	@python3 -m venv .venv-$*
	@$(BIN)/uv pip install --quiet --python .venv-$*/bin/python --require-hashes -r $<
	@touch $@

review: $(READY) ## Write the review of Kazakhstan to build/review.html and build/review.pdf
	@$(BIN)/koshiqon review --format html,pdf --out build

browser: ## Bring Debian's Chromium when there is no browser (needs root or sudo)
	@command -v chromium >/dev/null || { $(APT) update -qq && $(APT) install -y -qq --no-install-recommends chromium; }

test: $(READY) browser ## Pass every test, the real browser's too
	@$(BIN)/python -m pytest -n 2 -m "not long and not cluster"
	@$(MAKE) --no-print-directory test-cluster

test-cluster: .venv-cluster/.ready
	@PYTHONPATH=src KOSHIQON_CLUSTER=sail .venv-cluster/bin/python -m pytest -m "cluster and not long" tests/parity

test-spark: .venv-cluster/.ready .venv-spark/.ready ## Pass the tests of a cluster on Apache Spark (fetches much; needs Java 17)
	@PYTHONPATH=src KOSHIQON_CLUSTER=spark .venv-cluster/bin/python -m pytest -m "cluster and not long" tests/parity

test-long: $(READY) .venv-cluster/.ready browser ## Pass the long simulations as well, with Apache Spark where there is Java
	@$(BIN)/python -m pytest -n 2 -m "not cluster"
	@PYTHONPATH=src KOSHIQON_CLUSTER=sail .venv-cluster/bin/python -m pytest -m cluster tests/parity
	@if command -v java >/dev/null; then $(MAKE) --no-print-directory test-spark; \
	else echo "NOT TESTED: Apache Spark, for there is no Java. Run apt-get install openjdk-17-jre-headless, then make test-spark." >&2; fi

bench: $(READY) ## Time one assessment of ten stays beside a plain calculator of days
	@$(BIN)/python benchmarks/assess_ten_stays.py

bench-register: $(READY) .venv-bench/.ready ## Time the screening of registers of 1 and 10 million persons beside others (long; BENCH says which)
	@$(BIN)/python benchmarks/screen_register.py $(BENCH)

bench-serve: $(READY) ## Ask a real server 50 times a second for a minute (BENCH says how)
	@$(BIN)/python benchmarks/serve_load.py $(BENCH)

check: $(READY) ## Judge the code: ruff, mypy --strict, import-linter; and the data of Kazakhstan
	@$(BIN)/ruff check src tests tools docs benchmarks
	@$(BIN)/ruff format --check src tests tools docs benchmarks
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/koshiqon check

serve: $(READY) ## Open the laboratory in a browser (SERVE says how: make serve SERVE="--port 8001 --lang kk")
	@$(BIN)/koshiqon serve $(SERVE)

docs: $(READY) ## Build the manual to build/docs, warnings are errors
	@$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs
	@echo build/docs/index.html

coverage: $(READY) ## Is every fact of FACTS (../shared/facts) still in the country?
	@$(BIN)/python tools/coverage.py check $(FACTS)

messages: $(READY) ## Bring new sentences of the interface into the catalogs of src/koshiqon/locale
	@mkdir -p build
	@$(BIN)/pybabel -q extract --no-location --sort-output --no-wrap --no-default-keywords -F babel.cfg -k N_ -k NN_:1,2 -k _ -k _n:1,2 --project Koshiqon --copyright-holder "The Koshiqon developers" -o build/koshiqon.pot src/koshiqon
	@for po in src/koshiqon/locale/*/koshiqon.po; do $(BIN)/pybabel -q update --no-fuzzy-matching --no-wrap --ignore-obsolete -l $$(basename $$(dirname $$po)) -i build/koshiqon.pot -o $$po; done

LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade

lock: ## Renew the four locks from pyproject.toml (hashes, no addresses)
	@$(LOCK) --extra dev pyproject.toml -o requirements.lock
	@$(LOCK) --extra cluster --group sail -c requirements.lock pyproject.toml -o requirements-cluster.lock
	@$(LOCK) --group spark -o requirements-spark.lock
	@$(LOCK) --group bench -o requirements-bench.lock

wheel: $(READY) ## Build the wheel to build/
	@$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir build

clean: ## Remove what make made
	@rm -rf build .venv .venv-cluster .venv-spark .venv-bench

help: ## Say what each word does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
