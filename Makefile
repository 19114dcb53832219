# Baqylau: `make run` runs it, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# The measurements that take about two minutes together; `make bench` makes all of them.
SHORT := disk limits journal server seal conditional
# `make install PG=1` brings the driver of PostgreSQL too.
WITH := $(if $(PG),pg,base)

.DEFAULT_GOAL := help
.PHONY: help install setup run dev test test-sqlite test-pg check audit fix bench crash schema messages docs lock reset

help: ## show these words
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

define install
	@test -x $(BIN)/python || { command -v uv >/dev/null && uv venv -q .venv || $(PYTHON) -m venv .venv; }
	@if command -v uv >/dev/null; then \
	  uv pip install -q --python $(BIN)/python --require-hashes -r $(1) && \
	  uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1) && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
endef

.venv/.$(WITH): requirements/$(WITH).txt pyproject.toml
	$(call install,requirements/$(WITH).txt)
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml
	$(call install,requirements/dev.txt)
	@touch .venv/.base $@

install: .venv/.$(WITH) ## the environment and the translations, without any data: for a server
	@$(BIN)/python -c "from baqylau.config.compiling import compile_all; compile_all()"

setup: .venv/.$(WITH) ## virtual environment, databases and starter data
	@$(BIN)/baqylau prepare

run: .venv/.$(WITH) ## the training site on http://localhost:8000/
	@BAQYLAU_PORT=$(PORT) $(BIN)/baqylau run

dev: .venv/.dev ## the environment for those who change the code

test: .venv/.dev ## the whole suite on SQLite and, beside it, on PostgreSQL
	@$(BIN)/python -m tools.browser
	@$(BIN)/python -m tools.html
	@$(BIN)/python -m tools.nginx
	@$(MAKE) --no-print-directory -j 2 --output-sync=target test-sqlite test-pg
	@$(BIN)/python -m benchmarks --short $(SHORT)

test-sqlite: .venv/.dev
	@$(BIN)/python -m pytest -q

test-pg: .venv/.dev
	@BAQYLAU_TEST_ENGINE=postgresql $(BIN)/python -m pytest -q -m "not browser and not once"

check: .venv/.dev ## style, types, architecture, templates, translations, migrations
	@$(BIN)/python -m tools.check

audit: .venv/.dev ## known faults of the locked packages, and bandit; fails where nobody could be asked
	@$(BIN)/python -m tools.audit

fix: .venv/.dev ## mend what a tool can mend
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .
	@find src -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2 || true

bench: .venv/.dev ## the table of what was measured, and docs/measured.md from it
	@$(BIN)/python -m benchmarks --json docs/measured.json; found=$$?; $(BIN)/python -m tools.docs; exit $$found

crash: .venv/.dev ## kill -9 and power cuts at random points, many times
	@$(BIN)/python -m pytest -q tests/crash --crash-rounds 40
	@BAQYLAU_TEST_ENGINE=postgresql $(BIN)/python -m pytest -q tests/crash -m "not once" --crash-rounds 20

schema: .venv/.dev ## ask the data addresses 200 times each, as their description allows and forbids
	@$(BIN)/python -m pytest -q tests/accountability/test_openapi.py --schema-examples 200

messages: .venv/.dev ## bring every catalogue up to date with the code
	@$(BIN)/python -m tools.messages

docs: .venv/.dev ## write the reference pages of docs/ anew
	@$(BIN)/python -m tools.docs

lock: ## resolve the dependencies anew, with hashes
	uv pip compile -q $(UPGRADE) --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements/build.in --group dev --extra pg -o requirements/dev.txt
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/dev.txt pyproject.toml requirements/build.in -o requirements/base.txt
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/dev.txt pyproject.toml requirements/build.in --extra pg -o requirements/pg.txt

reset: ## forget all data and keys of this folder
	rm -rf var keys
