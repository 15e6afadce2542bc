# Passerelle: `make run` does the whole way on the example site, `make test` runs every test.
# Both set up .venv from the hashed lock files first.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check format example lock clean

help: ## Say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: $(VENV)/.ready ## Crawl the example site on loopback and make its release in curated/
	@$(BIN)/passerelle run --example

test: $(VENV)/.ready-dev ## Run all the tests
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -p no:schemathesis -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.ready-dev ## Lint, types and the rooms of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.ready-dev ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

example: $(VENV)/.ready-dev ## Renew curated/example, the example site's release in the repository
	@$(BIN)/python -m examples.golden

lock: $(VENV)/.ready-dev ## Renew the lock files
	@$(BIN)/uv pip compile pyproject.toml --extra build --upgrade \
		--generate-hashes --no-header --no-emit-index-url --quiet -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra build --extra dev --upgrade \
		--generate-hashes --no-header --no-emit-index-url --quiet -o requirements-dev.lock
	@$(BIN)/uv pip compile pyproject.toml --extra build --extra oidc --extra parquet --extra s3 \
		--constraints requirements-dev.lock \
		--generate-hashes --no-header --no-emit-index-url --quiet -o requirements-extras.lock

clean: ## Remove .venv and caches; raw/, curated/ and the database stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Passerelle needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 run"; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "No venv module: on Debian, apt-get install python3-venv"; exit 2; }

$(VENV)/.ready: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (a minute or two, about 0.7 GB) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
# Where Python is told to write no bytecode, as in many containers, every command would make this anew.
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q extractors flows passerelle schemas
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -c 'from extractors.documents.detector import detector; detector()'
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
