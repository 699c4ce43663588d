"""A tiny company whose raw data grows and changes, and what a warehouse built from it holds."""

import json
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from projects import TinyProject

FIRST_DAY = 8
LAST_DAY = 14
MODEL = """
select
    interaction_id,
    customer_id,
    case when event_type = 'login' then '{login_means}' else event_type end as event_type,
    occurred_at,
    loaded_at,
    anonymous_id,
    content_id,
    campaign_id,
    quantity,
    amount
from {{{{ source('tiny', 'events') }}}}
"""
# Short windows, so that a week of days crosses their edges; one model decays, one has caps.
SCORE_MODELS = """\
score_model,priority,attribute_name,attribute_value,window_days,decay,half_life_days,decay_days,\
minimum_events,minimum_tenure_days,benchmark_type,benchmark_value,benchmark_percentile,\
good_from_index,valid_from,valid_to
pros,1,plan,pro,3,exponential,2,,1,0,percentile,,0.5,70,,
everybody,2,,,{window_days},none,,,2,1,percentile,,0.9,70,,
"""
EVENT_WEIGHTS = """\
score_model,event_type,weight,daily_cap,window_cap,valid_from,valid_to
everybody,visit,{weight},,,,
everybody,purchase,5,,2,,
everybody,login,0.5,1,,,2026-06-11
everybody,login,-1.25,1,,2026-06-12,
pros,visit,{weight},2,,,
pros,purchase,7,,,,
"""
DATA_ONLY = ("--no-write-json", "--exclude-resource-type", "test", "unit_test")
QUIET = ("--log-level", "none", "--log-level-file", "none", "--threads", "1")
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
        customers: the customer table from now on: plan and day of June of the creation, by id.
        weight: points of a visit from now on.
        window_days: days of everybody's window from now on.
        as_of_day: the day of June of the var `as_of_date`; none for the latest load's.
        login_means: what the model of interactions makes of a login: an edit of its SQL.
        edited_seeds: a text of a seed's file and what stands in its place from now on, by seed.
    """

    arrivals: list[dict[str, Any]]
    removed: set[int] = field(default_factory=set)
    excluded: dict[str, str] = field(default_factory=dict)
    customers: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    weight: int = 1
    window_days: int = 4
    as_of_day: int | None = None
    login_means: str = "login"
    edited_seeds: dict[str, tuple[str, str]] = field(default_factory=dict)


class Company:
    """A tiny company whose raw data grows and changes, with as many warehouses as are wanted.

    Args:
        tiny: the project that its warehouses are built with.
        channels: those whose metrics are on.
    """

    def __init__(self, tiny: TinyProject, channels: Sequence[str] = ()) -> None:
        """Start without any raw row."""
        self.tiny = tiny
        self.channels = list(channels)
        self.original_seeds: dict[str, str] = {}
        self.rows: list[dict[str, Any]] = []
        self.loads = 0
        self.variables = "{}"
        # The parsed project and the seeds' texts that a warehouse was last built from.
        self.built_from: dict[Path, tuple[bytes | None, dict[str, str]]] = {}

    def take(self, step: Step) -> None:
        """Change the raw data, the seeds and the vars as a step says."""
        self.loads += 1
        loaded_at = f"2026-06-{LAST_DAY + self.loads:02} 05:00:00"
        self.rows += [{**event, "loaded_at": loaded_at} for event in step.arrivals]
        self.rows = [row for place, row in enumerate(self.rows) if place not in step.removed]
        self.show(step, self.rows)

    def show(self, step: Step, rows: Sequence[dict[str, Any]]) -> None:
        """Write the raw data, the seeds and the vars as they are after a step.

        Args:
            step: what is in force.
            rows: the raw rows, with their load times.
        """
        self.tiny.write_events(rows)
        self.tiny.write_customers(
            {"customer_id": who, "plan": plan, "created_at": f"2026-06-{day:02} 10:00:00"}
            for who, (plan, day) in step.customers.items()
        )
        excluded = "".join(f"{who},{why},\n" for who, why in step.excluded.items())
        seeds = {
            "excluded_customers": f"customer_id,reason,note\n{excluded}",
            "score_models": SCORE_MODELS.format(window_days=step.window_days),
            "event_weights": EVENT_WEIGHTS.format(weight=step.weight),
        }
        for name, text in seeds.items():
            self.tiny.seed(name).write_text(text)
        for name, text in self.original_seeds.items():
            self.tiny.seed(name).write_text(text)
        for name, (old, new) in step.edited_seeds.items():
            self.original_seeds.setdefault(name, self.tiny.seed(name).read_text())
            self.tiny.edit_seed(name, old, new)
        model = self.tiny.folder / "models" / "tiny_events.sql"
        model.write_text(MODEL.format(login_means=step.login_means))
        day = None if step.as_of_day is None else f"2026-06-{step.as_of_day:02}"
        self.variables = json.dumps({"as_of_date": day, "channels": self.channels})

    def parsed(self) -> bytes:
        """The project as dbt parses it now, for many builds; an edited model needs another."""
        self.tiny.warehouse = self.tiny.scratch / "warehouse.duckdb"
        return pickle.dumps(self.tiny.manifest("--vars", self.variables))

    def run(self, folder: Path, manifest: bytes | None = None) -> dict[str, list[tuple]]:
        """Build a warehouse from what there is now.

        Args:
            folder: holds the warehouse; an empty one means a full refresh.
            manifest: what `parsed` gave, which spares a parse.

        Returns:
            The sorted rows of every table and view.
        """
        folder.mkdir(exist_ok=True)
        # One name for all: views carry it, and so does a parsed project.
        self.tiny.warehouse = folder / "warehouse.duckdb"
        outcome = self.tiny.dbt(
            *("build", *DATA_ONLY, *QUIET, "--vars", self.variables),
            *self.unchanged(folder, manifest),
            manifest=pickle.loads(manifest) if manifest else None,
        )
        assert outcome.success, outcome.messages
        self.built_from[folder] = manifest, self.seeds()
        with self.tiny.connect() as connection:
            return contents(connection)

    def seeds(self) -> dict[str, str]:
        """The text of each seed as it is now."""
        return {path.stem: path.read_text() for path in (self.tiny.folder / "seeds").glob("*.csv")}

    def unchanged(self, folder: Path, manifest: bytes | None) -> list[str]:
        """What a build of the same project needn't repeat: views, and seeds that are the same.

        Args:
            folder: holds the warehouse; in an empty one everything is built.
            manifest: the parsed project; of another, or of none, everything is built.

        Returns:
            Options of the command line.
        """
        parsed, before = self.built_from.get(folder, (None, {}))
        if manifest is None or parsed != manifest or not self.tiny.warehouse.exists():
            return []
        same = [name for name, text in self.seeds().items() if before.get(name) == text]
        return ["--exclude", "config.materialized:view", *same]


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
    return Step(arrivals=list(arrivals), **changes)
