# `make` lists what there is to do.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
HOST = 127.0.0.1
PYTEST_ARGS ?=

# Japanese output whatever the terminal's locale.
export PYTHONUTF8 := 1

python := $(VENV)/bin/python
settings_of_production = \
	DJANGO_SETTINGS_MODULE=config.settings.production ALLOWED_HOSTS=ronten.example.jp \
	DATABASE_URL=postgres://ronten@localhost/ronten SECRET_KEY=$$($(python) -c 'import secrets; print(secrets.token_hex(32))')

.PHONY: help run test lint format messages lock clean base dev

help: ## この一覧
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

run: base ## サイトを開く（PORT=8000、HOST=127.0.0.1、VENV=.venv）
	@exec $(python) manage.py serve --host $(HOST) --port $(PORT) --stop-with $$PPID

test: dev ## CI と同じすべての検査（PYTEST_ARGS=…）
	@.ci/system-packages
	@$(MAKE) --no-print-directory lint
	$(python) -m pytest --numprocesses 2 --cov $(PYTEST_ARGS)

lint: dev ## 書き方、型、設定の検査
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m djlint --lint --quiet templates
	$(python) -m mypy .
	DJANGO_SETTINGS_MODULE=config.settings.test $(python) manage.py check --fail-level WARNING
	@echo check --deploy; $(settings_of_production) $(python) manage.py check --deploy --fail-level WARNING

format: dev ## 書き方をそろえる
	$(python) -m ruff check --fix --quiet . || true
	$(python) -m ruff format .

messages: dev ## 新しい文言を locale/en に集める
	$(python) manage.py makemessages --locale en --add-location file

lock: ## ライブラリの版を決め直す（新しい版にするには UV_ARGS=--upgrade）
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(PYTHON) -m venv "$$folder" && "$$folder/bin/python" -m pip install --quiet uv && \
	compile="$$folder/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 $(UV_ARGS)" && \
	export UV_CUSTOM_COMPILE_COMMAND='make lock' && \
	$$compile requirements/base.in -o requirements/base.txt && \
	$$compile -c requirements/base.txt requirements/dev.in -o requirements/dev.txt

clean: ## 作り直せるものを消す（データベースと記録は消さない）
	rm -rf .venv .coverage .mypy_cache .pytest_cache .ruff_cache .local/static .local/tests locale/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

base dev:
	@$(PYTHON) requirements/install.py $@ $(VENV)
