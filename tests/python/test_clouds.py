"""The models in the SQL of engines that can't be run here, rendered by dbt's own adapters.

What these tests can't see: whether an engine gives the same numbers, and whether operands have
types that go together there. Of Snowflake's and BigQuery's SQL emulators show the numbers.
"""

import fcntl
import json
import os
import subprocess
from pathlib import Path

import pytest
from company import DATA_ONLY, TABLES, Company
from comparison import COMPARED, differences
from projects import ROOT, TinyProject
from sqlfluff.core import dialect_selector
from test_incremental_metrics import CHANNELS, HISTORY

TOOLS = ROOT / ".tools"
PROGRAMS = ROOT / "tests" / "clouds"
# Where an emulator is installed.
EMULATORS = {"snowflake": "clouds", "bigquery": "bigquery"}
# What an installed package asks of its user on BigQuery.
DISPATCH = """
dispatch:
  - macro_namespace: dbt
    search_order: [tiny, customer_engagement, dbt]
"""
# What stands before a parenthesis, looked up in each engine's manual: functions that all have, ...
EVERYWHERE = set(
    "abs avg cast ceil chr coalesce count decimal dense_rank exp floor greatest lag lead least ln"
    " lower max md5 min mod nullif power rank replace round row_number sign sqrt substr substring"
    " sum translate trim upper".split()
)
# ... and the engine's own. One that isn't here may be one that it lacks.
FUNCTIONS = {
    "snowflake": "date_trunc dateadd datediff listagg position to_number to_timestamp_ntz"
    " try_to_timestamp_ntz",
    "bigquery": "bignumeric datetime_add datetime_diff options safe_cast string_agg"
    " strpos timestamp_seconds timestamp_trunc to_hex",
    "databricks": "add_months array_join array_sort collect_list conv date_add date_trunc datediff"
    " explode position sequence struct timestamp_seconds timestampadd timestampdiff transform"
    " try_cast unix_micros",
    "redshift": "date_trunc dateadd datediff listagg position strtol try_cast varchar",
    "trino": "array_agg array_join at_timezone date_add date_trunc from_base"
    " from_iso8601_timestamp_nanos from_unixtime hour minute position second timestamp"
    " to_hex to_milliseconds to_unixtime to_utf8 try",
}
# As sqlglot calls them: timestamps with a zone are BigQuery's and Databricks'.
COMMON_TYPES = {"bigint", "boolean", "date", "decimal", "double", "int"}
TYPES = {
    "snowflake": {"text", "timestamp"},
    "bigquery": {"text", "bigdecimal", "timestamp", "timestamptz"},
    "databricks": {"text", "timestamptz"},
    # A text is one of a number's digits; all others are as long as they may be.
    "redshift": {"text", "timestamp", "timestamptz", "varchar"},
    "trino": {"timestamp", "varchar"},
}
# Each common table expression is planned anew wherever it is named: two to the ninth.
NAMED_TOO_OFTEN = "with step_0 as (select a from t), " + ", ".join(
    f"step_{n + 1} as (select a from step_{n} union all select a from step_{n})" for n in range(9)
)
NAMED_TOO_OFTEN += " select a from step_9"


@pytest.fixture(scope="module")
def clouds() -> None:
    """The adapters, in an environment of their own."""
    install("clouds")


def install(tools: str) -> None:
    """Make an environment of the clouds' tools.

    Args:
        tools: its folder's name.
    """
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / f"{tools}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["make", "--silent", f".tools/{tools}/.synced"], cwd=ROOT, check=True)


def run(program: str, *arguments: str | Path, tools: str = "clouds", **variables: str) -> str:
    """Run one of the programs beside the adapters.

    Args:
        program: its file's name.
        arguments: of its command line.
        tools: the environment that it runs in.
        variables: of the environment, besides those of this process.

    Returns:
        What it printed.
    """
    done = subprocess.run(
        [TOOLS / tools / "bin" / "python", PROGRAMS / program, *arguments],
        cwd=ROOT,
        # What dbt warns of is another test's; these adapters have warnings of their own.
        env={name: text for name, text in os.environ.items() if name != "DBT_WARN_ERROR_OPTIONS"}
        | variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("engine", FUNCTIONS)
def test_every_statement_is_the_engines(clouds: None, engine: str, tmp_path: Path) -> None:
    """It parses, with functions and types that the engine has, on a first run and a later one."""
    run("render.py", engine, tmp_path / engine)
    found = json.loads(run("check.py", engine, tmp_path / engine))
    assert found["problems"] == []
    assert found["statements"] > 600
    assert set(found["functions"]) <= EVERYWHERE | set(FUNCTIONS[engine].split())
    assert set(found["types"]) <= COMMON_TYPES | TYPES[engine]
    reserved = {word.lower() for word in dialect_selector(engine).sets("reserved_keywords")}
    assert set(found["names"]) & reserved == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "statement", "said"),
    [
        ("snowflake", "select a over w from t window w as (order by b)", "Unexpected token"),
        ("bigquery", "select cast(a as decimal(38, 4)) from t", "not so many digits"),
        ("databricks", NAMED_TOO_OFTEN, "a step with shared_step()"),
        ("redshift", "select sum(a) over (order by b) from t", "needs a frame"),
        ("redshift", "select lag(a, 1, 0) over (order by b) from t", "have no default"),
        ("trino", "select list_sort(a) from t", "unknown function 'list_sort'"),
    ],
)
def test_what_an_engine_refuses_is_seen(
    clouds: None, engine: str, statement: str, said: str, tmp_path: Path
) -> None:
    """What DuckDB takes, and one of them doesn't."""
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "model.sql").write_text(statement)
    (problem,) = json.loads(run("check.py", engine, tmp_path))["problems"]
    assert said in problem


@pytest.mark.slow
@pytest.mark.parametrize("engine", EMULATORS)
def test_an_emulator_gives_the_same_tables(engine: str, tiny: TinyProject, tmp_path: Path) -> None:
    """A tiny company of all channels, after late rows: each table is that of a fresh build here."""
    install(EMULATORS[engine])
    with (tiny.folder / "dbt_project.yml").open("a") as settings:
        settings.write(DISPATCH)
    company = Company(tiny, CHANNELS)
    variables = tiny.environment() | {
        "DBT_PROFILES_DIR": str(ROOT / "profiles"),
        "DBT_TARGET_PATH": str(tmp_path / "target"),
        "CUSTOMER_ENGAGEMENT_SCHEMA": "engagement",
    }
    emulated = tmp_path / "tables"
    for change in list(HISTORY.values())[:2]:
        company.take(change)
        run(
            *(f"emulate_{engine}.py", tiny.scratch, tmp_path / "emulator", emulated),
            *("build", *DATA_ONLY, "--vars", company.variables, "--threads", "1"),
            *("--profile", "customer_engagement", "--target", engine),
            tools=EMULATORS[engine],
            **variables,
        )
    company.run(tmp_path / "refreshed")
    with tiny.connect() as connection:
        tables = connection.sql(TABLES).fetchall()
        assert len(tables) > 90
        for schema, table in tables:
            there = emulated / f"{schema.replace('main', 'engagement', 1)}.{table}.parquet"
            this, that = (
                f"select {COMPARED} from {source}"
                for source in (f'"{schema}"."{table}"', f"'{there}'")
            )
            assert not differences(connection, this, that), (schema, table)
