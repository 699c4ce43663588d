"""Load the sample's raw extracts into the schema `raw` of a server.

`make load TARGET=postgres` (or `spark`) loads every extract; a table is replaced whole: on Postgres
all in one transaction, on Spark one after another.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
RAW = ROOT / "sample_data" / "raw"
# A type of DuckDB's that a server calls otherwise.
POSTGRES_TYPES = {"DOUBLE": "double precision", "VARCHAR": "text"}
SPARK_TYPES = {"VARCHAR": "string"}
# Spark's tables that are replaced in one step; others are dropped before.
REPLACED_AT_ONCE = ("iceberg", "delta")
# A time of the extracts has no zone, and is in UTC. A setting without the prefix is passed over.
SPARK_SESSION = {"set:hiveconf:spark.sql.session.timeZone": "UTC"}


def columns_of(extract: Path) -> list[tuple[str, str]]:
    """List the columns of an extract.

    Args:
        extract: a Parquet file.

    Returns:
        Name and DuckDB's type of each column, in the file's order.
    """
    described = duckdb.execute("describe from read_parquet($file)", {"file": str(extract)})
    return [(name, kind) for name, kind, *_ in described.fetchall()]


def load_postgres(folder: Path) -> dict[str, int]:
    """Load a folder's extracts into the database that libpq's variables name (PGHOST, PGUSER, ...).

    Args:
        folder: holds the Parquet files; a table has its file's name.

    Returns:
        Rows loaded, by table.

    Raises:
        psycopg2.Error: the server can't be reached, or refuses; no table is changed then.
    """
    import psycopg2
    from psycopg2 import sql

    loaded = {}
    with psycopg2.connect("") as connection, connection.cursor() as cursor:
        cursor.execute("create schema if not exists raw")
        for extract in sorted(folder.glob("*.parquet")):
            table = sql.Identifier("raw", extract.stem)
            columns = sql.SQL(", ").join(
                sql.SQL("{} {}").format(
                    sql.Identifier(name), sql.SQL(POSTGRES_TYPES.get(kind, kind.lower()))
                )
                for name, kind in columns_of(extract)
            )
            cursor.execute(sql.SQL("drop table if exists {} cascade").format(table))
            cursor.execute(sql.SQL("create table {} ({})").format(table, columns))
            with tempfile.TemporaryDirectory() as scratch:
                rows = Path(scratch) / "rows.csv"
                duckdb.execute(
                    f"copy (from read_parquet($file)) to '{rows}' (format csv, nullstr '\\N')",
                    {"file": str(extract)},
                )
                with rows.open() as lines:
                    cursor.copy_expert(
                        sql.SQL("copy {} from stdin (format csv, header, null '\\N')").format(
                            table
                        ),
                        lines,
                    )
            loaded[extract.stem] = cursor.rowcount
            cursor.execute(sql.SQL("analyze {}").format(table))
    return loaded


def load_spark(folder: Path) -> dict[str, int]:
    """Load a folder's extracts into the Spark that SPARK_HOST, SPARK_PORT and SPARK_USER name.

    The cluster itself reads the files: under the same path, or in the bucket or folder that
    SPARK_RAW_LOCATION names, where they were put before. CUSTOMER_ENGAGEMENT_FILE_FORMAT is the
    tables' format, where it isn't Iceberg.

    Args:
        folder: holds the Parquet files; a table has its file's name.

    Returns:
        Rows loaded, by table.

    Raises:
        pyhive.exc.Error: Spark refuses; the tables before this one are new then.
        thrift.transport.TTransport.TTransportException: it can't be reached.
    """
    from pyhive import hive

    location = os.environ.get("SPARK_RAW_LOCATION", folder.resolve().as_uri())
    file_format = os.environ.get("CUSTOMER_ENGAGEMENT_FILE_FORMAT", "iceberg")
    loaded = {}
    with hive.connect(
        host=os.environ.get("SPARK_HOST", "127.0.0.1"),
        port=int(os.environ.get("SPARK_PORT", "10000")),
        username=os.environ.get("SPARK_USER", "dbt"),
        configuration=SPARK_SESSION,
    ) as connection:
        cursor = connection.cursor()
        cursor.execute("create schema if not exists raw")
        for extract in sorted(folder.glob("*.parquet")):
            table = f"raw.{backquoted(extract.stem)}"
            columns = ", ".join(
                f"cast({backquoted(name)} as {SPARK_TYPES.get(kind, kind.lower())})"
                f" as {backquoted(name)}"
                for name, kind in columns_of(extract)
            )
            create = "create or replace table"
            if file_format not in REPLACED_AT_ONCE:
                cursor.execute(f"drop table if exists {table}")
                create = "create table"
            cursor.execute(
                f"{create} {table} using {backquoted(file_format)} as"
                f" select {columns} from parquet.{backquoted(f'{location}/{extract.name}')}"
            )
            cursor.execute(f"select count(*) from {table}")
            loaded[extract.stem] = cursor.fetchone()[0]
    return loaded


def backquoted(name: str) -> str:
    """A name as Spark's SQL quotes it."""
    return "`" + name.replace("`", "``") + "`"


LOADERS = {"postgres": load_postgres, "spark": load_spark}


def main(arguments: list[str]) -> int:
    """Load the extracts, and say how many rows.

    Args:
        arguments: the target, and optionally the folder of the extracts.

    Returns:
        The exit code: 1 where there is nothing to load, or no server.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", choices=sorted(LOADERS))
    parser.add_argument("folder", nargs="?", type=Path, default=RAW)
    given = parser.parse_args(arguments)
    if not any(given.folder.glob("*.parquet")):
        print(f"There is no Parquet file in {given.folder}: make sample first.", file=sys.stderr)
        return 1
    try:
        loaded = LOADERS[given.target](given.folder)
    except Exception as problem:
        print(f"Nothing was loaded into {given.target}: {problem}", file=sys.stderr)
        return 1
    for table, rows in loaded.items():
        print(f"{rows:>10,}  raw.{table}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
