# `make demo` and `make test` do all the set-up themselves; everything lives in .venv.

PYTHON ?= python3
BIN := .venv/bin
SUITE := $(BIN)/python -m pytest --numprocesses auto --dist worksteal
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.PHONY: demo quick test check lint fuzz format golden docs bench lock clean

demo: .venv/installed-demo
	@$(BIN)/nvqplan suggest --level 3 --prefer sales

# For whoever changes code: all goldens and subjects, a twentieth of the random cases, nothing slow.
quick: .venv/installed-dev
	NVQPLAN_FUZZ=0.05 $(SUITE) -m "not slow"

test: .venv/installed-dev
	$(SUITE)

check: lint
	$(SUITE) --cov --cov-report=term

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-logo

format: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: .venv/installed-dev
	NVQPLAN_GOLDEN=write $(BIN)/python -m pytest tests/test_cases.py tests/test_examples.py \
		tests/test_readme.py tests/test_rules_language.py

docs: .venv/installed-dev
	NVQPLAN_GOLDEN=write $(BIN)/python -m pytest -k "page or committed or template" \
		tests/test_codes.py tests/test_glossary.py tests/test_schemas.py tests/test_init.py

fuzz: .venv/installed-dev
	$(BIN)/python -m tests.fuzz
	NVQPLAN_FUZZ=12 $(SUITE)

bench: .venv/installed-peers
	$(BIN)/python benchmarks/run.py

lock: .venv/installed-dev
	$(PIP) uv
	$(COMPILE) pyproject.toml --group build -o requirements/demo.txt
	$(COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml --group peers -o requirements/peers.txt

clean:
	rm -rf .venv build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit("nvqplan needs Python 3.11 or newer: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

# nvqplan itself is installed in place, with the locked builder, so that an edit needs no reinstall.
.venv/installed-%: requirements/%.txt pyproject.toml | .venv/bin/pip
	$(PIP) --no-deps --require-hashes -r requirements/$*.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
