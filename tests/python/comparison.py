"""Compare the tables that two engines built from the same data."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

# Without the view that shows the decimals of other tables with more places than they have.
TABLES = """
    select schema_name, table_name
    from duckdb_tables()
    where database_name = $database and schema_name not in ('seeds', 'main_seeds')
    union all
    select schema_name, view_name
    from duckdb_views()
    where database_name = $database and not internal and view_name <> 'engagement_metrics'
    order by all
"""
# Without the hashes of what an engine writes as text.
COMPARED = "columns(lambda name: not ends_with(name, 'version'))"


def is_close(here: Any, there: Any) -> bool:
    """Whether two values are the same, or decimals that are one unit of their last digit apart.

    A double on the edge between two decimals is rounded up by one engine, down by another.
    """
    if isinstance(here, Decimal) and isinstance(there, Decimal):
        return abs(here - there) <= Decimal(1).scaleb(here.as_tuple().exponent)
    return here == there


def pairing(row: tuple[Any, ...]) -> tuple[str, list[Decimal]]:
    """What two rows are paired by: what must be equal, then the decimals, also those of a key."""
    decimals = [value for value in row if isinstance(value, Decimal)]
    return repr([value for value in row if not isinstance(value, Decimal)]), decimals


def differences(connection: duckdb.DuckDBPyConnection, this: str, that: str) -> list[str]:
    """Compare two tables row for row.

    Args:
        connection: both tables are in its reach.
        this: a query.
        that: the other, with the same columns.

    Returns:
        A sentence a difference; none where each row is close to one of the other table.
    """
    here, there = (
        sorted(connection.sql(f"{one} except all {other}").fetchall(), key=pairing)
        for one, other in ((this, that), (that, this))
    )
    if len(here) != len(there):
        return [f"{len(here)} rows are only here, {len(there)} only there: {(here + there)[:1]}"]
    return [
        f"{one} is not {other}"
        for one, other in zip(here, there, strict=True)
        if not all(map(is_close, one, other))
    ]


def check_same_tables(
    warehouse: Path,
    scratch: Path,
    fetch: Callable[[duckdb.DuckDBPyConnection, str, str, dict[str, str]], None],
    built: set[str] | None = None,
) -> set[str]:
    """Compare the tables and views of a warehouse with another engine's, row for row.

    Args:
        warehouse: DuckDB's file, whole.
        scratch: where a copy of it may lie.
        fetch: brings the other engine's table into the schema `server` of a connection; it takes
            the connection, DuckDB's schema, the table's name, and DuckDB's types by column.
        built: what there is to compare; default: all.

    Returns:
        The names of the compared tables that aren't empty.

    Raises:
        AssertionError: one differs, by more than one unit of a decimal's last digit, in a column
            that is no hash of what an engine writes as text.
    """
    # This process may hold the warehouse; views know it by its name.
    copied = shutil.copy(warehouse, scratch / "embedded.duckdb")
    database = warehouse.stem
    filled = set()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{copied}' as {database} (read_only)")
        connection.execute("create schema server")
        for schema, table in connection.execute(TABLES, {"database": database}).fetchall():
            if built is not None and table not in built:
                continue
            described = connection.sql(f'describe {database}."{schema}"."{table}"').fetchall()
            fetch(connection, schema, table, {name: kind for name, kind, *_ in described})
            here, there = (
                f'select {COMPARED} from {catalogue}."{table}"'
                for catalogue in (f'{database}."{schema}"', "server")
            )
            found = differences(connection, here, there)
            assert not found, (schema, table, found[:3])
            if connection.sql(f"from ({here}) limit 1").fetchall():
                filled.add(table)
            connection.execute(f'drop table server."{table}"')
    return filled
