# Two commands on a fresh machine: `make build` runs the main job, `make test` checks everything.
UV_VERSION := 0.13.9
UV := .tools/bin/uv
RUN := $(UV) run --frozen --no-sync
export UV_PROJECT_ENVIRONMENT := .venv

.DEFAULT_GOAL := help
EVENTS ?= 1000000
REPEAT ?= 3
SIZES ?= 1000000,5000000,20000000,100000000
PORT ?= 8080
.PHONY: help build summary metric dashboard serve chromium test test-all lint format sample export ground-truth bench
.PHONY: bench-growth clean

help: ## List the commands.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.synced: .tools/bin/uv pyproject.toml uv.lock
	$(UV) sync --quiet --frozen --compile-bytecode
	touch $@

# dbt's next engine, in an environment of its own: a strict check of what is written, and one more build.
.tools/dbt-v2/.synced: .tools/bin/uv tests/dbt-v2/requirements.txt
	$(UV) venv --quiet --clear .tools/dbt-v2
	$(UV) pip install --quiet --no-config --require-hashes --python .tools/dbt-v2/bin/python -r tests/dbt-v2/requirements.txt
	touch $@

# DuckDB as the shared library that this engine loads; no Python package has one.
.tools/dbt-v2/.driver: .tools/dbt-v2/.synced tests/dbt-v2/package-lock.json
	cp tests/dbt-v2/package.json tests/dbt-v2/package-lock.json .tools/dbt-v2
	npm ci --prefix .tools/dbt-v2 --silent --no-audit --no-fund
	touch $@

build: .venv/.synced ## Build the warehouse from the sample data, publish it, print the summary.
	$(RUN) python scripts/build.py

summary: .venv/.synced ## Print the summary of the last build.
	$(RUN) dbt --quiet run-operation engagement_summary

metric: .venv/.synced ## Ask the semantic layer (ARGS="query --metrics customers --group-by customer_on_date__band").
	$(RUN) python scripts/ask_metrics.py $(ARGS)

dashboard: .venv/.synced ## Write the dashboard's pages to target/dashboard and its picture (CUSTOMER=C0560).
	$(RUN) python scripts/dashboard.py draw --customer "$(CUSTOMER)"

serve: .venv/.synced ## Show the dashboard with its filters in a browser (PORT=8080).
	$(RUN) python scripts/dashboard.py serve --port $(PORT)

# The tests open the dashboard's pages in it.
chromium:
	@command -v chromium >/dev/null || { apt-get update --quiet && apt-get install --yes --quiet chromium; } \
	  || { echo "Install Debian's chromium as root: apt-get install chromium" >&2; exit 1; }

lint: .venv/.synced ## Check the style of SQL, YAML and Python.
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) yamllint --strict .
	$(RUN) sqlfluff lint --disable-progress-bar --processes 2 models tests/singular

format: .venv/.synced ## Mend what the linters can mend.
	$(RUN) ruff check --fix .
	$(RUN) ruff format .
	$(RUN) sqlfluff fix --disable-progress-bar models tests/singular

test: lint .tools/dbt-v2/.synced ## Lint, project rules, dbt's unit and data tests, and pytest.
	$(RUN) pytest -m "not slow"

test-all: lint chromium .tools/dbt-v2/.driver ## What `make test` does, and what takes longer.
	$(RUN) pytest

sample: .venv/.synced ## Write the sample data again.
	$(RUN) python sample_data/generate.py

export: .venv/.synced ## Write the marts of the last build as Parquet and CSV, to export/.
	$(RUN) python scripts/export.py

ground-truth: .venv/.synced ## Compare the segments of the sample with what its generator knows.
	$(RUN) python scripts/ground_truth.py

bench: .venv/.synced ## Measure dbt and the hand-written yardstick in turn (EVENTS=1000000, REPEAT=3).
	$(RUN) python benchmarks/run.py bench --events $(EVENTS) --repeat $(REPEAT)

bench-growth: .venv/.synced ## Measure both at one size after another (SIZES=1000000,5000000,...).
	$(RUN) python benchmarks/run.py growth --sizes $(SIZES)

clean: ## Remove the warehouse, its published copy and what dbt wrote.
	rm -rf target logs dbt_packages published customer_engagement.duckdb customer_engagement.duckdb.wal
