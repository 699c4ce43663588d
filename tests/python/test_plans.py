"""The plans that DuckDB makes of the models: nothing grows with the square of the customers."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb


def joined_row_by_row(plan: dict) -> Iterator[str]:
    """The conditions by which a plan compares each row of the one side with each of the other.

    Args:
        plan: a node of `explain (format json)`.
    """
    if plan["name"].strip() == "BLOCKWISE_NL_JOIN":
        yield str(plan["extra_info"].get("Condition"))
    for child in plan["children"]:
        yield from joined_row_by_row(child)


def test_no_two_ids_are_compared_row_by_row(
    sample_tables: duckdb.DuckDBPyConnection, catalog: Path
) -> None:
    """An outer join on an `or`, or on a condition of one side, makes DuckDB compare all with all.

    Few rows on one side are no harm, as with bands and settings; ids have as many rows as there are
    customers, messages or orders.
    """
    nodes = json.loads((catalog / "manifest.json").read_text())["nodes"].values()
    models = [node for node in nodes if node["resource_type"] == "model"]
    assert all(node["compiled_code"] for node in models)
    found = {}
    for node in models:
        explained = f"explain (format json) {node['compiled_code']}"
        plans = json.loads(sample_tables.execute(explained).fetchone()[1])
        conditions = [condition for plan in plans for condition in joined_row_by_row(plan)]
        found[node["name"]] = [condition for condition in conditions if "_id = " in condition]
    assert not {name: conditions for name, conditions in found.items() if conditions}
