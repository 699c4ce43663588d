"""The law: after any sequence of loads and runs, every table equals a full refresh, row for row."""

import shutil

import pytest
from company import FIRST_DAY, LAST_DAY, Company, Step, step, visit
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from projects import TinyProject
from pytest import TempPathFactory

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


def check_law(shared_tiny: TinyProject, tmp_path_factory: TempPathFactory, steps: list) -> None:
    """Build after every step, and once from nothing; compare all that is there."""
    scratch = tmp_path_factory.mktemp("case")
    company = Company(shared_tiny)
    for change in steps:
        company.take(change)
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
