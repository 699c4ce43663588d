"""Compare the tables of a Postgres server with those that DuckDB built from the same data."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import psycopg2
from comparison import COMPARED, differences
from postgres_server import PostgresServer
from psycopg2 import sql

TABLES = """
    select schema_name, table_name
    from duckdb_tables()
    where database_name = 'embedded' and schema_name <> 'seeds'
    order by all
"""


def fetch(
    cursor: psycopg2.extensions.cursor,
    connection: duckdb.DuckDBPyConnection,
    table: tuple[str, str],
    schema: str,
    scratch: Path,
) -> None:
    """Bring a table of the server into the schema `server` of DuckDB.

    Args:
        cursor: on the server.
        connection: where DuckDB's table of the same name, whose types it takes, is too.
        table: DuckDB's schema, and the name.
        schema: the server's.
        scratch: where a file may lie.
    """
    types = {
        name: kind
        for name, kind, *_ in connection.sql(
            f'describe embedded."{table[0]}"."{table[1]}"'
        ).fetchall()
    }
    rows = scratch / f"{table[1]}.csv"
    with rows.open("w") as lines:
        cursor.copy_expert(
            sql.SQL("copy (select {} from {}) to stdout (format csv, null '\\N')").format(
                sql.SQL(", ").join(map(sql.Identifier, types)), sql.Identifier(schema, table[1])
            ),
            lines,
        )
    connection.execute(
        f'create table server."{table[1]}" as from read_csv('
        f"'{rows}', header = false, auto_detect = false, nullstr = '\\N', quote = '\"',"
        f" escape = '\"', delim = ',', columns = {types})"
    )
    rows.unlink()


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
        more_than: how many tables there are more than.

    Raises:
        AssertionError: one differs, by more than one unit of a decimal's last digit, in a column
            that is no hash of what an engine writes as text.
    """
    # This process may hold the warehouse.
    copied = shutil.copy(warehouse, scratch / "embedded.duckdb")
    with psycopg2.connect(server.dsn) as there, duckdb.connect() as connection:
        connection.execute(f"attach '{copied}' as embedded (read_only)")
        connection.execute("create schema server")
        tables = connection.sql(TABLES).fetchall()
        assert len(tables) > more_than
        for schema, table in tables:
            fetch(there.cursor(), connection, (schema, table), schema_of(schema), scratch)
            here, other = (
                f'select {COMPARED} from {catalogue}."{table}"'
                for catalogue in (f'embedded."{schema}"', "server")
            )
            assert not differences(connection, here, other), (schema, table)
