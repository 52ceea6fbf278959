# Works with GNU make 3.81 (macOS) and with nothing but git, make and a Python with venv.
.PHONY: help up test torture check lock bench clean
.DEFAULT_GOAL := help

# The first of these that is Python 3.11 to 3.14 (where Prefect 3.8 ends) makes the environment; PYTHON names another.
PYTHON ?= python3
CANDIDATES := $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14
BIN := .venv/bin
STAMP := .venv/.installed

help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## */  make \1|/' | awk -F'|' '{ printf "%-14s%s\n", $$1, $$2 }'

up: $(STAMP)  ## set up, then the demonstration office: server, worker, pages, mailbox, until Ctrl-C
	$(BIN)/dondoc up --demo

test: $(STAMP)  ## set up, then style, types, import rules, all tests, full branch coverage of domain/
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest tests/domain --cov --cov-report=term-missing  # tracing lines slows whatever runs beside it down
	$(BIN)/pytest --ignore=tests/domain

torture: $(STAMP)  ## 1,000 offices whose workers are killed at random moments; ends red if one word was lost
	$(BIN)/python -m tests.reliability.torture --seeds 1000 --crowds 50

check: $(STAMP)  ## validate the configuration of this office
	$(BIN)/dondoc check

lock: $(BIN)/uv  ## resolve pyproject.toml anew into requirements.lock
	$(BIN)/uv pip compile pyproject.toml --quiet --upgrade --extra dev --universal --generate-hashes \
		--no-emit-index-url --python-version 3.11 --custom-compile-command "make lock" --output-file requirements.lock

bench: $(STAMP)  ## every script in bench/, each against its limit
	@set -e; for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script"; done

clean:  ## remove the environment, every home under var/ (demo ledger included) and all caches
	rm -rf .venv var .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -type d -name __pycache__ -prune -exec rm -rf {} +

# The lock is complete, so pip resolves nothing (its resolver forgets the pin of `sqlalchemy` when it meets
# `sqlalchemy[asyncio]`, and refuses); `pip check` proves the completeness. The stamp is touched last: an interrupted
# installation starts again.
$(STAMP): requirements.lock pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m pip --disable-pip-version-check check
	@touch $@

# Apart from the stamp: a dependency just added to pyproject.toml is not locked yet, and the stamp would refuse.
$(BIN)/uv: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock

$(BIN)/python:
	@for python in $(CANDIDATES); do \
		if "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1; then \
			echo "$$python -m venv --clear .venv"; \
			"$$python" -m venv --clear .venv && exit 0; \
			rm -rf .venv; \
			echo "Không tạo được môi trường Python: cần mô-đun venv (Debian, Ubuntu: apt-get install python3-venv)." >&2; \
			echo "Cannot create a Python environment: the venv module is needed (Debian, Ubuntu: apt-get install python3-venv)." >&2; \
			exit 1; \
		fi; \
	done; \
	echo "Cần Python từ 3.11 đến 3.14; máy này có: $$($(PYTHON) --version 2>&1 | head -n 1)." >&2; \
	echo "Python 3.11 to 3.14 is needed; this machine has: $$($(PYTHON) --version 2>&1 | head -n 1)." >&2; \
	echo "  make PYTHON=/path/to/python3.11 up" >&2; \
	exit 1
