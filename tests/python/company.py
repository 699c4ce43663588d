"""A tiny company whose raw data grows and changes, and what a warehouse built from it holds."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from projects import TinyProject

FIRST_DAY = 8
LAST_DAY = 14
MODEL = """
select * replace (if(event_type = 'login', '{login_means}', event_type) as event_type)
from {{{{ source('tiny', 'events') }}}}
"""
DATA_ONLY = ("--no-write-json", "--exclude-resource-type", "test", "unit_test")
TABLES = """
    select schema_name, table_name
    from duckdb_tables()
    where schema_name like 'main_%'
    union all
    select schema_name, view_name
    from duckdb_views()
    where schema_name like 'main_%'
"""


@dataclass(frozen=True)
class Step:
    """What happens between two runs.

    Attributes:
        arrivals: events that are loaded, late and repeated ones among them.
        removed: places of rows that the source takes away, among all that arrived so far.
        excluded: customers in the seed of exclusions from now on, with the reason.
        weight: points of a visit from now on.
        as_of_day: the day of June of the var `as_of_date`; none for the latest load's.
        login_means: what the model of interactions makes of a login: an edit of its SQL.
    """

    arrivals: list[dict[str, Any]]
    removed: set[int]
    excluded: dict[str, str]
    weight: int
    as_of_day: int | None
    login_means: str = "login"


class Company:
    """A tiny company whose raw data grows and changes, with as many warehouses as are wanted.

    Args:
        tiny: the project that its warehouses are built with.
    """

    def __init__(self, tiny: TinyProject) -> None:
        """Start without any raw row."""
        self.tiny = tiny
        self.rows: list[dict[str, Any]] = []
        self.loads = 0
        self.variables = "{}"

    def take(self, step: Step) -> None:
        """Change the raw data, the seeds and the vars as a step says."""
        self.loads += 1
        loaded_at = f"2026-06-{LAST_DAY + self.loads:02} 05:00:00"
        self.rows += [{**event, "loaded_at": loaded_at} for event in step.arrivals]
        self.rows = [row for place, row in enumerate(self.rows) if place not in step.removed]
        self.tiny.write_events(self.rows)
        excluded = "".join(f"{who},{why},\n" for who, why in step.excluded.items())
        self.tiny.seed("excluded_customers").write_text(f"customer_id,reason,note\n{excluded}")
        weights = self.tiny.seed("event_weights").read_text().splitlines(keepends=True)
        weights[1] = f"everybody,visit,{step.weight},,,,\n"
        self.tiny.seed("event_weights").write_text("".join(weights))
        model = self.tiny.folder / "models" / "tiny_events.sql"
        model.write_text(MODEL.format(login_means=step.login_means))
        day = "null" if step.as_of_day is None else f'"2026-06-{step.as_of_day:02}"'
        self.variables = f'{{"as_of_date": {day}}}'

    def run(self, warehouse: Path) -> dict[str, list[tuple]]:
        """Build a warehouse from what there is now.

        Args:
            warehouse: its file; a new one is a full refresh.

        Returns:
            The sorted rows of every table and view.
        """
        self.tiny.warehouse = warehouse
        outcome = self.tiny.dbt("build", *DATA_ONLY, "--vars", self.variables)
        assert outcome.success, outcome.messages
        with self.tiny.connect() as connection:
            return contents(connection)


def contents(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    """The sorted rows of every table and view of a tiny warehouse.

    Args:
        connection: open on it.

    Returns:
        The rows by schema and name.
    """
    return {
        f"{schema}.{name}": sorted(connection.sql(f'from "{schema}"."{name}"').fetchall(), key=repr)
        for schema, name in connection.sql(TABLES).fetchall()
    }


def visit(interaction_id: str, customer_id: str, day: int) -> dict[str, Any]:
    """A visit at noon of a day of June."""
    return {
        "interaction_id": interaction_id,
        "customer_id": customer_id,
        "event_type": "visit",
        "occurred_at": f"2026-06-{day:02} 12:00:00",
    }


def step(*arrivals: dict[str, Any], **changes: Any) -> Step:
    """A step in which only some things change."""
    unchanged = {"removed": set(), "excluded": {}, "weight": 1, "as_of_day": None}
    return Step(arrivals=list(arrivals), **{**unchanged, **changes})
