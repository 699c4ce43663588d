"""Compare the tables of two warehouses, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

# Columns that say under what a row was built; the yardstick leaves them out.
PROVENANCE = {"config_version", "data_loaded_until", "inputs_version", "source"}
# What the right side tells beside: the coverage of sources, of which the benchmark has one, and how a
# transition is dated.
BESIDE = {"data_coverage", "previous_confirmed_on"}
COMPARED = [
    "int_interactions",
    "int_customer_event_days",
    "int_customer_event_windows",
    "int_customer_scores",
    "int_score_benchmarks",
    "customer_score_contributions",
    "customer_normalized_scores",
    "customer_segments",
    "engagement_ratios",
]
# Where the right side may know more values of a column than the left: only the left's are compared.
KNOWN_VALUES = {
    "engagement_ratios": "dimension",
    "int_customer_scores": "as_of_date",
    "int_score_benchmarks": "as_of_date",
}


def differences(left: Path, right: Path, tables: list[str] | None = None) -> Iterator[str]:
    """Compare two warehouses, table by table, row by row, whatever their order and schemas.

    Values are compared after a cast to the right side's type, so that an enum equals its text; a
    decimal equals another only to the last digit, whatever the number of digits before the point,
    and only where both types have as many places. Where the right side knows more values of a column
    of `KNOWN_VALUES`, `left_out` says which.

    Args:
        left: a DuckDB file, the yardstick.
        right: a DuckDB file, whose columns say what is compared.
        tables: names of tables; default: those of `COMPARED`.

    Yields:
        One sentence a difference; nothing where all is equal.
    """
    with attached(left, right) as connection:
        for table in tables or COMPARED:
            found = columns_of(connection, table)
            if not all(found.values()):
                yield f"{table}: missing on one side"
                continue
            left_columns, right_columns = (
                {
                    column: data_type
                    for _, column, data_type in rows
                    if column not in PROVENANCE | BESIDE
                }
                for rows in found.values()
            )
            if set(left_columns) != set(right_columns):
                yield f"{table}: columns differ: {sorted(set(left_columns) ^ set(right_columns))}"
            for column in sorted(set(left_columns) & set(right_columns)):
                types = left_columns[column], right_columns[column]
                if not holds_the_same(*types):
                    yield f"{table}.{column}: {types[0]} is not {types[1]}"
            shared = [column for column in right_columns if column in left_columns]
            casts = ", ".join(f'cast("{x}" as {right_columns[x]}) as "{x}"' for x in shared)
            selects = [f"select {casts} from {relation(found, side, table)}" for side in found]
            if table in KNOWN_VALUES:
                selects[1] += f" where {is_known(found, table)}"
            # Equal counts and equal sums of row hashes: cheap at any size. Only where they differ
            # the rows themselves are looked for.
            totals = [
                connection.execute(
                    f"select count(*), sum(cast(hash(all_rows) as hugeint)) from ({x}) as all_rows"
                ).fetchone()
                for x in selects
            ]
            if totals[0] == totals[1]:
                continue
            for first, second, side in ((0, 1, "left"), (1, 0, "right")):
                extra = f"({selects[first]}) except all ({selects[second]})"
                count = connection.execute(f"select count(*) from ({extra})").fetchone()[0]
                sample = connection.execute(f"{extra} limit 1").fetchone()
                if count:
                    yield f"{table}: {count:,} rows only on the {side}, such as {sample}"


def holds_the_same(left: str, right: str) -> bool:
    """Whether two types may stand for each other: equal, an enum for its text, or two decimals.

    Args:
        left: DuckDB's name of the left side's type, such as 'DECIMAL(18,6)'.
        right: of the right side's.

    Returns:
        Decimals of the same places may have different widths: a value that didn't fit would have
        stopped the builder.
    """
    decimals = [re.fullmatch(r"DECIMAL\(\d+,(\d+)\)", x) for x in (left, right)]
    if all(decimals):
        return decimals[0][1] == decimals[1][1]
    return left == right or (left.startswith("ENUM") and right == "VARCHAR")


def left_out(left: Path, right: Path) -> Iterator[str]:
    """Say which rows `differences` doesn't compare, since the left side doesn't know their values.

    Args:
        left: a DuckDB file, the yardstick.
        right: a DuckDB file.

    Yields:
        One sentence a table and value.
    """
    with attached(left, right) as connection:
        for table, column in KNOWN_VALUES.items():
            found = columns_of(connection, table)
            if all(found.values()):
                for value, count in connection.execute(
                    f'select "{column}", count(*) from {relation(found, "right_side", table)}'
                    f" where not ({is_known(found, table)}) group by all order by all"
                ).fetchall():
                    yield f"{table}: {count:,} rows of {column} '{value}' are not compared"


def attached(left: Path, right: Path) -> duckdb.DuckDBPyConnection:
    """A connection to both warehouses, as `left_side` and `right_side`, read only."""
    connection = duckdb.connect(config={"temp_directory": f"{right}.compare.tmp"})
    for name, path in (("left_side", left), ("right_side", right)):
        connection.execute(f"attach '{path}' as {name} (read_only)")
    return connection


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, list[tuple]]:
    """Schema, name and type of a table's columns, in order, of both sides.

    Args:
        connection: what `attached` gave.
        table: the table's name, whatever its schema.

    Returns:
        By side; an empty list where the side lacks the table.
    """
    return {
        side: connection.execute(
            "select schema_name, column_name, data_type from duckdb_columns()"
            " where database_name = ? and table_name = ? order by column_index",
            [side, table],
        ).fetchall()
        for side in ("left_side", "right_side")
    }


def relation(found: dict[str, list[tuple]], side: str, table: str) -> str:
    """The table's full name on a side."""
    return f'{side}."{found[side][0][0]}"."{table}"'


def is_known(found: dict[str, list[tuple]], table: str) -> str:
    """A condition on the right side's rows: the left side knows the value of the table's column."""
    column = KNOWN_VALUES[table]
    left = relation(found, "left_side", table)
    return f'cast("{column}" as varchar) in (select cast("{column}" as varchar) from {left})'
