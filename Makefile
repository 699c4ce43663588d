# Two commands on a fresh machine: `make build` runs the main job, `make test` checks everything.
UV_VERSION := 0.13.9
UV := .tools/bin/uv
RUN := $(UV) run --frozen --no-sync
export UV_PROJECT_ENVIRONMENT := .venv

.DEFAULT_GOAL := help
EVENTS ?= 1000000
REPEAT ?= 3
ENGINES ?= duckdb,postgres,spark:1,spark:2
SELECT ?= *
SIZES ?= 1000000,5000000,20000000,100000000
PORT ?= 8080
SUPERSET_PORT ?= 8088
TARGET ?= postgres
ARGS ?= query --metrics customers --group-by customer_on_date__band --order -customers
.PHONY: help build summary query metric dashboard serve superset docs reference activate-plan activate chromium hooks test
.PHONY: test-all test-superset test-spark test-spark-whole lint format load sample export ground-truth bench bench-growth bench-spark clean

help: ## List the commands.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.synced: .tools/bin/uv pyproject.toml uv.lock
	@echo "Installing what the project needs into .venv"
	$(UV) sync --quiet --frozen --compile-bytecode
	touch $@

# dbt's next engine, in an environment of its own: a strict check of what is written, and one more build.
.tools/dbt-v2/.synced: .tools/bin/uv tests/dbt-v2/requirements.txt
	$(UV) venv --quiet --clear .tools/dbt-v2
	$(UV) pip install --quiet --no-config --require-hashes --python .tools/dbt-v2/bin/python -r tests/dbt-v2/requirements.txt
	touch $@

# The release of dbt before today's, the oldest that the project supports.
.tools/dbt-1.11/.synced: .tools/bin/uv tests/dbt-1.11/requirements.txt
	$(UV) venv --quiet --clear .tools/dbt-1.11
	$(UV) pip install --quiet --no-config --require-hashes --compile-bytecode --python .tools/dbt-1.11/bin/python \
	  -r tests/dbt-1.11/requirements.txt
	touch $@

# DuckDB as the shared library that this engine loads; no Python package has one.
.tools/dbt-v2/.driver: .tools/dbt-v2/.synced tests/dbt-v2/package-lock.json
	cp tests/dbt-v2/package.json tests/dbt-v2/package-lock.json .tools/dbt-v2
	npm ci --prefix .tools/dbt-v2 --silent --no-audit --no-fund
	touch $@

# A Spark of the tests' own with Iceberg and a Java (1 GB).
.tools/spark/.synced: .tools/bin/uv tests/spark/requirements.txt
	$(UV) venv --quiet --clear .tools/spark
	$(UV) pip install --quiet --no-config --require-hashes --python .tools/spark/bin/python -r tests/spark/requirements.txt
	touch $@

# The clouds' adapters for dbt, which render the models for engines that aren't here (850 MB); the tests install them.
.tools/clouds/.synced: .tools/bin/uv tests/clouds/requirements.txt
	$(UV) venv --quiet --clear .tools/clouds
	$(UV) pip install --quiet --no-config --require-hashes --python .tools/clouds/bin/python -r tests/clouds/requirements.txt
	touch $@

# BigQuery's adapter beside an emulator of it, which can't share a DuckDB with Snowflake's; the tests install them.
.tools/bigquery/.synced: .tools/bin/uv tests/clouds/bigquery.txt
	$(UV) venv --quiet --clear .tools/bigquery
	$(UV) pip install --quiet --no-config --require-hashes --python .tools/bigquery/bin/python -r tests/clouds/bigquery.txt
	touch $@

# The drawer of the columns' lineage needs an older release of a library than the dashboard's tool.
.tools/colibri/.synced: .tools/bin/uv scripts/colibri/requirements.txt
	$(UV) venv --quiet --clear .tools/colibri
	$(UV) pip install --quiet --no-config --require-hashes --python .tools/colibri/bin/python -r scripts/colibri/requirements.txt
	touch $@

