"""The examples: built on real data as their READMEs say, and compared with figures computed apart.

`independent_figures` computes them from the raw files by the definitions of the metric contract.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import duckdb
import pytest
from independent_figures import POINT, SHARE, Contribution, Figures, Score, Settings, rounded
from postgres_server import ROOMY, PostgresServer
from postgres_tables import check_same_tables
from projects import ROOT
from pytest import FixtureRequest, MonkeyPatch, TempPathFactory

sys.path.insert(0, str(ROOT / "scripts"))
import load  # noqa: E402

DATA = Path(os.environ.get("CUSTOMER_ENGAGEMENT_DATA", ROOT.parent / "shared" / "data")).resolve()


@dataclass(frozen=True)
class Example:
    """What a test needs to know of an example, and published totals of its data."""

    name: str
    interactions: str  # SQL: customer_id, event_type, event_date of every interaction
    as_of_date: date
    earlier_dates: tuple[date, date]  # both in the kept history
    accepted: int
    rejected: dict[str, int]
    published: list[tuple[str, tuple]]  # a query on the warehouse, and its one row
    known_customers: str | None = None


EXAMPLES = [
    Example(
        name="complete_journey",
        interactions="""
            select customer_id, event_type, cast(occurred_at as date) as event_date
            from '{data}/events.parquet'
        """,
        as_of_date=date(2018, 1, 1),
        earlier_dates=(date(2017, 11, 30), date(2017, 10, 15)),
        accepted=164_539,
        rejected={},
        published=[
            (
                "select count(*), count(distinct customer_id)"
                " from main_intermediate.int_interactions",
                (164_539, 2_469),
            ),
        ],
        known_customers="select customer_id from '{data}/customers.parquet'",
    ),
    Example(
        name="online_retail",
        # An interaction is an invoice and a type of its lines.
        interactions="""
            select customer_id, event_type, cast(min(occurred_at) as date) as event_date
            from (
                from '{data}/events.parquet'
                union all
                from '{data}/events_anonymous.parquet'
            )
            group by session_id, customer_id, event_type
        """,
        as_of_date=date(2011, 12, 9),
        earlier_dates=(date(2011, 11, 9), date(2011, 9, 30)),
        accepted=18_532 + 3_654 + 34,
        rejected={"no_customer": 1_427 + 182 + 2_121 + 3},
        published=[
            (
                "select count(*), sum(quantity), sum(amount), count(distinct customer_id)"
                " from main_intermediate.int_interactions where event_type = 'purchase'",
                (18_532, 397_884, Decimal("8911407.90"), 4_338),
            ),
            (
                "select sum(quantity), count(distinct customer_id)"
                " from main_intermediate.int_interactions",
                (406_829, 4_372),
            ),
            ("select sum(quantity) from main_intermediate.int_rejected_interactions", (135_080,)),
            # What CRAN's rfm says of every customer, counted to the day after the data: days since
            # the last purchase, invoices, GBP before cancellations; and two scores.
            (
                "select count(rfm.customer_id), count(value.customer_id),"
                "  count(*) filter ((value.recency_days + 1, value.orders, value.gross_revenue)"
                "    = (rfm.recency_days, transaction_count, cast(amount as decimal(28, 4)))),"
                "  count(*) filter ((value.recency_score, value.frequency_score)"
                "    = (rfm.recency_score, rfm.frequency_score))"
                " from '{data}/expected_rfm_R.parquet' as rfm"
                " full join main_marts.customer_value as value"
                "  on rfm.customer_id = value.customer_id",
                (4_338, 4_338, 4_338, 4_338),
            ),
        ],
    ),
]


class BuiltExample:
    """A built example: its warehouse, its printed summary, and the figures to compare with."""

    def __init__(self, example: Example, summary: str, warehouse: Path):
        """Open the warehouse and read the raw events."""
        self.example = example
        self.folder = ROOT / "examples" / example.name
        self.data = DATA / example.name
        self.summary = summary
        self.warehouse = warehouse
        self._warehouse = duckdb.connect(str(warehouse), read_only=True)
        self.interactions = duckdb.sql(example.interactions.format(data=self.data)).fetchall()
        self.figures = Figures(
            Settings(self.folder / "seeds"),
            (
                (*key, count)
                for key, count in Counter(self.interactions).items()
                if key[0] is not None
            ),
            self._known_customers(),
        )

    def _known_customers(self) -> set[str]:
        if self.example.known_customers is None:
            return set()
        query = self.example.known_customers.format(data=self.data)
        return {customer for (customer,) in duckdb.sql(query).fetchall()}

    def rows(self, query: str, *values: date | str) -> list[tuple]:
        """Return the rows of a query on the warehouse."""
        return self._warehouse.execute(query, values).fetchall()

    @cached_property
    def scores(self) -> dict[str, Score]:
        """Everyone's score on the latest date, computed apart."""
        return self.figures.scores(self.example.as_of_date)


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda example: example.name)
def built(request: FixtureRequest, tmp_path_factory: TempPathFactory) -> BuiltExample:
    """Build an example with the commands of its README, every warning an error."""
    example = request.param
    if not (DATA / example.name).is_dir():
        absent = f"The data of {example.name} isn't there: set CUSTOMER_ENGAGEMENT_DATA."
        # `make test` needs nothing beside the checkout; CI goes without only where it says so.
        if os.environ.get("CUSTOMER_ENGAGEMENT_DATA") == "none":
            pytest.skip(f"CUSTOMER_ENGAGEMENT_DATA says that there is no data of {example.name}.")
        if os.environ.get("CI"):
            pytest.fail(absent)
        pytest.skip(absent)
    scratch = tmp_path_factory.mktemp(example.name)
    warehouse = scratch / "example.duckdb"
    run = dbt_in(
        ROOT / "examples" / example.name,
        {
            "CUSTOMER_ENGAGEMENT_DATA": str(DATA),
            "CUSTOMER_ENGAGEMENT_DUCKDB": str(warehouse),
            "DBT_TARGET_PATH": str(scratch / "target"),
            "DBT_LOG_PATH": str(scratch / "logs"),
        },
    )
    run("deps")
    run("build")
    summary = run("--quiet", "run-operation", "customer_engagement.engagement_summary")
    return BuiltExample(example, summary, warehouse)


