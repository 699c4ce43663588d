"""Superset on the marts: its figures, what it may do to the warehouse, what a browser shows.

`make test-superset` runs this on the published warehouse; neither `make test` nor `make test-all`
collects it, since Superset takes 830 MB and a minute to start.
"""

import csv
import os
import shutil
import socket
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import duckdb
import pytest
import requests

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import superset_dashboard  # noqa: E402
from warehouse import Stopped, published_warehouse  # noqa: E402

BOARD = superset_dashboard.read_board()
ADMIN = {"SUPERSET_ADMIN": "tester", "SUPERSET_PASSWORD": "a password of this test alone"}
LATEST = "as_of_date = (select max(as_of_date) from marts.customer_scores)"
SCORED = "score_status in ('scored', 'stale_source')"
BAND = """
    coalesce(stable_band_rank, 0) || ' ' || replace(coalesce(stable_band, 'unscored'), '_', ' ')
"""
# The figures of each chart, where there is one from another mart than the chart reads.
EXPECTED = {
    "as_of": "select max(as_of_date) from marts.customer_scores",
    "customers": f"select count(*) from marts.customer_scores where {LATEST}",
    "active": """
        select as_of_date, value from marts.engagement_metrics
        where channel = 'all' and metric = 'active_ratio' and period_days = 30 and dimension = 'all'
    """,
    "stickiness": """
        select as_of_date, value from marts.engagement_metrics
        where channel = 'all' and metric = 'stickiness' and dimension = 'all'
    """,
    "mean_score": f"""
        select avg(engagement_score) from marts.customer_normalized_scores
        where {LATEST} and {SCORED}
    """,
    "at_risk": f"""
        select at_risk_share from marts.segment_metrics where {LATEST} and dimension = 'all'
    """,
    "bands": f"select {BAND}, count(*) from marts.customer_segments where {LATEST} group by all",
    "bands_over_time": f"""
        select as_of_date, {BAND}, count(*) from marts.customer_segments group by all
    """,
    "active_over_time": """
        with active as (
            select as_of_date, window_days, active_customers from marts.engagement_ratios
            where dimension = 'all' and total_basis = 'ever_active'
        )
        select
            as_of_date,
            max(case when window_days = 30 then active_customers end),
            max(case when window_days = 7 then active_customers end),
            max(case when window_days = 1 then active_customers end)
        from active
        group by as_of_date
    """,
    "growth": """
        select
            period_start,
            sum(new_customers) + sum(resurrected_customers),
            -sum(dormant_customers)
        from marts.growth_accounting
        where period_grain = 'month' and dimension = 'plan' and is_after_warm_up
        group by period_start
    """,
    "risk_by_plan": f"""
        select dimension_value, at_risk_share from marts.segment_metrics
        where {LATEST} and dimension = 'plan'
    """,
    "beside_benchmarks": f"""
        select
            replace(concat(channel, ': ', metric), '_', ' '),
            period_days,
            round(value * factor, 6),
            benchmark_p50 * factor,
            if(unit = 'ratio', 'percent', unit),
            benchmark_position
        from (select *, if(unit = 'ratio', 100, 1) as factor from marts.engagement_metrics)
        where
            {LATEST} and dimension = 'all' and value is not null and benchmark_p50 is not null
            and (metric, period_days) in (
                select distinct metric, case metric
                    when 'nps' then 90 when 'net_revenue_retention' then 365 else 30
                end
                from marts.engagement_metrics
            )
    """,
}


def plain(value: Any) -> Any:
    """A figure of the warehouse as the API gives it: dates as days, decimals as floats."""
    if isinstance(value, datetime):
        return value.date()
    return float(value) if isinstance(value, Decimal) else value


