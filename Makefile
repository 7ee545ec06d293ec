# Six words: review (default), test, check, docs, coverage, help. A fresh machine needs python3 with pip and venv, make and git.
.DEFAULT_GOAL := review
.DELETE_ON_ERROR:
BIN := .venv/bin
READY := .venv/.ready
FACTS ?= ../shared/facts
APT := $(shell [ "$$(id -u)" = 0 ] || echo sudo) apt-get

.PHONY: review test test-long bench check docs coverage messages lock wheel browser clean help

$(READY): requirements.lock pyproject.toml
	@python3 -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

review: $(READY) ## Write the review of Kazakhstan to build/review.html and build/review.pdf
	@$(BIN)/koshiqon review --format html,pdf --out build

browser: ## Bring Debian's Chromium when there is no browser (needs root or sudo)
	@command -v chromium >/dev/null || { $(APT) update -qq && $(APT) install -y -qq --no-install-recommends chromium; }

test: $(READY) browser ## Pass every test, the real browser's too
	@$(BIN)/python -m pytest -n 2 -m "not long"

test-long: $(READY) browser ## Pass the long simulations as well
	@$(BIN)/python -m pytest -n 2

bench: $(READY) ## Time one assessment of ten stays beside a plain calculator of days
	@$(BIN)/python benchmarks/assess_ten_stays.py

check: $(READY) ## Judge the code: ruff, mypy --strict, import-linter; and the data of Kazakhstan
	@$(BIN)/ruff check src tests tools docs benchmarks
	@$(BIN)/ruff format --check src tests tools docs benchmarks
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/koshiqon check

docs: $(READY) ## Build the manual to build/docs, warnings are errors
	@$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs
	@echo build/docs/index.html

coverage: $(READY) ## Is every fact of FACTS (../shared/facts) still in the country?
	@$(BIN)/python tools/coverage.py check $(FACTS)

messages: $(READY) ## Bring new sentences of the interface into the catalogs of src/koshiqon/locale
	@mkdir -p build
	@$(BIN)/pybabel -q extract --no-location --sort-output --no-wrap --no-default-keywords -k N_ -k NN_:1,2 --project Koshiqon --copyright-holder "The Koshiqon developers" -o build/koshiqon.pot src/koshiqon/render
	@for po in src/koshiqon/locale/*/koshiqon.po; do $(BIN)/pybabel -q update --no-fuzzy-matching --no-wrap --ignore-obsolete -l $$(basename $$(dirname $$po)) -i build/koshiqon.pot -o $$po; done

lock: ## Renew requirements.lock from pyproject.toml (hashes, no addresses)
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev --upgrade pyproject.toml -o requirements.lock

wheel: $(READY) ## Build the wheel to build/
	@$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir build

clean: ## Remove what make made
	@rm -rf build .venv

help: ## Say what each word does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
