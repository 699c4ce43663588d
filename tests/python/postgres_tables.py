"""Compare the tables of a Postgres server with those that DuckDB built from the same data."""

from collections.abc import Callable
from pathlib import Path

import comparison
import duckdb
import psycopg2
from postgres_server import PostgresServer
from psycopg2 import sql


def check_same_tables(
    server: PostgresServer,
    warehouse: Path,
    scratch: Path,
    schema_of: Callable[[str], str],
    more_than: int,
) -> None:
    """Compare every table of a warehouse with the server's, row for row.

    Args:
        server: it was built there, too.
        warehouse: DuckDB's file, whole.
        scratch: where files may lie.
        schema_of: gives the server's name of a schema of DuckDB's.
        more_than: how many tables with rows there are more than.

    Raises:
        AssertionError: one differs, as `comparison.check_same_tables` says, or there are fewer.
    """
    with psycopg2.connect(server.dsn) as there:

        def fetch(
            connection: duckdb.DuckDBPyConnection, schema: str, table: str, types: dict[str, str]
        ) -> None:
            """Bring a table of the server into the schema `server` of DuckDB, through a file."""
            columns = sql.SQL(", ").join(map(sql.Identifier, types))
            source = sql.Identifier(schema_of(schema), table)
            rows = scratch / f"{table}.csv"
            with rows.open("w") as lines:
                there.cursor().copy_expert(
                    sql.SQL("copy (select {} from {}) to stdout (format csv, null '\\N')").format(
                        columns, source
                    ),
                    lines,
                )
            connection.execute(
                f'create table server."{table}" as from read_csv('
                f"'{rows}', header = false, auto_detect = false, nullstr = '\\N', quote = '\"',"
                f" escape = '\"', delim = ',', columns = {types})"
            )
            rows.unlink()

        filled = comparison.check_same_tables(warehouse, scratch, fetch)
    assert len(filled) > more_than
