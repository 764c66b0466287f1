# The commands people type. `make` alone lists them.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r

.PHONY: help install run test check requirements messages bench-search
help:
	@echo "make run           start the site on http://$(HOST):$(PORT) (HOST=, PORT=)"
	@echo "make test          run every test (installs what they need, where it may)"
	@echo "make check         format, lint, types, migrations, settings, translations"
	@echo "make install       make .venv and .env only"
	@echo "make requirements  pin the requirements anew"
	@echo "make messages      collect and compile the translations"
	@echo "make bench-search  how well and how fast readers search in 100,000 articles (DATABASE_URL: an empty database)"

install: $(BIN)/.installed .env
	@mkdir -p -m 700 var

$(BIN)/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(PIP) requirements.txt
	@touch $@

$(BIN)/.installed-dev: $(BIN)/.installed requirements-dev.txt
	$(PIP) requirements-dev.txt
	@touch $@

.env:
	@umask 077 && printf 'SECRET_KEY=%s\nDEBUG=false\nLOCAL=true\n' "$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@

run: install
	@$(BIN)/python -m site_project.serving --host $(HOST) --port $(PORT)

test: install $(BIN)/.installed-dev
	@sh articles/tests/provide.sh
	@$(BIN)/python -m articles.tests.run_all

check: install $(BIN)/.installed-dev
	@sh articles/tests/provide.sh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy articles site_project
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m site_project.checking

requirements: $(BIN)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url requirements-dev.in -o requirements-dev.txt

messages: $(BIN)/.installed-dev
	$(BIN)/python manage.py makemessages --locale zh_Hans --locale zh_Hant --no-location --no-wrap --ignore var --ignore .venv --ignore "*/tests/*" --ignore "*/fixtures/*"
	$(BIN)/python manage.py compilemessages --ignore .venv

bench-search: install
	$(BIN)/python bench/search.py --size 100000
