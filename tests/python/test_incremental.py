"""The law: after any sequence of loads and runs, every table equals a full refresh, row for row."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from projects import TinyProject
from pytest import TempPathFactory

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


EVENTS = st.fixed_dictionaries(
    {
        # Few ids and times, so that repeats, ties and ids that come back are common.
        "interaction_id": st.sampled_from(["i1", "i2", "i3", "i4", "i5", "", None]),
        "customer_id": st.sampled_from(["ann", "bob", "eve", "ann", "bob", None]),
        "event_type": st.sampled_from(["visit", "purchase", "login", "unheard_of"]),
        "occurred_at": st.one_of(
            st.builds(
                "2026-06-{:02} {}".format,
                st.integers(FIRST_DAY, LAST_DAY),
                st.sampled_from(["00:00:00", "12:00:00", "12:00:00", "23:59:59"]),
            ),
            st.sampled_from([None, "1970-01-01 00:00:00", "2030-01-01 00:00:00"]),
        ),
    }
)
STEPS = st.lists(
    st.builds(
        Step,
        arrivals=st.lists(EVENTS, min_size=4, max_size=8),
        removed=st.sets(st.integers(0, 20), max_size=2),
        excluded=st.dictionaries(
            st.sampled_from(["bob", "eve"]), st.sampled_from(["test", "erased"]), max_size=1
        ),
        weight=st.sampled_from([1, 1, 3]),
        as_of_day=st.sampled_from([None, None, FIRST_DAY + 4, LAST_DAY]),
    ),
    min_size=2,
    max_size=3,
)


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
        return self.contents()

    def contents(self) -> dict[str, list[tuple]]:
        """The sorted rows of every table and view of the present warehouse."""
        with self.tiny.connect() as connection:
            return {
                f"{schema}.{name}": sorted(
                    connection.sql(f'from "{schema}"."{name}"').fetchall(), key=repr
                )
                for schema, name in connection.sql(TABLES).fetchall()
            }


def check_law(shared_tiny: TinyProject, tmp_path_factory: TempPathFactory, steps: list) -> None:
    """Build after every step, and once from nothing; compare all that is there."""
    scratch = tmp_path_factory.mktemp("case")
    company = Company(shared_tiny)
    for step in steps:
        company.take(step)
        grown = company.run(scratch / "grown.duckdb")
    refreshed = company.run(scratch / "refreshed.duckdb")
    assert set(grown) == set(refreshed)
    for table, rows in refreshed.items():
        assert grown[table] == rows, table
    shutil.rmtree(scratch)


LAW = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    # A build takes seconds: the first history that fails is shown as it was drawn.
    phases=[Phase.explicit, Phase.generate],
)


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


HISTORY = {
    "first load": step(visit("i1", "ann", 9), visit("i2", "bob", 9), visit("i3", "ann", 12)),
    "late event, repeated id, id that comes back": step(
        {**visit("i4", "eve", 9), "event_type": "login"},
        visit("i1", "bob", 9),
        visit("i1", "ann", 13),
    ),
    "row taken away at the source": step(removed={0}),
    "customer excluded": step(excluded={"bob": "test"}),
    "customer erased instead": step(excluded={"bob": "erased"}),
    "weight edited, as-of date moved back": step(weight=3, as_of_day=10),
    "listed model edited": step(login_means="purchase"),
    "everything back": step(),
}


def test_every_kind_of_change_is_found(shared_tiny, tmp_path_factory) -> None:
    """After each step of a history, the warehouse that grew equals one built from nothing."""
    scratch = tmp_path_factory.mktemp("history")
    company = Company(shared_tiny)
    for number, (what, change) in enumerate(HISTORY.items()):
        company.take(change)
        grown = company.run(scratch / "grown.duckdb")
        refreshed = company.run(scratch / f"refreshed{number}.duckdb")
        assert set(grown) == set(refreshed), what
        assert not [table for table in refreshed if grown[table] != refreshed[table]], what


@pytest.mark.slow
@given(steps=STEPS)
@settings(LAW, max_examples=8)
def test_increments_equal_a_full_refresh(shared_tiny, tmp_path_factory, steps) -> None:
    """Random histories, compared at their end."""
    check_law(shared_tiny, tmp_path_factory, steps)


def test_a_run_without_news_rewrites_no_partition(shared_tiny, tmp_path_factory) -> None:
    """A late event rewrites its own date only; the same run again rewrites nothing."""
    company = Company(shared_tiny)
    warehouse = tmp_path_factory.mktemp("quiet") / "warehouse.duckdb"
    company.take(step(visit("d10", "ann", 10), visit("d11", "ann", 11), visit("d12", "ann", 12)))
    company.run(warehouse)
    partitions = "select event_date, rowid from main_intermediate.{} order by rowid"
    tables = ("int_interactions", "int_customer_event_days")
    before = {table: shared_tiny.rows(partitions.format(table)) for table in tables}
    company.run(warehouse)
    assert {table: shared_tiny.rows(partitions.format(table)) for table in tables} == before
    company.take(step(visit("late", "ann", 10)))
    company.run(warehouse)
    for table in tables:
        kept, rewritten = before[table][1:], shared_tiny.rows(partitions.format(table))
        assert [row for row in rewritten if row[0].day != 10] == kept
        assert all(row[1] > kept[-1][1] for row in rewritten if row[0].day == 10)