# Apache Superset, in an environment of its own (830 MB), which neither `make test` nor `make test-all` installs.
# Its tables are made once and copied at each start; what signs sessions is chosen then.
.tools/superset/.synced: .tools/bin/uv bi/superset/requirements.txt bi/superset/application.py
	$(UV) venv --quiet --clear .tools/superset
	$(UV) pip install --quiet --no-config --require-hashes --compile-bytecode --python .tools/superset/bin/python \
	  -r bi/superset/requirements.txt
	mkdir .tools/superset/home
	SUPERSET_HOME=$(CURDIR)/.tools/superset/home SUPERSET_CONFIG_PATH=$(CURDIR)/bi/superset/superset_config.py \
	  SUPERSET_SECRET_KEY=of-no-session .tools/superset/bin/python bi/superset/application.py \
	  >.tools/superset/home/log.txt 2>&1 || { tail .tools/superset/home/log.txt; exit 1; }
	touch $@

build: .venv/.synced ## Build the warehouse from the sample data, publish it, print the summary.
	$(RUN) python scripts/build.py

summary: .venv/.synced ## Print the summary of the last build.
	$(RUN) dbt --quiet run-operation engagement_summary

query: .venv/.synced ## Ask the warehouse in SQL (SQL="select count(*) from marts.customer_engagement").
	@$(RUN) dbt --quiet show --limit -1 --inline "$(or $(SQL),$(error Say what to ask: make query SQL="select ..."))"

metric: .venv/.synced ## Ask the semantic layer (ARGS="query --metrics customers --group-by customer_on_date__band").
	$(RUN) python scripts/ask_metrics.py $(ARGS)

dashboard: .venv/.synced ## Write the dashboard's pages to target/dashboard and its picture (CUSTOMER=C0560).
	$(RUN) python scripts/dashboard.py draw --customer "$(CUSTOMER)"

serve: .venv/.synced ## Show the dashboard with its filters in a browser (PORT=8080).
	$(RUN) python scripts/dashboard.py serve --port $(PORT)

docs: .venv/.synced .tools/colibri/.synced ## Write dbt's documentation and the columns' lineage to target/docs.
	$(RUN) python scripts/docs.py

reference: .venv/.synced ## Write the pages of docs/reference from the project's yml.
	$(RUN) dbt --quiet parse
	$(RUN) python scripts/readme.py docs/reference/*.md

activate-plan: .venv/.synced ## Show what the syncs would send to other tools (SYNC=crm_scores).
	$(RUN) python scripts/activate.py plan $(SYNC)

activate: .venv/.synced ## Show it, then send it; addresses and passwords come from the environment.
	$(RUN) python scripts/activate.py run $(SYNC)

superset: .venv/.synced .tools/superset/.synced ## Show the marts in Apache Superset (SUPERSET_PORT=8088).
	$(RUN) python scripts/superset_dashboard.py serve --port $(SUPERSET_PORT)

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

hooks: .venv/.synced ## Let git check what a commit changes, before it is one.
	$(RUN) pre-commit install

test: lint .tools/dbt-v2/.synced ## Lint, project rules, dbt's unit and data tests, and pytest.
	$(RUN) pytest -m "not slow and not cluster and not whole_cluster"

test-all: lint chromium .tools/colibri/.synced .tools/dbt-v2/.driver .tools/dbt-1.11/.synced .tools/spark/.synced ## What `make test` does, and what takes longer.
	$(RUN) pytest -m "not cluster and not whole_cluster"
	$(RUN) pytest --numprocesses 0 -m cluster

test-superset: .venv/.synced .tools/superset/.synced chromium ## Compare the charts of Superset with the marts.
	$(RUN) pytest --numprocesses 0 tests/superset

test-spark: .venv/.synced .tools/spark/.synced ## Of `make test-all`, compare a tiny company on a Spark cluster with DuckDB (six minutes).
	$(RUN) pytest --numprocesses 0 -m cluster

test-spark-whole: .venv/.synced .tools/spark/.synced ## Compare the sample on a Spark cluster with DuckDB, data tests included (half an hour).
	$(RUN) pytest --numprocesses 0 -m whole_cluster

load: .venv/.synced ## Load the sample's raw data into a server (TARGET=postgres; PGHOST... or spark; SPARK_HOST...).
	$(RUN) python scripts/load.py $(TARGET)

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

bench-spark: .venv/.synced .tools/spark/.synced ## Measure DuckDB, Postgres and Spark on the same events (EVENTS=1000000, ENGINES=duckdb,postgres,spark:1,spark:2, SELECT=*).
	$(RUN) python benchmarks/engines.py --events $(EVENTS) --engines $(ENGINES) --select "$(SELECT)"

clean: ## Remove the warehouse, its published copy and what dbt wrote.
	rm -rf target logs dbt_packages published customer_engagement.duckdb customer_engagement.duckdb.wal
