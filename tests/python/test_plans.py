"""The plans that DuckDB makes of the models: nothing grows with the square of the customers."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest


@pytest.fixture(scope="module")
def plans(sample_tables: duckdb.DuckDBPyConnection, catalog: Path) -> dict[str, list[dict]]:
    """What `explain (format json)` says of each model, by its name: the nodes on top."""
    nodes = json.loads((catalog / "manifest.json").read_text())["nodes"].values()
    models = [node for node in nodes if node["resource_type"] == "model"]
    assert all(node["compiled_code"] for node in models)
    found = {}
    for node in models:
        explained = f"explain (format json) {node['compiled_code']}"
        found[node["name"]] = json.loads(sample_tables.execute(explained).fetchone()[1])
    return found


def told(nodes: list[dict], operator: str, key: str) -> Iterator[str]:
    """What some nodes and those below them tell of themselves.

    Args:
        nodes: of `explain (format json)`.
        operator: the end of the nodes' names.
        key: of what they tell.
    """
    for node in nodes:
        if node["name"].strip().endswith(operator):
            texts = node["extra_info"].get(key)
            yield from texts if isinstance(texts, list) else [str(texts)]
        yield from told(node["children"], operator, key)


def test_no_two_ids_are_compared_row_by_row(plans: dict[str, list[dict]]) -> None:
    """An outer join on an `or`, or on a condition of one side, makes DuckDB compare all with all.

    Few rows on one side are no harm, as with bands and settings; ids have as many rows as there are
    customers, messages or orders.
    """
    found = {
        name: [text for text in told(nodes, "BLOCKWISE_NL_JOIN", "Condition") if "_id = " in text]
        for name, nodes in plans.items()
    }
    assert not {name: conditions for name, conditions in found.items() if conditions}


def test_no_window_puts_all_ids_into_one_order(plans: dict[str, list[dict]]) -> None:
    """A cluster would sort all customers on one of its machines; dates and settings are few.

    A queue is one order of what is left to do, by what it is.
    """
    queues = {"playbook_queue"}
    windows = {name: list(told(nodes, "WINDOW", "Projections")) for name, nodes in plans.items()}
    assert any("PARTITION BY" in text for text in windows["customer_value"])
    found = {
        name: [text for text in texts if "PARTITION BY" not in text and "_id " in text]
        for name, texts in windows.items()
        if name not in queues
    }
    assert not {name: texts for name, texts in found.items() if texts}
