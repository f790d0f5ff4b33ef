# make run: set everything up and show who said what in corpus/. make test: all tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: run test lint bench fuzz clean

run: $(READY)
	$(BIN)/claimx extract corpus --no-save --format table

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[lint]'
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m tests.benchmarks

fuzz: $(READY)
	$(BIN)/python -m pytest -m fuzz --hypothesis-profile fuzz

# torch comes first and alone: a plain `torch` from a dependency may be gigabytes larger.
# Bytecode is made as pip does for a package: an editable one may have none at its first run.
$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	$(BIN)/python -m compileall -q claimx
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info
