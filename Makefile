# Needs Python 3.11 to 3.13 and make; everything else is set up in .venv, once.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
DATA ?= data

.PHONY: demo stores endpoint-load test test-slow check lint format docs answers reference sample wheel clean

demo: $(READY)
	$(BIN)/python -m kg build kg/data/sample -o output/demo.ttl
	@echo
	@sed -n 's/^# //p' docs/treaties.rq
	@$(BIN)/python -m tools.answer output/demo.ttl docs/treaties.rq

test: $(READY)
	$(BIN)/python -m pytest -m "not slow"

test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

stores: $(READY)  # the servers that test-slow loads into, as far as they can be installed here
	tests/install_stores.sh

ENDPOINT ?= http://localhost:7878/query

endpoint-load: $(READY)  # ENDPOINT: what is asked by 50 clients for a minute
	$(BIN)/python -m tools.endpoint_load $(ENDPOINT)

check: lint test

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(READY)
	$(BIN)/python -m tools.commands
	$(BIN)/python -m tools.questions

answers: $(READY)  # of the named questions on the sample graph, to be reviewed
	$(BIN)/python -m tools.answers

reference: $(READY)  # DATA: the folder with the open data sets that tools/reference names
	$(BIN)/python -m tools.reference --data $(DATA)

sample: $(READY)
	$(BIN)/python -m kg build kg/data/sample -o output/sample.ttl

wheel: $(READY)
	$(BIN)/python -m hatchling build -t wheel

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "Python 3.11 to 3.13 is needed: make PYTHON=python3.13")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt hatchling editables
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[dev]'
	touch $(READY)
