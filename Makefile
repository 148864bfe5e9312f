# Needs only make and Python 3.11 or newer. Everything else goes into .venv, from the locks in requirements/.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format bench lock runtime dev browser clean

PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What builds packages is locked too, so that a build downloads nothing that has no hash.
INSTALL := $(PIP) install --require-hashes --no-build-isolation
INSTALL_OPORA := $(PIP) install --no-deps --no-index --no-build-isolation --editable .

help:  ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: runtime  ## compute the founding programmes over a generated town
	$(BIN)/opora demo $(ARGS)

test: check browser  ## every check and every test (ARGS="-k name" for some)
	$(BIN)/python -m pytest $(ARGS)

check: dev  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: dev  ## format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: dev  ## measure the speed of the engine
	$(BIN)/python -m benchmarks $(ARGS)

runtime: .venv/.runtime  ## .venv with what Opora needs to run
dev: .venv/.dev  ## .venv with what its developers need too

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.build: requirements/build.lock | .venv/bin/python
	$(INSTALL) --requirement requirements/build.lock
	@touch $@

.venv/.runtime: requirements/runtime.lock pyproject.toml .venv/.build
	$(INSTALL) --requirement requirements/runtime.lock
	$(INSTALL_OPORA)
	@touch $@

# The dev lock contains the runtime lock: one install serves both.
.venv/.dev: requirements/dev.lock pyproject.toml .venv/.build
	$(INSTALL) --requirement requirements/dev.lock
	$(INSTALL_OPORA)
	@touch .venv/.runtime $@

# Tests take the browser from $CHROMIUM, else `chromium` on the PATH.
browser:  ## Chromium for the tests of pages (installed with apt-get if root)
	@if [ -x "$$CHROMIUM" ] || command -v chromium >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y --no-install-recommends chromium fonts-dejavu-core; \
	else \
		echo "The tests need Chromium: install it (Debian: sudo apt-get install chromium)"; \
		echo "or name it: make test CHROMIUM=/path/to/chrome"; exit 1; \
	fi

export CHROMIUM

COMPILE = .venv-lock/bin/uv pip compile --quiet --generate-hashes --no-header --universal \
	--python-version 3.11 $(if $(UPGRADE),--upgrade)

# Each lock is held to the versions of the one before it.
lock: .venv-lock/bin/uv  ## write the locks anew from pyproject.toml (UPGRADE=1: newest versions)
	$(COMPILE) --group build --output-file requirements/build.lock
	$(COMPILE) pyproject.toml --extra spark --group dev --constraint requirements/build.lock \
		--output-file requirements/dev.lock
	$(COMPILE) pyproject.toml --constraint requirements/dev.lock --output-file requirements/runtime.lock

.venv-lock/bin/uv:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install uv==0.13.9

clean:  ## remove everything that make has made
	rm -rf .venv .venv-lock var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
