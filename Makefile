# make demo | make test | make check | make eval | make bench | make web
# Two commands matter to a newcomer: `make demo` and `make test`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STATIC := careloop/api/static
WIDGET_SOURCES := $(shell find web/widget -type f -not -path '*/node_modules/*' 2>/dev/null)
PAGES := device rate quote field desk

.PHONY: help demo test check lint types web docs eval bench figures clean

help: ## Show what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/.installed web ## Install, build, load the demo company, serve it
	@$(BIN)/careloop demo

test: $(VENV)/.dev web ## Install what the tests need, run everything
	@deploy/test-needs.sh
	$(BIN)/python -m pytest -n 2 --dist worksteal --durations=25
	for one in widget $(PAGES); do npm --prefix web/$$one test --silent; done
	$(BIN)/careloop evals run all --data tests/second_maker

check: lint types ## Lint, types, import contracts, generated documents
	$(BIN)/lint-imports
	$(BIN)/python -m careloop.api.docs --check

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check . 

types: $(VENV)/.dev
	$(BIN)/mypy

web: $(STATIC)/widget/widget.js $(PAGES:%=$(STATIC)/%/index.html) ## Build the web pages

docs: $(VENV)/.dev ## Write docs/generated
	$(BIN)/python -m careloop.api.docs

eval: $(VENV)/.dev ## Run all evaluation suites
	$(BIN)/careloop evals run all --data tests/second_maker

bench: $(VENV)/.dev ## Print speed figures of this machine
	$(BIN)/python -m benchmarks

figures: $(VENV)/.dev ## Measure the knowledge base, write docs/generated/knowledge.md
	$(BIN)/python -m benchmarks.figures

clean: ## Remove what was built (keeps data)
	rm -rf $(VENV) $(STATIC) web/*/node_modules .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.installed: pyproject.toml deploy/preflight.sh
	@deploy/preflight.sh $(PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Careloop into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[ocr]' 2>&1 | { grep -v -E '^WARNING' || true; }
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]' 2>&1 | { grep -v -E '^WARNING' || true; }
	@touch $@

$(STATIC)/widget/widget.js: $(WIDGET_SOURCES)
	@deploy/preflight.sh $(PYTHON) node
	@echo "Building the chat widget ..."
	@cd web/widget && npm ci --silent --no-audit --no-fund && npm run build --silent
	@touch "$(CURDIR)/$@"

define page
$(STATIC)/$(1)/index.html: $(shell find web/$(1) web/widget/src -type f -not -path '*/node_modules/*' 2>/dev/null)
	@deploy/preflight.sh $(PYTHON) node
	@echo "Building the pages of web/$(1) ..."
	@cd web/$(1) && npm ci --silent --no-audit --no-fund && npm run build --silent
	@touch "$(CURDIR)/$(STATIC)/$(1)/index.html"
endef
$(foreach one,$(PAGES),$(eval $(call page,$(one))))
