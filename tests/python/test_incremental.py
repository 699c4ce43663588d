"""The law: after any sequence of loads and runs, every table equals a full refresh, row for row."""

import pickle
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from company import DATA_ONLY, FIRST_DAY, LAST_DAY, QUIET, Company, Step, step, visit
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from projects import TinyProject

CUSTOMERS = ["ann", "bob", "eve"]
# What tells the interactions and customers of one group from those of another.
KEYS = ("interaction_id", "customer_id", "anonymous_id")


def histories(length: int, most_arrivals: int) -> st.SearchStrategy[list[Step]]:
    """Draw what happens to a company: a list of steps, with a run after each.

    Args:
        length: how many steps.
        most_arrivals: events that one step loads, at least two.
    """
    events = st.fixed_dictionaries(
        {
            # Few ids and times, so that repeats, ties and ids that come back are common.
            "interaction_id": st.sampled_from(["i1", "i2", "i3", "i4", "i5", "", None]),
            "customer_id": st.sampled_from([*CUSTOMERS, *CUSTOMERS, None]),
            "anonymous_id": st.sampled_from(["d1", "d2", None, None]),
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
    customers = st.dictionaries(
        st.sampled_from(CUSTOMERS),
        st.tuples(st.sampled_from([None, "free", "pro"]), st.integers(FIRST_DAY, LAST_DAY)),
        max_size=3,
    )
    steps = st.builds(
        Step,
        arrivals=st.lists(events, min_size=2, max_size=most_arrivals),
        removed=st.sets(st.integers(0, 20), max_size=2),
        excluded=st.dictionaries(
            st.sampled_from(["bob", "eve"]), st.sampled_from(["test", "erased"]), max_size=1
        ),
        customers=customers,
        weight=st.sampled_from([1, 1, 3]),
        window_days=st.sampled_from([4, 4, 2]),
        as_of_day=st.sampled_from([None, None, FIRST_DAY + 4, LAST_DAY]),
    )
    return st.lists(steps, min_size=length, max_size=length)


LAW = settings(
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    # A build takes seconds: the first history that fails is shown as it was drawn.
    phases=[Phase.explicit, Phase.generate],
)
HISTORY = {
    "first load": step(
        *(visit("i1", "ann", 9), visit("i2", "bob", 9), visit("i3", "ann", 12)),
        {**visit("i5", None, 10), "anonymous_id": "d1"},
    ),
    "customer known on a device": step({**visit("i6", "eve", 13), "anonymous_id": "d1"}),
    "another known on it earlier": step({**visit("i7", "bob", 9), "anonymous_id": "d1"}),
    "late event, repeated id, id that comes back": step(
        {**visit("i4", "eve", 9), "event_type": "login"},
        visit("i1", "bob", 9),
        visit("i1", "ann", 13),
    ),
    "row taken away at the source": step(removed={0}),
    "customer excluded": step(excluded={"bob": "test"}),
    "customer erased instead": step(excluded={"bob": "erased"}),
    "customers become known": step(customers={"ann": ("free", 10), "bob": (None, 9)}),
    "plan and creation date corrected": step(customers={"ann": ("pro", 8), "bob": (None, 12)}),
    "weight edited, as-of date moved back": step(weight=3, as_of_day=10),
    "window shortened": step(window_days=2),
    "listed model edited": step(login_means="purchase"),
    "everything back": step(),
}


@pytest.fixture(scope="module")
def parsed(shared_tiny: TinyProject) -> bytes:
    """The tiny project, parsed once for all random histories."""
    company = Company(shared_tiny)
    company.take(step())
    return company.parsed()


def check_law(
    tiny: TinyProject, parsed: bytes, steps: list[Step], visits: Sequence[int], scratch: Path
) -> None:
    """Move one warehouse between the states of a company; compare it at each with a full refresh.

    A state's full refresh is built once, however often and from wherever it is visited.

    Args:
        tiny: the project.
        parsed: what dbt makes of it.
        steps: the company's history; the state after each of them is one of those visited.
        visits: places of steps, back and forth; the first ones go through all of them in order.
        scratch: for the warehouses; removed in the end.
    """
    company = Company(tiny)
    states = []
    for change in steps:
        company.take(change)
        states.append((change, list(company.rows)))
    refreshed: dict[int, dict[str, list[tuple]]] = {}
    for number, place in enumerate([*range(len(steps)), *visits]):
        company.show(*states[place])
        grown = company.run(scratch / "grown", parsed)
        if number == 0:
            refreshed[place] = grown
        elif place not in refreshed:
            refreshed[place] = company.run(scratch / f"refreshed{place}", parsed)
        check_same(grown, refreshed[place], number)
        check_windows(tiny, steps[place].window_days)
    shutil.rmtree(scratch)


def check_same(
    grown: dict[str, list[tuple]], refreshed: dict[str, list[tuple]], after: int | str
) -> None:
    """Compare every table of a warehouse that grew with one built from nothing.

    Args:
        grown: rows by table.
        refreshed: what they should be.
        after: the step, for the message.
    """
    assert set(grown) == set(refreshed), after
    assert not [table for table in refreshed if grown[table] != refreshed[table]], after


def check_windows(tiny: TinyProject, everybodys_window: int) -> None:
    """Count the interactions of each window again, day by day.

    A full refresh can't tell that a window starts a day too early: it would do the same.

    Args:
        tiny: its warehouse is looked at.
        everybodys_window: days of the score model everybody.
    """
    days = Counter(
        tiny.rows(
            "select customer_id, event_date from main_intermediate.int_interactions"
            " where not is_machine"
        )
    )
    scores = tiny.rows(
        "select as_of_date, customer_id, score_model, interactions from main_marts.customer_scores"
    )
    for as_of_date, customer, score_model, interactions in scores:
        length = {"everybody": everybodys_window, "pros": 3}[score_model]
        window = [as_of_date - timedelta(days=back) for back in range(length)]
        assert interactions == sum(days[customer, day] for day in window), (as_of_date, customer)


def test_every_kind_of_change_is_found(shared_tiny, tmp_path_factory) -> None:
    """After each step of a history, the warehouse that grew equals one built from nothing."""
    scratch = tmp_path_factory.mktemp("history")
    company = Company(shared_tiny)
    login_means = None
    for number, (what, change) in enumerate(HISTORY.items()):
        company.take(change)
        if change.login_means != login_means:
            parsed, login_means = company.parsed(), change.login_means
        grown = company.run(scratch / "grown", parsed)
        refreshed = company.run(scratch / f"refreshed{number}", parsed)
        check_same(grown, refreshed, what)


@given(
    steps=histories(length=5, most_arrivals=6),
    visits=st.lists(st.integers(0, 4), min_size=16, max_size=16),
)
@settings(LAW, derandomize=True, max_examples=1)
def test_increments_equal_a_full_refresh(
    shared_tiny, parsed, tmp_path_factory, steps, visits
) -> None:
    """A random history of a company, and twenty moves between its states."""
    check_law(shared_tiny, parsed, steps, visits, tmp_path_factory.mktemp("case"))


def together(groups: list[list[Step]]) -> list[Step]:
    """One history of many groups of customers, who have nothing in common but the settings.

    Args:
        groups: histories; settings are those of the first one.
    """
    steps = []
    owners: list[int] = []
    for places in zip(*groups, strict=True):
        travelling = replace(places[0], arrivals=[], removed=set(), excluded={}, customers={})
        for number, alone in enumerate(places):
            travelling.arrivals.extend(
                {**event, **{key: event[key] and f"{number}-{event[key]}" for key in KEYS}}
                for event in alone.arrivals
            )
            owners.extend(number for _ in alone.arrivals)
            travelling.excluded.update(
                (f"{number}-{who}", why) for who, why in alone.excluded.items()
            )
            travelling.customers.update(
                (f"{number}-{who}", known) for who, known in alone.customers.items()
            )
        for number, alone in enumerate(places):
            own = [place for place, owner in enumerate(owners) if owner == number]
            travelling.removed.update(own[place] for place in alone.removed if place < len(own))
        owners = [owner for place, owner in enumerate(owners) if place not in travelling.removed]
        steps.append(travelling)
    return steps


@given(groups=st.lists(histories(length=2, most_arrivals=3), min_size=50, max_size=50))
@settings(LAW, derandomize=True, max_examples=4)
def test_groups_that_travel_together(shared_tiny, parsed, tmp_path_factory, groups) -> None:
    """Two hundred more histories, fifty in each build: none disturbs another."""
    check_law(shared_tiny, parsed, together(groups), [], tmp_path_factory.mktemp("case"))


PARTITIONS = {
    "int_interactions": "event_date",
    "int_customer_event_days": "event_date",
    "int_source_event_days": "event_date",
    "int_interaction_counts": "event_date",
    "int_customer_scores": "as_of_date",
    "int_score_benchmarks": "as_of_date",
    "int_score_levels": "as_of_date",
    "int_customer_event_windows": "as_of_date",
    "customer_score_contributions": "as_of_date",
    "customer_normalized_scores": "as_of_date",
    "customer_segments": "as_of_date",
    "engagement_ratios": "as_of_date",
    "customer_engagement": "as_of_date",
    "active_day_distribution": "as_of_date",
    "customer_lifecycle": "as_of_date",
    "growth_accounting": "as_of_date",
    "retention_cohorts": "as_of_date",
}
LATEST_ONLY = [
    "customer_engagement",
    "customer_lifecycle",
    "growth_accounting",
    "retention_cohorts",
]


def written(tiny: TinyProject) -> dict[str, dict[date, list[int]]]:
    """Where the rows of each partition of each incremental table lie, which tells what was written.

    Returns:
        Row ids, by table and partition.
    """
    places: dict[str, dict[date, list[int]]] = {}
    for table, key in PARTITIONS.items():
        schema = "main_intermediate" if table.startswith("int_") else "main_marts"
        rows = tiny.rows(
            f"select {key}, list(rowid order by rowid) from {schema}.{table} group by {key}"
        )
        places[table] = dict(rows)
    return places


def test_only_what_a_change_reaches_is_rewritten(shared_tiny, parsed, tmp_path_factory) -> None:
    """The same run again rewrites nothing; a late event, its date and what looks back on it."""
    company = Company(shared_tiny)
    folder = tmp_path_factory.mktemp("quiet") / "grown"
    arrivals = [visit(f"d{day}", "ann", day) for day in range(FIRST_DAY, LAST_DAY + 1)]
    company.take(step(*arrivals, as_of_day=LAST_DAY, customers={"ann": ("free", 9)}))
    company.run(folder, parsed)
    before = written(shared_tiny)
    company.run(folder, parsed)
    assert written(shared_tiny) == before

    def rewritten() -> dict[str, list[int]]:
        after = written(shared_tiny)
        return {
            table: [
                day.day
                for day in sorted(after[table])
                if after[table][day] != before[table].get(day)
            ]
            for table in PARTITIONS
        }

    late = step(visit("late", "ann", 12), as_of_day=LAST_DAY, customers={"ann": ("free", 9)})
    company.take(late)
    company.run(folder, parsed)
    dates = {"int_customer_event_windows": [14], "customer_score_contributions": [14]}
    dates |= dict.fromkeys(LATEST_ONLY, [14])
    assert rewritten() == {
        table: [12] if key == "event_date" else dates.get(table, [12, 13, 14])
        for table, key in PARTITIONS.items()
    }

    # A plan that no score model asks for moves what is counted by plan, and no score.
    before = written(shared_tiny)
    company.take(step(as_of_day=LAST_DAY, customers={"ann": ("team", 9)}))
    company.run(folder, parsed)
    kept = [10, 11, 12, 13, 14]
    dates = {"engagement_ratios": kept, "active_day_distribution": kept}
    dates |= dict.fromkeys(LATEST_ONLY, [14])
    assert rewritten() == {table: dates.get(table, []) for table in PARTITIONS}


@pytest.mark.parametrize(("lookback", "found"), [(None, []), (2, [13]), ("all", [9, 13])])
def test_rows_rewritten_in_place(tiny, lookback, found) -> None:
    """A source that gives no new load time is searched as far back as its model says."""
    meta = (
        f"meta: {{customer_engagement: {{lookback_days: {lookback}}}}}\n      " if lookback else ""
    )
    yml = tiny.folder / "models" / "tiny_events.yml"
    yml.write_text(yml.read_text().replace("materialized: view", f"{meta}materialized: view"))
    company = Company(tiny)
    company.take(step(*(visit(f"d{day}", "ann", day) for day in (9, 13, 14))))
    parsed = company.parsed()

    def build() -> None:
        select = ("--select", "+int_customer_event_days")
        built = tiny.dbt("build", *DATA_ONLY, *QUIET, *select, manifest=pickle.loads(parsed))
        assert built.success, built.messages

    build()
    for row in company.rows[:2]:
        row["event_type"] = "purchase"
    tiny.write_events(company.rows)
    build()
    purchases = tiny.rows(
        "select distinct event_date from main_intermediate.int_customer_event_days"
        " where event_type = 'purchase' order by event_date"
    )
    assert [day.day for (day,) in purchases] == found
