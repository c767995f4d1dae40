# One command each: make run, make test, make bench. Everything they need they install into .venv.

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check torture bench bench-full docs lock clean

run: $(VENV)/.run
	@$(BIN)/qual

test: check
	@$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(VENV)/.dev
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo >$(VENV)/layers.log 2>&1 || { cat $(VENV)/layers.log; exit 1; }
	@$(BIN)/mypy

torture: $(VENV)/.dev
	@$(BIN)/python -m pytest -n 2 -m torture

bench: $(VENV)/.dev
	@$(BIN)/python -m bench

bench-full: $(VENV)/.dev
	@$(BIN)/python -m bench --full

docs: $(VENV)/.dev
	@$(BIN)/python docs/generate.py

# Versions and hashes, without addresses of any index.
lock: $(VENV)/.dev
	@$(PIP) install pip-tools
	@sh locks/lock.sh $(BIN)/pip-compile

clean:
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "qual needs Python 3.11 or newer; none was found." >&2; exit 2; }
	@echo "Making $(VENV) with $(PYTHON) …" >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: locks/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing qual into $(VENV) …" >&2
	@$(PIP) install --require-hashes -r locks/run.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.dev: locks/dev.txt $(VENV)/.run
	@echo "Installing what the tests need into $(VENV) …" >&2
	@$(PIP) install --require-hashes -r locks/dev.txt
	@touch $@
