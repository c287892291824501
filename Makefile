# Everything is done by tools/; this file only gives it short names.
# On a bare machine it takes Python >= 3.11 and make. Another Python: make run PYTHON=python3.12

PYTHON ?= python3
PORT ?= 8000
NAME ?=
ARGS ?=
GLOCAL = .venv/bin/glocal
BENCHES = near import pages lexicon

.DEFAULT_GOAL := help
.PHONY: help run test check bench quality messages docs clean

help:
	@echo "make run       set everything up and serve the demonstration on http://127.0.0.1:8000 (PORT=8001)"
	@echo "make test      run every test, on SQLite and PostgreSQL, browser included (ARGS='-k near')"
	@echo "make check     style, types, borders between rooms, migrations, translations, documents"
	@echo "make bench     measure speed (NAME=near ARGS='--organisations 100000')"
	@echo "make quality   measure quality on the data in GLOCAL_QUALITY_DATA (NAME=...)"
	@echo "make messages  collect strings to translate into src/glocal/locale"
	@echo "make docs      write docs/cli.md and check every link in the documents"
	@echo "make clean     remove what was installed and built; your data in var/ stays"

run:
	@$(PYTHON) -m tools.setup run
	@exec $(GLOCAL) demo --port $(PORT) $(ARGS)

test:
	@$(PYTHON) -m tools.run_tests $(ARGS)

check:
	@$(PYTHON) -m tools.check

bench:
	@$(PYTHON) -m tools.setup develop
	@for name in $(or $(NAME),$(BENCHES)); do $(GLOCAL) bench $$name $(ARGS) || exit 1; done

quality:
	@test -n "$$GLOCAL_QUALITY_DATA" || { echo "Name the folder of data to measure on: GLOCAL_QUALITY_DATA=/path make quality" >&2; exit 1; }
	@$(PYTHON) -m tools.setup run
	@$(GLOCAL) quality $(NAME) $(ARGS)

messages:
	@$(PYTHON) -m tools.setup develop
	@.venv/bin/python -m tools.messages
	@$(PYTHON) -m tools.setup develop

docs:
	@$(PYTHON) -m tools.setup develop
	@.venv/bin/python -m tools.docs

clean:
	rm -rf .venv .tools frontend/node_modules src/glocal/web/static/web/dist build dist test-results
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tools tests -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
