# `make play` and `make test` set everything up in a fresh clone: they need Python 3.11+ and make.

PYTHON ?= python3
ROUTINE ?= bird-dogs
# More than there are processors: most of what is slow waits.
WORKERS ?= 8
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help play test check-format lint types fences pytest soak gallery bench format clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

play: $(VENV)/.play  ## play a routine: make play ROUTINE=planks
	$(BIN)/backcoach play $(ROUTINE)

test: check-format lint types fences pytest  ## every check

check-format: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

fences: $(VENV)/.dev
	$(BIN)/lint-imports

# One collection writes the bytecode, asserts rewritten, that every worker would make for itself.
pytest: export PYTHONDONTWRITEBYTECODE :=
pytest: $(VENV)/.dev
	@$(BIN)/pytest --collect-only -qq > /dev/null || true  # the run itself says what is wrong
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

soak: $(VENV)/.dev  ## the long versions of the tests
	$(BIN)/pytest -m soak

gallery: $(VENV)/.dev  ## the pictures of README and docs, drawn anew
	PYTHONPATH=tests $(BIN)/python tools/gallery.py docs/pictures

bench: $(VENV)/.dev  ## the measurements, as ratios to a bare Textual app
	$(BIN)/python -m benchmarks

format: $(VENV)/.dev  ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove what the targets above have made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'backcoach needs Python 3.11 or newer: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.play: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.play