def in_order(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows by what isn't a figure in them: dates, bands, plans, metrics."""
    return sorted(rows, key=lambda row: [str(word) for word in apart(row)[0]])


def apart(row: tuple[Any, ...]) -> tuple[list[Any], list[float | None]]:
    """What isn't a figure in a row, and the figures; without a value there is none."""
    figures = [value for value in row if value is None or isinstance(value, float | int)]
    return [value for value in row if value not in figures], figures


@dataclass
class Running:
    """A Superset with the dashboard on it.

    Attributes:
        superset: its API.
        warehouse: the copy of the published warehouse that it reads.
    """

    superset: superset_dashboard.Superset
    warehouse: Path

    def query(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the marts, in order."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            rows = connection.sql(query).fetchall()
        return in_order(tuple(plain(value) for value in row) for row in rows)

    def chart(self, name: str) -> list[tuple[Any, ...]]:
        """The rows of a chart as the API gives them, in order.

        Args:
            name: the chart's in the file.
        """
        written = BOARD["charts"][name]
        [number] = [
            chart["id"]
            for chart in self.superset.everything("chart")
            if chart["slice_name"] == written["title"]
        ]
        [result] = self.superset.ask("GET", f"chart/{number}/data/")["result"]
        dataset = BOARD["datasets"][written["dataset"]]
        dates = {dataset["date"], "as_of"}
        rows = []
        for row in result["data"]:
            shown = [
                # Milliseconds.
                datetime.fromtimestamp(value / 1000, UTC).date() if key in dates else value
                for key, value in row.items()
            ]
            rows.append(tuple(shown))
        return in_order(rows)

    def sql(self, query: str) -> requests.Response:
        """Run a query as a person does in SQL Lab."""
        asked = {"database_id": 1, "sql": query, "runAsync": False, "schema": "marts"}
        address = f"{self.superset.address}/api/v1/sqllab/execute/"
        return self.superset.session.post(address, json=asked)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Superset on a copy of the published warehouse; the dashboard loaded twice."""
    folder = tmp_path_factory.mktemp("superset")
    published = published_warehouse()
    # Views name the file's stem, so it stays.
    warehouse = Path(shutil.copy(published, folder / published.name))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    who = (ADMIN["SUPERSET_ADMIN"], ADMIN["SUPERSET_PASSWORD"])
    with superset_dashboard.started(folder / "home", port, *who) as superset:
        for _ in range(2):
            superset.load(superset_dashboard.bundle_of(BOARD, warehouse))
        yield Running(superset, warehouse)


def test_loaded_twice_it_is_there_once(running: Running) -> None:
    """Databases, datasets, charts, dashboards."""
    [database] = running.superset.everything("database")
    assert database["database_name"] == "customer_engagement"
    datasets = [dataset["table_name"] for dataset in running.superset.everything("dataset")]
    assert sorted(datasets) == sorted(BOARD["datasets"])
    charts = [chart["slice_name"] for chart in running.superset.everything("chart")]
    assert sorted(charts) == sorted(chart["title"] for chart in BOARD["charts"].values())
    [shown] = running.superset.everything("dashboard")
    assert shown["slug"] == BOARD["slug"]
    on_it = running.superset.ask("GET", f"dashboard/{shown['id']}/charts")["result"]
    assert len(on_it) == len(BOARD["charts"])


@pytest.mark.parametrize("name", BOARD["charts"])
def test_a_chart_shows_what_the_marts_hold(running: Running, name: str) -> None:
    """Every row and figure."""
    expected = running.query(EXPECTED[name])
    assert any(value for row in expected for value in row if not isinstance(value, str))
    shown = running.chart(name)
    assert len(shown) == len(expected)
    for row, expected_row in zip(shown, expected, strict=True):
        words, figures = apart(row)
        expected_words, expected_figures = apart(expected_row)
        assert words == expected_words
        # Shares are rounded to eight decimals in the marts.
        assert figures == pytest.approx(expected_figures, abs=1e-8)


def test_each_date_of_the_history_is_on_the_charts(running: Running) -> None:
    """A limit on rows would cut it."""
    [[dates]] = running.query("select count(distinct as_of_date) from marts.customer_scores")
    for name in ("active", "stickiness", "active_over_time", "bands_over_time"):
        shown = {row[0] for row in running.chart(name)}
        assert len(shown) == dates
        assert all(isinstance(day, date) for day in shown)


def test_the_bands_have_the_colours_of_the_seed(running: Running) -> None:
    """On the dashboard, by the words that the charts show."""
    with (ROOT / "seeds" / "score_bands.csv").open() as lines:
        seed = {
            f"{row['band_rank']} {row['band'].replace('_', ' ')}": row["color"]
            for row in csv.DictReader(lines)
        }
    shown = running.superset.ask("GET", f"dashboard/{BOARD['slug']}")["result"]["json_metadata"]
    colors = requests.models.complexjson.loads(shown)["label_colors"]
    assert {band: colors.get(band) for band in seed} == seed
    words = {row[0] for row in running.chart("bands")} | {
        r[1] for r in running.chart("bands_over_time")
    }
    assert words <= set(colors)


@pytest.mark.parametrize(
    "query",
    [
        "create table marts.mine as select 1 as one",
        "delete from marts.customer_engagement",
        "select * from read_text('/etc/hostname')",
        "copy marts.customer_engagement to '/tmp/copied.csv'",
        "attach ':memory:' as elsewhere",
    ],
)
def test_a_query_changes_nothing_and_reaches_nothing(running: Running, query: str) -> None:
    """Through the connection that Superset has."""
    answer = running.sql(query)
    assert not answer.ok, answer.text[:500]
    assert running.sql("select count(*) from marts.customer_engagement").ok


def test_duckdb_refuses_too_where_superset_would_not(running: Running) -> None:
    """Superset's own refusal is a setting that an administrator may change."""
    connection = superset_dashboard.CONNECTION
    path = str(running.warehouse)
    with duckdb.connect(path, connection["read_only"], connection["config"]) as reader:
        for query in (
            "create table marts.mine as select 1 as one",
            "select * from read_text('/etc/hostname')",
            "set threads = 1",
        ):
            with pytest.raises(duckdb.Error):
                reader.execute(query)


def test_a_new_build_shows_without_a_restart(running: Running) -> None:
    """A copy swapped in while Superset runs, as `make build` does; nobody waits for anybody."""
    [[before]] = running.chart("customers")
    kept = running.warehouse.with_name("kept")
    other = running.warehouse.with_name("other")
    shutil.copy(running.warehouse, kept)
    shutil.copy(running.warehouse, other)
    other.chmod(0o644)
    # The name in the views is another one's; nothing reads them here.
    with duckdb.connect(str(other)) as connection:
        connection.execute("delete from marts.customer_engagement where plan = 'free'")
    try:
        os.replace(other, running.warehouse)
        [[after]] = running.chart("customers")
        assert 0 < after < before
    finally:
        os.replace(kept, running.warehouse)
    assert running.chart("customers") == [(before,)]


def test_it_listens_on_this_machine_alone(running: Running) -> None:
    """And only the owner of the session may ask."""
    port = urlparse(running.superset.address).port
    lines = (
        Path("/proc/net/tcp").read_text().splitlines()
        + Path("/proc/net/tcp6").read_text().splitlines()
    )
    # Local address, state: 0A is listening.
    sockets = [line.split()[1:4:2] for line in lines[1:]]
    heard = [
        local.split(":")[0]
        for local, state in (pair for pair in sockets if len(pair) == 2)
        if state == "0A" and local.endswith(f":{port:04X}")
    ]
    assert heard == ["0100007F"]
    for path in ("chart/1/data/", "database/1", "dashboard/customer-engagement"):
        assert requests.get(f"{running.superset.address}/api/v1/{path}").status_code in (401, 404)


def test_a_browser_shows_the_figures_and_asks_nobody_else(running: Running, tmp_path: Path) -> None:
    """Every chart drawn, no error, no other machine; a policy forbids it to any page."""
    picture = tmp_path / "superset.png"
    seen = superset_dashboard.draw(running.superset, BOARD, ADMIN, picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
    here = urlparse(running.superset.address).netloc
    outside = {
        url for url in seen["requests"] if url.startswith("http") and urlparse(url).netloc != here
    }
    assert not outside
    assert not seen["errors"] and not seen["complaints"]
    assert seen["charts"] == len(BOARD["charts"])
    for written in BOARD["charts"].values():
        assert written["title"] in seen["text"]
    [[customers]] = running.query(EXPECTED["customers"])
    [[score]] = running.query(EXPECTED["mean_score"])
    [[risk]] = running.query(EXPECTED["at_risk"])
    stickiness = running.query(EXPECTED["stickiness"])[-1][1]
    lines = seen["text"].splitlines()
    for shown in (f"{customers:,.0f}", f"{score:.1f}", f"{risk:.1%}", f"{stickiness:.1%}"):
        assert shown in lines, shown
    policy = requests.get(f"{running.superset.address}/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "http" not in policy


def test_a_port_that_is_taken_is_said(running: Running, tmp_path: Path) -> None:
    """In one sentence, before anything is made."""
    port = urlparse(running.superset.address).port
    with pytest.raises(Stopped, match=f"Port {port} can't be used"):
        with superset_dashboard.started(tmp_path / "second", port, "a", "b"):
            pass
    assert not (tmp_path / "second").exists()


def test_without_a_warehouse_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence."""
    monkeypatch.setenv("CUSTOMER_ENGAGEMENT_DUCKDB", str(tmp_path / "none.duckdb"))
    assert superset_dashboard.main(["serve"]) == 1
    assert "run `make build` first" in capsys.readouterr().err
