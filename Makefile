# Two commands are enough: `make run` starts ColorDesk, `make test` checks all of it.
# Everything lives in .venv and .cache inside this folder; installer/setup.sh does the work.

PY = .venv/bin/python
SAMPLE = resources/samples/astronaut.jpg
SETUP = installer/setup.sh installer/check_system.py pyproject.toml constraints.txt

help:
	@echo 'make run [PHOTO=path]  set up, colorize a photograph into out/, open the window on it'
	@echo 'make trainer           set up colordesk-train (with torch, some gigabytes)'
	@echo 'make test              set up for development, then lint, types, import contracts, tests'
	@echo 'make bench             how fast it is on this machine, as a table'
	@echo 'make installer         build the Debian package into dist/'
	@echo 'make constraints       pin the newest versions that fit together'
	@echo 'make translations      collect the texts of the window, compile what is translated'
	@echo 'make screenshots       take the pictures of the window for the README'
	@echo 'make clean             remove everything that can be made again'

# PHOTO reaches the recipes through the environment, so that any file name works.
run: .venv/.stamp-app
	@photo=$${PHOTO:-$(SAMPLE)}; \
	echo 'Colorized into out/:'; \
	$(PY) -m colordesk colorize "$$photo" -o out/ --overwrite || exit; \
	problem=$$($(PY) -m colordesk.cli.system 2>&1) && exec $(PY) -m colordesk "$$photo"; \
	echo "The window was left out. $$problem"

trainer: .venv/.stamp-train
	@echo 'Ready: .venv/bin/colordesk-train list'

test: .venv/.stamp-dev
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy -n auto
	.venv/bin/lint-imports
	$(PY) -m pytest -n auto --dist worksteal

bench: .venv/.stamp-dev
	ORT_DISABLE_TELEMETRY=1 $(PY) tests/bench/run.py

installer: .venv/.stamp-app
	sh installer/build_deb.sh

constraints: .venv/.stamp-app
	$(PY) -m uv pip compile pyproject.toml --all-extras --universal --upgrade --quiet \
		--no-header --no-annotate --cache-dir .cache/uv -o constraints.txt

translations: .venv/.stamp-app
	.venv/bin/pyside6-lupdate -extensions py -locations none -no-obsolete colordesk/ui \
		-ts resources/i18n/colordesk_*.ts
	.venv/bin/pyside6-lrelease resources/i18n/colordesk_*.ts

screenshots: .venv/.stamp-dev
	$(PY) tests/bench/screenshots.py installer/screenshots

clean:
	rm -rf .venv .cache build dist out .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

.venv/.stamp-app: $(SETUP)
	@sh installer/setup.sh app

.venv/.stamp-train: $(SETUP)
	@sh installer/setup.sh train

.venv/.stamp-dev: $(SETUP)
	@sh installer/setup.sh dev

.PHONY: help run trainer test bench installer constraints translations screenshots clean
