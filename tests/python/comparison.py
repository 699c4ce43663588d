"""Compare the tables that two engines built from the same data."""

from decimal import Decimal
from typing import Any

import duckdb

# Without the hashes of what an engine writes as text.
COMPARED = "columns(lambda name: not ends_with(name, 'version'))"


def is_close(here: Any, there: Any) -> bool:
    """Whether two values are the same, or decimals that are one unit of their last digit apart.

    A double on the edge between two decimals is rounded up by one engine, down by another.
    """
    if isinstance(here, Decimal) and isinstance(there, Decimal):
        return abs(here - there) <= Decimal(1).scaleb(here.as_tuple().exponent)
    return here == there


def exact_part(row: tuple[Any, ...]) -> str:
    """What must be equal in a row, its key included: all that is no decimal."""
    return repr([value for value in row if not isinstance(value, Decimal)])


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
        sorted(connection.sql(f"{one} except all {other}").fetchall(), key=exact_part)
        for one, other in ((this, that), (that, this))
    )
    if len(here) != len(there):
        return [f"{len(here)} rows are only here, {len(there)} only there: {(here + there)[:1]}"]
    return [
        f"{one} is not {other}"
        for one, other in zip(here, there, strict=True)
        if not all(map(is_close, one, other))
    ]
