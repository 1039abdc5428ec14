# One virtual environment, made from hashed requirements; every target sets up what it needs.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
# The first interpreter that is new enough, so that an older `python3` does no harm.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PACKAGES := annotations bulletins tui
CODE := $(PACKAGES) tests benchmarks setup.py

.PHONY: run test soak syncthing lint format bench bench-mentions setup setup-dev locale picture lock clean

run: setup  ## open the sample library (or FILES="a.txt b.txt")
	@$(BIN)/kuaibao $(FILES)

test: setup-dev  ## all tests but the long ones
	@$(BIN)/python -m pytest -n auto -m "not soak" $(ARGS)

soak: setup-dev syncthing  ## the long tests
	@$(BIN)/python -m pytest -m soak $(ARGS)

syncthing:  # Debian's package, for the test that replicates a folder
	@command -v syncthing >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get -q update >/dev/null \
		&& DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends syncthing \
			>/dev/null; } || echo "Could not install syncthing; going on without." >&2

lint: setup-dev  ## lint, format check, types, import contracts
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy --strict
	@$(BIN)/lint-imports

format: setup-dev
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)

bench: setup-dev  ## every benchmark, each against its yardstick in the same run
	@$(BIN)/python -m benchmarks

bench-mentions: setup-dev  ## our mentions beside other tools', which are installed in .venv-peers
	@$(BIN)/python -m benchmarks mentions

setup: $(VENV)/.run
setup-dev: $(VENV)/.dev

# Hashes and `-e .` do not go together, so the project itself comes last, without dependencies.
# jieba is published as source only: the hashed build backend goes first and builds it.
$(VENV)/.run: requirements/build.txt requirements/run.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Kuaibao needs Python 3.11 or newer; none was found." >&2; exit 1; }
	@echo "Setting up $(VENV) (once)…"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements/build.txt
	@$(PIP) install --no-build-isolation --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Installing what the tests need…"
	@$(PIP) install --no-build-isolation --require-hashes -r requirements/dev.txt
	@touch $@

locale: setup-dev  ## collect the messages and compile the translations
	@$(BIN)/pybabel -q extract --no-location -k tr -k mark -k ntr:1,2 \
		-k Said -k template -k StoreError -k ChangedError -k DamagedError -k NewerError \
		-k DocumentError -k ReadError:2 -k FormatError -k ContainerError -k PdfError -k WordError \
		-k StyleError -k GazetteerError -k CatalogueError -k line_text:2 \
		-o tui/locale/kuaibao.pot tui annotations bulletins
	@$(BIN)/pybabel -q update -N --init-missing --ignore-obsolete --ignore-pot-creation-date \
		--no-wrap -l zh_CN -D kuaibao -i tui/locale/kuaibao.pot -d tui/locale
	@$(BIN)/pybabel -q compile -D kuaibao -d tui/locale --statistics

picture: setup-dev  ## draw the README's picture with the app
	@$(BIN)/python docs/picture.py

lock:  ## pin the requirements anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header requirements/build.in -o requirements/build.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header -c requirements/run.txt --extra dev pyproject.toml -o requirements/dev.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