def dbt_in(folder: Path, variables: dict[str, str]) -> Callable[..., str]:
    """What runs a dbt command in a folder, and returns what it printed.

    Args:
        folder: of the project.
        variables: of the environment, besides those of this process.
    """
    inherited = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("DBT_") or name == "DBT_WARN_ERROR_OPTIONS"
    }

    def dbt(*arguments: str) -> str:
        finished = subprocess.run(
            [Path(sys.executable).with_name("dbt"), "--no-use-colors", *arguments],
            cwd=folder,
            env=inherited | variables,
            capture_output=True,
            text=True,
        )
        assert finished.returncode == 0, "\n".join(finished.stdout.splitlines()[-12:])
        return finished.stdout

    return dbt


def test_every_row_is_accepted_or_rejected(built: BuiltExample) -> None:
    """Raw rows = accepted + duplicates + rejected, and each of them as counted from the files."""
    [counts] = built.rows(
        "select sum(raw_count), sum(accepted_count), sum(duplicate_count), sum(erased_count)"
        " from main_intermediate.int_interaction_counts"
    )
    rejected = dict(
        built.rows(
            "select rejection_reason, count(*)"
            " from main_intermediate.int_rejected_interactions group by rejection_reason"
        )
    )
    of_customers = sum(customer is not None for customer, _, _ in built.interactions)

    assert of_customers == built.example.accepted
    assert rejected == built.example.rejected
    assert counts == (len(built.interactions), of_customers, 0, 0)
    assert counts[0] == counts[1] + sum(rejected.values())


def test_accepted_interactions_by_type_and_date(built: BuiltExample) -> None:
    """Every type and date holds the customers' interactions of the files."""
    found = {
        (event_type, day): count
        for event_type, day, count in built.rows(
            "select event_type, event_date, count(*)"
            " from main_intermediate.int_interactions group by event_type, event_date"
        )
    }
    assert found == Counter(
        (event_type, day)
        for customer, event_type, day in built.interactions
        if customer is not None
    )


def test_scores_of_every_customer(built: BuiltExample) -> None:
    """Score, the score before, its variance and its status, to the last digit."""
    found = {
        customer: Score(*score)
        for customer, *score in built.rows(
            "select customer_id, raw_score, previous_raw_score, score_variance, score_status"
            " from main_marts.customer_scores where as_of_date = ?",
            built.example.as_of_date,
        )
    }
    assert found == built.scores


def test_scores_on_earlier_dates(built: BuiltExample) -> None:
    """The history's sums, of dates that were computed as if each were today."""
    for on in built.example.earlier_dates:
        [found] = built.rows(
            "select count(*), sum(raw_score), sum(previous_raw_score)"
            " from main_marts.customer_scores where as_of_date = ?",
            on,
        )
        scores = built.figures.scores(on).values()
        assert found == (
            len(scores),
            sum(score.raw_score for score in scores),
            sum(score.previous_raw_score for score in scores),
        ), on


