# Thin on purpose: the work is in tools/. `make help` says what there is.
PYTHON ?= python3
ARGS ?=

# One process from set-up to server: a signal reaches whatever is at work.
SET_UP := exec $(PYTHON) tools/setup.py
BIN := .venv/bin

.PHONY: help run setup test check bench web format lock clean

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

run: ## Set up what is missing and start Peyk
	@$(SET_UP) --then $(BIN)/peyk serve $(ARGS)

setup: ## Set up what is missing
	@$(SET_UP)

test: ## Run the tests; ARGS="-k word" for some of them
	@$(SET_UP) --then $(BIN)/pytest --numprocesses=2 --dist=loadfile $(ARGS)

check: ## Format, rules, types, import borders, web
	@$(SET_UP) --then $(BIN)/python -m tools.check

bench: ## Measure
	@$(SET_UP) --then $(BIN)/python -m bench $(ARGS)

web: ## Build the web part
	@$(SET_UP) --only web

format: ## Put the Python code in shape
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: ## Pin the requirements anew; ARGS=--upgrade to move them
	@exec $(BIN)/python -m tools.lock $(ARGS)

clean: ## Remove all that the set-up and the tests made; the data folder stays
	@rm -rf .venv .setup build bot/rasa/.venv bot/rasa/models web/node_modules web/dist
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
