# `make demo` and `make test` do all the set-up themselves; everything lives in .venv.

PYTHON ?= python3
BIN := .venv/bin
SOURCES := $(shell find nvqplan data -type f 2>/dev/null)

.PHONY: demo test check format bench fuzz golden lock clean

demo: .venv/demo
	@$(BIN)/nvqplan suggest --level 3 --prefer sales

test: .venv/dev
	$(BIN)/python -m pytest

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --cov --cov-report=term

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: .venv/dev
	NVQPLAN_GOLDEN=write $(BIN)/python -m pytest tests/test_cases.py tests/test_examples.py tests/test_readme.py

bench: .venv/peers
	$(BIN)/python benchmarks/run.py

lock: .venv/dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements/runtime.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 pyproject.toml --group dev --group peers -o requirements/peers.txt

clean:
	rm -rf .venv dist build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

.venv/bin/python:
	$(PYTHON) -m venv .venv

PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.venv/demo: .venv/bin/python requirements/runtime.txt pyproject.toml
	$(PIP) --require-hashes -r requirements/runtime.txt
	$(PIP) --require-hashes -r requirements/build.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@
