"""Run dbt on an emulator of BigQuery: run by `.tools/bigquery`'s Python.

    .tools/bigquery/bin/python tests/clouds/emulate_bigquery.py RAW PLACE TABLES build ...

loads each Parquet file of the folder RAW into the dataset `raw`, runs dbt with what follows, and
writes every table and view into the folder TABLES, a Parquet file each, named with its dataset.
The emulator, Crucible, executes BigQuery's SQL on DuckDB, and refuses what it isn't sure of; its
database lies in the folder PLACE, where a later run goes on with it. What it doesn't know of
BigQuery is said here.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import duckdb
import uvicorn
from crucible.dialects.bigquery import statements, types
from crucible.dialects.bigquery.generator import generate
from crucible.dialects.bigquery.translate import prepare
from crucible.engine import Engine, ExecContext, Plan
from crucible.server.app import create_app
from dbt.cli.main import dbtRunner
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery
from sqlglot import exp

PROJECT = "emulated"
PROFILE = """
customer_engagement:
  target: bigquery
  outputs:
    bigquery:
      type: bigquery
      method: oauth-secrets
      token: none
      project: {project}
      dataset: engagement
      location: US
      threads: 1
      api_endpoint: {endpoint}
      job_retries: 0
"""
RELATIONS = """
    select schema_name, table_name from duckdb_tables() where schema_name like 'engagement%'
    union all
    select schema_name, view_name from duckdb_views() where schema_name like 'engagement%'
"""
# DuckDB's types of the raw columns, and how BigQuery calls them and writes their values.
RAW_TYPES = {
    "VARCHAR": ("string", "{}"),
    "TIMESTAMP": ("timestamp", "timestamp {}"),
    "DATE": ("date", "date {}"),
    "DECIMAL": ("numeric", "numeric {}"),
}
SECONDS_TO_START = 60
known_type_name = types.type_name
known_storage_type = types.storage_type
known_plan = statements._plan


def type_name(data_type: exp.DataType) -> str:
    """How BigQuery calls a type: `NUMERIC`, too, where a column is narrower.

    Args:
        data_type: DuckDB's.
    """
    return "NUMERIC" if data_type.this == types.T.DECIMAL else known_type_name(data_type)


def storage_type(data_type: exp.DataType) -> exp.DataType:
    """What DuckDB stores: of a `BIGNUMERIC`, the 38 digits that it has.

    Args:
        data_type: BigQuery's.
    """
    if data_type.this == types.T.BIGDECIMAL:
        return exp.DataType.build(f"DECIMAL({data_type.sql().partition('(')[2]}", dialect="duckdb")
    return known_storage_type(data_type)


def plan(tree: exp.Expr, context: ExecContext) -> Plan:
    """How DuckDB does what a statement says: a `delete` as well.

    Args:
        tree: BigQuery's statement.
        context: the emulator's.
    """
    if not isinstance(tree, exp.Delete):
        return known_plan(tree, context)
    # As a query for the same rows is translated.
    rows = exp.select("1 as one").from_(tree.this).where(tree.args["where"].this)
    translated = prepare(rows, context).query
    table, condition = (generate(translated.args[part]) for part in ("from_", "where"))
    return statements.run_sql(f"delete {table} {condition}", "DELETE", context, returns_rows=False)


@contextmanager
def emulator(place: Path) -> Iterator[str]:
    """Serve the emulator from this process.

    Args:
        place: folder of its database.

    Yields:
        Its address.
    """
    types.type_name = type_name
    types.storage_type = storage_type
    statements._plan = plan
    engine = Engine(place / "emulator.duckdb")
    config = uvicorn.Config(create_app("bigquery", engine), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    until = monotonic() + SECONDS_TO_START
    while not server.started:
        assert thread.is_alive() and monotonic() < until, "The emulator didn't start."
        sleep(0.1)
    try:
        (port,) = {socket.getsockname()[1] for one in server.servers for socket in one.sockets}
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
        engine.close()


def literal(value: object, form: str) -> str:
    """A value as BigQuery's SQL has it.

    Args:
        value: of a raw row.
        form: what stands around its text.
    """
    if value is None:
        return "null"
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return form.format(f"'{text}'")


def load(endpoint: str, folder: Path) -> None:
    """Load a folder's files.

    Args:
        endpoint: the emulator's address.
        folder: holds the Parquet files; a table has its file's name.
    """
    client = bigquery.Client(
        PROJECT, AnonymousCredentials(), location="US", client_options={"api_endpoint": endpoint}
    )
    client.create_dataset("raw", exists_ok=True)
    for file in sorted(folder.glob("*.parquet")):
        rows = duckdb.sql(f"from '{file}'")
        kinds = [RAW_TYPES[str(kind).partition("(")[0]] for kind in rows.types]
        columns = ", ".join(
            f"`{name}` {kind}" for name, (kind, _) in zip(rows.columns, kinds, strict=True)
        )
        client.query(f"create or replace table raw.{file.stem} ({columns})").result()
        forms = [form for _, form in kinds]
        values = [", ".join(map(literal, row, forms)) for row in rows.fetchall()]
        if values:
            client.query(f"insert into raw.{file.stem} values ({'), ('.join(values)})").result()


def export(place: Path, folder: Path) -> None:
    """Write what dbt built.

    Args:
        place: folder of the emulator's database, which is closed.
        folder: gets the files.
    """
    folder.mkdir(exist_ok=True)
    (database,) = (place / "emulator.duckdb.catalogs").glob("*.duckdb")
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{database}' as {PROJECT} (read_only)")
        for schema, name in connection.execute(RELATIONS).fetchall():
            file = folder / f"{schema}.{name}.parquet"
            connection.execute(f"""copy {PROJECT}."{schema}"."{name}" to '{file}'""")


def main(raw: str, place: str, tables: str, *arguments: str) -> int:
    """Load, run and write.

    Args:
        raw: folder of the raw rows.
        place: folder of the emulator's database.
        tables: folder that gets the tables.
        arguments: dbt's.

    Returns:
        The exit code: 1 where dbt fails; it says why.
    """
    folder = Path(place)
    folder.mkdir(exist_ok=True)
    with emulator(folder) as endpoint:
        load(endpoint, Path(raw))
        profile = PROFILE.format(project=PROJECT, endpoint=endpoint)
        (folder / "profiles.yml").write_text(profile)
        os.environ["DBT_PROFILES_DIR"] = str(folder)
        succeeded = dbtRunner().invoke(["--quiet", *arguments]).success
    export(folder, Path(tables))
    return 0 if succeeded else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