def test_contributions(built: BuiltExample) -> None:
    """Events, counted events, points and what the caps took, by customer and event type."""
    as_of_date = built.example.as_of_date
    for on in (as_of_date, as_of_date - timedelta(days=7), as_of_date - timedelta(days=30)):
        found = {
            (customer, event_type): Contribution(*contribution)
            for customer, event_type, *contribution in built.rows(
                "select customer_id, event_type,"
                " event_count, counted_events, points, cap_adjustment"
                " from main_marts.customer_score_contributions where as_of_date = ?",
                on,
            )
        }
        expected = {
            (customer, event_type): contribution
            for customer in built.figures.population(on)
            for event_type, contribution in built.figures.contributions(customer, on, on).items()
        }
        assert found == expected, on
        assert any(contribution.cap_adjustment < 0 for contribution in found.values())


def test_benchmark_index_and_band(built: BuiltExample) -> None:
    """On the latest date and on earlier ones, with a frozen benchmark and with the population's."""
    for on in (built.example.as_of_date, *built.example.earlier_dates):
        scores = built.figures.scores(on)
        indexes = built.figures.indexes(scores, on)
        rows = built.rows(
            "select customer_id, benchmark, scores.engagement_index, band"
            " from main_marts.customer_normalized_scores as scores"
            " inner join main_marts.customer_segments using (as_of_date, customer_id)"
            " where as_of_date = ?",
            on,
        )
        assert {benchmark for _, benchmark, _, _ in rows} == {built.figures.benchmark(scores, on)}
        assert {customer: band for customer, _, _, band in rows} == built.figures.bands(indexes, on)
        for customer, _, index, _ in rows:
            assert differs_by(index, indexes[customer]) <= POINT, (on, customer)


def test_active_customers(built: BuiltExample) -> None:
    """Active customers, their ratio to all, and the daily, weekly and monthly ones."""
    bases = ["ever_active", "known"] if built.example.known_customers else ["ever_active"]
    for on in (built.example.as_of_date, *built.example.earlier_dates):
        for basis in bases:
            total = len(built.figures.population(on, basis))
            daily, weekly, monthly = active = [
                built.figures.active_customers(on, window_days, basis) for window_days in (1, 7, 30)
            ]
            mean_daily = rounded(built.figures.mean_daily_active(on, basis), POINT)
            rows = built.rows(
                "select active_customers, total_customers, active_ratio,"
                " dau, wau, mau, mean_dau, stickiness"
                " from main_marts.engagement_ratios"
                " where as_of_date = ? and total_basis = ? and dimension = 'all'"
                " order by window_days",
                on,
                basis,
            )
            assert rows == [
                (
                    in_window,
                    total,
                    rounded(Decimal(in_window) / total, SHARE),
                    daily,
                    weekly,
                    monthly,
                    mean_daily,
                    rounded(mean_daily / monthly, SHARE),
                )
                for in_window in active
            ], (on, basis)


def test_published_totals(built: BuiltExample) -> None:
    """The totals that are known of the files."""
    for query, total in built.example.published:
        assert built.rows(query.format(data=built.data)) == [total], query


def test_readme_shows_the_summary(built: BuiltExample) -> None:
    """What the README shows is what the command prints."""
    readme = (built.folder / "README.md").read_text(encoding="utf-8")
    [excerpt] = re.findall(r"```text\n(.+?)```", readme, flags=re.DOTALL)
    assert excerpt in built.summary


def differs_by(found: Decimal | None, expected: Decimal | None) -> Decimal:
    """Return how far two numbers are apart; two nulls are equal, a null and a number never."""
    if found is None or expected is None:
        return Decimal(0) if found is expected else Decimal("Infinity")
    return abs(found - expected)


@pytest.mark.slow
@pytest.mark.parametrize("built", [EXAMPLES[1]], ids=["online_retail"], indirect=True)
def test_on_postgres_its_tables_are_the_same(
    built: BuiltExample, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    """Loaded as its README says, every data test passes, and each table is row for row the same."""
    extracts = tmp_path / "extracts"
    extracts.mkdir()
    lines = duckdb.sql(f"from '{built.data}/events*.parquet'")
    lines.write_parquet(str(extracts / "invoice_lines.parquet"))
    own = {"DBT_TARGET_PATH": str(tmp_path / "target"), "DBT_LOG_PATH": str(tmp_path / "logs")}
    with PostgresServer(ROOMY) as server:
        for name, text in server.variables.items():
            monkeypatch.setenv(name, text)
        assert load.main(["postgres", str(extracts)]) == 0
        dbt = dbt_in(built.folder, own)
        dbt("build", "--target", "postgres", "--exclude-resource-type", "unit_test")
        check_same_tables(
            server,
            built.warehouse,
            tmp_path,
            schema_of=lambda schema: schema.replace("main", "engagement", 1),
            more_than=60,
        )
